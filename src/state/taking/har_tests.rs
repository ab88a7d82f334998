//! The HAR that is written, held to the standard's schema.

#[path = "../../../tests/har-schema/schema.rs"]
mod schema;

use std::path::Path;
use std::sync::Arc;

use har_reader::read;
use protocol::{
    Check, Cost, Errand, Fact, Header, Lane, Outcome as StepOutcome, Party, Presented, Response,
    Site, Step, Timestamp, TokenCheck, TokenFact,
};
use serde_json::{Value, json};

use super::har::HarWriter;
use super::{all_steps, steps_of};
use crate::state::record::{Entry, Event, Happening, Outcome, Recorded};
use crate::state::sample::{answered, request};

const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl";
const SESSION_ID: &str = "a-session-id-of-some-length";

fn written(entries: &[Entry], with_credentials: bool) -> String {
    let site = Site {
        origin: String::from("https://example.org"),
        base_path: String::from("/sub/"),
    };
    let mut writer = HarWriter::new(site, with_credentials, entries.iter());
    for entry in entries {
        writer.add(entry);
    }
    writer.finish()
}

fn entry(lanes: [Option<Recorded>; 2]) -> Entry {
    Entry {
        number: 1,
        at: Timestamp::from_seconds(7),
        what: Happening::Exchanges(lanes.map(|it| it.map(Arc::new))),
    }
}

fn travelled(check: Check, milliseconds: f64) -> Step {
    Step {
        party: Party::Network,
        check,
        outcome: StepOutcome::Passed(Fact::Done),
        cost: Cost {
            network_milliseconds: milliseconds,
            ..Cost::default()
        },
    }
}

/// A request with a cookie that an answer replaces.
fn with_session() -> Recorded {
    let mut recorded = Arc::unwrap_or_clone(answered(Lane::A, "/me", 200, Presented::FromBrowser));
    let Outcome::Answered { exchange, .. } = &mut recorded.outcome else {
        return recorded;
    };
    let cookie = format!("sid={SESSION_ID}; theme=dark");
    exchange.request = request(
        "POST",
        "/sub/orders?a=1&b&c=ü%20%&&=\"<x>",
        &[
            ("Host", "example.org"),
            ("Cookie", &cookie),
            ("Content-Type", "application/json"),
        ],
        "{\"item\":\"</script>ü\"}",
    );
    exchange.response = Some(Response {
        status: 201,
        headers: vec![
            Header::new(
                "Set-Cookie",
                format!("sid={SESSION_ID}; Path=/; Max-Age=60; HttpOnly"),
            ),
            Header::new("set-cookie", "b=2"),
            Header::new("Location", "/sub/orders/1"),
            Header::new("Content-Type", "application/json"),
        ],
        body: format!("{{\"access_token\":\"{TOKEN}\",\"note\":\"{SESSION_ID}\"}}"),
    });
    exchange.steps = vec![
        travelled(Check::RequestTravelled, 20.0),
        travelled(Check::ResponseTravelled, 19.0),
    ];
    exchange.ledger.network_milliseconds = 44.0;
    exchange.ledger.server_microseconds = 250.0;
    recorded
}

fn unanswered() -> Recorded {
    Recorded {
        errand: Errand {
            lane: Lane::B,
            method: String::from("GET"),
            path: String::from("/me?x=1"),
            headers: vec![Header::new("Authorization", format!("Bearer {TOKEN}"))],
            body: String::new(),
            credential: Presented::FromBrowser,
        },
        outcome: Outcome::NoAnswer {
            reason: String::from("The server died."),
        },
    }
}

fn all() -> Vec<Entry> {
    vec![
        entry([Some(with_session()), Some(unanswered())]),
        Entry {
            number: 2,
            at: Timestamp::from_seconds(8),
            what: Happening::Event(Event::AllWell),
        },
        entry([None, Some(unanswered())]),
    ]
}

fn wrong(har: &Value) -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/har-schema");
    schema::what_is_wrong(Path::new(folder), har)
}

fn check(har: &str) -> Value {
    let har: Value = serde_json::from_str(har).expect("it is JSON");
    assert_eq!(wrong(&har), [""; 0]);
    har
}

#[test]
fn the_schema_itself_refuses_what_is_none() {
    let good: Value = serde_json::from_str(&written(&all(), true)).expect("it is JSON");
    for (pointer, bad) in [
        ("/log/version", json!(1.2)),
        ("/log/creator", json!({})),
        ("/log/entries/0/startedDateTime", json!("yesterday")),
        ("/log/entries/0/time", json!("7")),
        ("/log/entries/0/request/url", json!("/me")),
        ("/log/entries/0/request/headers/0/value", json!(null)),
        ("/log/entries/0/response/status", json!(null)),
        ("/log/entries/0/response/content", json!({})),
        ("/log/entries/0/timings", json!({})),
    ] {
        let mut broken = good.clone();
        *broken.pointer_mut(pointer).expect("it is there") = bad;
        assert!(!wrong(&broken).is_empty(), "{pointer}");
    }
}

#[test]
fn an_empty_history_is_a_har_too() {
    let har = check(&written(&[], false));
    assert_eq!(har["log"]["version"], "1.2");
    assert_eq!(har["log"]["creator"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(har["log"]["entries"], json!([]));
}

#[test]
fn a_request_is_written_as_it_was() {
    let har = check(&written(&all(), true));
    assert_eq!(har["log"]["entries"].as_array().map(Vec::len), Some(3));
    let entry = &har["log"]["entries"][0];
    assert_eq!(entry["startedDateTime"], "1970-01-01T00:00:01.000Z");
    assert_eq!(entry["_lane"], "stateful");
    assert_eq!(entry["_steps"].as_array().map(Vec::len), Some(2));
    assert_eq!(entry["_scheme"]["carrier"], "cookie");
    let request = &entry["request"];
    assert_eq!(
        request["url"],
        "https://example.org/sub/orders?a=1&b&c=%C3%BC%20%25&&=%22%3Cx%3E"
    );
    let pair = |name: &str, value: &str| json!({ "name": name, "value": value });
    assert_eq!(
        request["queryString"],
        json!([
            pair("a", "1"),
            pair("b", ""),
            pair("c", "%C3%BC%20%25"),
            pair("", "%22%3Cx%3E")
        ])
    );
    assert_eq!(
        request["cookies"],
        json!([pair("sid", SESSION_ID), pair("theme", "dark")])
    );
    assert_eq!(request["postData"]["mimeType"], "application/json");
    assert_eq!(request["postData"]["text"], "{\"item\":\"</script>ü\"}");
    assert_eq!(request["bodySize"], 22);
    let response = &entry["response"];
    assert_eq!(response["status"], 201);
    assert_eq!(response["statusText"], "Created");
    assert_eq!(response["redirectURL"], "/sub/orders/1");
    assert_eq!(response["cookies"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        response["cookies"][0]["expires"],
        "1970-01-01T00:01:01.000Z"
    );
    assert_eq!(response["cookies"][0]["httpOnly"], true);
    let timings = &entry["timings"];
    assert_eq!(timings["send"], 20.0);
    assert_eq!(timings["wait"], 5.25);
    assert_eq!(timings["receive"], 19.0);
    assert_eq!(entry["time"], 44.25);
}

#[test]
fn what_got_no_answer_has_status_0() {
    let har = check(&written(&all(), true));
    let entry = &har["log"]["entries"][1];
    assert_eq!(entry["startedDateTime"], "1970-01-01T00:00:07.000Z");
    assert_eq!(entry["request"]["url"], "https://example.org/sub/me?x=1");
    assert_eq!(entry["response"]["status"], 0);
    assert_eq!(entry["time"], 0.0);
    let said = entry["response"]["_error"].as_str().unwrap_or_default();
    assert!(said.contains("The server died."), "{said}");
}

#[test]
fn credentials_are_left_out_unless_they_are_asked_for() {
    let with = written(&all(), true);
    assert!(with.contains(SESSION_ID) && with.contains(TOKEN));
    let found = read(with.as_bytes()).expect("it is a HAR");
    assert_eq!(found.tokens.len(), 1);
    assert_eq!(found.tokens[0].times, 3);
    assert_eq!(found.cookies_in_all, 4);

    let without = written(&all(), false);
    let har = check(&without);
    for secret in [SESSION_ID, TOKEN, "dark", "=2"] {
        assert!(!without.contains(secret), "{secret}: {without}");
    }
    let request = &har["log"]["entries"][0]["request"];
    assert_eq!(
        request["cookies"][0],
        json!({ "name": "sid", "value": "[left out]" })
    );
    let lines = &har["log"]["entries"][0]["response"]["headers"];
    assert_eq!(
        lines[0]["value"],
        "sid=[left out]; Path=/; Max-Age=60; HttpOnly"
    );
    let bearer = &har["log"]["entries"][1]["request"]["headers"][0]["value"];
    assert_eq!(bearer, "Bearer [left out]");
    let found = read(without.as_bytes()).expect("it is a HAR");
    assert_eq!(found.tokens, []);
}

#[test]
fn steps_hold_no_request() {
    let text = steps_of(&with_session());
    let taken: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(taken["steps"].as_array().map(Vec::len), Some(2));
    assert_eq!(taken["status"], 201);
    assert!(taken.get("request").is_none());
    let text = all_steps(&all().iter().collect::<Vec<_>>());
    let all: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(all[0]["exchanges"]["stateful"]["status"], 201);
    assert_eq!(all[0]["exchanges"]["stateless"]["steps"], json!([]));
    assert!(all[1]["event"].is_string());
    for secret in [SESSION_ID, TOKEN] {
        assert!(!text.contains(secret), "{text}");
    }
}

/// What steps tell of the claims, and a signature, are a token again.
#[test]
fn a_signature_goes_along_with_credentials_alone() {
    const SIGNATURE: &str = "a-signature-of-some-length";
    let mut recorded = with_session();
    if let Outcome::Answered { exchange, .. } = &mut recorded.outcome {
        let fact = TokenFact::SignatureMatches {
            signature: SIGNATURE.to_owned(),
        };
        exchange.steps.push(Step {
            party: Party::Server(1),
            check: Check::Token(TokenCheck::Signature),
            outcome: StepOutcome::Passed(Fact::Token(fact)),
            cost: Cost::default(),
        });
    }
    assert!(!steps_of(&recorded).contains(SIGNATURE));
    let all = [entry([Some(recorded), None])];
    assert!(!all_steps(&all.iter().collect::<Vec<_>>()).contains(SIGNATURE));
    assert!(!written(&all, false).contains(SIGNATURE));
    assert!(written(&all, true).contains(SIGNATURE));
}
