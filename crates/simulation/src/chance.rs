//! Chance, from a seed alone, and the times that are drawn by it. It never asks a platform for digits: the logarithm and
//! the exponential function are `libm`'s everywhere.

use protocol::Distribution;
use rand_core::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// A stream of chance.
#[derive(Clone, Debug)]
pub(crate) struct Chance(Xoshiro256PlusPlus);

impl Chance {
    /// The stream of that purpose: streams of one seed are independent of each other.
    pub(crate) fn new(seed: u64, purpose: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(mixed(
            seed ^ mixed(purpose),
        )))
    }

    /// A number above 0, and at most 1.
    #[inline]
    pub(crate) fn share(&mut self) -> f64 {
        /// The distance of two neighbours: 2⁻⁵³.
        const STEP: f64 = 1.0 / 9_007_199_254_740_992.0;
        ((self.0.next_u64() >> 11) + 1) as f64 * STEP
    }

    /// A whole number below `end`.
    #[inline]
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        (((self.0.next_u64() >> 32) * u64::from(end)) >> 32) as u32
    }

    /// An exponential time with mean 1.
    #[inline]
    pub(crate) fn exponential(&mut self) -> f64 {
        -libm::log(self.share())
    }

    /// A normal number with mean 0 and deviation 1, by Marsaglia's polar method.
    fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.share() - 1.0, 2.0 * self.share() - 1.0);
            let square = x * x + y * y;
            if square < 1.0 && square > 0.0 {
                return x * libm::sqrt(-2.0 * libm::log(square) / square);
            }
        }
    }
}

/// A number of which each bit depends on each bit of another (the last steps of SplitMix64).
pub(crate) const fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The part of 1 that a number leads to: evenly spread.
pub(crate) const fn spread(number: u64) -> f64 {
    (mixed(number) >> 11) as f64 / 9_007_199_254_740_992.0
}

/// A distribution, ready to be drawn from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Times {
    Constant(f64),
    Exponential {
        mean: f64,
    },
    Uniform {
        from: f64,
        width: f64,
    },
    /// Of the logarithm.
    LogNormal {
        middle: f64,
        deviation: f64,
    },
}

impl Times {
    pub(crate) fn new(distribution: Distribution) -> Self {
        match distribution {
            Distribution::Constant { seconds } => Self::Constant(seconds),
            Distribution::Exponential { rate } => Self::Exponential { mean: 1.0 / rate },
            Distribution::Uniform { from, to } => Self::Uniform {
                from,
                width: to - from,
            },
            Distribution::LogNormal { mean, variation } => {
                let variance = libm::log(1.0 + variation * variation);
                if mean > 0.0 && variance > 0.0 {
                    Self::LogNormal {
                        middle: libm::log(mean) - variance / 2.0,
                        deviation: libm::sqrt(variance),
                    }
                } else {
                    Self::Constant(mean)
                }
            }
        }
    }

    #[inline]
    pub(crate) fn draw(&self, chance: &mut Chance) -> f64 {
        match *self {
            Self::Constant(seconds) => seconds,
            Self::Exponential { mean } => mean * chance.exponential(),
            Self::Uniform { from, width } => from + width * chance.share(),
            Self::LogNormal { middle, deviation } => {
                libm::exp(middle + deviation * chance.normal())
            }
        }
    }
}

/// How many operations a request needs, as a mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count {
    whole: u8,
    part: f64,
}

impl Count {
    pub(crate) fn new(mean: f64) -> Self {
        Self {
            whole: mean as u8,
            part: mean - f64::from(mean as u8),
        }
    }

    /// The whole part, and one more as often as the rest says.
    #[inline]
    pub(crate) fn draw(&self, chance: &mut Chance) -> u8 {
        self.whole + u8::from(self.part > 0.0 && chance.share() <= self.part)
    }
}
