//! What the verifier says: one line, then its checks in order.

use std::time::Duration;

use leptos::prelude::*;

use crate::components::{Marking, StepList, VerdictLine, token_lines};
use crate::state::Studio;
use crate::state::memo;
use crate::wording;

/// How long a verdict stands before it is said aloud.
const HEARD_AFTER: Duration = Duration::from_secs(1);

/// The verdict in one line. It is seen at each key press, and heard once typing has paused.
#[component]
pub(super) fn Verdict() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let verdict = memo(move || {
        let by_server = studio.are_the_servers_terms();
        studio
            .inspected
            .answer
            .with(|answer| Some(wording::verifier_verdict(answer.as_ref()?, by_server)))
    });
    let heard = RwSignal::new(None);
    Effect::new(move |waiting: Option<Option<TimeoutHandle>>| {
        let verdict = verdict.get();
        if let Some(waiting) = waiting.flatten() {
            waiting.clear();
        }
        set_timeout_with_handle(move || heard.set(verdict), HEARD_AFTER).ok()
    });
    view! {
        <div class="studio-verdict">
            {move || verdict.get().map(|verdict| view! { <VerdictLine verdict=verdict /> })}
        </div>
        <div class="visually-hidden" role="status">
            {move || heard.get().map(|verdict| view! { <VerdictLine verdict=verdict /> })}
        </div>
    }
}

/// The checks.
#[component]
pub(super) fn Checks() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let lines = memo(move || {
        let by_server = studio.are_the_servers_terms();
        studio.inspected.answer.with(|answer| match answer {
            Some(Ok(inspection)) => token_lines(&inspection.checks, by_server),
            _ => Vec::new(),
        })
    });
    view! {
        <section aria-labelledby="studio-checks">
            <h2 id="studio-checks">"The checks, in order"</h2>
            <StepList id=String::from("studio-steps") marking=Marking::new() lines=lines />
        </section>
    }
}
