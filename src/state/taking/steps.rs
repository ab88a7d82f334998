//! What happened, as plain JSON without what was carried: the steps, and what came of them.

use serde_json::{Value, json};

use super::credentials::Credentials;
use crate::state::export::{exchange_json, lane_name};
use crate::state::record::{Entry, Happening, Recorded};
use crate::wording;

/// What of an exchange goes along.
const TAKEN: [&str; 9] = [
    "lane", "number", "method", "path", "status", "verdict", "at", "scheme", "ledger",
];

/// The steps of what was recorded, and what came of them.
pub(crate) fn steps_of(recorded: &Recorded) -> String {
    let credentials = Credentials::of(std::iter::once(recorded));
    pretty(&taken(recorded, &credentials))
}

/// All that happened, oldest first.
pub(crate) fn all_steps(entries: &[&Entry]) -> String {
    let credentials = Credentials::of(entries.iter().flat_map(|entry| recorded(entry)));
    let all: Vec<Value> = entries
        .iter()
        .map(|entry| match &entry.what {
            Happening::Exchanges(_) => {
                let lanes = recorded(entry).map(|it| {
                    let lane = lane_name(it.errand.lane).to_owned();
                    (lane, taken(it, &credentials))
                });
                let lanes: serde_json::Map<String, Value> = lanes.collect();
                json!({ "number": entry.number, "exchanges": lanes })
            }
            Happening::Event(event) => {
                json!({ "number": entry.number, "event": wording::event(event) })
            }
        })
        .collect();
    pretty(&Value::Array(all))
}

fn recorded(entry: &Entry) -> impl Iterator<Item = &Recorded> {
    let Happening::Exchanges(lanes) = &entry.what else {
        return [None, None].into_iter().flatten();
    };
    let [a, b] = lanes;
    [a.as_deref(), b.as_deref()].into_iter().flatten()
}

fn taken(recorded: &Recorded, credentials: &Credentials) -> Value {
    let mut all = exchange_json(recorded);
    let mut taken = json!({});
    for name in TAKEN {
        if let Some(value) = all.get_mut(name) {
            taken[name] = value.take();
        }
    }
    taken["steps"] = all.get_mut("steps").map_or(json!([]), Value::take);
    credentials.out_of_json(&mut taken);
    taken
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
