//! What the next request would meet, asked of the server whenever something changes that could matter.

use std::future::Future;

use leptos::prelude::*;
use protocol::Credential;

use crate::components::VerdictLine;
use crate::state::{LiveQuestion, Playground};
use crate::wording::Verdict;

/// The verdict on the next `GET /me`, live.
#[component]
pub(super) fn NextRequest<F, A>(
    /// What is known of users by.
    credential: Credential,
    /// Asks the server. Called outside of any tracking.
    question: F,
) -> impl IntoView
where
    F: Fn() -> A + Copy + Send + Sync + 'static,
    A: Future<Output = Verdict> + 'static,
{
    let playground = expect_context::<Playground>();
    let asked = LiveQuestion::new();
    Effect::new(move |_| {
        match credential {
            Credential::SessionId => playground.cookie_draft.track(),
            Credential::AccessToken => playground.token_draft.track(),
        }
        playground.browser.track();
        playground.observation.track();
        playground.clock_offset_seconds.track();
        playground.second.track();
        asked.ask(question);
    });
    view! {
        <div class="next-request" role="status">
            <p class="note">"The next " <code>"GET /me"</code> " would meet:"</p>
            {move || asked.answer.get().map(|verdict| view! { <VerdictLine verdict=verdict /> })}
        </div>
    }
}
