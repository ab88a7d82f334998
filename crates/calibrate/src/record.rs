//! What a store on the network keeps of a session, and what a server answers: JSON, as servers commonly write it.

use anyhow::Context;
use serde_json::{Value, json};

/// When the sessions of this measuring end, in seconds since 1970: never, as far as it goes.
const EXPIRES: u64 = 4_102_444_800;

/// The record of the session of that number.
pub fn session(number: u32) -> String {
    json!({
        "user": number,
        "account": format!("member-{number}"),
        "name": "Mira Lind",
        "role": "member",
        "device": "Chromium on Linux",
        "created": 1_760_000_000,
        "lastSeen": 1_760_000_000,
        "idleExpires": EXPIRES,
        "absoluteExpires": EXPIRES,
    })
    .to_string()
}

/// What a server answers to `GET /me` upon this record: JSON of the user.
///
/// # Errors
/// Where the record is none, or the session is over.
pub fn answer(record: &[u8], now: u64) -> anyhow::Result<String> {
    let record: Value = serde_json::from_slice(record).context("the record is no JSON")?;
    let moment = |name: &str| record[name].as_u64().unwrap_or_default();
    anyhow::ensure!(
        now < moment("idleExpires") && now < moment("absoluteExpires"),
        "the session is over"
    );
    Ok(json!({
        "id": record["user"],
        "account": record["account"],
        "name": record["name"],
        "role": record["role"],
    })
    .to_string())
}
