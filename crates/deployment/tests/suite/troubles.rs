//! What users of a trial meet first, and what none of them notices.

use protocol::{
    Balancer, Carrier, Fault, FaultKind, FleetChange, Preset, Rejection, Scheduled, Scheme,
};

use crate::fault_trials::{Kept, USERS, counts, run, scheme, trial};

/// What is told is what came first, whatever followed.
#[test]
fn the_first_trouble_is_told() {
    let entry = |kind, at, until| Scheduled {
        at,
        until: Some(until),
        change: FleetChange::Fault(Fault {
            kind,
            first: 1,
            last: 4,
        }),
    };
    let schedule = vec![
        entry(FaultKind::StoreDown, 10.0, 20.0),
        entry(FaultKind::ServerDown, 20.0, 30.0),
    ];
    let lanes = run(&trial(
        [Scheme::STATEFUL, Scheme::STATELESS],
        Balancer::RoundRobin,
        schedule,
    ));
    let troubles = lanes
        .expect("it makes sense")
        .map(|lane| lane.first_trouble);
    let expected = [
        Rejection::StoreUnreachable,
        Rejection::NoServer { servers: 4 },
    ];
    assert_eq!(troubles, expected.map(Some));
}

/// An access token that a cookie carries is exchanged as soon as it is over.
#[test]
fn nobody_notices_that_a_cookie_expires() {
    let hybrid = Scheme {
        carrier: Carrier::Cookie,
        ..scheme(Preset::Hybrid, Kept::Database)
    };
    let mut trial = trial(
        [hybrid, Scheme::STATELESS],
        Balancer::RoundRobin,
        Vec::new(),
    );
    trial.round_seconds = 100;
    let [outcome, _] = run(&trial).expect("it makes sense");
    assert_eq!(counts(&outcome), [0, 0, 0, USERS]);
}

/// What was wrong with the fleet that someone tries is no part of the trial, whether it makes sense or not.
#[test]
fn a_trial_begins_without_faults() {
    for (first, last) in [(1, 4), (9, 9)] {
        let schemes = [Scheme::STATEFUL, Scheme::STATELESS];
        let mut trial = trial(schemes, Balancer::RoundRobin, Vec::new());
        trial.fleet.faults = vec![Fault {
            kind: FaultKind::ServerDown,
            first,
            last,
        }];
        for outcome in run(&trial).expect("it makes sense") {
            assert_eq!(counts(&outcome), [0, 0, 0, USERS]);
        }
    }
}

/// A fault that nobody ends is over with the last round: whoever has a token is known again.
#[test]
fn after_the_last_round_all_faults_are_over() {
    let taken = Scheduled {
        at: 10.0,
        until: None,
        change: FleetChange::Fault(Fault {
            kind: FaultKind::KeyTaken,
            first: 1,
            last: 4,
        }),
    };
    let schemes = [Scheme::STATEFUL, Scheme::STATELESS];
    let lanes = run(&trial(schemes, Balancer::RoundRobin, vec![taken]));
    let [stateful, stateless] = lanes.expect("it makes sense");
    assert_eq!(counts(&stateful), [0, 0, 0, USERS]);
    assert_eq!(counts(&stateless), [0, USERS, 0, 0]);
}
