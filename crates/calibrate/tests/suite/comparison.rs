//! What is said of a load's two outcomes.

use calibrate::load::Load;
use calibrate::load::comparison::{Comparison, difference};
use calibrate::load::outcome::Outcome;
use calibrate::load::real::RealRun;

const SAMPLE: Comparison = Comparison {
    load: Load {
        servers: 8,
        rate: 60_000.0,
        requests: 600_000,
        seed: 1,
        waiting: 0.0,
    },
    possible: 100_000.0,
    cores: 2,
    busy_cores: Some(1.94),
    real: RealRun {
        outcome: Outcome {
            mean: 0.000_2,
            p50: 0.000_1,
            p95: 0.000_4,
            p99: 0.001,
            throughput: 60_000.0,
        },
        late: 0.000_033,
        store_service: 0.000_009_4,
    },
    simulated: Outcome {
        mean: 0.000_1,
        p50: 0.000_1,
        p95: 0.000_5,
        p99: 0.001_1,
        throughput: 60_060.0,
    },
    store_service: 0.000_006_9,
};

#[test]
fn both_outcomes_and_their_difference_stand_in_a_line() {
    let text = SAMPLE.text();
    for expected in [
        "8 servers on one Redis, 60,000 requests a second (60 % of what they could answer), 600,000 requests.",
        "mean              200 µs      100 µs      -50.0 %",
        "p50               100 µs      100 µs       +0.0 %",
        "p95               400 µs      500 µs      +25.0 %",
        "throughput      60,000/s    60,060/s       +0.1 %",
        "9 threads share 2, of which 1.9 were busy, and",
        "began 33.0 µs late",
        "took 9.40 µs a request here, and 6.90 µs in the simulation",
    ] {
        assert!(text.contains(expected), "{expected}:\n{text}");
    }
}

#[test]
fn a_load_says_whether_its_servers_wait() {
    let waiting = Comparison {
        load: Load {
            waiting: 0.002,
            ..SAMPLE.load
        },
        busy_cores: None,
        ..SAMPLE
    };
    assert!(SAMPLE.text().contains("only computes"));
    assert!(waiting.text().contains("as for another service"));
    assert!(waiting.text().contains("9 threads share 2, and"));
}

#[test]
fn a_difference_is_from_what_was_real() {
    let check = |real: f64, simulated: f64, expected: f64| {
        assert!((difference(real, simulated) - expected).abs() < 1e-9);
    };
    check(2.0, 1.0, -50.0);
    check(2.0, 3.0, 50.0);
    check(0.0, 3.0, 0.0);
}
