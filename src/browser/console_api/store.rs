//! What the console's `sql`, `clock`, `configure` and `schemes` are given, and what they give.

use std::fmt::Write;

use js_sys::Error;
use protocol::{Lane, SqlOutcome, SqlProblem, SqlValue};
use serde_json::{Map, Value, json};
use wasm_bindgen::JsValue;

use super::inspection::plain;
use super::{Answer, to_js, type_error};
use crate::state::{PRESETS, Playground, scheme_from_json, scheme_to_json};

/// The largest whole number that JavaScript holds exactly.
const LARGEST_EXACT: u64 = (1 << 53) - 1;

/// Runs statements; rejected with what SQLite says.
pub(super) async fn sql(playground: Playground, text: &JsValue) -> Answer {
    let text = text
        .as_string()
        .ok_or_else(|| type_error("The statements are a text, such as \"SELECT * FROM users\"."))?;
    let outcome = playground
        .run_sql(text)
        .await
        .map_err(|why| type_error(&why))?;
    to_js(&outcome_json(outcome)?)
}

fn outcome_json(outcome: SqlOutcome) -> Result<Value, JsValue> {
    let result = outcome
        .result
        .map_err(|problem| JsValue::from(Error::new(&say(problem))))?;
    let rows: Vec<Value> = result
        .rows
        .iter()
        .map(|row| row.iter().map(value_json).collect())
        .collect();
    Ok(json!({
        "columns": result.columns,
        "rows": rows,
        "plan": outcome.plan,
        "microseconds": outcome.microseconds,
        "changes": outcome.changed_rows,
        "cut": result.is_cut,
        "rolledBack": outcome.rolled_back,
        "broken": outcome.broken,
    }))
}

/// SQLite's own words, where they are SQLite's.
fn say(problem: SqlProblem) -> String {
    match problem {
        SqlProblem::Sqlite { message, .. } => message,
        SqlProblem::Empty => String::from("There is nothing to run."),
        SqlProblem::TooLong { octets, limit } => {
            format!("The statements have {octets} octets; {limit} are taken at most.")
        }
        SqlProblem::Refused { what } => format!("Not allowed here: {what}"),
        SqlProblem::TookTooLong { milliseconds } => {
            let tenths = (milliseconds + 50) / 100;
            format!("Stopped after {}.{} s.", tenths / 10, tenths % 10)
        }
    }
}

/// Whole numbers that JavaScript can't hold are given as text, blobs as hex digits.
fn value_json(value: &SqlValue) -> Value {
    match value {
        SqlValue::Null => Value::Null,
        SqlValue::Integer(number) if number.unsigned_abs() <= LARGEST_EXACT => json!(number),
        SqlValue::Integer(number) => json!(number.to_string()),
        SqlValue::Real(number) if number.is_finite() => json!(number),
        SqlValue::Real(number) => json!(number.to_string()),
        SqlValue::Text(text) => json!(text),
        SqlValue::Blob(bytes) => {
            let mut digits = String::with_capacity(bytes.len() * 2);
            for byte in bytes {
                // Writing into a text can't fail.
                let _ = write!(digits, "{byte:02x}");
            }
            json!(digits)
        }
    }
}

/// Sets the clock to that many seconds from now.
pub(super) async fn clock(playground: Playground, seconds: &JsValue) -> Answer {
    let seconds = seconds
        .as_f64()
        .filter(|seconds| seconds.abs() <= 1e11)
        .ok_or_else(|| type_error("The clock is set by a number of seconds from now."))?;
    playground.move_clock(seconds.round() as i64).await;
    Ok(JsValue::UNDEFINED)
}

/// Gives a lane another scheme; the one that is in force then.
pub(super) fn configure(playground: Playground, lane: Lane, scheme: &JsValue) -> Answer {
    let given = plain(scheme).unwrap_or_default();
    let scheme = scheme_from_json(&given, &playground.scheme_now(lane))
        .map_err(|sentence| type_error(&sentence))?;
    playground.change_scheme(lane, scheme);
    to_js(&scheme_to_json(&playground.scheme_now(lane)))
}

/// The schemes of both lanes, and those that have a name.
pub(super) fn schemes(playground: Playground) -> Answer {
    let presets: Map<String, Value> = PRESETS
        .iter()
        .map(|(name, preset)| ((*name).to_owned(), scheme_to_json(&preset.scheme())))
        .collect();
    let of = |lane| scheme_to_json(&playground.scheme_now(lane));
    to_js(&json!({ "a": of(Lane::A), "b": of(Lane::B), "presets": presets }))
}
