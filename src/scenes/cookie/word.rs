//! A verdict in a word, with a mark: never by colour alone.

use leptos::prelude::*;

use crate::wording::cookie_studio::Mark;

/// The word.
#[component]
pub(super) fn Word(
    /// How it is marked.
    mark: Mark,
    /// What it is.
    word: &'static str,
) -> impl IntoView {
    let (class, sign) = match mark {
        Mark::Good => ("ok", "✓ "),
        Mark::Bad => ("no", "✕ "),
        Mark::Neither => ("held", "– "),
    };
    view! {
        <span class=class>
            <span aria-hidden="true">{sign}</span>
            {word}
        </span>
    }
}
