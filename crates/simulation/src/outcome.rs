//! What is counted of one lane.

use crate::batch::Batches;
use crate::histogram::Histogram;
use crate::series::Areas;

/// Buckets of the histogram of latencies: 0.8 % wide.
const BITS: u32 = 7;

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Answered,
    Refused,
    Failed,
}

/// What is counted of one lane. Of requests, only those after the warm-up; of time, that from the first of these to the
/// last arrival.
#[derive(Debug)]
pub(crate) struct Outcomes {
    pub(crate) arrived: u64,
    pub(crate) answered: u64,
    pub(crate) refused: u64,
    pub(crate) failed: u64,
    pub(crate) signed_out: u64,
    pub(crate) sign_ins: u64,
    /// Answers within the time that is looked at, whenever their requests arrived.
    pub(crate) answers_in_time: u64,
    pub(crate) reads_in_time: u64,
    pub(crate) writes_in_time: u64,
    /// Work that was begun within the time, of all kinds, and of signing in alone: in seconds.
    pub(crate) work: f64,
    pub(crate) sign_in_work: f64,
    pub(crate) longest_queue: u32,
    pub(crate) areas: Areas,
    pub(crate) latency: Histogram<BITS>,
    pub(crate) latency_sum: f64,
    pub(crate) longest: f64,
    pub(crate) waited_sum: f64,
    pub(crate) batches: Batches,
}

impl Outcomes {
    pub(crate) fn new() -> Self {
        Self {
            arrived: 0,
            answered: 0,
            refused: 0,
            failed: 0,
            signed_out: 0,
            sign_ins: 0,
            answers_in_time: 0,
            reads_in_time: 0,
            writes_in_time: 0,
            work: 0.0,
            sign_in_work: 0.0,
            longest_queue: 0,
            areas: Areas::default(),
            latency: Histogram::default(),
            latency_sum: 0.0,
            longest: 0.0,
            waited_sum: 0.0,
            batches: Batches::new(),
        }
    }

    #[inline]
    pub(crate) fn add_answer(&mut self, latency: f64, waited: f64) {
        self.answered += 1;
        self.latency.add(latency);
        self.latency_sum += latency;
        self.longest = self.longest.max(latency);
        self.waited_sum += waited;
        self.batches.add(latency);
    }
}
