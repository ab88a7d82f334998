//! `playground.jar(answer, request)`: what becomes of cookie lines, and of a request that follows.

use js_sys::{Array, Reflect};
use protocol::{Defaults, Initiator, JarTrial, Pasted, Place, Timestamp, TrialRequest};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Url;

use super::{Answer, to_js, type_error};
use crate::browser::place_of;
use crate::state::{Playground, initiator_of, jar_json};

/// How many lines are tried at most.
const MOST_LINES: u32 = 5000;

/// Tries the lines of an answer, and a request; without one, a GET to the same URL at the same time.
pub(super) async fn jar(playground: Playground, answer: &JsValue, request: &JsValue) -> Answer {
    let set_by = place(answer)?
        .ok_or_else(|| type_error("The first argument’s url is an http or https URL."))?;
    let set_at = moment(answer).unwrap_or_else(|| playground.clock());
    let trial = JarTrial {
        pasted: Pasted::Lines(lines(&property(answer, "setCookie"))),
        set_for: initiator(answer)?,
        set_at,
        request: Some(TrialRequest {
            to: place(request)?.unwrap_or_else(|| set_by.clone()),
            method: property(request, "method")
                .as_string()
                .unwrap_or_else(|| String::from("GET")),
            initiator: initiator(request)?,
            at: moment(request).unwrap_or(set_at),
        }),
        set_by,
        defaults: match property(request, "laxByDefault").as_bool() {
            Some(false) => Defaults::Others,
            _ => Defaults::Chromium,
        },
        at_hand: None,
        most_lines: MOST_LINES,
    };
    let outcome = playground
        .try_jar(trial)
        .await
        .map_err(|why| type_error(&why))?;
    to_js(&jar_json(&outcome))
}

/// A property; `undefined` of what has none.
fn property(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// Where `url` leads; `None` where there is none.
fn place(of: &JsValue) -> Result<Option<Place>, JsValue> {
    let url = property(of, "url");
    if url.is_null() || url.is_undefined() {
        return Ok(None);
    }
    let text = url
        .as_string()
        .or_else(|| url.dyn_ref().map(Url::href))
        .unwrap_or_default();
    match place_of(&text) {
        Some(place) => Ok(Some(place)),
        None => Err(type_error(&format!(
            "“{}” is no http or https URL.",
            text.chars().take(100).collect::<String>()
        ))),
    }
}

/// One line, or an array of them; what is no text is no line.
fn lines(given: &JsValue) -> Vec<String> {
    if let Some(line) = given.as_string() {
        return vec![line];
    }
    if !Array::is_array(given) {
        return Vec::new();
    }
    Array::from(given)
        .iter()
        .filter_map(|line| line.as_string())
        .collect()
}

fn initiator(of: &JsValue) -> Result<Initiator, JsValue> {
    let name = property(of, "initiator");
    if name.is_null() || name.is_undefined() {
        return Ok(Initiator::ThisSite);
    }
    initiator_of(&name.as_string().unwrap_or_default())
        .map_err(|names| type_error(&format!("The initiator is one of: {names}.")))
}

/// `now`, in seconds since 1970.
fn moment(of: &JsValue) -> Option<Timestamp> {
    let seconds = property(of, "now").as_f64().filter(|now| !now.is_nan())?;
    Some(Timestamp::from_milliseconds((seconds * 1000.0) as i64))
}
