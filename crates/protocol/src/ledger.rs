//! What an exchange cost.

use serde::{Deserialize, Serialize};

/// What one exchange cost, summed over its steps. What authentication cost and what the application did for itself
/// are kept apart: "no lookup" is a claim about the first alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// Store operations to know who the user is. Counted.
    pub authentication: StoreCost,
    /// Store operations of the application. Counted.
    pub application: StoreCost,
    /// Signatures verified. Counted.
    pub signature_checks: u32,
    /// Signatures made. Counted.
    pub signatures_made: u32,
    /// Passwords hashed. Counted.
    pub password_hashes: u32,
    /// Octets of the request as HTTP/1.1 writes it. Counted.
    pub bytes_up: u32,
    /// Octets of the response as HTTP/1.1 writes it. Counted.
    pub bytes_down: u32,
    /// The server's time, in microseconds. Measured: no finer than the timer's grain.
    pub server_microseconds: f64,
    /// The network's time, in milliseconds. Modelled: a setting.
    pub network_milliseconds: f64,
}

/// How many operations there were on the store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreCost {
    /// Reads.
    pub reads: u32,
    /// Writes.
    pub writes: u32,
}
