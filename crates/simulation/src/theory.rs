//! What queueing theory says, and the same systems simulated: how far the model can be trusted.

use protocol::{
    Arrivals, Distribution, Queue, Simulation, SimulationProblem, TheoryRow, TheorySystem,
};

use crate::run::Run;

/// The loads at which systems are compared.
const LOADS: [f64; 3] = [0.3, 0.5, 0.8];
/// The systems that are compared. The mean service takes a second.
const SYSTEMS: [TheorySystem; 4] = [
    TheorySystem::Mm1,
    TheorySystem::Mmc { servers: 10 },
    TheorySystem::Md1,
    TheorySystem::Mg1,
];
/// The standard deviation of log-normal service, as a multiple of its mean.
const VARIATION: f64 = 0.8;

/// The probability that a request waits in M/M/c, where `load` servers are busy in the mean (Erlang's C formula).
pub fn erlang_c(servers: u32, load: f64) -> f64 {
    // Erlang's B by its recursion, which never overflows; then C from B.
    let lost = (1..=servers).fold(1.0, |lost, server| {
        let part = load * lost;
        part / (f64::from(server) + part)
    });
    let rho = load / f64::from(servers);
    lost / (1.0 - rho * (1.0 - lost))
}

/// The mean time in the system, where the mean service takes a second and `rho` is the load: Erlang's C for several
/// servers, else Pollaczek and Khinchine's formula.
pub fn theory(system: TheorySystem, rho: f64) -> f64 {
    let squared_variation = match system {
        TheorySystem::Mmc { servers } => {
            let count = f64::from(servers);
            return 1.0 + erlang_c(servers, rho * count) / (count * (1.0 - rho));
        }
        TheorySystem::Mm1 => 1.0,
        TheorySystem::Md1 => 0.0,
        TheorySystem::Mg1 => VARIATION * VARIATION,
    };
    1.0 + rho / (1.0 - rho) * (1.0 + squared_variation) / 2.0
}

/// Simulates each system at each load with so many requests, and tells each row when it is done.
///
/// # Errors
///
/// Where there are no requests, or too many.
pub fn check_theory(
    requests: u64,
    seed: u64,
    mut report: impl FnMut(TheoryRow),
) -> Result<(), SimulationProblem> {
    for system in SYSTEMS {
        for rho in LOADS {
            let mut run = Run::new(&system_at(system, rho, requests, seed))?;
            while !run.advance(u32::MAX) {}
            let latency = run.figures().lanes.first().map(|lane| lane.latency);
            let latency = latency.unwrap_or_default();
            report(TheoryRow {
                system,
                rho,
                theory: theory(system, rho),
                simulated: latency.mean,
                half_width: latency.half_width,
                requests,
            });
        }
    }
    Ok(())
}

fn system_at(system: TheorySystem, rho: f64, requests: u64, seed: u64) -> Simulation {
    let servers = match system {
        TheorySystem::Mmc { servers } => servers,
        _ => 1,
    };
    Simulation {
        seed,
        requests,
        warm_up: requests / 100,
        arrivals: Arrivals::Poisson {
            rate: rho * f64::from(servers),
        },
        servers,
        queue: Queue::Shared,
        service: match system {
            TheorySystem::Mm1 | TheorySystem::Mmc { .. } => Distribution::Exponential { rate: 1.0 },
            TheorySystem::Md1 => Distribution::Constant { seconds: 1.0 },
            TheorySystem::Mg1 => Distribution::LogNormal {
                mean: 1.0,
                variation: VARIATION,
            },
        },
        ..scenario::plain_station()
    }
}
