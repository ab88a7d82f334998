//! What the console gets: plain JSON, with the sentences of the screen beside the facts. Times are in seconds since 1970.

use protocol::{
    Access, Exchange, Header, Inspection, Lane, Outcome as StepOutcome, Purpose, SessionRow, Step,
    StoreOperation, StorePlace, Timestamp, TokenOutcome, TokenStep,
};
use serde_json::{Value, json};

use super::record::{Outcome, Recorded};
use super::scheme_json::scheme_to_json;
use crate::wording;

/// The lane's name in the console.
pub(crate) const fn lane_name(lane: Lane) -> &'static str {
    match lane {
        Lane::A => "stateful",
        Lane::B => "stateless",
    }
}

/// One errand and what became of it.
pub(crate) fn exchange_json(recorded: &Recorded) -> Value {
    let lane = recorded.errand.lane;
    let verdict = wording::verdict(recorded);
    let mut value = json!({
        "lane": lane_name(lane),
        "method": recorded.errand.method,
        "path": recorded.errand.path,
        "verdict": verdict.sentence,
        "status": recorded.status(),
    });
    match &recorded.outcome {
        Outcome::Answered {
            exchange,
            readbacks,
        } => {
            let cookies: Vec<Value> = exchange
                .cookies
                .iter()
                .zip(readbacks)
                .map(|(effect, readback)| {
                    json!({
                        "line": effect.line,
                        "model": wording::storing(&effect.storing),
                        "written": effect.script_line,
                        "browser": wording::readback(readback),
                    })
                })
                .collect();
            value["cookies"] = Value::Array(cookies);
            add_exchange(&mut value, exchange);
        }
        Outcome::NoAnswer { .. } => value["response"] = Value::Null,
    }
    value
}

fn add_exchange(value: &mut Value, exchange: &Exchange) {
    let ledger = &exchange.ledger;
    value["number"] = json!(exchange.number);
    value["at"] = seconds(exchange.at);
    value["scheme"] = scheme_to_json(&exchange.scheme);
    value["request"] = json!({
        "method": exchange.request.method,
        "target": exchange.request.target,
        "headers": headers(&exchange.request.headers),
        "body": exchange.request.body,
    });
    value["response"] = exchange.response.as_ref().map_or(Value::Null, |response| {
        json!({
            "status": response.status,
            "headers": headers(&response.headers),
            "body": response.body,
        })
    });
    value["steps"] = exchange.steps.iter().map(step_json).collect();
    value["ledger"] = json!({
        "authentication": { "reads": ledger.authentication.reads, "writes": ledger.authentication.writes },
        "application": { "reads": ledger.application.reads, "writes": ledger.application.writes },
        "signatureChecks": ledger.signature_checks,
        "signaturesMade": ledger.signatures_made,
        "passwordHashes": ledger.password_hashes,
        "bytesUp": ledger.bytes_up,
        "bytesDown": ledger.bytes_down,
        "serverMicroseconds": ledger.server_microseconds,
        "networkMilliseconds": ledger.network_milliseconds,
    });
}

/// What one party did.
pub(super) fn step_json(step: &Step) -> Value {
    let said = wording::step(step);
    json!({
        "party": wording::party(step),
        "name": wording::check_name(step.check),
        "outcome": match step.outcome {
            StepOutcome::Passed(_) => "passed",
            StepOutcome::Noted(_) => "noted",
            StepOutcome::Failed(_) => "failed",
            StepOutcome::NotReached => "not reached",
        },
        "sentence": said.sentence,
        "detail": said.detail,
        "reference": wording::reference(step.check),
        "store": step.cost.store.iter().map(operation_json).collect::<Value>(),
        "microseconds": step.cost.microseconds,
    })
}

fn operation_json(operation: &StoreOperation) -> Value {
    json!({
        "access": match operation.access { Access::Read => "read", Access::Write => "write" },
        "place": place_word(operation.place),
        "purpose": match operation.purpose {
            Purpose::Authentication => "authentication",
            Purpose::Application => "application",
        },
        "statement": operation.statement,
        "rows": operation.rows,
        "fullScanSteps": operation.full_scan_steps,
        "vmSteps": operation.vm_steps,
    })
}

const fn place_word(place: StorePlace) -> &'static str {
    match place {
        StorePlace::ServerMemory => "server-memory",
        StorePlace::SessionCache => "session-cache",
        StorePlace::Database => "database",
    }
}

/// A row of the sessions table.
pub(crate) fn session_json(row: &SessionRow) -> Value {
    json!({
        "idHash": row.id_hash,
        "user": row.user,
        "lane": lane_name(row.lane),
        "place": place_word(row.place),
        "device": row.device,
        "role": row.role,
        "cachedSince": row.cached_since.map(seconds),
        "created": seconds(row.created),
        "lastSeen": seconds(row.last_seen),
        "idleExpires": seconds(row.idle_expires),
        "absoluteExpires": seconds(row.absolute_expires),
    })
}

/// What the server would say of a token.
pub(crate) fn inspection_json(inspection: &Inspection) -> Value {
    let refused = inspection
        .checks
        .iter()
        .any(|step| matches!(step.outcome, TokenOutcome::Failed(_)));
    json!({
        "verdict": if refused { "refused" } else { "accepted" },
        "checks": inspection.checks.iter().map(token_step_json).collect::<Value>(),
        "header": as_json_or_text(inspection.header.as_deref()),
        "payload": as_json_or_text(inspection.payload.as_deref()),
    })
}

fn token_step_json(step: &TokenStep) -> Value {
    let said = wording::token_step(step);
    json!({
        "name": wording::token_check_name(step.check),
        "outcome": match step.outcome {
            TokenOutcome::Passed(_) => "passed",
            TokenOutcome::Failed(_) => "failed",
            TokenOutcome::NotReached => "not reached",
            TokenOutcome::LeftOut => "left out",
        },
        "reason": match &said.detail {
            Some(detail) => format!("{} ({detail})", said.sentence),
            None => said.sentence,
        },
        "reference": wording::reference(protocol::Check::Token(step.check)),
    })
}

fn as_json_or_text(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| {
        serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
    })
}

fn headers(headers: &[Header]) -> Value {
    headers
        .iter()
        .map(|header| json!([header.name, header.value]))
        .collect()
}

fn seconds(at: Timestamp) -> Value {
    json!(at.milliseconds() as f64 / 1000.0)
}
