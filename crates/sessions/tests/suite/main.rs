//! What a store promises, held against all stores; and what SQLite itself says of it.

mod asking;
mod audit;
mod console;
mod console_guard;
mod counting;
mod credentials;
mod files;
mod growth;
mod hostile;
mod migration;
mod model;
mod model_credentials;
mod opening;
mod operation;
mod orders;
mod properties;
mod refresh;
mod repair;
mod sample;
mod secrets;
mod server_memory;
mod server_store;
mod session_id;
mod stores;
mod tables;
mod traced;
