//! What page and worker say to each other, as bytes.

mod envelope;
mod exchange;
mod http_text;
mod key_sample;
mod sample;
