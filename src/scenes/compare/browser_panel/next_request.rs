//! What the next request would meet, asked of the server whenever something changes that could matter.

use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::Credential;

use crate::components::VerdictLine;
use crate::state::Playground;
use crate::wording::Verdict;

/// A question that is asked again and again, one at a time: while it is open, only that it must be asked anew is
/// remembered, so that quick typing never makes a queue.
#[derive(Clone, Copy)]
struct Question {
    answer: RwSignal<Option<Verdict>>,
    is_open: StoredValue<bool>,
    is_stale: StoredValue<bool>,
}

impl Question {
    fn new() -> Self {
        Self {
            answer: RwSignal::new(None),
            is_open: StoredValue::new(false),
            is_stale: StoredValue::new(false),
        }
    }

    fn ask<F, A>(self, question: F)
    where
        F: Fn() -> A + 'static,
        A: Future<Output = Verdict>,
    {
        // The component may be gone by the time an answer comes.
        if self.is_open.try_get_value() != Some(false) {
            self.is_stale.try_set_value(true);
            return;
        }
        self.is_open.set_value(true);
        spawn_local(async move {
            loop {
                self.is_stale.try_set_value(false);
                let verdict = question().await;
                self.answer.try_set(Some(verdict));
                if self.is_stale.try_get_value() != Some(true) {
                    break;
                }
            }
            self.is_open.try_set_value(false);
        });
    }
}

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
    let asked = Question::new();
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
