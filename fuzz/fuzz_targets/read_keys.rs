//! Any text of a key.
#![no_main]

#[path = "../bodies/read_keys.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| body::run(octets));
