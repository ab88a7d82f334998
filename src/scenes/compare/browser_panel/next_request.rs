//! What the next request would meet, asked of the server whenever something changes that could matter.

use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use protocol::Lane;

use crate::components::VerdictLine;
use crate::state::{LiveQuestion, Playground};
use crate::wording::Verdict;

/// The verdict on the next `GET /me`, live.
#[component]
pub(super) fn NextRequest(
    /// In which lane.
    lane: Lane,
    /// Asks the server. Called outside of any tracking.
    question: fn(Playground, Lane) -> LocalBoxFuture<'static, Verdict>,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let asked = LiveQuestion::new();
    Effect::new(move |_| {
        lane.of(&playground.drafts).track();
        lane.of(&playground.schemes).track();
        playground.browser.track();
        playground.observation.track();
        playground.clock_offset_seconds.track();
        playground.second.track();
        asked.ask(move || question(playground, lane));
    });
    view! {
        <div class="next-request" role="status">
            <p class="note">"The next " <code>"GET /me"</code> " would meet:"</p>
            {move || asked.answer.get().map(|verdict| view! { <VerdictLine verdict=verdict /> })}
        </div>
    }
}
