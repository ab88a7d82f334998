//! Why a worker died, or was never there, in words.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, Event};

/// An error in the worker comes with words; a script that can't be loaded comes as a plain event.
pub(super) fn words_of(event: &Event) -> String {
    event
        .dyn_ref::<ErrorEvent>()
        .map(ErrorEvent::message)
        .filter(|message| !message.is_empty())
        .unwrap_or_else(|| String::from("its script could not be loaded"))
}

pub(super) fn describe(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| error.as_string())
        .unwrap_or_else(|| String::from("the browser refused to start it"))
}
