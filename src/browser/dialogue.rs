//! A dialogue over the page, and the key that opens one.

use leptos::prelude::{document, on_cleanup, window_event_listener_untyped};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, KeyboardEvent};

/// Opens the dialogue of that ID, which takes the focus and gives it back when it is closed.
pub(crate) fn open_dialogue(id: &str) {
    if let Some(dialogue) = find(id)
        && !dialogue.open()
    {
        let _ = dialogue.show_modal();
    }
}

/// Closes it.
pub(crate) fn close_dialogue(id: &str) {
    if let Some(dialogue) = find(id) {
        dialogue.close();
    }
}

fn find(id: &str) -> Option<HtmlDialogElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Runs whenever this character is typed where nothing is written, for as long as the component that asks lives.
pub(crate) fn on_character(character: &'static str, work: impl Fn() + 'static) {
    let listener = window_event_listener_untyped("keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let is_command = event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.key() == character && !is_command && !is_written_at(event) {
            work();
        }
    });
    on_cleanup(move || listener.remove());
}

fn is_written_at(event: &KeyboardEvent) -> bool {
    let element = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    element.is_some_and(|element| {
        element
            .closest("input, textarea, select, [contenteditable]")
            .is_ok_and(|found| found.is_some())
    })
}
