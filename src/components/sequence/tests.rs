//! What the diagram shows of exchanges as servers make them, and when.

use protocol::{
    Access, Check, Cost, Errand, Exchange, Fact, Header, Lane, Ledger, Outcome, Party, Presented,
    Purpose, Rejection, Request, Response, Settings, Step, StoreOperation, StorePlace, Timestamp,
    TokenCheck, TokenFact, TokenRejection,
};

use super::model::{Arrow, Kind, Node, Tone, arrows, asks_database, is_drawn_alike, unanswered};
use super::timeline::Timeline;

const SERVER: Party = Party::Server(1);

fn step(party: Party, check: Check, outcome: Outcome) -> Step {
    Step {
        party,
        check,
        outcome,
        cost: Cost::default(),
    }
}

fn held(check: Check) -> Step {
    step(SERVER, check, Outcome::Passed(Fact::Done))
}

fn not_reached(check: Check) -> Step {
    step(SERVER, check, Outcome::NotReached)
}

fn travelled(check: Check) -> Step {
    let mut step = step(Party::Network, check, Outcome::Passed(Fact::Octets(200)));
    step.cost.network_milliseconds = 20.0;
    step
}

fn lookup(outcome: Outcome, rows: u32) -> Step {
    let mut step = step(SERVER, Check::SessionFound, outcome);
    step.cost.store.push(StoreOperation {
        access: Access::Read,
        place: StorePlace::Database,
        purpose: Purpose::Authentication,
        statement: String::from("SELECT s.user_id FROM sessions AS s WHERE s.id_hash = ?1"),
        rows,
        full_scan_steps: 0,
        vm_steps: 6,
    });
    step.cost.microseconds = 14.0;
    step
}

fn exchange(lane: Lane, header: Header, steps: Vec<Step>, status: Option<u16>) -> Exchange {
    Exchange {
        number: 1,
        lane,
        scheme: Settings::default().schemes[usize::from(lane == Lane::B)],
        at: Timestamp::from_seconds(1),
        path: String::from("/me"),
        request: Request {
            method: String::from("GET"),
            target: String::from("/sub/me"),
            headers: vec![header],
            body: String::new(),
        },
        response: status.map(|status| Response {
            status,
            headers: Vec::new(),
            body: String::new(),
        }),
        steps,
        cookies: Vec::new(),
        ledger: Ledger::default(),
    }
}

fn stateful(found: Step, status: u16) -> Exchange {
    let refused = matches!(found.outcome, Outcome::Failed(_));
    let after = |check| {
        if refused {
            not_reached(check)
        } else {
            held(check)
        }
    };
    exchange(
        Lane::A,
        Header::new("Cookie", "sid=9fQ2mZ0xTq1r8VdKcYw3Lg"),
        vec![
            step(
                Party::UserAgent,
                Check::CookieSelected,
                Outcome::Noted(Fact::NoCookie),
            ),
            travelled(Check::RequestTravelled),
            held(Check::RouteFound),
            held(Check::SessionCookieFound),
            step(
                SERVER,
                Check::SessionIdHashed,
                Outcome::Passed(Fact::IdHash(String::from("5be102c7"))),
            ),
            found,
            after(Check::IdleTimeout),
            after(Check::UserIdentified),
            step(
                SERVER,
                Check::Answered,
                Outcome::Passed(Fact::Status(status)),
            ),
            travelled(Check::ResponseTravelled),
        ],
        Some(status),
    )
}

fn stateless(signature: Outcome, status: u16) -> Exchange {
    let algorithm = Outcome::Passed(Fact::Token(TokenFact::Algorithm(String::from("HS256"))));
    exchange(
        Lane::B,
        Header::new("Authorization", "Bearer eyJ0eXAi.eyJpc3Mi.ACZb"),
        vec![
            step(
                Party::PageScript,
                Check::BearerAttached,
                Outcome::Passed(Fact::Done),
            ),
            travelled(Check::RequestTravelled),
            held(Check::BearerFound),
            step(
                SERVER,
                Check::Token(TokenCheck::AlgorithmAllowed),
                algorithm,
            ),
            step(SERVER, Check::Token(TokenCheck::Signature), signature),
            held(Check::Token(TokenCheck::Audience)),
            travelled(Check::ResponseTravelled),
        ],
        Some(status),
    )
}

fn found() -> Step {
    lookup(Outcome::Passed(Fact::Done), 1)
}

fn signed() -> Outcome {
    Outcome::Passed(Fact::Token(TokenFact::Held))
}

fn check(arrows: &[Arrow], expected: &[(Node, Node, Kind, Tone, &str)]) {
    let seen: Vec<_> = arrows
        .iter()
        .map(|arrow| {
            (
                arrow.from,
                arrow.to,
                arrow.kind,
                arrow.tone,
                arrow.label.as_str(),
            )
        })
        .collect();
    assert_eq!(seen, expected);
}

use Kind::{Alone, Message, Reply};
use Node::{Browser, Database, Server};
use Tone::{Plain, Refused};

#[test]
fn the_stateful_server_asks_its_database() {
    let arrows = arrows(&stateful(found(), 200), None);
    check(
        &arrows,
        &[
            (
                Browser,
                Server,
                Message,
                Plain,
                "GET /me · Cookie: sid=9fQ2…",
            ),
            (Server, Server, Alone, Plain, "SHA-256 → 5be1…"),
            (Server, Database, Message, Plain, "SELECT … id_hash = ?1"),
            (Database, Server, Reply, Plain, "1 row"),
            (Server, Browser, Reply, Plain, "200 OK"),
        ],
    );
    assert!(asks_database(&arrows));
}

#[test]
fn what_needs_no_database_is_the_servers_own() {
    for (place, statement, label) in [
        (
            StorePlace::ServerMemory,
            "find_session",
            "in memory: find_session",
        ),
        (
            StorePlace::SessionCache,
            "find_session",
            "remembered: asks nobody",
        ),
    ] {
        let mut found = found();
        found.cost.store[0].place = place;
        found.cost.store[0].statement = String::from(statement);
        let arrows = arrows(&stateful(found, 200), None);
        check(&arrows[2..3], &[(Server, Server, Alone, Plain, label)]);
        assert!(!asks_database(&arrows));
    }
}

#[test]
fn a_refusal_is_seen_where_it_came_from_and_nothing_is_drawn_that_was_not_reached() {
    let unknown = Outcome::Failed(Rejection::SessionUnknown {
        id_hash: String::from("5be102c7"),
    });
    let arrows = arrows(&stateful(lookup(unknown, 0), 401), None);
    check(
        &arrows[2..],
        &[
            (Server, Database, Message, Plain, "SELECT … id_hash = ?1"),
            (Database, Server, Reply, Refused, "0 rows"),
            (Server, Browser, Reply, Refused, "401 Unauthorized"),
        ],
    );
}

#[test]
fn the_stateless_server_asks_nobody() {
    let arrows = arrows(&stateless(signed(), 200), None);
    check(
        &arrows,
        &[
            (Browser, Server, Message, Plain, "GET /me · Bearer eyJ0…"),
            (Server, Server, Alone, Plain, "HMAC-SHA256 = same"),
            (Server, Browser, Reply, Plain, "200 OK"),
        ],
    );
    assert!(!asks_database(&arrows));
}

#[test]
fn a_signature_that_does_not_match_is_a_refusal() {
    let mismatch = Outcome::Failed(Rejection::Token(TokenRejection::SignatureMismatch {
        given: String::from("AAAA"),
        computed: None,
    }));
    check(
        &arrows(&stateless(mismatch, 401), None)[1..2],
        &[(Server, Server, Alone, Refused, "HMAC-SHA256 ≠ not the same")],
    );
}

#[test]
fn each_step_that_happened_has_an_arrow() {
    for exchange in [stateful(found(), 200), stateless(signed(), 200)] {
        let arrows = arrows(&exchange, None);
        for index in 0..exchange.steps.len() {
            assert!(
                arrows.iter().any(|arrow| arrow.steps.contains(&index)),
                "step {index} of lane {}",
                exchange.lane
            );
        }
    }
}

#[test]
fn what_reads_the_request_belongs_to_it_and_what_judges_the_row_to_the_row() {
    let arrows = arrows(&stateful(found(), 200), None);
    let steps: Vec<_> = arrows.iter().map(|arrow| arrow.steps.clone()).collect();
    assert_eq!(steps, [0..4, 4..5, 5..6, 5..8, 8..10]);
}

#[test]
fn without_an_answer_the_request_ends_at_the_server() {
    let errand = Errand {
        lane: Lane::A,
        method: String::from("GET"),
        path: String::from("/me"),
        headers: Vec::new(),
        body: String::new(),
        credential: Presented::FromBrowser,
    };
    check(
        &unanswered(&errand),
        &[
            (Browser, Server, Message, Plain, "GET /me"),
            (Server, Server, Alone, Refused, "no answer"),
        ],
    );
}

#[test]
fn both_lanes_play_on_one_clock_and_every_arrow_can_be_seen() {
    let a = arrows(&stateful(found(), 200), None);
    let b = arrows(&stateless(signed(), 200), None);
    let timeline = Timeline::of(&[&a, &b]);
    for lane in &timeline.lanes {
        for span in lane {
            assert!(span.end - span.start >= 299.0, "{span:?} is too short");
        }
        for pair in lane.windows(2) {
            assert!(pair[0].end <= pair[1].start, "{pair:?} overlap");
        }
    }
    // Both requests take the modelled 20 ms; the stateless server answers while the other still asks its database.
    assert_eq!(timeline.lanes[0][0], timeline.lanes[1][0]);
    assert!(timeline.lanes[1][2].start < timeline.lanes[0][3].end);
    let whole = a.iter().map(|arrow| arrow.microseconds).sum::<f64>() / 1000.0;
    assert!((timeline.factor * whole - timeline.end).abs() < 1.0);
}

#[test]
fn stepping_halts_at_each_arrival_once() {
    let a = arrows(&stateful(found(), 200), None);
    let timeline = Timeline::of(&[&a]);
    assert_eq!(timeline.halts.len(), a.len() + 1);
    let mut position = 0.0;
    for span in &timeline.lanes[0] {
        position = timeline.halt_after(position);
        assert!((position - span.end).abs() < 1.0);
    }
    assert!((position - timeline.end).abs() < 1e-9);
    assert!((timeline.halt_after(position) - timeline.end).abs() < 1e-9);
    for span in timeline.lanes[0].iter().rev() {
        position = timeline.halt_before(position);
        assert!(position < span.end);
    }
    assert!(position.abs() < 1e-9);
}

#[test]
fn nothing_to_play_is_no_time() {
    let timeline = Timeline::of(&[&[], &[]]);
    assert!(timeline.end.abs() < 1e-9);
    assert_eq!(timeline.halts, [0.0]);
}

#[test]
fn other_times_are_the_same_picture_and_another_row_count_is_not() {
    let mut slower = found();
    slower.cost.microseconds = 900.0;
    let arrows_of = |step| arrows(&stateful(step, 200), None);
    assert!(is_drawn_alike(&arrows_of(found()), &arrows_of(slower)));

    let two_rows = lookup(Outcome::Passed(Fact::Done), 2);
    assert!(!is_drawn_alike(&arrows_of(found()), &arrows_of(two_rows)));
    assert!(!is_drawn_alike(&arrows_of(found()), &[]));
}
