//! A value as SQLite has it: long ones are cut, with a way to see and to copy all.

use leptos::prelude::*;
use protocol::{SqlValue, Timestamp};

use crate::browser::date_times;
use crate::components::CopyButton;

/// More characters than this are cut.
const SHOWN: usize = 48;
/// So many of them stay.
const KEPT: usize = 24;

/// A value. One of a column of moments has the local time beside it.
pub(super) fn value(value: &SqlValue, is_moment: bool) -> AnyView {
    match value {
        SqlValue::Null => view! { <span class="null">"NULL"</span> }.into_any(),
        SqlValue::Integer(number) if is_moment => {
            let local = date_times(Timestamp::from_milliseconds(*number)).map(|[local, _]| local);
            view! {
                <span class="mono">{number.to_string()}</span>
                <small class="moment">{local}</small>
            }
            .into_any()
        }
        SqlValue::Integer(number) => {
            view! { <span class="mono">{number.to_string()}</span> }.into_any()
        }
        SqlValue::Real(number) => {
            view! { <span class="mono">{number.to_string()}</span> }.into_any()
        }
        SqlValue::Text(text) => long(text.clone()),
        SqlValue::Blob(octets) => long(hex(octets)),
    }
}

/// Octets as lower-case hex.
pub(super) fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// Whether a column holds moments.
pub(super) fn is_moment(column: &str) -> bool {
    column == "at" || column.ends_with("_at") || column == "since" || column == "until"
}

fn long(text: String) -> AnyView {
    let is_long = text.chars().nth(SHOWN).is_some();
    if !is_long {
        return view! { <span class="mono">{text}</span> }.into_any();
    }
    let start: String = text.chars().take(KEPT).collect();
    let all = text.clone();
    view! {
        <details class="long">
            <summary class="mono">{start} "…"</summary>
            <span class="mono">{text}</span>
            <CopyButton label="Copy" text=Signal::stored(all) />
        </details>
    }
    .into_any()
}
