//! Store: the server's side opened. What each lane's scheme is and costs, the tables, the keys, and what one can do to
//! them. It asks the servers, and never judges a request itself.

mod care;
mod chart;
mod console;
mod growth;
mod keys;
mod meter;
mod refresh;
mod schemes;
mod tables;
mod value;

use leptos::prelude::*;

use crate::browser::go_to;
use crate::state::store::StoreStudio;
use crate::state::{PageLife, Playground};

/// The sections, by their headings' IDs.
const SECTIONS: [(&str, &str); 8] = [
    ("store-schemes", "Schemes"),
    ("store-meter", "Statelessness meter"),
    ("store-tables", "Tables"),
    ("store-sql", "SQL console"),
    ("store-care", "Session care"),
    ("store-refresh", "Refresh tokens"),
    ("store-keys", "Keys"),
    ("store-growth", "Growth"),
];

/// The scene.
#[component]
pub(crate) fn StoreScene(
    /// The address's fragment.
    fragment: RwSignal<String>,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let studio = PageLife::keep(|| StoreStudio::new(playground));
    Effect::new(move |_| fragment.with(|fragment| studio.open_link(fragment)));
    let jumps = SECTIONS.map(|(id, name)| {
        let go = move |_| go_to(&format!("#{id}"));
        view! {
            <li>
                <button type="button" class="link" on:click=go>
                    {name}
                </button>
            </li>
        }
    });
    view! {
        <div class="store">
            <div class="store-lead">
                <h2>"Store"</h2>
                <p>
                    "The server’s side, opened: what it remembers, for how long, and what a token needs to be called back."
                </p>
                <nav aria-label="Sections of the store">
                    <ul>{jumps}</ul>
                </nav>
            </div>
            {schemes::schemes(studio, playground)}
            {meter::meter_section(studio, playground)}
            {tables::tables(studio, playground)}
            {console::console(studio, playground)}
            {care::care(playground)}
            {refresh::refresh(studio, playground)}
            {keys::keys(playground)}
            {growth::growth(studio, playground)}
        </div>
    }
}
