//! Where the focus is and goes, and text fields whose text is set from outside.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Sets a field's text, where it is another: setting it again would move the caret and forget what can be undone.
pub(crate) fn fill(field: &HtmlTextAreaElement, text: &str) {
    if field.value() != text {
        field.set_value(text);
    }
}

/// Whether the field has the focus.
pub(crate) fn has_focus(field: &HtmlTextAreaElement) -> bool {
    document()
        .active_element()
        .is_some_and(|active| active.is_same_node(Some(field)))
}

/// The UTF-16 unit before which the caret stands, or at which the selection begins.
pub(crate) fn caret(field: &HtmlTextAreaElement) -> usize {
    let start = field.selection_start().ok().flatten();
    start.unwrap_or_default() as usize
}

/// Gives an element the focus.
pub(crate) fn focus(selector: &str) {
    if let Some(element) = find(selector) {
        let _ = element.focus();
    }
}

/// Takes the user to an element: shows it in the middle of the window, and gives it the focus.
pub(crate) fn go_to(selector: &str) {
    if let Some(element) = find(selector) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
        let _ = element.focus();
    }
}

fn find(selector: &str) -> Option<HtmlElement> {
    let found = document().query_selector(selector).ok().flatten()?;
    found.dyn_into().ok()
}
