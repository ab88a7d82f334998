//! Who waits: for a server that comes back or never does, or until patience ends.

use protocol::{
    Arrivals, Balancer, Distribution, Fault, FaultKind, FleetChange, LaneReport, Queue, Scheduled,
    SeriesPoint, Simulation,
};
use scenario::{LoadPreset, plain_station};
use simulation::simulate;

fn seconds(seconds: f64) -> Distribution {
    Distribution::Constant { seconds }
}

fn of_one_lane(run: &Simulation) -> (LaneReport, f64) {
    let report = simulate(run).expect("it makes sense");
    let lane = report.lanes.into_iter().next().expect("there is a lane");
    (lane, report.seconds)
}

/// A hundred requests within about ten seconds for two servers that need a second for each, and die after twenty.
fn orphaned(until: Option<f64>) -> Simulation {
    Simulation {
        requests: 100,
        warm_up: 0,
        servers: 2,
        queue: Queue::Shared,
        arrivals: Arrivals::Poisson { rate: 10.0 },
        service: seconds(1.0),
        schedule: vec![Scheduled {
            at: 20.0,
            until,
            change: FleetChange::Fault(Fault {
                kind: FaultKind::ServerDown,
                first: 1,
                last: 2,
            }),
        }],
        ..plain_station()
    }
}

#[test]
fn who_waits_in_the_one_queue_waits_for_servers_to_come_back() {
    let (lane, ended) = of_one_lane(&orphaned(Some(1_000.0)));
    // What the two had begun is lost.
    assert_eq!((lane.answered, lane.failed, lane.under_way), (98, 2, 0));
    assert!(lane.latency.longest > 980.0, "{lane:?}");
    assert!((1_025.0..1_040.0).contains(&ended), "{ended}");
}

#[test]
fn who_waits_for_servers_that_never_come_back_fails_and_the_run_ends() {
    let (lane, ended) = of_one_lane(&orphaned(None));
    assert!((36..=40).contains(&lane.answered), "{}", lane.answered);
    assert_eq!((lane.answered + lane.failed, lane.under_way), (100, 0));
    assert!((20.0..21.0).contains(&ended), "{ended}");
}

#[test]
fn who_gives_up_thinks_and_asks_again() {
    // Ten users ask, wait a second in vain, think for a second, and so on: a hundred requests in ten rounds.
    let run = Simulation {
        requests: 100,
        warm_up: 0,
        users: 10,
        arrivals: Arrivals::Users {
            think_time: seconds(1.0),
        },
        patience: 1.0,
        service: seconds(40.0),
        ..plain_station()
    };
    let (lane, ended) = of_one_lane(&run);
    assert_eq!((lane.answered, lane.failed), (0, 100));
    let first = &lane.series[0];
    let asked = (first.seconds / 2.0).floor() as u32 * 10;
    assert_eq!(first.arrived, asked, "{first:?}");
    assert!((20.0..45.0).contains(&ended), "{ended}");
}

#[test]
fn who_is_served_too_late_took_the_time_of_another() {
    // M/M/1 at ρ = 3/2 with a patience that is long: the wait of who is served ends an exponential time with mean
    // 1 / (λ − μ) = 2 before it, so that the service, with mean 1, comes in time for two of three.
    let overloaded = Simulation {
        requests: 200_000,
        warm_up: 10_000,
        arrivals: Arrivals::Poisson { rate: 1.5 },
        patience: 20.0,
        ..plain_station()
    };
    let service = overloaded.service;
    let mut at_store = overloaded.clone();
    at_store.service = seconds(0.0);
    at_store.application_reads = 1.0;
    at_store.store.service = service;
    for (place, run) in [("server", overloaded), ("store", at_store)] {
        let (lane, _) = of_one_lane(&run);
        assert!(lane.latency.longest <= 20.0, "{place}: {lane:?}");
        let share = lane.throughput / (2.0 / 3.0);
        assert!((share - 1.0).abs() < 0.02, "{place}: {}", lane.throughput);
    }
}

/// Users who hardly think: they would ask a hundred times as often, were the servers not busy all of the time.
fn hurried() -> Simulation {
    Simulation {
        requests: 20_000,
        warm_up: 0,
        queue: Queue::OneEach(Balancer::Random),
        arrivals: Arrivals::Users {
            think_time: seconds(0.001),
        },
        service: seconds(0.01),
        network: seconds(0.0),
        application_reads: 2.0,
        patience: 0.0,
        ..LoadPreset::TenMemories.simulation()
    }
}

#[test]
fn what_takes_longer_than_expected_is_told_in_longer_pieces_and_nothing_of_it_is_lost() {
    let report = simulate(&hurried()).expect("it makes sense");
    for lane in &report.lanes {
        let sum = |count: fn(&SeriesPoint) -> u32| -> u64 {
            lane.series
                .iter()
                .map(|point| u64::from(count(point)))
                .sum()
        };
        assert!(lane.series.len() > 50, "{}", lane.series.len());
        assert_eq!(sum(|point| point.arrived), lane.arrived);
        assert_eq!(sum(|point| point.answered), lane.answered);
        assert_eq!(sum(|point| point.refused), lane.refused);
        assert_eq!(sum(|point| point.failed), lane.failed);
        // Who is refused has lost the session by that, each time.
        assert_eq!(sum(|point| point.signed_out), lane.refused);
        assert_eq!(sum(|point| point.store_operations), 2 * lane.answered);
    }
}
