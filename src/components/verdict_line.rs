//! The verdict: a mark, a status, a sentence.

use leptos::prelude::*;

use super::Prose;
use crate::wording::{Tone, Verdict};

/// What came of a request.
#[component]
pub(crate) fn VerdictLine(
    /// The verdict.
    verdict: Verdict,
) -> impl IntoView {
    let (class, mark) = match verdict.tone {
        Tone::Accepted => ("verdict accepted", "✓"),
        Tone::Refused => ("verdict refused", "✕"),
        Tone::Silent => ("verdict refused", "∅"),
    };
    view! {
        <p class=class>
            <b>
                <span aria-hidden="true">{mark}</span>
                " "
                {verdict.status}
            </b>
            <span>
                <Prose text=verdict.sentence />
            </span>
        </p>
    }
}
