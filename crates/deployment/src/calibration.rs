//! What single operations cost on this machine: the median of many runs of the very code that answers requests.

use protocol::{CalibratedCost, Calibration, GrowthPoint};
use server::Environment;
use sessions::{CredentialHash, KeyStore, ObserverAccess, SessionId, Store};

use crate::Deployment;

/// How many batches are timed for one median.
const BATCHES: usize = 9;
/// A batch lasts at least this many grains of the timer, so that the grain is at most five percent of it.
const GRAINS_A_BATCH: f64 = 20.0;
/// Where the timer's grain is unknown or very fine, a batch lasts at least this long.
const LEAST_BATCH_MICROSECONDS: f64 = 500.0;
/// A batch never has more runs than this, so that it ends even where the timer stands still.
const MOST_RUNS: u32 = 1 << 14;

/// Measures the operations that a request consists of.
pub fn calibrate<S: Store + KeyStore + ObserverAccess>(
    deployment: &mut Deployment<S>,
    timer_grain_microseconds: f64,
    environment: &mut Environment<'_>,
) -> Calibration {
    let bench = Bench::new(environment.stopwatch, timer_grain_microseconds);
    let id = SessionId::from_random(environment.random_bytes());
    let now = environment.now;
    let token = deployment.sample_token(now).unwrap_or_default();
    let verifier = deployment.verifier().clone();
    let algorithm = deployment.algorithm();
    let stored = deployment.any_session_hash().unwrap_or_else(|| id.hash());

    Calibration {
        session_id_hash: bench.median(|| {
            std::hint::black_box(id.hash());
        }),
        session_lookup: bench.median(|| {
            let store = deployment.store_mut();
            let _ = std::hint::black_box(store.find(&stored));
            store.take_operations();
        }),
        signature_check: bench.median(|| {
            if let (Some(key), Some((message, signature))) =
                (verifier.keys.first(), token.rsplit_once('.'))
            {
                std::hint::black_box(key.recognises(signature, algorithm, message));
            }
        }),
        token_checks: bench.median(|| {
            std::hint::black_box(tokens::verify(&token, &verifier, now));
        }),
    }
}

/// Measures a lookup of one of these sessions after another, and all checks of a token, at the present size.
pub fn measure_growth<S: Store + KeyStore + ObserverAccess>(
    deployment: &mut Deployment<S>,
    size: StoreSize<'_>,
    timer_grain_microseconds: f64,
    environment: &mut Environment<'_>,
) -> GrowthPoint {
    let bench = Bench::new(environment.stopwatch, timer_grain_microseconds);
    let now = environment.now;
    let token = deployment.sample_token(now).unwrap_or_default();
    let verifier = deployment.verifier().clone();
    let mut hashes = size.hashes.iter().cycle();
    GrowthPoint {
        sessions: size.sessions,
        lookup: bench.median(|| {
            if let Some(hash) = hashes.next() {
                let store = deployment.store_mut();
                let _ = std::hint::black_box(store.find(hash));
                store.take_operations();
            }
        }),
        token_checks: bench.median(|| {
            std::hint::black_box(tokens::verify(&token, &verifier, now));
        }),
        cache_kib: size.cache_kib,
    }
}

/// How large a store is, and which sessions stand for all of its.
#[derive(Clone, Copy, Debug)]
pub struct StoreSize<'a> {
    /// Sessions that are there, spread over all.
    pub hashes: &'a [CredentialHash],
    /// How many there are.
    pub sessions: u64,
    /// How much the store keeps in its page cache at most, in KiB.
    pub cache_kib: u32,
}

struct Bench<'a> {
    stopwatch: &'a dyn Fn() -> f64,
    batch_microseconds: f64,
}

impl<'a> Bench<'a> {
    fn new(stopwatch: &'a dyn Fn() -> f64, timer_grain_microseconds: f64) -> Self {
        Self {
            stopwatch,
            batch_microseconds: (timer_grain_microseconds * GRAINS_A_BATCH)
                .max(LEAST_BATCH_MICROSECONDS),
        }
    }

    /// The median over batches that last long enough. That is asked of the median batch, not of the first: the very
    /// first run of an operation may take a thousand times as long as the others, while the browser still compiles it.
    fn median(&self, mut operation: impl FnMut()) -> CalibratedCost {
        let mut runs = 1;
        loop {
            let mut batches = [0.0; BATCHES];
            for batch in &mut batches {
                *batch = self.time(runs, &mut operation);
            }
            batches.sort_by(f64::total_cmp);
            let median = batches[BATCHES / 2];
            if median >= self.batch_microseconds || runs >= MOST_RUNS {
                return CalibratedCost {
                    microseconds: median / f64::from(runs),
                    runs: runs.saturating_mul(BATCHES as u32),
                };
            }
            runs *= 2;
        }
    }

    fn time(&self, runs: u32, operation: &mut impl FnMut()) -> f64 {
        let started = (self.stopwatch)();
        for _ in 0..runs {
            operation();
        }
        (self.stopwatch)() - started
    }
}
