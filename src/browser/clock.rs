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

/// Date and time in the browser's zone and in UTC, such as `2026-11-23 20:15:03`; `None` beyond what calendars reach.
pub(crate) fn date_times(at: Timestamp) -> Option<[String; 2]> {
    let date = date(at);
    // What is no date would throw. ECMA-262, 21.4.1.1.
    if date.get_time().is_nan() {
        return None;
    }
    let utc = String::from(date.to_iso_string());
    let local = format!(
        "{}-{:02}-{:02} {}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        local_time(at)
    );
    let utc = utc.split('.').next()?.replace('T', " ");
    Some([local, utc])
}

fn date(at: Timestamp) -> Date {
    Date::new(&JsValue::from_f64(at.milliseconds() as f64))
}
