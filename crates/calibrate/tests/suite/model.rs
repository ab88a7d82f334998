//! The real load, as the model is told of it.

use calibrate::load::Load;
use calibrate::load::model::{held, run, simulation};
use calibrate::load::real::Alone;
use calibrate::repeat::Cost;
use protocol::Distribution;

const LOAD: Load = Load {
    servers: 8,
    rate: 2_000.0,
    requests: 20_000,
    seed: 1,
    waiting: 0.002,
};
const ALONE: Alone = Alone {
    work: Cost {
        seconds: 0.000_002,
        runs: 1,
    },
    round_trip: 0.000_08,
    round_trip_p95: 0.000_12,
    waiting: 0.002_05,
};
const SERVICE: f64 = 0.000_007;

#[test]
fn the_time_held_has_the_median_and_the_spread_that_were_measured() {
    let Distribution::LogNormal { mean, variation } = held(&ALONE, SERVICE) else {
        panic!("it is log-normal");
    };
    let sigma = variation.mul_add(variation, 1.0).ln().sqrt();
    let median = mean / (sigma * sigma / 2.0).exp();
    assert!((median - 0.000_075).abs() < 1e-9, "{median}");
    let p95 = (1.644_853_627 * sigma).exp();
    assert!((p95 - 1.5).abs() < 1e-6, "{p95}");
}

#[test]
fn without_load_a_request_takes_what_it_takes_alone() {
    let calm = Load { rate: 10.0, ..LOAD };
    let outcome = run(&calm, &ALONE, SERVICE).expect("the model takes it");
    let alone = ALONE.waiting + 0.000_08;
    assert!((outcome.mean / alone - 1.0).abs() < 0.02, "{outcome:?}");
    assert!(
        (outcome.throughput / calm.rate - 1.0).abs() < 0.02,
        "{outcome:?}"
    );
}

#[test]
fn with_load_it_waits() {
    let loaded = Load {
        rate: 3_000.0,
        ..LOAD
    };
    let outcome = run(&loaded, &ALONE, SERVICE).expect("the model takes it");
    assert!(outcome.mean > 1.5 * ALONE.waiting, "{outcome:?}");
    assert!(outcome.p50 < outcome.p95 && outcome.p95 < outcome.p99);
    let settings = simulation(&loaded, &ALONE, SERVICE);
    assert_eq!(settings.servers, loaded.servers);
    assert!(settings.warm_up < settings.requests);
}
