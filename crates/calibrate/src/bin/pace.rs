//! How many requests a second our engine simulates natively, on one core: the models that `cargo xtask bench` runs beside
//! SimPy, which are those of bench/simpy_models.py. `pace station REQUESTS` or `pace lanes REQUESTS` prints JSON.

use std::time::Instant;

use anyhow::{Context, bail};
use protocol::{Arrivals, Distribution, LaneModel, Queue, Records, Simulation, StoreModel};
use scenario::plain_station;
use serde_json::json;
use simulation::simulate;

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [model, requests] = &words[..] else {
        bail!("it takes the name of a model and how many requests");
    };
    let requests = requests.parse().context(requests.clone())?;
    let settings = match model.as_str() {
        "station" => station(requests),
        "lanes" => lanes(requests),
        _ => bail!("the models are `station` and `lanes`"),
    };
    let started = Instant::now();
    let report = simulate(&settings)
        .map_err(|problem| anyhow::anyhow!("the model refuses its settings: {problem:?}"))?;
    let seconds = started.elapsed().as_secs_f64();
    let means = report.lanes.iter().map(|lane| lane.latency.mean);
    println!(
        "{}",
        json!({
            "perSecond": requests as f64 / seconds,
            "mean": means.sum::<f64>() / report.lanes.len().max(1) as f64,
        })
    );
    Ok(())
}

/// M/M/1 at a load of 0.8.
fn station(requests: u64) -> Simulation {
    Simulation {
        requests,
        warm_up: 0,
        ..plain_station()
    }
}

/// Ten servers with one queue a lane; one lane asks a store.
fn lanes(requests: u64) -> Simulation {
    let seconds = |seconds| Distribution::Constant { seconds };
    let lane = |reads| LaneModel {
        check: seconds(0.0),
        reads,
        writes: 0.0,
        records: Records::None,
        needs_key: false,
        octets: 0,
    };
    Simulation {
        arrivals: Arrivals::Poisson { rate: 1_200.0 },
        servers: 10,
        queue: Queue::Shared,
        service: Distribution::Exponential { rate: 200.0 },
        store: StoreModel {
            connections: 1,
            service: seconds(0.000_007),
            round_trip: seconds(0.000_5),
        },
        lanes: vec![lane(1.0), lane(0.0)],
        ..station(requests)
    }
}
