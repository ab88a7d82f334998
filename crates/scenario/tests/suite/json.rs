//! Runs as JSON: what the console takes.

use proptest::prelude::*;
use protocol::{Arrivals, Distribution, FaultKind, FleetChange, Queue, Records};
use scenario::{LoadPreset, from_json, plain_station, to_json};
use serde_json::{Value, json};

use crate::strategies::simulations;

#[test]
fn without_lanes_it_is_a_plain_station() {
    let run = from_json(&json!({
        "seed": 7,
        "requests": 1e6,
        "arrivals": { "poisson": 0.8 },
        "servers": 1,
        "queue": "shared",
        "service": { "exponential": 1 },
    }))
    .expect("it makes sense");
    let mut expected = plain_station();
    expected.seed = 7;
    assert_eq!(run, expected);
    assert_eq!(run.queue, Queue::Shared);
    assert_eq!(run.arrivals, Arrivals::Poisson { rate: 0.8 });
    assert_eq!(run.service, Distribution::Exponential { rate: 1.0 });
    assert_eq!(run.lanes.len(), 1);
    assert_eq!(run.warm_up, 100_000);
}

#[test]
fn lanes_are_schemes_or_objects() {
    let run = from_json(&json!({
        "lanes": ["stateful", { "reads": 2, "records": "server-memory", "needsKey": true }],
        "faults": [
            { "at": 1, "until": 2, "kind": "server-down", "server": 3 },
            { "at": 1, "kind": "store-slow", "milliseconds": 20 },
            { "at": 4, "kind": "servers-added", "servers": 5 },
        ],
    }))
    .expect("it makes sense");
    assert!((run.lanes[0].reads - 1.0).abs() < 1e-12);
    assert!((run.lanes[1].reads - 2.0).abs() < 1e-12);
    assert_eq!(run.lanes[1].records, Records::ServerMemory);
    assert!(run.lanes[1].needs_key);
    let changes: Vec<_> = run.schedule.iter().map(|entry| entry.change).collect();
    let FleetChange::Fault(down) = changes[0] else {
        panic!("{changes:?}");
    };
    assert_eq!((down.first, down.last), (3, 3));
    let FleetChange::Fault(slow) = changes[1] else {
        panic!("{changes:?}");
    };
    assert_eq!(slow.kind, FaultKind::StoreSlow { milliseconds: 20 });
    assert_eq!(changes[2], FleetChange::ServersAdded { servers: 5 });
}

#[test]
fn presets_come_back_from_their_json() {
    for preset in LoadPreset::ALL {
        let run = preset.simulation();
        assert_eq!(from_json(&to_json(&run)), Ok(run), "{preset:?}");
    }
}

proptest! {
    #[test]
    fn any_run_comes_back_from_its_json(run in simulations()) {
        prop_assert_eq!(from_json(&to_json(&run)), Ok(run));
    }
}

#[track_caller]
fn check(value: &Value, says: &str) {
    let problem = from_json(value).expect_err(says);
    assert_eq!(problem.to_string(), says, "{value}");
}

#[test]
fn what_is_wrong_is_named_by_its_key() {
    check(&json!(3), "the settings: it must be an object");
    check(&json!({ "speed": 3 }), "speed: there is no such setting");
    check(
        &json!({ "requests": -5 }),
        "requests: it must be a whole number, 0 or more",
    );
    check(
        &json!({ "requests": 1.5 }),
        "requests: it must be a whole number, 0 or more",
    );
    check(
        &json!({ "requests": "many" }),
        "requests: it must be a whole number, 0 or more",
    );
    check(
        &json!({ "requests": 0 }),
        "requests: it is out of range, or does not fit the rest",
    );
    check(
        &json!({ "servers": 1e12 }),
        "servers: it is out of range, or does not fit the rest",
    );
    check(
        &json!({ "arrivals": { "poison": 3 } }),
        "arrivals.poison: there is no such setting",
    );
    check(
        &json!({ "arrivals": { "bursty": { "rate": 3 } } }),
        "arrivals.bursty.factor: it is missing",
    );
    check(
        &json!({ "arrivals": { "users": { "think": 1, "blink": 2 } } }),
        "arrivals.users.blink: there is no such setting",
    );
    check(
        &json!({ "service": { "uniform": [1] } }),
        "service.uniform: it must be a list of two numbers",
    );
    check(
        &json!({ "service": { "exponential": true } }),
        "service.exponential: it must be a number",
    );
    check(
        &json!({ "lanes": [{ "reads": 1 }, { "needsKey": 1 }] }),
        "lanes[1].needsKey: it must be true or false",
    );
    check(
        &json!({ "lanes": [] }),
        "lanes: it is out of range, or does not fit the rest",
    );
    check(
        &json!({ "store": { "connections": 0 } }),
        "store: it is out of range, or does not fit the rest",
    );
    for key in ["service", "signIn", "network", "applicationReads"] {
        check(
            &json!({ key: 99_999 }),
            &format!("{key}: it is out of range, or does not fit the rest"),
        );
    }
    check(
        &json!({ "faults": [{ "at": 1, "kind": "server-down" }] }),
        "faults[0].servers: it is missing",
    );
    check(
        &json!({ "faults": [{ "at": 1, "kind": "store-down", "day": 1 }] }),
        "faults[0].day: there is no such setting",
    );
}
