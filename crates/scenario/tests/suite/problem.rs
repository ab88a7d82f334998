//! What makes no sense is said, for each setting.

use protocol::{
    Arrivals, Distribution, Fault, FaultKind, Fleet, FleetChange, LaneModel, Scheduled, Simulation,
    SimulationProblem,
};
use scenario::{LoadPreset, arrival_rate, problem};

use crate::strategies::changed;

#[test]
fn presets_make_sense() {
    for preset in LoadPreset::ALL {
        assert_eq!(problem(&preset.simulation()), None, "{preset:?}");
    }
}

/// What a preset's name promises is what goes wrong in its run, while the run is under way.
#[test]
fn presets_of_faults_have_their_fault() {
    for (preset, kind, last) in [
        (LoadPreset::StoreDies, FaultKind::StoreDown, 1),
        (LoadPreset::ServersDie, FaultKind::ServerDown, 3),
        (LoadPreset::KeyReachesHalf, FaultKind::KeyOld, 5),
    ] {
        let run = preset.simulation();
        let fault = FleetChange::Fault(Fault {
            kind,
            first: 1,
            last,
        });
        assert_eq!(run.schedule.len(), 1, "{preset:?}");
        assert_eq!(run.schedule[0].change, fault);
        let seconds = run.requests as f64 / arrival_rate(&run);
        assert!(run.schedule[0].until.is_some_and(|until| until < seconds));
    }
}

#[test]
fn the_preset_of_bursts_has_them() {
    let arrivals = LoadPreset::Bursts.simulation().arrivals;
    let factor = match arrivals {
        Arrivals::Bursty { burst_factor, .. } => burst_factor,
        _ => 1.0,
    };
    assert!(factor > 1.0, "{arrivals:?}");
}

/// A thousand servers bring one store to its limit where each request asks it for a session too, and not where none does.
#[test]
fn a_thousand_servers_are_too_many_for_one_store_only_with_sessions() {
    let run = LoadPreset::ThousandServers.simulation();
    let load = |lane: &LaneModel| {
        let operations = run.application_reads + lane.reads + lane.writes;
        arrival_rate(&run) * operations * run.store.service.mean()
    };
    assert!(load(&run.lanes[0]) > 1.0, "{}", load(&run.lanes[0]));
    assert!(
        (0.5..1.0).contains(&load(&run.lanes[1])),
        "{}",
        load(&run.lanes[1])
    );
}

#[track_caller]
fn check(expected: SimulationProblem, change: impl FnOnce(&mut Simulation)) {
    let run = changed(change);
    assert_eq!(problem(&run), Some(expected), "{run:?}");
}

#[test]
fn counts_have_their_ranges() {
    use SimulationProblem as Problem;
    check(Problem::Requests, |run| run.requests = 0);
    check(Problem::Requests, |run| run.requests = 100_000_001);
    check(Problem::WarmUp, |run| run.warm_up = run.requests);
    check(Problem::Users, |run| run.users = 0);
    check(Problem::Users, |run| run.users = 1_000_001);
    check(Problem::Servers, |run| run.servers = 0);
    check(Problem::Servers, |run| run.servers = 1_001);
    check(Problem::WaitingPlaces, |run| run.waiting_places = u32::MAX);
    check(Problem::Store, |run| run.store.connections = 0);
    check(Problem::Store, |run| run.store.connections = 10_001);
    check(Problem::Lanes, |run| run.lanes.clear());
    check(Problem::Lanes, |run| run.lanes.push(run.lanes[0]));
    check(Problem::Lanes, |run| run.lanes[0].octets = u32::MAX);
}

#[test]
fn numbers_are_numbers_within_their_ranges() {
    use SimulationProblem as Problem;
    for strange in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 1e300] {
        check(Problem::Patience, |run| run.patience = strange);
        check(Problem::Store, |run| run.application_reads = strange);
        check(Problem::Prices, |run| run.prices.gigabyte = strange);
        check(Problem::Lanes, |run| run.lanes[0].reads = strange);
        check(Problem::Arrivals, |run| {
            run.arrivals = Arrivals::Poisson { rate: strange };
        });
        check(Problem::Arrivals, |run| {
            run.arrivals = Arrivals::Bursty {
                rate: 1.0,
                burst_factor: strange,
                burst_seconds: 1.0,
                calm_seconds: 1.0,
            };
        });
        for time in [
            Distribution::Constant { seconds: strange },
            Distribution::Exponential { rate: strange },
            Distribution::Uniform {
                from: 0.0,
                to: strange,
            },
            Distribution::LogNormal {
                mean: strange,
                variation: 1.0,
            },
            Distribution::LogNormal {
                mean: 1.0,
                variation: strange,
            },
        ] {
            check(Problem::Time, |run| run.service = time);
            check(Problem::Store, |run| run.store.round_trip = time);
            check(Problem::Lanes, |run| run.lanes[1].check = time);
        }
    }
}

#[test]
fn a_rate_of_nothing_is_none() {
    for rate in [0.0, f64::MIN_POSITIVE / 2.0] {
        check(SimulationProblem::Arrivals, |run| {
            run.arrivals = Arrivals::Poisson { rate };
        });
    }
    check(SimulationProblem::Time, |run| {
        run.service = Distribution::Exponential { rate: 0.0 };
    });
    check(SimulationProblem::Time, |run| {
        run.service = Distribution::Uniform { from: 2.0, to: 1.0 };
    });
}

/// Users who think come as often as their turn takes: thinking, the work, and the way there and back.
#[test]
fn users_who_think_arrive_once_a_turn() {
    let constant = |seconds| Distribution::Constant { seconds };
    let run = changed(|run| {
        run.users = 120;
        run.arrivals = Arrivals::Users {
            think_time: constant(9.0),
        };
        run.service = constant(1.0);
        run.network = constant(1.0);
    });
    assert!((arrival_rate(&run) - 10.0).abs() < 1e-9);
}

#[test]
fn a_schedule_names_moments_and_servers_that_are_there() {
    let entry = |at: f64, until: Option<f64>, change: FleetChange| Scheduled { at, until, change };
    let down = |first: u32, last: u32| {
        FleetChange::Fault(Fault {
            kind: FaultKind::ServerDown,
            first,
            last,
        })
    };
    let added = |servers: u32| FleetChange::ServersAdded { servers };
    for senseless in [
        vec![entry(f64::NAN, None, down(1, 1))],
        vec![entry(-1.0, None, down(1, 1))],
        vec![entry(2.0, Some(2.0), down(1, 1))],
        vec![entry(2.0, Some(f64::INFINITY), down(1, 1))],
        vec![entry(2.0, None, down(0, 1))],
        vec![entry(2.0, None, down(11, 11))],
        vec![entry(2.0, None, added(0))],
        vec![entry(2.0, None, added(600)), entry(3.0, None, added(600))],
        vec![entry(2.0, None, down(1, 1)); 65],
    ] {
        check(SimulationProblem::Schedule, |run| run.schedule = senseless);
    }
    for sensible in [
        vec![entry(2.0, None, added(5)), entry(3.0, None, down(11, 15))],
        vec![entry(2.0, None, down(1, 1)); Simulation::MOST_SCHEDULED],
        // With the ten that are there from the start.
        vec![entry(2.0, None, added(Fleet::MOST_SERVERS - 10))],
    ] {
        assert_eq!(problem(&changed(|run| run.schedule = sensible)), None);
    }
}
