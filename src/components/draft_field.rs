//! A field for a text that is shown in several fields at once: while one is typed in, the others follow.

use leptos::ev::KeyboardEvent;
use leptos::html::Textarea;
use leptos::prelude::*;

use super::TokenText;
use super::token_text::{COLOURED_OCTETS, Mark, marked};
use crate::browser::{caret, fill, has_focus};
use crate::state::difference::Difference;
use crate::state::memo;

/// So many characters at once are not typed.
const PASTED_OCTETS: usize = 12;

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
    /// Whether its text is shown with marks.
    #[prop(optional)]
    marked_text: bool,
    /// What is marked in it, where it holds a token or is marked.
    #[prop(optional, into)]
    marks: Signal<Vec<Mark>>,
    /// Called with the UTF-16 unit before which the caret stands, whenever the user moved it.
    #[prop(optional_no_strip)]
    on_caret: Option<Callback<usize>>,
    /// Called in the place of `on_edit` with what the text became by pasting; gives what it is to be instead.
    #[prop(optional)]
    on_paste: Option<Callback<String, Option<String>>>,
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
    let is_layered = coloured || marked_text;
    let colours = move || {
        let text = text.get();
        // A last line break would have no height.
        (is_layered && text.len() <= COLOURED_OCTETS).then(|| {
            let shown = if coloured {
                view! { <TokenText token=text marks=marks.get() /> }.into_any()
            } else {
                marks.with(|marks| marked(&text, marks))
            };
            view! { {shown} "\u{200b}" }
        })
    };
    let tell_caret = move || {
        if let (Some(on_caret), Some(field)) = (on_caret, field.get_untracked()) {
            on_caret.run(caret(&field));
        }
    };
    let was_pasted = StoredValue::new(false);
    let take_in = move |typed: String| {
        let at_once = |before: &String| {
            Difference::between(before.as_bytes(), typed.as_bytes()).put >= PASTED_OCTETS
        };
        let pasted = was_pasted.get_value();
        was_pasted.set_value(false);
        match on_paste {
            Some(on_paste) if pasted || text.with_untracked(at_once) => {
                if let (Some(instead), Some(field)) = (on_paste.run(typed), field.get_untracked()) {
                    fill(&field, &instead);
                }
            }
            _ => on_edit.run(typed),
        }
        tell_caret();
    };
    let is_long = memo(move || text.with(|text| text.len() > COLOURED_OCTETS));
    let note_id = format!("{id}-note");
    let described_by = note_id.clone();
    view! {
        <div class="draft">
            <label for=id>{label}</label>
            <div class="draft-text" class:plain=!is_layered class:marked-text=marked_text class:long=is_long>
                <div class="colours" aria-hidden="true" translate="no">
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
                    on:paste=move |_| was_pasted.set_value(true)
                    on:input:target=move |event| take_in(event.target().value())
                    on:keydown=undo
                    on:keyup=move |_| tell_caret()
                    on:click=move |_| tell_caret()
                    on:blur=move |_| {
                        // A field that goes with its scene loses the focus on its way out.
                        if !field.is_disposed() {
                            follow();
                        }
                    }
                ></textarea>
            </div>
            <p class="note" id=note_id>
                {note}
            </p>
        </div>
    }
}
