//! Rust's own parts: the formatter, the linter, and the standard library for the browser.

use super::programs::on_path;
use std::path::Path;
use xshell::{Shell, cmd};

const TARGET: &str = "wasm32-unknown-unknown";

/// A part that rustup brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RustPart {
    Formatter,
    Linter,
    WasmTarget,
}

/// The parts that the toolchain in use does not have.
pub(super) fn missing(shell: &Shell) -> anyhow::Result<Vec<RustPart>> {
    let mut parts = Vec::new();
    let answers = |tool: &str| -> anyhow::Result<bool> {
        let output = cmd!(shell, "cargo {tool} --version")
            .quiet()
            .ignore_status()
            .output()?;
        Ok(output.status.success())
    };
    if !answers("fmt")? {
        parts.push(RustPart::Formatter);
    }
    if !answers("clippy")? {
        parts.push(RustPart::Linter);
    }
    let toolchain = cmd!(shell, "rustc --print sysroot").quiet().read()?;
    let library = Path::new(&toolchain).join("lib/rustlib").join(TARGET);
    if !library.join("lib").is_dir() {
        parts.push(RustPart::WasmTarget);
    }
    Ok(parts)
}

/// What to ask the person for, where there is no rustup to bring the parts.
pub(super) fn in_words_without_rustup(parts: &[RustPart]) -> Vec<String> {
    if on_path(&["rustup"]).is_some() {
        return Vec::new();
    }
    let words = |part: &RustPart| {
        let what = match part {
            RustPart::Formatter => "rustfmt",
            RustPart::Linter => "clippy",
            RustPart::WasmTarget => "Rust's standard library for wasm32-unknown-unknown",
        };
        format!("{what} (rustup from https://rustup.rs brings it; there is none here)")
    };
    parts.iter().map(words).collect()
}

/// Has rustup bring the parts.
pub(super) fn add(shell: &Shell, parts: &[RustPart]) -> anyhow::Result<()> {
    for part in parts {
        let (kind, name) = match part {
            RustPart::Formatter => ("component", "rustfmt"),
            RustPart::Linter => ("component", "clippy"),
            RustPart::WasmTarget => ("target", TARGET),
        };
        println!("Rust's {name} is missing: rustup brings it, less than a minute.");
        cmd!(shell, "rustup {kind} add {name}").run()?;
    }
    Ok(())
}
