//! Fleet: the same servers many times over. In one half real servers answer the user's own requests, in the other half a
//! simulation says what a load would do to them. It asks the servers, and never judges a request itself.

mod load;
mod servers;

use leptos::prelude::*;

use self::load::FleetLoad;
use crate::browser::go_to;
use crate::state::fleet::FleetStudio;
use crate::state::{PageLife, Playground};

/// The sections of the load, by their headings' IDs.
const LOAD_SECTIONS: [(&str, &str); 4] = [
    ("load-settings", "Load simulation"),
    ("load-results", "What came of it"),
    ("load-sweep", "Sweep"),
    ("load-trust", "Why to trust it"),
];

/// The scene.
#[component]
pub(crate) fn FleetScene(
    /// The address's fragment.
    fragment: RwSignal<String>,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let studio = PageLife::keep(|| FleetStudio::new(playground));
    Effect::new(move |_| fragment.with(|fragment| studio.open_link(fragment)));
    Effect::new(move |_| {
        // Whatever happened may have changed a server.
        playground.link_state.track();
        playground.history.track();
        playground.observation.track();
        playground.fleet.track();
        for scheme in playground.schemes {
            scheme.track();
        }
        studio.look();
        playground
            .history
            .with_untracked(|history| studio.claims.forget_with(history));
    });
    let jumps = |sections: &[(&'static str, &'static str)]| {
        let jump = |&(id, name): &(&'static str, &'static str)| {
            let go = move |_| go_to(&format!("#{id}"));
            view! {
                <li>
                    <button type="button" class="link" on:click=go>
                        {name}
                    </button>
                </li>
            }
        };
        sections.iter().map(jump).collect_view()
    };
    view! {
        <div class="store fleet">
            <div class="store-lead">
                <h2>"Fleet"</h2>
                <p>
                    "One server, ten, or a thousand. Ten that keep sessions must share a store, or pin each user to one of them. A thousand that check tokens need only the key."
                </p>
                <nav aria-label="Sections of the fleet">
                    <ul aria-label="Real servers">
                        <li class="nav-half" aria-hidden="true">
                            "Real servers"
                        </li>
                        {jumps(&servers::SECTIONS)}
                    </ul>
                    <ul aria-label="Simulated load">
                        <li class="nav-half" aria-hidden="true">
                            "Simulated load"
                        </li>
                        {jumps(&LOAD_SECTIONS)}
                    </ul>
                </nav>
            </div>
            {servers::servers(studio, playground)}
            <FleetLoad fragment=fragment />
        </div>
    }
}
