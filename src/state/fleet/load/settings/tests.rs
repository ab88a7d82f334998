//! Settings on their grounds, and what is left where an entry of the schedule goes.

use super::*;
use protocol::{CalibratedCost, Fault, FaultKind, Preset};

fn around(calibration: Option<Calibration>) -> Around {
    Around {
        schemes: [Preset::Stateful.scheme(), Preset::Stateless.scheme()],
        algorithm: ServerAlgorithm::Hs256,
        calibration,
    }
}

fn here() -> Calibration {
    let cost = |microseconds| CalibratedCost {
        microseconds,
        runs: 100,
    };
    Calibration {
        session_id_hash: cost(2.0),
        session_lookup: cost(40.0),
        signature_check: cost(10.0),
        token_checks: cost(20.0),
    }
}

#[test]
fn times_stand_on_the_ground_that_was_chosen() {
    let measured = CheckTimes::measured(ServerAlgorithm::Hs256);
    let mut set = default_run();
    set.store.service = Distribution::Constant { seconds: 0.25 };
    for (ground, calibration, stands_on, store, check) in [
        (
            Ground::Measured,
            Some(here()),
            Ground::Measured,
            MEASURED.redis_get_service,
            measured.token_check,
        ),
        (
            Ground::Browser,
            Some(here()),
            Ground::Browser,
            0.000_04,
            0.000_02,
        ),
        // Until the browser is calibrated what was measured stands in.
        (
            Ground::Browser,
            None,
            Ground::Measured,
            MEASURED.redis_get_service,
            measured.token_check,
        ),
        (
            Ground::Set,
            Some(here()),
            Ground::Set,
            0.25,
            set.lanes[1].check.mean(),
        ),
    ] {
        let chosen = Chosen {
            run: set.clone(),
            ground,
        };
        let around = around(calibration);
        let run = chosen.simulation(&around);
        assert_eq!(chosen.ground(&around), stands_on, "{ground:?}");
        assert_eq!(problem(&run), None, "{ground:?}");
        assert!(
            (run.store.service.mean() - store).abs() < 1e-12,
            "{ground:?}"
        );
        assert!(
            (run.lanes[1].check.mean() - check).abs() < 1e-12,
            "{ground:?}"
        );
    }
}

#[test]
fn lanes_follow_the_present_schemes() {
    let mut around = around(None);
    around.schemes.swap(0, 1);
    let run = Chosen::default().simulation(&around);
    assert!(run.lanes[0].needs_key && !run.lanes[1].needs_key);
    assert!(run.lanes[0].octets > run.lanes[1].octets);
}

#[test]
fn every_preset_makes_sense_with_the_lanes_that_it_is_given() {
    for preset in LoadPreset::ALL {
        for ground in Ground::ALL {
            let chosen = Chosen {
                run: preset.simulation(),
                ground,
            };
            assert_eq!(
                problem(&chosen.simulation(&around(Some(here())))),
                None,
                "{preset:?}"
            );
        }
    }
}

#[test]
fn faults_of_servers_that_are_not_added_go_along() {
    let entry = |at: f64, change| Scheduled {
        at,
        until: None,
        change,
    };
    let down = |server| {
        FleetChange::Fault(Fault {
            kind: FaultKind::ServerDown,
            first: server,
            last: server,
        })
    };
    let added = |servers| FleetChange::ServersAdded { servers };
    let schedule = [
        entry(1.0, added(5)),
        entry(2.0, down(15)),
        entry(3.0, down(10)),
        entry(4.0, added(2)),
        entry(5.0, down(12)),
    ];
    for (place, left) in [
        (0, vec![2, 3, 4]),
        (1, vec![0, 2, 3, 4]),
        (3, vec![0, 1, 2, 4]),
        (9, vec![0, 1, 2, 3, 4]),
    ] {
        let mut run = default_run();
        run.schedule = schedule.to_vec();
        take_off(&mut run, place);
        let left: Vec<Scheduled> = left
            .into_iter()
            .map(|place: usize| schedule[place])
            .collect();
        assert_eq!(run.schedule, left, "without {place}");
        assert_eq!(problem(&run), None);
    }
}
