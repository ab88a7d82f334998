//! Whether the page is still loading: what the worker has yet to fetch itself waits for that, so that the page, which
//! everything waits for, has the line for itself.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static OVER: (Promise, Function) = promise();
}

fn promise() -> (Promise, Function) {
    let mut end = None;
    let over = Promise::new(&mut |resolve, _| end = Some(resolve));
    (over, end.unwrap_or_else(|| Function::new_no_args("")))
}

/// The page has loaded.
pub(crate) fn ended() {
    OVER.with(|(_, end)| {
        let _ = end.call0(&JsValue::UNDEFINED);
    });
}

/// Waits until the page has loaded.
pub(crate) async fn is_over() {
    let over = OVER.with(|(over, _)| over.clone());
    let _ = JsFuture::from(over).await;
}
