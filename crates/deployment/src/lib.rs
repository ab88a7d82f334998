//! What stands between browser and database: the user agent, the modelled network, a balancer, the servers and their
//! store. One server a lane for now.
//!
//! It never asks a clock, a source of randomness or a browser for anything, and adds no step of its own to what a
//! server did.

mod calibration;
mod composing;
mod deployment;
mod keys;
mod ledger;
mod network;
mod recording;
mod way;

pub use calibration::calibrate;
pub use deployment::{Carried, Deployment, StartError};
pub use network::Network;
