//! Text fields whose text is set from outside.

use leptos::prelude::document;
use web_sys::{HtmlElement, HtmlTextAreaElement};

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

/// Takes the user to an element: shows it and gives it the focus.
pub(crate) fn go_to(selector: &str) {
    let found = document().query_selector(selector).ok().flatten();
    if let Some(element) =
        found.and_then(|element| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(element).ok())
    {
        element.scroll_into_view();
        let _ = element.focus();
    }
}
