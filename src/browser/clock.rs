//! The browser's clock, and times as people here write them.

use js_sys::Date;
use protocol::Timestamp;
use wasm_bindgen::JsValue;

/// The real clock.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_milliseconds(Date::now() as i64)
}

/// Hours, minutes and seconds in the browser's zone, such as `20:15:03`.
pub(crate) fn local_time(at: Timestamp) -> String {
    let date = date(at);
    format!(
        "{:02}:{:02}:{:02}",
        date.get_hours(),
        date.get_minutes(),
        date.get_seconds()
    )
}

fn date(at: Timestamp) -> Date {
    Date::new(&JsValue::from_f64(at.milliseconds() as f64))
}
