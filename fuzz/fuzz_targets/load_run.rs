//! Any link or JSON of a load run.
#![no_main]

#[path = "../bodies/load_run.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| body::run(octets));
