//! Medians, means and spreads of few values, and a median of runs.

use calibrate::repeat::{mean, median_cost, percentile};

#[test]
fn percentiles_are_values_that_were_seen() {
    let check = |values: &[f64], share: f64, expected: f64| {
        assert_eq!(
            percentile(&mut values.to_vec(), share).to_bits(),
            expected.to_bits(),
            "{share} of {values:?}"
        );
    };
    check(&[], 0.5, 0.0);
    check(&[3.0], 0.99, 3.0);
    check(&[3.0, 1.0, 2.0], 0.5, 2.0);
    check(&[4.0, 1.0, 2.0, 3.0], 0.5, 2.0);
    check(&[4.0, 1.0, 2.0, 3.0], 1.0, 4.0);
}

#[test]
fn a_mean_is_in_the_middle() {
    let check = |values: &[f64], expected: f64| {
        assert!((mean(values) - expected).abs() < 1e-12, "{values:?}");
    };
    check(&[], 0.0);
    check(&[5.0], 5.0);
    check(&[1.0, 3.0], 2.0);
}

#[test]
fn each_run_is_counted() {
    let mut done = 0_u32;
    let cost = median_cost(|| done += 1);
    assert!(cost.seconds > 0.0 && cost.seconds < 1.0, "{cost:?}");
    assert!(cost.runs > 0 && cost.runs <= done, "{cost:?} of {done}");
}
