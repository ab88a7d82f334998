//! What the boot script has done before the page was there: shown progress, and started the worker.

use js_sys::{Array, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Worker;

/// What the worker is told once the page has loaded: the boot script tells its own.
pub(super) const PAGE_LOADED: &str = "page loaded";

/// The worker that the boot script started, and what it has said so far.
pub(super) struct EarlyWorker {
    pub(super) worker: Worker,
    pub(super) messages: Vec<JsValue>,
    pub(super) error: Option<String>,
}

/// Takes the early worker over; `None` the second time, or where there is none.
pub(super) fn take_early_worker() -> Option<EarlyWorker> {
    let key = JsValue::from_str("ticketOrPassportBoot");
    let boot = Reflect::get(&window(), &key).ok()?;
    let worker = Reflect::get(&boot, &"worker".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let messages = Reflect::get(&boot, &"messages".into())
        .map(|messages| Array::from(&messages).to_vec())
        .unwrap_or_default();
    let error = Reflect::get(&boot, &"error".into())
        .ok()
        .and_then(|error| error.as_string());
    let _ = Reflect::delete_property(&window(), &key);
    Some(EarlyWorker {
        worker,
        messages,
        error,
    })
}

/// Where the worker's script is, relative to the page.
pub(super) fn worker_url() -> Option<String> {
    meta("worker")
}

/// What the page's head says of that name.
pub(super) fn meta(name: &str) -> Option<String> {
    let meta = document()
        .query_selector(&format!("meta[name={name}]"))
        .ok()?;
    meta?.get_attribute("content")
}
