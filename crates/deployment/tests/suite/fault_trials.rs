//! Who notices which fault, by scheme: counted with real servers.

use protocol::{
    Balancer, Fault, FaultKind, FaultTrial, Fleet, FleetChange, FleetKeys, FleetProblem,
    LaneOutcome, Preset, Rejection, Scheduled, Scheme, StorePlace, StoreSettings,
};

use crate::browser::{START, in_environment};

pub(crate) const USERS: u32 = 12;

/// Where users' records are.
#[derive(Clone, Copy)]
pub(crate) enum Kept {
    Database,
    ServerMemory,
}

pub(crate) fn scheme(preset: Preset, kept: Kept) -> Scheme {
    let place = match kept {
        Kept::Database => StorePlace::Database,
        Kept::ServerMemory => StorePlace::ServerMemory,
    };
    Scheme {
        store: StoreSettings {
            place,
            ..StoreSettings::DEFAULT
        },
        ..preset.scheme()
    }
}

pub(crate) fn trial(
    schemes: [Scheme; 2],
    balancer: Balancer,
    schedule: Vec<Scheduled>,
) -> FaultTrial {
    FaultTrial {
        schemes,
        fleet: Fleet {
            servers: 4,
            balancer,
            keys: FleetKeys::Shared,
            faults: Vec::new(),
        },
        users: USERS,
        newcomers: 0,
        rounds: 6,
        round_seconds: 10,
        schedule,
    }
}

/// From the second round on, for two rounds.
fn for_two_rounds(kind: FaultKind, first: u32, last: u32) -> Vec<Scheduled> {
    vec![Scheduled {
        at: 10.0,
        until: Some(30.0),
        change: FleetChange::Fault(Fault { kind, first, last }),
    }]
}

pub(crate) fn run(trial: &FaultTrial) -> Result<[LaneOutcome; 2], FleetProblem> {
    let tried = in_environment(START, &mut 0, |environment| {
        deployment::try_faults(trial, environment)
    });
    tried
        .expect("a store in memory works")
        .map(|outcome| outcome.lanes)
}

/// Who is signed out, who was refused, who met failures, who noticed nothing.
pub(crate) fn counts(outcome: &LaneOutcome) -> [u32; 4] {
    [
        outcome.signed_out,
        outcome.refused,
        outcome.failed,
        outcome.unaware,
    ]
}

#[test]
fn each_fault_is_noticed_by_whom_it_concerns() {
    use Balancer::{RoundRobin, StickyCookie};
    use Kept::{Database, ServerMemory};
    use Preset::{Denylist, Hybrid, Stateful, Stateless, UserVersion};
    const NOBODY: [u32; 4] = [0, 0, 0, USERS];
    const ALL_FAIL: [u32; 4] = [0, 0, USERS, 0];
    const ALL_REFUSED: [u32; 4] = [0, USERS, 0, 0];

    let down = (FaultKind::ServerDown, 2, 2);
    let store_down = (FaultKind::StoreDown, 1, 4);
    let split = (FaultKind::StoreUnreachable, 2, 2);
    let slow = (FaultKind::StoreSlow { milliseconds: 900 }, 1, 4);
    let taken = (FaultKind::KeyTaken, 1, 4);
    let old = (FaultKind::KeyOld, 3, 4);
    let clock = (FaultKind::ClockOff { seconds: 7_200 }, 1, 4);
    for (fault, preset, kept, balancer, expected) in [
        // A dead server takes with it what it alone knew.
        (down, Stateful, Database, RoundRobin, NOBODY),
        (down, Stateful, ServerMemory, StickyCookie, [3, 0, 0, 9]),
        (down, Stateless, Database, RoundRobin, NOBODY),
        (down, Denylist, Database, RoundRobin, NOBODY),
        (down, Hybrid, Database, RoundRobin, NOBODY),
        // Without its store a session is nothing; a token needs none.
        (store_down, Stateful, Database, RoundRobin, ALL_FAIL),
        (store_down, Stateful, ServerMemory, StickyCookie, ALL_FAIL),
        (store_down, Stateless, Database, RoundRobin, NOBODY),
        (store_down, Denylist, Database, RoundRobin, ALL_FAIL),
        (store_down, UserVersion, Database, RoundRobin, ALL_FAIL),
        (store_down, Hybrid, Database, RoundRobin, NOBODY),
        // A list, or versions, that each server keeps by itself are reached, too.
        (store_down, Denylist, ServerMemory, RoundRobin, NOBODY),
        // A split concerns those who get to the server behind it.
        (split, Stateful, Database, StickyCookie, [0, 0, 3, 9]),
        (split, Stateless, Database, RoundRobin, NOBODY),
        // Nobody is refused by slowness.
        (slow, Stateful, Database, RoundRobin, NOBODY),
        (slow, Stateless, Database, RoundRobin, NOBODY),
        // Keys concern tokens alone.
        (taken, Stateful, Database, RoundRobin, NOBODY),
        (taken, Stateless, Database, RoundRobin, ALL_REFUSED),
        (taken, Denylist, Database, RoundRobin, ALL_REFUSED),
        (taken, Hybrid, Database, RoundRobin, ALL_REFUSED),
        // Tokens that were signed before a new key came are known everywhere.
        (old, Stateful, Database, RoundRobin, NOBODY),
        (old, Stateless, Database, RoundRobin, NOBODY),
        // A clock that is ahead ends all that expires.
        (clock, Stateful, Database, RoundRobin, ALL_REFUSED),
        (clock, Stateless, Database, RoundRobin, ALL_REFUSED),
        (clock, Hybrid, Database, RoundRobin, ALL_REFUSED),
    ] {
        let (kind, first, last) = fault;
        let scheme = scheme(preset, kept);
        let schedule = for_two_rounds(kind, first, last);
        let lanes = run(&trial([scheme, Scheme::STATELESS], balancer, schedule));
        let [outcome, _] = lanes.expect("it makes sense");
        let what = format!("{fault:?} {preset:?} {balancer:?}");
        assert_eq!(counts(&outcome), expected, "{what}: {outcome:?}");
        assert_eq!(outcome.rounds.len(), 6, "{what}");
        for (number, round) in outcome.rounds.iter().enumerate() {
            let all = round.served + round.refused + round.failed;
            assert_eq!(all, USERS, "{what}");
            if number == 0 {
                assert_eq!(round.served, USERS, "{what}: nothing was wrong yet");
            }
        }
        assert_eq!(
            outcome.first_trouble.is_none(),
            expected == NOBODY,
            "{what}"
        );
    }
}

/// Servers that share nothing refuse whoever they did not sign in: that is no fault's doing.
#[test]
fn memories_without_stickiness_refuse_from_the_first_round_on() {
    let schemes = [
        scheme(Preset::Stateful, Kept::ServerMemory),
        Scheme::STATELESS,
    ];
    let [stateful, stateless] =
        run(&trial(schemes, Balancer::Random, Vec::new())).expect("it makes sense");
    assert!(stateful.unaware < USERS / 2, "{stateful:?}");
    assert!(matches!(
        stateful.first_trouble,
        Some(Rejection::SessionUnknown { .. })
    ));
    assert_eq!(counts(&stateless), [0, 0, 0, USERS]);
}

/// An access token that has expired is exchanged before the next request, and that needs the store.
#[test]
fn a_refresh_while_the_store_is_down_fails() {
    let mut trial = trial(
        [
            scheme(Preset::Hybrid, Kept::Database),
            scheme(Preset::Stateless, Kept::Database),
        ],
        Balancer::RoundRobin,
        vec![Scheduled {
            at: 280.0,
            until: Some(420.0),
            change: FleetChange::Fault(Fault {
                kind: FaultKind::StoreDown,
                first: 1,
                last: 4,
            }),
        }],
    );
    trial.round_seconds = 100;
    let [hybrid, stateless] = run(&trial).expect("it makes sense");
    assert_eq!(counts(&hybrid), [0, 0, USERS, 0]);
    let served: Vec<u32> = hybrid.rounds.iter().map(|round| round.served).collect();
    assert_eq!(served, [12, 12, 12, 0, 0, 12]);
    assert_eq!(counts(&stateless), [0, 0, 0, USERS]);
}

/// A new key that is not everywhere meets whoever gets a token of it.
#[test]
fn a_refresh_brings_a_token_that_half_of_the_servers_refuse() {
    let mut trial = trial(
        [
            scheme(Preset::Hybrid, Kept::Database),
            scheme(Preset::Stateful, Kept::Database),
        ],
        Balancer::RoundRobin,
        vec![Scheduled {
            at: 50.0,
            until: Some(550.0),
            change: FleetChange::Fault(Fault {
                kind: FaultKind::KeyOld,
                first: 3,
                last: 4,
            }),
        }],
    );
    trial.round_seconds = 100;
    trial.fleet.balancer = Balancer::Random;
    let [hybrid, stateful] = run(&trial).expect("it makes sense");
    assert!(hybrid.refused > 0 && hybrid.signed_out == 0, "{hybrid:?}");
    assert_eq!(counts(&stateful), [0, 0, 0, USERS]);
}

/// Who signs in while a key has not reached all servers gets a token of it, or of the old one, by the server.
#[test]
fn a_new_key_meets_those_who_sign_in_meanwhile() {
    let mut trial = trial(
        [
            scheme(Preset::Stateless, Kept::Database),
            scheme(Preset::Stateful, Kept::Database),
        ],
        Balancer::Random,
        vec![Scheduled {
            at: 0.0,
            until: Some(50.0),
            change: FleetChange::Fault(Fault {
                kind: FaultKind::KeyOld,
                first: 3,
                last: 4,
            }),
        }],
    );
    trial.newcomers = 30;
    let [stateless, stateful] = run(&trial).expect("it makes sense");
    assert!((5..=20).contains(&stateless.refused), "{stateless:?}");
    assert_eq!(stateless.signed_out + stateless.failed, 0);
    assert_eq!(counts(&stateful), [0, 0, 0, USERS + 30]);
    let sent = stateless
        .rounds
        .iter()
        .map(|round| round.served + round.refused);
    assert_eq!(sent.collect::<Vec<_>>(), [17, 22, 27, 32, 37, 42]);
}

/// Newcomers who find no store sign in once it is there again.
#[test]
fn newcomers_sign_in_as_soon_as_they_can() {
    let mut trial = trial(
        [scheme(Preset::Stateful, Kept::Database), Scheme::STATELESS],
        Balancer::RoundRobin,
        for_two_rounds(FaultKind::StoreDown, 1, 4),
    );
    trial.newcomers = 6;
    let lanes = run(&trial).expect("it makes sense");
    // Those who are there need it in each request; of the others, whoever comes meanwhile.
    assert_eq!(counts(&lanes[0]), [0, 0, USERS + 3, 3]);
    assert_eq!(counts(&lanes[1]), [0, 0, 2, USERS + 4]);
}

/// What begins and ends between two rounds has happened all the same.
#[test]
fn a_restart_between_two_rounds_loses_what_the_server_knew() {
    let schedule = vec![Scheduled {
        at: 12.0,
        until: Some(13.5),
        change: FleetChange::Fault(Fault {
            kind: FaultKind::ServerDown,
            first: 1,
            last: 4,
        }),
    }];
    let schemes = [
        scheme(Preset::Stateful, Kept::ServerMemory),
        Scheme::STATELESS,
    ];
    let [stateful, stateless] =
        run(&trial(schemes, Balancer::StickyCookie, schedule)).expect("it makes sense");
    assert_eq!(counts(&stateful), [USERS, 0, 0, 0]);
    let served: Vec<u32> = stateful.rounds.iter().map(|round| round.served).collect();
    assert_eq!(served, [12, 12, 0, 0, 0, 0]);
    assert_eq!(counts(&stateless), [0, 0, 0, USERS]);
}

#[test]
fn servers_that_are_added_know_tokens_and_sessions_of_a_shared_store_at_once() {
    let schedule = vec![
        Scheduled {
            at: 20.0,
            until: None,
            change: FleetChange::ServersAdded { servers: 6 },
        },
        Scheduled {
            at: 30.0,
            until: None,
            change: FleetChange::Fault(Fault {
                kind: FaultKind::ServerDown,
                first: 1,
                last: 4,
            }),
        },
    ];
    let schemes = [scheme(Preset::Stateful, Kept::Database), Scheme::STATELESS];
    let lanes = run(&trial(schemes, Balancer::LeastBusy, schedule)).expect("it makes sense");
    for outcome in lanes {
        assert_eq!(counts(&outcome), [0, 0, 0, USERS]);
    }
}

#[test]
fn a_trial_repeats_itself() {
    let schedule = for_two_rounds(FaultKind::ServerDown, 1, 2);
    let schemes = [
        scheme(Preset::Stateful, Kept::ServerMemory),
        scheme(Preset::Hybrid, Kept::ServerMemory),
    ];
    let trial = trial(schemes, Balancer::TwoChoices, schedule);
    assert_eq!(run(&trial), run(&trial));
}

#[test]
fn a_trial_that_makes_no_sense_says_why() {
    type Change = fn(&mut FaultTrial);
    let changes: [(Change, FleetProblem); 17] = [
        (|it| it.users = 0, FleetProblem::Users),
        (|it| it.users = 1_001, FleetProblem::Users),
        (|it| it.newcomers = 1_001, FleetProblem::Newcomers),
        (
            // So many may come.
            |it| (it.newcomers, it.rounds) = (1_000, 0),
            FleetProblem::Rounds,
        ),
        (|it| it.rounds = 0, FleetProblem::Rounds),
        (|it| it.rounds = 61, FleetProblem::Rounds),
        (|it| it.round_seconds = 0, FleetProblem::Schedule),
        (|it| it.round_seconds = 86_401, FleetProblem::Schedule),
        (|it| it.fleet.servers = 0, FleetProblem::Servers),
        (|it| it.schedule[0].at = f64::NAN, FleetProblem::Schedule),
        (|it| it.schedule[0].at = -1.0, FleetProblem::Schedule),
        (
            |it| it.schedule[0].until = Some(f64::INFINITY),
            FleetProblem::Schedule,
        ),
        (
            |it| it.schedule[0].until = Some(it.schedule[0].at),
            FleetProblem::Schedule,
        ),
        (
            |it| it.schedule = vec![it.schedule[0]; 65],
            FleetProblem::Faults,
        ),
        (
            // So many may be there.
            |it| (it.schedule, it.fleet.servers) = (vec![it.schedule[0]; 64], 0),
            FleetProblem::Servers,
        ),
        (
            |it| it.schedule = for_two_rounds(FaultKind::KeyOld, 5, 5),
            FleetProblem::FaultServers,
        ),
        (
            |it| {
                it.schedule[0].change = FleetChange::ServersAdded { servers: 997 };
            },
            FleetProblem::Servers,
        ),
    ];
    for (number, (change, problem)) in changes.into_iter().enumerate() {
        let schedule = for_two_rounds(FaultKind::ServerDown, 1, 1);
        let mut trial = trial(
            [Scheme::STATEFUL, Scheme::STATELESS],
            Balancer::RoundRobin,
            schedule,
        );
        change(&mut trial);
        assert_eq!(run(&trial), Err(problem), "change {number}");
    }
}
