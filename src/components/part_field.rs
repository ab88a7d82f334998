//! A part of a token as text, in a field: what is typed goes into the token, and the token's changes into the field.

use leptos::prelude::*;
use protocol::TokenPart;

use super::{DraftField, Mark};
use crate::state::memo;
use crate::state::token_parts::{Extent, is_encrypted, part_text, with_part};
use crate::wording;

/// A part of a token.
#[component]
pub(crate) fn PartField(
    /// What it is.
    label: &'static str,
    /// Its element's ID.
    id: &'static str,
    /// Which part.
    part: TokenPart,
    /// The token.
    compact: Memo<String>,
    /// Called with what the token becomes.
    on_edit: Callback<String>,
    /// Called for undo (`false`) and redo (`true`).
    on_undo: Callback<bool>,
    /// Whether its text is shown with marks.
    #[prop(optional)]
    marked_text: bool,
    /// What is marked in it.
    #[prop(optional, into)]
    marks: Signal<Vec<Mark>>,
    /// Called with the UTF-16 unit before which the caret stands.
    #[prop(optional_no_strip)]
    on_caret: Option<Callback<usize>>,
) -> impl IntoView {
    // The second part of an encrypted token is its key: no text.
    let is_key = memo(move || part == TokenPart::Payload && compact.with(|it| is_encrypted(it)));
    let read = memo(move || {
        if is_key.get() {
            return <_>::default();
        }
        compact.with(|token| part_text(token, part))
    });
    let edit = Callback::new(move |text: String| {
        on_edit.run(compact.with_untracked(|token| with_part(token, part, &text)));
    });
    let extent = memo(move || read.with(|read| read.extent));
    view! {
        <DraftField
            label=label
            id=id
            text=Signal::derive(move || read.with(|read| read.text.clone()))
            on_edit=edit
            on_undo=on_undo
            marked_text=marked_text
            marks=marks
            on_caret=on_caret
            read_only=Signal::derive(move || is_key.get() || extent.get() == Extent::Beginning)
            note=Signal::derive(move || wording::part_note(extent.get(), is_key.get()))
        />
    }
}
