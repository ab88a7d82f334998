//! What the console's `deploy`, `fault` and `fleet` are given, and what they give.

use protocol::Lane;
use serde_json::Value;
use wasm_bindgen::JsValue;

use super::inspection::plain;
use super::{Answer, to_js, type_error};
use crate::state::Playground;
use crate::state::fleet::{fault_from_json, fleet_from_json, fleet_to_json, view_to_json};
use crate::wording::servers;

/// Deploys the servers as described; how they are deployed then. Without a description, how they are.
pub(super) fn deploy(playground: Playground, described: &JsValue) -> Answer {
    if !described.is_undefined() {
        let given = plain(described).unwrap_or_default();
        let schemes = Lane::BOTH.map(|lane| playground.scheme_now(lane));
        let (fleet, schemes, wrong) = fleet_from_json(&given, &playground.fleet_now(), &schemes);
        if let Some(sentence) = wrong.first() {
            return Err(type_error(sentence));
        }
        playground
            .deploy(fleet)
            .map_err(|problem| type_error(&servers::problem(problem)))?;
        for lane in Lane::BOTH {
            playground.change_scheme(lane, *lane.of(&schemes));
        }
    }
    deployed(playground)
}

/// Lets something go wrong, or ends all that is wrong; how the servers are deployed then, with what is wrong.
pub(super) fn fault(playground: Playground, described: &JsValue) -> Answer {
    let given = plain(described).unwrap_or_default();
    let Some(parts) = given.as_object() else {
        return Err(type_error(
            "A fault is an object, such as { kind: \"server-down\", server: 3 }, or { clear: true }.",
        ));
    };
    match parts.get("clear") {
        Some(Value::Bool(true)) if parts.len() == 1 => playground.end_all_faults(),
        Some(_) => return Err(type_error("“clear” is true, and stands alone.")),
        None => {
            let count = playground.fleet_now().servers;
            let fault = fault_from_json(parts, count).map_err(|sentence| type_error(&sentence))?;
            playground
                .begin_fault(fault)
                .map_err(|problem| type_error(&servers::problem(problem)))?;
        }
    }
    deployed(playground)
}

fn deployed(playground: Playground) -> Answer {
    let schemes = Lane::BOTH.map(|lane| playground.scheme_now(lane));
    to_js(&fleet_to_json(&playground.fleet_now(), &schemes))
}

/// What the observer sees of each lane's servers.
pub(super) async fn fleet(playground: Playground) -> Answer {
    let view = playground
        .observe_fleet()
        .await
        .map_err(|why| type_error(&why))?;
    to_js(&view_to_json(&view))
}
