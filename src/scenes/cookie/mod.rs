//! Cookie: lines and a URL in, and out comes what is stored, what a request carries, and which rule held the rest.
//! Everything that judges is in the worker; this asks it at each change.

mod at_hand;
mod example;
mod field;
mod grade_list;
mod jar_table;
mod line_list;
mod matrix_table;
mod pasting;
mod request_panel;
mod trying;
mod word;

use leptos::prelude::*;

use self::at_hand::AtHand;
use self::grade_list::GradeList;
use self::jar_table::JarTable;
use self::line_list::LineList;
use self::matrix_table::MatrixTable;
use self::pasting::Pasting;
use self::request_panel::RequestPanel;
use self::trying::Trying;
use crate::components::Prose;
use crate::state::{CookieStudio, PageLife, Playground};
use crate::wording::{cookie_studio, share};

/// The scene.
#[component]
pub(crate) fn CookieScene(
    /// The address's fragment, which may hold a link's lines.
    fragment: RwSignal<String>,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let studio = PageLife::keep(CookieStudio::new);
    let unread = RwSignal::new(Vec::new());
    let open_link = move |fragment: &str| {
        if let Some(left) = studio.open_link(fragment) {
            unread.set(left);
        }
    };
    // Before anything is shown, and again whenever another link is followed.
    fragment.with_untracked(|fragment| open_link(fragment));
    Effect::new(move |before: Option<()>| {
        let fragment = fragment.get();
        if before.is_some() {
            open_link(&fragment);
        }
    });
    if let Some(given) = playground.for_cookie_studio.get_untracked() {
        playground.for_cookie_studio.set(None);
        studio.take(&given);
    }
    let asked = studio.question;
    Effect::new(move |_| {
        playground.clock_offset_seconds.track();
        // What nothing can come of is not asked.
        if studio.trial(playground.clock()).is_some() {
            asked.ask(move || async move {
                match untrack(move || studio.trial(playground.clock())) {
                    Some(trial) => playground.try_jar(trial).await,
                    None => Ok(protocol::JarOutcome::default()),
                }
            });
        } else {
            asked.answer.set(None);
        }
    });
    let trouble = move || {
        asked
            .answer
            .with(|answer| answer.as_ref()?.as_ref().err().cloned())
    };
    view! {
        <div class="studio ticket">
            <div class="studio-lead">
                <h2>"Cookie"</h2>
                <p>
                    <Prose text=cookie_studio::LEAD />
                </p>
            </div>
            <div class="trouble" role="alert">
                {move || trouble().map(|why| view! { <p>{why}</p> })}
                {move || {
                    unread
                        .get()
                        .iter()
                        .map(|name| {
                            view! {
                                <p>
                                    <Prose text=share::unread(name) />
                                </p>
                            }
                        })
                        .collect_view()
                }}
            </div>
            <section class="half" aria-labelledby="what-was-set">
                <h3 id="what-was-set">"What was set"</h3>
                <Pasting />
                <LineList />
            </section>
            <section class="half" aria-labelledby="what-is-sent">
                <h3 id="what-is-sent">"What a request carries"</h3>
                <RequestPanel />
            </section>
            <section class="whole" aria-labelledby="the-jar">
                <h3 id="the-jar">"The jar that came of it"</h3>
                <JarTable />
            </section>
            <section class="half" aria-labelledby="the-table">
                <h3 id="the-table">"By SameSite, method and initiator"</h3>
                <AtHand />
                <MatrixTable />
            </section>
            <section class="half" aria-labelledby="the-grade">
                <h3 id="the-grade">"Against ASVS 5.0, 3.3"</h3>
                <GradeList />
                <Trying />
            </section>
        </div>
    }
}
