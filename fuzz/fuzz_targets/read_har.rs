//! Any file as a HAR.
#![no_main]

#[path = "../bodies/read_har.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| body::run(octets));
