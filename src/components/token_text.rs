//! A compact token in its three colours.

use leptos::prelude::*;

/// Above this length a token is shown plainly: colouring it would cost more than it tells.
pub(super) const COLOURED_OCTETS: usize = 64 * 1024;
/// How much of an overlong token is shown.
const SHOWN_CHARACTERS: usize = 2_000;

/// A compact token; its parts differ by colour and by underline.
#[component]
pub(crate) fn TokenText(
    /// The token as it is stored, whatever it is.
    token: String,
) -> impl IntoView {
    if token.len() > COLOURED_OCTETS {
        let start: String = token.chars().take(SHOWN_CHARACTERS).collect();
        let note = format!("… {} octets in all", token.len());
        return view! { {start} <span class="note">{note}</span> }.into_any();
    }
    const CLASSES: [&str; 3] = ["token-header", "token-payload", "token-signature"];
    token
        .split('.')
        .enumerate()
        .map(|(index, part)| {
            let class = CLASSES.get(index).copied().unwrap_or_default();
            let dot = (index > 0).then_some(".");
            view! { {dot} <span class=class>{part.to_owned()}</span> }
        })
        .collect_view()
        .into_any()
}
