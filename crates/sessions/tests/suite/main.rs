//! What a store promises, held against both stores; and what SQLite itself says of it.

mod audit;
mod counting;
mod model;
mod opening;
mod operation;
mod orders;
mod properties;
mod sample;
mod secrets;
mod session_id;
mod stores;
mod traced;
