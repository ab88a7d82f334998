//! What a store promises, held against both stores; and what SQLite itself says of it.

mod counting;
mod opening;
mod properties;
mod sample;
mod secrets;
mod session_id;
mod stores;
mod traced;
