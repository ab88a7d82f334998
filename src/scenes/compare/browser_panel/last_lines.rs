//! The way of the last cookie lines from the server to page script.

use leptos::prelude::*;
use protocol::Lane;

use crate::components::Prose;
use crate::state::{CookieSet, Playground, Readback};
use crate::wording;

/// What the server sent, what the model did with it, what this browser did, what page script sees.
#[component]
pub(super) fn LastLines(
    /// In which lane they came.
    lane: Lane,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let seen_by_script = move || {
        playground
            .browser
            .with(|view| match view.cookie.as_deref() {
                None => "nothing: cookies are disabled".into_any(),
                Some("") => "document.cookie is empty".into_any(),
                // Two lanes stand for two sites.
                Some(_) => match view.cookies_of(lane) {
                    own if own.is_empty() => "no cookie of this lane".into_any(),
                    own => view! { <span class="mono">{own}</span> }.into_any(),
                },
            })
    };
    move || {
        lane.of(&playground.cookies_set)
            .get()
            .into_iter()
            .map(
                |CookieSet {
                     at,
                     effect,
                     readback,
                 }| {
                    let agrees = !matches!(readback, Readback::NotTaken | Readback::StillThere);
                    view! {
                        <dl class="cookie-way">
                            <dt>"The server sent"</dt>
                            <dd class="mono">"Set-Cookie: " {effect.line.clone()}</dd>
                            <dt>"The model of the browser"</dt>
                            <dd>
                                <Prose text=wording::stored_as(&effect, at) />
                            </dd>
                            <dt>"This browser"</dt>
                            <dd class:trouble=!agrees>{wording::readback(&readback)}</dd>
                            <dt>"Page script now sees"</dt>
                            <dd>{seen_by_script}</dd>
                        </dl>
                    }
                },
            )
            .collect_view()
    }
}
