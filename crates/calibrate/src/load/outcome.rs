//! What came of a load, by the same names for both.

use crate::repeat::{mean, percentile};

/// Times in seconds, from the moment at which a request was to arrive until it was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The mean.
    pub mean: f64,
    /// The median.
    pub p50: f64,
    /// 95 of 100 took no longer.
    pub p95: f64,
    /// 99 of 100 took no longer.
    pub p99: f64,
    /// Answers a second.
    pub throughput: f64,
}

impl Outcome {
    /// The figures of these times, within which so many answers came a second.
    pub fn of(times: &mut [f64], throughput: f64) -> Self {
        Self {
            mean: mean(times),
            p50: percentile(times, 0.5),
            p95: percentile(times, 0.95),
            p99: percentile(times, 0.99),
            throughput,
        }
    }
}
