//! The model against queueing theory, with fixed seeds.

use protocol::{
    Arrivals, Balancer, Distribution, LaneReport, Queue, Simulation, StoreModel, TheorySystem,
};
use scenario::plain_station;
use simulation::{check_theory, erlang_c, simulate, theory};

#[test]
fn ten_million_requests_agree_with_four_systems() {
    let mut rows = Vec::new();
    check_theory(10_000_000, 1, |row| rows.push(row)).expect("it makes sense");
    assert_eq!(rows.len(), 12);
    for row in rows {
        assert!(
            row.half_width > 0.0 && row.half_width <= 0.01 * row.simulated,
            "not sure enough: {row:?}"
        );
        assert!(
            (row.simulated - row.theory).abs() <= row.half_width,
            "theory is outside of the interval: {row:?}"
        );
    }
}

#[test]
fn a_short_check_tells_all_rows_too() {
    let mut rows = Vec::new();
    check_theory(2_000, 1, |row| rows.push(row)).expect("it makes sense");
    assert_eq!(rows.len(), 12);
    for row in rows {
        assert_eq!(row.requests, 2_000);
        assert!((row.simulated / row.theory - 1.0).abs() < 0.5, "{row:?}");
    }
}

#[test]
fn formulas_are_those_of_the_textbooks() {
    for servers in 1..=20 {
        for rho in [0.1, 0.5, 0.9, 0.99] {
            // Erlang's C as it is defined, by sums of powers over factorials.
            let load = rho * f64::from(servers);
            let (mut term, mut sum) = (1.0, 0.0);
            for waiting in 1..=servers {
                sum += term;
                term *= load / f64::from(waiting);
            }
            let all_busy = term / (1.0 - rho);
            assert_near(
                "C",
                erlang_c(servers, load),
                all_busy / (sum + all_busy),
                1e-9,
            );
        }
    }
    for (system, rho, mean) in [
        (TheorySystem::Mm1, 0.5, 2.0),
        (TheorySystem::Mm1, 0.8, 5.0),
        (TheorySystem::Md1, 0.5, 1.5),
        (TheorySystem::Md1, 0.8, 3.0),
        (TheorySystem::Mg1, 0.5, 1.82),
        (TheorySystem::Mg1, 0.8, 4.28),
        (TheorySystem::Mmc { servers: 1 }, 0.8, 5.0),
        // 1 / (1 − ρ²) for two servers.
        (TheorySystem::Mmc { servers: 2 }, 0.5, 4.0 / 3.0),
        (TheorySystem::Mmc { servers: 2 }, 0.8, 25.0 / 9.0),
    ] {
        assert_near("mean time", theory(system, rho), mean, 1e-9);
    }
}

fn lane(run: &Simulation) -> LaneReport {
    simulate(run)
        .expect("it makes sense")
        .lanes
        .pop()
        .expect("there is a lane")
}

#[track_caller]
fn assert_near(what: &str, found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance * expected.abs(),
        "{what}: {found}, expected {expected}"
    );
}

#[test]
fn several_servers_wait_work_and_queue_as_theory_says() {
    for (servers, rho) in [(1, 0.3), (1, 0.8), (4, 0.7), (20, 0.8)] {
        let count = f64::from(servers);
        let rate = rho * count;
        let report = lane(&Simulation {
            requests: 2_000_000,
            warm_up: 20_000,
            servers,
            arrivals: Arrivals::Poisson { rate },
            ..plain_station()
        });
        let waits = erlang_c(servers, rate);
        let wait = waits / (count * (1.0 - rho));
        let what = format!("{servers} servers at {rho}");
        assert_near(&what, report.mean_wait, wait, 0.04);
        assert_near(&what, report.utilisation, rho, 0.005);
        assert_near(&what, report.mean_queue, rate * wait, 0.04);
        assert_near(&what, report.throughput, rate, 0.005);
        // Little's law, by what was measured alone.
        assert_near(
            &what,
            report.mean_queue,
            report.throughput * report.mean_wait,
            0.005,
        );
        assert_eq!(report.overload, None);
    }
}

#[test]
fn percentiles_of_one_station_are_those_of_theory() {
    let report = lane(&Simulation {
        requests: 5_000_000,
        arrivals: Arrivals::Poisson { rate: 0.5 },
        ..plain_station()
    });
    // The time in M/M/1 is exponential with mean 1 / (μ − λ) = 2.
    for (found, exceeded) in [
        (report.latency.p50, 0.5_f64),
        (report.latency.p95, 0.05),
        (report.latency.p99, 0.01),
        (report.latency.p999, 0.001),
    ] {
        assert_near("percentile", found, -2.0 * exceeded.ln(), 0.02);
    }
}

#[test]
fn random_splitting_makes_each_server_a_station_of_its_own() {
    let report = lane(&Simulation {
        requests: 2_000_000,
        servers: 50,
        queue: Queue::OneEach(Balancer::Random),
        arrivals: Arrivals::Poisson { rate: 35.0 },
        ..plain_station()
    });
    assert_near(
        "time",
        report.latency.mean,
        theory(TheorySystem::Mm1, 0.7),
        0.02,
    );
}

#[test]
fn better_balancers_wait_less() {
    let wait = |queue: Queue| {
        lane(&Simulation {
            requests: 500_000,
            servers: 50,
            queue,
            arrivals: Arrivals::Poisson { rate: 45.0 },
            ..plain_station()
        })
        .mean_wait
    };
    let waits = [
        Queue::Shared,
        Queue::OneEach(Balancer::LeastBusy),
        Queue::OneEach(Balancer::TwoChoices),
        Queue::OneEach(Balancer::RoundRobin),
        Queue::OneEach(Balancer::Random),
    ]
    .map(wait);
    assert!(waits.is_sorted(), "{waits:?}");
}

#[test]
fn the_store_is_a_station_of_its_own() {
    // An operation a request, at a store with 3 connections that are busy for 60 % of the time: M/M/3 behind servers that
    // need no time.
    let report = lane(&Simulation {
        requests: 2_000_000,
        arrivals: Arrivals::Poisson { rate: 1.8 },
        service: Distribution::Constant { seconds: 0.0 },
        application_reads: 1.0,
        store: StoreModel {
            connections: 3,
            service: Distribution::Exponential { rate: 1.0 },
            round_trip: Distribution::Constant { seconds: 0.25 },
        },
        ..plain_station()
    });
    let expected = theory(TheorySystem::Mmc { servers: 3 }, 0.6) + 0.25;
    assert_near("time", report.latency.mean, expected, 0.01);
    assert_near("connections", report.store_utilisation, 0.6, 0.01);
    assert_near("reads", report.store_reads, 1.8, 0.01);
    let queue = 1.8 * (expected - 1.25);
    assert_near("queue", report.store_mean_queue, queue, 0.03);
}

#[test]
fn users_who_think_keep_to_the_machine_repair_model() {
    // Ten users think for 9 s and are served for 1 s (both exponential): Erlang's machine repair model.
    let report = lane(&Simulation {
        requests: 2_000_000,
        users: 10,
        arrivals: Arrivals::Users {
            think_time: Distribution::Exponential { rate: 1.0 / 9.0 },
        },
        ..plain_station()
    });
    // P(0) from p(n) = p(0) · 10! / (10 − n)! · (1/9)ⁿ.
    let (mut weight, mut total) = (1.0, 1.0);
    for n in 0..10 {
        weight *= f64::from(10 - n) / 9.0;
        total += weight;
    }
    let busy = 1.0 - 1.0 / total;
    assert_near("utilisation", report.utilisation, busy, 0.01);
    assert_near("throughput", report.throughput, busy, 0.01);
    // Users there and thinking are ten: R = N / X − Z.
    assert_near("time", report.latency.mean, 10.0 / busy - 9.0, 0.02);
    assert_eq!(report.overload, None);
}

#[test]
fn bursts_keep_the_rate_and_lengthen_the_wait() {
    let at = |arrivals: Arrivals| {
        lane(&Simulation {
            requests: 2_000_000,
            arrivals,
            ..plain_station()
        })
    };
    let calm = at(Arrivals::Poisson { rate: 0.5 });
    let bursty = at(Arrivals::Bursty {
        rate: 0.5,
        burst_factor: 5.0,
        burst_seconds: 20.0,
        calm_seconds: 80.0,
    });
    assert_near("rate", bursty.throughput, 0.5, 0.02);
    assert!(bursty.mean_wait > 2.0 * calm.mean_wait, "{bursty:?}");
}
