//! What can be told without a Redis and without waiting.

mod arrivals;
mod comparison;
mod findings;
mod machine;
mod model;
mod repeat;
