//! What the verifier says: one line, then its checks in order.

use leptos::prelude::*;

use crate::components::{Marking, StepList, VerdictLine, token_lines};
use crate::state::Studio;
use crate::state::memo;
use crate::wording;

/// The verdict in one line.
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
    view! {
        <div class="studio-verdict" role="status">
            {move || verdict.get().map(|verdict| view! { <VerdictLine verdict=verdict /> })}
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
