//! How many requests a second the load model simulates here: `cargo run --release -p simulation --example speed`.

use std::time::Instant;

use protocol::{Arrivals, Simulation};
use scenario::{LoadPreset, default_run, plain_station};
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
        let run = Simulation {
            servers,
            arrivals: Arrivals::Poisson {
                rate: 120.0 * f64::from(servers),
            },
            requests: 1_000_000,
            users: 10_000,
            application_reads: 0.05,
            ..LoadPreset::ThousandServers.simulation()
        };
        report(&format!("two lanes, {servers} servers, two choices"), &run);
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
