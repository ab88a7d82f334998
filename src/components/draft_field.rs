//! A field for a text that is shown in several fields at once: while one is typed in, the others follow.

use leptos::ev::KeyboardEvent;
use leptos::html::Textarea;
use leptos::prelude::*;

use super::TokenText;
use super::token_text::COLOURED_OCTETS;
use crate::browser::{fill, has_focus};

/// A field. The one that has the focus is never overwritten, but by its own *undo* and *redo* (Ctrl+Z, Ctrl+Shift+Z),
/// which go through the whole text's changes.
#[component]
pub(crate) fn DraftField(
    /// What it holds.
    label: &'static str,
    /// Its element's ID.
    id: &'static str,
    /// The text.
    #[prop(into)]
    text: Signal<String>,
    /// Called with what was typed.
    on_edit: Callback<String>,
    /// Called for undo (`false`) and redo (`true`).
    on_undo: Callback<bool>,
    /// Whether it holds a token, to be shown in its colours.
    #[prop(optional)]
    coloured: bool,
    /// Whether nothing may be typed.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// What there is to say of it.
    #[prop(optional, into)]
    note: Signal<Option<&'static str>>,
) -> impl IntoView {
    let field = NodeRef::<Textarea>::new();
    let follow = move || {
        if let Some(field) = field.get()
            && !has_focus(&field)
        {
            text.with(|text| fill(&field, text));
        }
    };
    Effect::new(move |_| {
        text.track();
        follow();
    });
    let undo = move |event: KeyboardEvent| {
        let with_command = event.ctrl_key() || event.meta_key();
        let redo = match event.key().as_str() {
            "z" | "Z" if with_command => event.shift_key(),
            "y" if with_command => true,
            _ => return,
        };
        event.prevent_default();
        on_undo.run(redo);
        if let Some(field) = field.get() {
            text.with_untracked(|text| fill(&field, text));
        }
    };
    let colours = move || {
        let text = text.get();
        // A last line break would have no height.
        (coloured && text.len() <= COLOURED_OCTETS)
            .then(|| view! { <TokenText token=text /> "\u{200b}" })
    };
    let is_long = Memo::new(move |_| text.with(|text| text.len() > COLOURED_OCTETS));
    let note_id = format!("{id}-note");
    let described_by = note_id.clone();
    view! {
        <div class="draft">
            <label for=id>{label}</label>
            <div class="draft-text" class:plain=!coloured class:long=is_long>
                <div class="colours" aria-hidden="true">
                    {colours}
                </div>
                <textarea
                    node_ref=field
                    id=id
                    rows="1"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby=described_by
                    readonly=read_only
                    on:input:target=move |event| on_edit.run(event.target().value())
                    on:keydown=undo
                    on:blur=move |_| follow()
                ></textarea>
            </div>
            <p class="note" id=note_id>
                {note}
            </p>
        </div>
    }
}
