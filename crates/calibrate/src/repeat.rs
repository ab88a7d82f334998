//! Medians of many runs. It keeps no single times: a run is too short for the clock, so batches of runs are timed.

use std::time::Instant;

/// How many batches are timed for one median.
const BATCHES: usize = 51;
/// A batch lasts at least this long.
const LEAST_BATCH_SECONDS: f64 = 0.000_5;
/// A batch never has more runs than this.
const MOST_RUNS: u32 = 1 << 20;

/// What one run of something takes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    /// The median, in seconds.
    pub seconds: f64,
    /// Of how many runs.
    pub runs: u32,
}

/// The median over batches that last long enough for the clock. That is asked of the median batch, not of the first one:
/// any single batch may have been interrupted.
pub fn median_cost(mut operation: impl FnMut()) -> Cost {
    let mut runs = 1;
    loop {
        let mut batches = [0.0; BATCHES];
        for batch in &mut batches {
            *batch = time(runs, &mut operation);
        }
        let median = percentile(&mut batches, 0.5);
        if median >= LEAST_BATCH_SECONDS || runs >= MOST_RUNS {
            return Cost {
                seconds: median / f64::from(runs),
                runs: runs.saturating_mul(BATCHES as u32),
            };
        }
        runs *= 2;
    }
}

fn time(runs: u32, operation: &mut impl FnMut()) -> f64 {
    let started = Instant::now();
    for _ in 0..runs {
        operation();
    }
    started.elapsed().as_secs_f64()
}

/// The value that this share of the others does not exceed; 0 where there are none. It sorts them.
pub fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len() as f64 * share).ceil() as usize;
    values
        .get(place.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

/// The mean; 0 where there are none.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
