//! How often which time was met, in buckets of a fixed relative width: memory does not grow with what is counted.

/// Below this exponent of 2, about a nanosecond, all times are one.
const LOWEST_EXPONENT: u64 = 1_023 - 30;
/// Above this one, about half a year, too.
const HIGHEST_EXPONENT: u64 = 1_023 + 24;

/// A histogram with 2 to the power of `BITS` buckets for each power of 2.
#[derive(Clone, Debug, Default)]
pub(crate) struct Histogram<const BITS: u32> {
    buckets: Vec<u32>,
    total: u64,
}

impl<const BITS: u32> Histogram<BITS> {
    const BUCKETS: usize = ((HIGHEST_EXPONENT - LOWEST_EXPONENT) << BITS) as usize;

    #[inline]
    pub(crate) fn add(&mut self, seconds: f64) {
        if self.buckets.is_empty() {
            self.buckets = vec![0; Self::BUCKETS];
        }
        let place = (seconds.to_bits() >> (52 - BITS)).saturating_sub(LOWEST_EXPONENT << BITS);
        let place = (place as usize).min(Self::BUCKETS - 1);
        self.buckets[place] += 1;
        self.total += 1;
    }

    /// The time that so large a share of all did not exceed: the middle of its bucket. 0 where there are none.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        if self.total == 0 {
            return 0.0;
        }
        let rank = (share * self.total as f64).ceil().max(1.0) as u64;
        let mut below = 0;
        let place = self
            .buckets
            .iter()
            .position(|&count| {
                below += u64::from(count);
                below >= rank
            })
            .unwrap_or(Self::BUCKETS - 1);
        if place == 0 {
            return 0.0;
        }
        let edge = |place: usize| {
            f64::from_bits((place as u64 + (LOWEST_EXPONENT << BITS)) << (52 - BITS))
        };
        f64::midpoint(edge(place), edge(place + 1))
    }

    /// Takes all of another one in.
    pub(crate) fn absorb(&mut self, other: &Self) {
        if self.buckets.is_empty() {
            self.buckets.clone_from(&other.buckets);
        } else {
            for (mine, its) in self.buckets.iter_mut().zip(&other.buckets) {
                *mine += its;
            }
        }
        self.total += other.total;
    }
}
