//! What can be told without a Redis and without waiting.

mod arrivals;
mod findings;
mod machine;
mod repeat;
