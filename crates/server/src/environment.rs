//! What the server gets from outside: the clock, chance, and a stopwatch.

use protocol::Timestamp;

/// What the server gets from outside.
pub struct Environment<'a> {
    /// The one clock.
    pub now: Timestamp,
    /// Fills the slice with random bytes of a cryptographic generator.
    pub random: &'a mut dyn FnMut(&mut [u8]),
    /// Microseconds since some fixed moment, for measuring durations.
    pub stopwatch: &'a dyn Fn() -> f64,
}

impl Environment<'_> {
    /// That many random bytes.
    pub fn random_bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.random)(&mut bytes);
        bytes
    }
}
