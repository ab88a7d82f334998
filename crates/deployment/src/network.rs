//! The network between browser and server: modelled.
//!
//! It adds half a round trip each way. It leaves out bandwidth, jitter, loss, handshakes and header compression; the
//! octets are those of HTTP/1.1 as text.

use protocol::{Check, Cost, Fact, Outcome, Party, Step};

/// The modelled network. Nothing really waits for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Network {
    /// The time there and back, in milliseconds: a setting.
    pub round_trip_milliseconds: f64,
}

impl Default for Network {
    fn default() -> Self {
        Self {
            round_trip_milliseconds: 40.0,
        }
    }
}

impl Network {
    /// One way, with that many octets.
    pub(crate) fn travel(self, check: Check, octets: u32) -> Step {
        Step {
            party: Party::Network,
            check,
            outcome: Outcome::Passed(Fact::Octets(octets)),
            cost: Cost {
                network_milliseconds: self.round_trip_milliseconds / 2.0,
                ..Cost::default()
            },
        }
    }
}
