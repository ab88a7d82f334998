//! What page and worker say to each other, as bytes.

mod cookie_sample;
mod envelope;
mod exchange;
mod http_text;
mod key_sample;
mod sample;
mod scheme;
mod store_sample;
