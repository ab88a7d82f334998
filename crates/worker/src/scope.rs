//! What the worker's global scope offers: messages, clock, timer, chance, its own place.

use js_sys::{Date, Function, Promise, Reflect};
use protocol::{Envelope, Notice, ServerMessage, Timestamp};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, Performance};

/// For how long it is asked again for what another worker may still hold: right after a reload that is the old page's.
pub(crate) const PATIENCE_MILLISECONDS: i32 = 2_000;
/// How often it is asked for.
pub(crate) const RETRY_MILLISECONDS: i32 = 50;

thread_local! {
    static PERFORMANCE: Option<Performance> = global().performance();
}

/// The worker's global scope.
pub(crate) fn global() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Sends a message to the page. One that can't be encoded or posted is lost; the page then waits, and says so.
pub(crate) fn post<T: Serialize>(number: u32, message: T) {
    if let Ok(bytes) = (Envelope { number, message }).encode() {
        let (message, transfer) = courier::pack(&bytes);
        let _ = global().post_message_with_transfer(&message, &transfer);
    }
}

/// Sends what no command asked for.
pub(crate) fn notify(notice: Notice) {
    post(0, ServerMessage::Notice(notice));
}

/// The real clock.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_milliseconds(Date::now() as i64)
}

/// Microseconds since the worker started, as fine as the browser allows.
pub(crate) fn stopwatch() -> f64 {
    PERFORMANCE.with(|performance| {
        performance
            .as_ref()
            .map_or(0.0, |performance| performance.now() * 1000.0)
    })
}

/// The step by which the stopwatch advances, in microseconds: the smallest of several seen.
pub(crate) fn timer_grain_microseconds() -> f64 {
    const SEEN: u32 = 5;
    const PATIENCE_MICROSECONDS: f64 = 20_000.0;
    let started = stopwatch();
    let mut last = started;
    let mut grain = f64::INFINITY;
    let mut seen = 0;
    while seen < SEEN && last - started < PATIENCE_MICROSECONDS {
        let moment = stopwatch();
        if moment > last {
            grain = grain.min(moment - last);
            last = moment;
            seen += 1;
        }
    }
    if grain.is_finite() { grain } else { 0.0 }
}

/// Fills the slice from the browser's cryptographic generator.
pub(crate) fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("every browser that runs WebAssembly has crypto.getRandomValues");
}

/// Waits that long.
pub(crate) async fn wait_milliseconds(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve: Function, _| {
        let _ =
            global().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = JsFuture::from(promise).await;
}

/// The folder of the page that this worker belongs to. The worker's entry says so.
pub(crate) fn page_folder() -> String {
    said_by_entry("pageFolder")
}

/// The folder that the files of this page's server are in, on the origin private file system.
pub(crate) fn files_folder() -> String {
    said_by_entry("filesFolder")
}

fn said_by_entry(name: &str) -> String {
    let said = property(&global(), name);
    said.and_then(|folder| folder.as_string())
        .unwrap_or_default()
}

/// A property of an object, if it is there.
pub(crate) fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into())
        .ok()
        .filter(|value| !value.is_undefined() && !value.is_null())
}
