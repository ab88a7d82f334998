//! What a run refuses, and that it ends with bounded memory, however it is set.

use protocol::{
    Arrivals, Balancer, Distribution, Limit, Queue, Simulation, SimulationProblem, SimulationReport,
};
use scenario::{default_run, plain_station};
use simulation::{Run, simulate};

#[test]
fn what_makes_no_sense_is_refused() {
    let refused = |run: Simulation| Run::new(&run).err();
    for (run, problem) in [
        (
            Simulation {
                servers: 0,
                ..default_run()
            },
            SimulationProblem::Servers,
        ),
        (
            Simulation {
                arrivals: Arrivals::Poisson { rate: 0.0 },
                ..default_run()
            },
            SimulationProblem::Arrivals,
        ),
        (
            Simulation {
                service: Distribution::Constant {
                    seconds: f64::INFINITY,
                },
                ..default_run()
            },
            SimulationProblem::Time,
        ),
    ] {
        assert_eq!(refused(run), Some(problem));
    }
}

#[test]
fn an_overloaded_system_is_said_and_ends() {
    let report = simulate(&Simulation {
        arrivals: Arrivals::Poisson { rate: 4_000.0 },
        ..default_run()
    })
    .expect("it makes sense");
    assert!(report.is_complete);
    for lane in &report.lanes {
        let overload = lane.overload.expect("more arrives than leaves");
        assert_eq!(overload.limit, Limit::Servers);
        assert!((overload.offered - 2.0).abs() < 0.01, "{overload:?}");
        assert!(lane.throughput < 2_100.0 && lane.failed > 0, "{lane:?}");
        assert_eq!(lane.arrived, lane.answered + lane.failed);
    }
}

#[test]
fn the_store_limits_a_thousand_servers() {
    let mut run = scenario::LoadPreset::ThousandServers.simulation();
    run.requests = 300_000;
    run.warm_up = 30_000;
    run.application_reads = 0.1;
    // Whatever was measured: sessions need more than that, the application's own reads don't.
    run.store.service = Distribution::Constant { seconds: 10e-6 };
    let report = simulate(&run).expect("it makes sense");
    let [session, token] = &report.lanes[..] else {
        panic!("two lanes");
    };
    assert_eq!(
        session.overload.map(|overload| overload.limit),
        Some(Limit::Store)
    );
    assert_eq!(token.overload, None);
    assert_eq!(token.failed, 0);
}

#[test]
fn an_endless_queue_ends_where_memory_does() {
    let report = simulate(&Simulation {
        requests: 2_000_000,
        warm_up: 0,
        arrivals: Arrivals::Poisson { rate: 1_000.0 },
        ..plain_station()
    })
    .expect("it makes sense");
    let lane = &report.lanes[0];
    assert_eq!(lane.arrived, 2_000_000);
    assert_eq!(lane.arrived, lane.answered + lane.failed);
    assert!(lane.longest_queue <= Simulation::MOST_WAITING);
    assert!(lane.failed > 900_000, "{}", lane.failed);
}

#[test]
fn what_is_told_stays_small_however_long_a_run_is() {
    for requests in [1, 2, 1_000, 3_000_000] {
        for rate in [1e-6, 1.0, 1e6] {
            let report = simulate(&Simulation {
                requests,
                warm_up: 0,
                arrivals: Arrivals::Bursty {
                    rate,
                    burst_factor: 1_000.0,
                    burst_seconds: 0.01,
                    calm_seconds: 3_600.0,
                },
                service: Distribution::Constant { seconds: 0.0 },
                ..plain_station()
            })
            .expect("it makes sense");
            let lane = &report.lanes[0];
            assert!(lane.series.len() <= SimulationReport::MOST_POINTS);
            assert!(report.frames.len() <= SimulationReport::MOST_FRAMES);
            let arrived: u64 = lane
                .series
                .iter()
                .map(|point| u64::from(point.arrived))
                .sum();
            assert_eq!(arrived, requests);
        }
    }
}

#[test]
fn bursts_shorter_than_any_gap_are_none() {
    let report = simulate(&Simulation {
        arrivals: Arrivals::Bursty {
            rate: 0.5,
            burst_factor: 100.0,
            burst_seconds: 1e-9,
            calm_seconds: 1e-9,
        },
        ..plain_station()
    })
    .expect("it makes sense");
    // M/M/1 at a load of a half.
    assert!((report.lanes[0].latency.mean - 2.0).abs() < 0.05);
}

#[test]
fn users_who_neither_think_nor_wait_still_end() {
    let nothing = Distribution::Constant { seconds: 0.0 };
    let report = simulate(&Simulation {
        requests: 10_000,
        warm_up: 0,
        arrivals: Arrivals::Users {
            think_time: nothing,
        },
        service: nothing,
        ..plain_station()
    })
    .expect("it makes sense");
    assert_eq!(report.lanes[0].answered, 10_000);
    assert!(report.lanes[0].throughput.abs() < f64::EPSILON);
}

#[test]
fn who_waits_too_long_gives_up() {
    let report = simulate(&Simulation {
        requests: 100_000,
        warm_up: 10_000,
        arrivals: Arrivals::Poisson { rate: 1.5 },
        patience: 10.0,
        queue: Queue::OneEach(Balancer::RoundRobin),
        ..plain_station()
    })
    .expect("it makes sense");
    let lane = &report.lanes[0];
    assert!(lane.failed > 30_000, "{lane:?}");
    assert!(lane.latency.longest <= 10.0);
    assert!(lane.mean_queue < 30.0, "{}", lane.mean_queue);
}

/// Users who wait up to an hour, and have their answers at once.
fn patient(requests: u64) -> Simulation {
    Simulation {
        requests,
        warm_up: 0,
        users: 100,
        patience: 3_600.0,
        arrivals: Arrivals::Users {
            think_time: Distribution::Exponential { rate: 10.0 },
        },
        service: Distribution::Exponential { rate: 1e6 },
        ..plain_station()
    }
}

#[test]
fn who_could_have_given_up_is_forgotten() {
    let most_kept = |requests| {
        let mut run = Run::new(&patient(requests)).expect("it makes sense");
        let mut most = 0;
        while !run.advance(200_000) {
            most = most.max(format!("{run:?}").len());
        }
        // A hundred users ask ten times a second each, and nobody waits.
        let seconds = run.figures().seconds;
        let expected = requests as f64 / 1_000.0;
        assert!((seconds / expected - 1.0).abs() < 0.05, "{seconds} s");
        most.max(format!("{run:?}").len())
    };
    let (short, long) = (most_kept(20_000), most_kept(400_000));
    assert!(long < 2 * short, "{short}, then {long} octets");
}

#[test]
fn who_waits_for_longer_than_half_a_year_is_counted() {
    // Ten thousand come at once, and one after another takes an hour.
    let report = simulate(&Simulation {
        requests: 10_000,
        warm_up: 0,
        arrivals: Arrivals::Poisson { rate: 1e6 },
        service: Distribution::Constant { seconds: 3_600.0 },
        ..plain_station()
    })
    .expect("it makes sense");
    let lane = &report.lanes[0];
    assert_eq!(lane.answered, 10_000);
    assert!((lane.latency.longest / 3.6e7 - 1.0).abs() < 1e-3);
    assert!((lane.latency.mean / 1.8e7 - 1.0).abs() < 1e-3);
    // A quantile that lies further out is told as the furthest that is.
    let half_a_year = f64::from(1 << 24);
    assert!((lane.latency.p99 / half_a_year - 1.0).abs() < 0.01);
    assert!(lane.latency.p999 >= lane.latency.p99);
}

#[test]
fn a_zero_with_a_sign_is_a_zero() {
    let report = |zero: f64| {
        let mut run = patient(5_000);
        run.arrivals = Arrivals::Users {
            think_time: Distribution::Constant { seconds: zero },
        };
        simulate(&run).expect("it makes sense")
    };
    assert_eq!(report(-0.0), report(0.0));
}

#[test]
fn time_never_goes_back() {
    for seed in 1..=3 {
        // The way of an answer is longer than many a piece of the series.
        let mut run = Run::new(&Simulation {
            seed,
            requests: 1_000,
            warm_up: 0,
            arrivals: Arrivals::Poisson { rate: 100_000.0 },
            network: Distribution::Exponential { rate: 200.0 },
            service: Distribution::Constant { seconds: 0.0 },
            ..plain_station()
        })
        .expect("it makes sense");
        let mut before = 0.0;
        while !run.advance(1) {
            let now = run.figures().seconds;
            assert!(now >= before, "seed {seed}: {now} after {before}");
            before = now;
        }
    }
}
