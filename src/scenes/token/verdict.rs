//! What the verifier says: one line, then its checks in order.

use leptos::prelude::*;

use crate::components::{Marking, StepList, VerdictLine, token_lines};
use crate::state::Studio;
use crate::wording;

/// The verdict and the checks.
#[component]
pub(super) fn Verdict() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let by_server = Memo::new(move |_| studio.are_the_servers_terms());
    let answer = studio.inspected.answer;
    let verdict = Memo::new(move |_| {
        answer.with(|answer| {
            let answer = answer.as_ref()?;
            Some(wording::verifier_verdict(answer, by_server.get()))
        })
    });
    let lines = Memo::new(move |_| {
        answer.with(|answer| match answer {
            Some(Ok(inspection)) => token_lines(&inspection.checks, by_server.get()),
            _ => Vec::new(),
        })
    });
    view! {
        <section aria-labelledby="studio-checks">
            <h2 id="studio-checks">"The checks, in order"</h2>
            <div class="studio-verdict" role="status">
                {move || verdict.get().map(|verdict| view! { <VerdictLine verdict=verdict /> })}
            </div>
            <StepList id=String::from("studio-steps") marking=Marking::new() lines=lines />
        </section>
    }
}
