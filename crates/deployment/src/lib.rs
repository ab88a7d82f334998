//! What stands between browser and database: the user agent, the modelled network, a balancer, the servers and their
//! store. Each lane has a fleet of servers that sign users in, from one to a thousand, and one server for each of its
//! other services.
//!
//! It never asks a clock, a source of randomness or a browser for anything, and adds no step of its own to what a
//! server did: the balancer's and the observer's are theirs.

mod balancer;
mod calibration;
mod composing;
mod condition;
mod deployment;
mod fault_trial;
mod keys;
mod lane_servers;
mod ledger;
mod memory_table;
mod network;
mod recording;
mod sample_run;
mod way;

pub use calibration::{StoreSize, calibrate, measure_growth};
pub use deployment::{Carried, Deployment, StartError};
pub use fault_trial::try_faults;
pub use network::Network;
pub use sample_run::sample_run;
