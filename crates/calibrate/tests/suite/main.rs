//! What can be told without a Redis and without waiting.

mod arrivals;
mod comparison;
mod findings;
mod model;
mod repeat;
