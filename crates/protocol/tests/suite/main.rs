//! What page and worker say to each other, as bytes.

mod cookie_sample;
mod envelope;
mod exchange;
mod exchange_sample;
mod fleet;
mod fleet_sample;
mod http_text;
mod key_sample;
mod sample;
mod scheme;
mod simulation_sample;
mod store_sample;
