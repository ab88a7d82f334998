//! Measures natively what the load model's defaults stand on, and runs one load for real and in the simulation.
//!
//! It measures the project's own code and a real Redis, and says on what and how often. It never decides what the
//! model's defaults are, and never sees a browser.

pub mod checks;
pub mod findings;
pub mod load;
pub mod lookups;
pub mod record;
pub mod redis_server;
pub mod remote_store;
pub mod repeat;
