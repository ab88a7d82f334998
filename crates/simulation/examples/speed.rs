//! How many requests a second the load model simulates here: `cargo run --release -p simulation --example speed`.

use std::time::Instant;

use protocol::{Arrivals, Balancer, Queue, Simulation, StoreModel};
use scenario::{default_run, plain_station};
use simulation::simulate;

fn main() {
    let station = Simulation {
        requests: 5_000_000,
        ..plain_station()
    };
    report("one station, M/M/1 at 0.8", &station);
    report(
        "two lanes with a store, 10 servers",
        &Simulation {
            requests: 1_000_000,
            ..default_run()
        },
    );
    for servers in [1, 10, 100, 1_000] {
        let queue = Queue::OneEach(Balancer::TwoChoices);
        report(
            &format!("{servers} stations, two choices"),
            &Simulation {
                servers,
                queue,
                arrivals: Arrivals::Poisson {
                    rate: 0.8 * f64::from(servers),
                },
                requests: 2_000_000,
                ..plain_station()
            },
        );
        let usual = default_run();
        report(
            &format!("two lanes with a store, {servers} servers, two choices"),
            &Simulation {
                servers,
                queue,
                arrivals: Arrivals::Poisson {
                    rate: 120.0 * f64::from(servers),
                },
                requests: 1_000_000,
                // As large a part of the store for each server.
                store: StoreModel {
                    connections: servers,
                    ..usual.store
                },
                ..usual
            },
        );
    }
}

fn report(what: &str, run: &Simulation) {
    let start = Instant::now();
    let outcome = simulate(run);
    let seconds = start.elapsed().as_secs_f64();
    match outcome {
        Ok(outcome) => println!(
            "{what}: {:.2} million requests a second ({:.2} s)",
            outcome.requests as f64 / seconds / 1e6,
            seconds
        ),
        Err(problem) => println!("{what}: {problem:?}"),
    }
}
