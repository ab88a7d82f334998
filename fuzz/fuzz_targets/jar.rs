//! Any `Set-Cookie` lines.
#![no_main]

#[path = "../bodies/jar.rs"]
mod body;

libfuzzer_sys::fuzz_target!(|octets: &[u8]| body::run(octets));
