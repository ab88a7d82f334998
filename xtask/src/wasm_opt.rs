//! Makes a program in WebAssembly smaller, with the wasm-opt that the set-up brings. Where there is none, as when Trunk
//! is called directly, the build goes on without it and says so.

use crate::setup;
use std::fs;
use std::path::Path;
use xshell::{Shell, cmd};

/// What to give up speed for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Aim {
    /// The fewest bytes.
    Size,
    /// Few bytes, but none that costs speed where requests are answered.
    Balance,
}

/// What Rust's wasm32-unknown-unknown emits by default. No more, so that every browser that runs the input runs the
/// output.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Optimises the file in its place.
pub(crate) fn optimise(shell: &Shell, program: &Path, aim: Aim) -> anyhow::Result<()> {
    let name = program.file_name().unwrap_or_default().display();
    let Some(wasm_opt) = setup::wasm_opt() else {
        println!("{name} stays as it is: there is no wasm-opt. `cargo xtask setup` brings it.");
        return Ok(());
    };
    let level: &[&str] = match aim {
        // What is smallest once it is compressed. `-Oz` makes fewer bytes, and more of them after brotli; so does
        // inlining all functions that have one caller.
        Aim::Size => &[
            "-O2",
            "--shrink-level",
            "2",
            "--one-caller-inline-max-function-size",
            "30",
        ],
        Aim::Balance => &["-O2"],
    };
    let smaller = program.with_extension("optimised");
    let before = fs::metadata(program)?.len();
    cmd!(
        shell,
        "node {wasm_opt} {level...} --strip-debug --strip-producers {FEATURES...} {program} --output {smaller}"
    )
    .quiet()
    .run()?;
    let after = fs::metadata(&smaller)?.len();
    fs::rename(&smaller, program)?;
    println!("wasm-opt made {name} smaller: {before} bytes before, {after} after.");
    Ok(())
}
