//! Copying.

use leptos::prelude::window;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Puts a text on the clipboard; `false` where the browser refuses, or has none.
pub(crate) async fn copy(text: &str) -> bool {
    // Missing on an insecure origin, where the getter gives `undefined`.
    let clipboard = window().navigator().clipboard();
    if JsValue::from(&clipboard).is_undefined() {
        return false;
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}
