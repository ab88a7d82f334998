//! The arrivals of the real load: independent, of the rate that was asked for, and the same from the same seed.

use calibrate::load::Load;
use calibrate::load::real::arrivals;
use calibrate::repeat::mean;

const LOAD: Load = Load {
    servers: 8,
    rate: 2_000.0,
    requests: 200_000,
    seed: 1,
    waiting: 0.002,
};

#[test]
fn gaps_are_exponential_and_of_the_rate() {
    let arrivals = arrivals(&LOAD);
    let gaps: Vec<f64> = arrivals
        .windows(2)
        .map(|pair| pair[1].0 - pair[0].0)
        .collect();
    let waits: Vec<f64> = arrivals.iter().map(|(_, wait)| *wait).collect();
    for (values, expected) in [(gaps, 1.0 / LOAD.rate), (waits, LOAD.waiting)] {
        assert!((mean(&values) / expected - 1.0).abs() < 0.01);
        // An exponential time's square has twice the mean's square as its mean.
        let squares: Vec<f64> = values.iter().map(|value| value * value).collect();
        assert!((mean(&squares) / (2.0 * expected * expected) - 1.0).abs() < 0.02);
    }
}

#[test]
fn the_seed_decides() {
    assert_eq!(arrivals(&LOAD), arrivals(&LOAD));
    assert_ne!(arrivals(&LOAD), arrivals(&Load { seed: 2, ..LOAD }));
}
