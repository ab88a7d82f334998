//! One load, for real and in the simulation: eight servers, one Redis, requests that come when they come.

pub mod comparison;
pub mod model;
pub mod outcome;
pub mod real;

/// What both are told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// How many servers there are.
    pub servers: u32,
    /// How many requests arrive a second, independently of each other.
    pub rate: f64,
    /// How many arrive in all. The first tenth is left out of the figures.
    pub requests: u32,
    /// Where chance starts.
    pub seed: u64,
    /// How long a server waits for something else during a request, as for another service: the mean of an exponential
    /// time, in seconds. 0 where it only computes.
    pub waiting: f64,
}

impl Load {
    /// How many of the first requests are left out of the figures.
    pub const fn warm_up(&self) -> u32 {
        self.requests / 10
    }
}
