//! What the console's `inspect` and `calibrateSignatures` are given, and what they give.

use js_sys::JSON;
use protocol::{GivenKey, InspectionOptions, SignatureRate, Timestamp};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;

use super::type_error;

/// Under which terms a token is to be inspected. What is not given, the server's own terms decide.
pub(super) fn read_options(options: &JsValue) -> Result<InspectionOptions, JsValue> {
    if options.is_undefined() || options.is_null() {
        return Ok(InspectionOptions::default());
    }
    let options = plain(options)
        .filter(Value::is_object)
        .ok_or_else(|| type_error("The options are a plain object."))?;
    let text = |name: &str| options[name].as_str().map(str::to_owned);
    Ok(InspectionOptions {
        key: key(&options["key"]),
        algorithms: names(&options["algorithms"]),
        now: options["now"]
            .as_f64()
            .map(|seconds| Timestamp::from_milliseconds((seconds * 1000.0) as i64)),
        issuer: text("issuer"),
        audience: text("audience"),
        token_type: None,
        leeway_seconds: options["leeway"].as_f64().map(|seconds| seconds as u32),
        left_out: Vec::new(),
    })
}

/// A key as text, PEM or JSON, or as a JWK's or JWKS' object.
fn key(given: &Value) -> Option<GivenKey> {
    let text = match given {
        Value::String(text) => text.clone(),
        Value::Object(_) => given.to_string(),
        _ => return None,
    };
    Some(GivenKey {
        text,
        ..GivenKey::default()
    })
}

/// A name, or a list of names.
fn names(given: &Value) -> Option<Vec<String>> {
    match given {
        Value::String(name) => Some(vec![name.clone()]),
        Value::Array(names) => Some(
            names
                .iter()
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect(),
        ),
        _ => None,
    }
}

/// The names of the algorithms that are to be measured.
pub(super) fn read_names(given: &JsValue) -> Result<Vec<String>, JsValue> {
    plain(given)
        .and_then(|given| names(&given))
        .ok_or_else(|| type_error("The algorithms are a list of names, such as [\"HS256\"]."))
}

/// A rate as the console gives it.
pub(super) fn rate_json(rate: &SignatureRate) -> Value {
    json!({
        "algorithm": rate.algorithm,
        "signedPerSecond": rate.signed_per_second,
        "verifiedPerSecond": rate.verified_per_second,
        "runs": rate.runs,
    })
}

/// The value as JSON has it; `None` where it can't be JSON.
pub(super) fn plain(value: &JsValue) -> Option<Value> {
    let text = JSON::stringify(value).ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}
