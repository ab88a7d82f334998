//! Samples of what is said of fleets.

use protocol::{
    Balancer, Fact, Fault, FaultKind, FaultOutcome, FaultTrial, Fleet, FleetChange, FleetKeys,
    FleetProblem, FleetView, LaneOutcome, Preset, Rejection, RoundOutcome, SceneCommand,
    SceneReply, Scheduled, ServerView,
};

pub(crate) fn fleet() -> Fleet {
    Fleet {
        servers: 1_000,
        balancer: Balancer::StickyCookie,
        keys: FleetKeys::PublicHalves,
        faults: vec![
            fault(FaultKind::StoreSlow { milliseconds: 300 }, 1, 1_000),
            fault(FaultKind::ClockOff { seconds: -90 }, 7, 7),
        ],
    }
}

pub(crate) const fn fault(kind: FaultKind, first: u32, last: u32) -> Fault {
    Fault { kind, first, last }
}

pub(crate) fn schedule() -> Vec<Scheduled> {
    vec![
        Scheduled {
            at: 1.5,
            until: Some(2.25),
            change: FleetChange::Fault(fault(FaultKind::KeyOld, 2, 3)),
        },
        Scheduled {
            at: 3.0,
            until: None,
            change: FleetChange::ServersAdded { servers: 2 },
        },
    ]
}

/// What only a fleet's steps say.
pub(crate) fn facts() -> Vec<Fact> {
    vec![
        Fact::ServerPicked {
            server: 7,
            of: 10,
            by: protocol::ChosenBy::TwoChoices {
                other: 3,
                under_way: 0,
                other_under_way: 2,
            },
        },
        Fact::ServerDown(4),
        Fact::Pinned { server: 7 },
        Fact::ClockOff(-90),
        Fact::SessionIn { server: 3 },
        Fact::RefreshTokenIn { server: 3 },
        Fact::KeyIn {
            servers: 9,
            first: 1,
        },
    ]
}

pub(crate) fn commands() -> Vec<SceneCommand> {
    vec![
        SceneCommand::RestartServer { server: 3 },
        SceneCommand::ObserveFleet,
    ]
}

pub(crate) fn trial() -> FaultTrial {
    FaultTrial {
        schemes: [Preset::Hybrid, Preset::Stateful].map(Preset::scheme),
        fleet: fleet(),
        users: 100,
        newcomers: 20,
        rounds: 12,
        round_seconds: 5,
        schedule: schedule(),
    }
}

/// What comes of a trial: an outcome, or why there is none.
pub(crate) fn tried() -> [Result<FaultOutcome, FleetProblem>; 2] {
    let outcome = LaneOutcome {
        rounds: vec![RoundOutcome {
            served: 97,
            refused: 2,
            failed: 1,
        }],
        signed_out: 1,
        refused: 2,
        failed: 3,
        unaware: 94,
        first_trouble: Some(Rejection::NoServer { servers: 10 }),
    };
    let lanes = [outcome, LaneOutcome::default()];
    [Ok(FaultOutcome { lanes }), Err(FleetProblem::Schedule)]
}

pub(crate) fn replies() -> Vec<SceneReply> {
    let server = ServerView {
        is_down: true,
        answered: 9,
        records: 3,
        cached: 2,
        keys: 1,
        has_newest_key: false,
        can_sign: true,
        clock_off_seconds: -90,
        reaches_store: false,
    };
    vec![SceneReply::FleetObserved(FleetView {
        lanes: [vec![server], Vec::new()],
    })]
}
