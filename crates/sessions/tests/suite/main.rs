//! What a store promises, held against all stores; and what SQLite itself says of it.

mod asking;
mod audit;
mod counting;
mod credentials;
mod migration;
mod model;
mod model_credentials;
mod opening;
mod operation;
mod orders;
mod properties;
mod refresh;
mod sample;
mod secrets;
mod server_memory;
mod server_store;
mod session_id;
mod stores;
mod traced;
