//! Where `cargo xtask` asks for it, prepares a program in WebAssembly for being split: it keeps its relocations, and
//! `cfg(split)` puts the `wasm_split` attributes in force. Any other build is one piece.

use std::env;

/// Set by `cargo xtask` for release builds. What follows Trunk must then do the splitting.
const VARIABLE: &str = "SPLIT_PAGE";

fn main() {
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    println!("cargo::rustc-check-cfg=cfg(split)");
    let is_wasm = env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|family| family == "wasm");
    if is_wasm && env::var_os(VARIABLE).is_some() {
        println!("cargo::rustc-cfg=split");
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
}
