//! Any token under any key.
#![no_main]

#[path = "../bodies/inspect.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| body::run(octets));
