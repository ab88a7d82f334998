//! The same load in the simulation, with service times as this very run measured them.

use anyhow::{Context, ensure};
use protocol::{
    Arrivals, Balancer, Distribution, LaneModel, Prices, Queue, Records, Simulation, StoreModel,
};
use simulation::simulate;

use super::Load;
use super::outcome::Outcome;
use super::real::Alone;

/// How many requests are simulated for each that is run for real: the simulation's own chance is to be no part of the
/// difference.
const TIMES_AS_MANY: u32 = 10;

const NOTHING: Distribution = Distribution::Constant { seconds: 0.0 };
const NO_PRICES: Prices = Prices {
    server_month: 0.0,
    store_month: 0.0,
    million_operations: 0.0,
    gigabyte: 0.0,
};

/// The load as the model is told of it. `alone` is what one request takes when nothing else happens, `service` Redis's
/// own time for one `GET`.
///
/// The model's servers go on with other requests while the store is asked. The real ones of this load wait for it, so
/// the way to the store and back counts as the server's work here, and at the store itself only Redis's own time, once
/// more than in reality: it takes that much off the way.
pub fn simulation(load: &Load, alone: &Alone, service: f64) -> Simulation {
    let waiting = if alone.waiting > 0.0 {
        Distribution::Exponential {
            rate: 1.0 / alone.waiting,
        }
    } else {
        NOTHING
    };
    Simulation {
        seed: load.seed,
        requests: u64::from(load.requests) * u64::from(TIMES_AS_MANY),
        warm_up: u64::from(load.warm_up()) * u64::from(TIMES_AS_MANY),
        users: 1_000,
        arrivals: Arrivals::Poisson { rate: load.rate },
        servers: load.servers,
        queue: Queue::OneEach(Balancer::RoundRobin),
        waiting_places: 0,
        patience: 0.0,
        service: waiting,
        sign_in: NOTHING,
        network: NOTHING,
        application_reads: 0.0,
        store: StoreModel {
            connections: 1,
            service: Distribution::Constant { seconds: service },
            round_trip: NOTHING,
        },
        lanes: vec![LaneModel {
            check: held(alone, service),
            reads: 1.0,
            writes: 0.0,
            records: Records::None,
            needs_key: false,
            octets: 0,
        }],
        schedule: Vec::new(),
        prices: NO_PRICES,
    }
}

/// For how long a request holds a server: its own work, and the way to Redis and back. Log-normal, with the median and
/// the 95th percentile that were measured: what is rarer than that is other programs' doing on few cores.
pub fn held(alone: &Alone, service: f64) -> Distribution {
    /// Up to which multiple of its standard deviation 95 of 100 of a normal number lie.
    const OF_95: f64 = 1.644_853_626_951_473;
    let sigma = (alone.round_trip_p95 / alone.round_trip).max(1.0).ln() / OF_95;
    let median = alone.work.seconds + (alone.round_trip - service).max(0.0);
    Distribution::LogNormal {
        mean: median * (sigma * sigma / 2.0).exp(),
        variation: (sigma * sigma).exp_m1().sqrt(),
    }
}

/// Simulates the load.
///
/// # Errors
/// Where the model refuses its settings.
pub fn run(load: &Load, alone: &Alone, service: f64) -> anyhow::Result<Outcome> {
    let report = simulate(&simulation(load, alone, service))
        .map_err(|problem| anyhow::anyhow!("the model refuses the load: {problem:?}"))?;
    let lane = report.lanes.first().context("there is one lane")?;
    ensure!(
        lane.answered == lane.arrived && lane.arrived > 0,
        "the model did not answer each request"
    );
    Ok(Outcome {
        mean: lane.latency.mean,
        p50: lane.latency.p50,
        p95: lane.latency.p95,
        p99: lane.latency.p99,
        throughput: lane.throughput,
    })
}
