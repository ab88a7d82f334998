//! `cargo xtask sweep`: a sweep of the load model over all cores. The sweep is a program of its own, built for speed; it
//! reads the words itself, and answers nonsense itself.

use std::process::{Command, exit};

use crate::project;

/// What the sweep ends with where the words were nonsense.
const NONSENSE: i32 = 2;

/// Runs the sweep with these words, from where the person stands: the files that are asked for go there. Ends with the
/// sweep's own exit code where the words were nonsense.
pub(crate) fn run(words: &[String]) -> anyhow::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args([
            "run",
            "--quiet",
            "--profile",
            "native",
            "--package",
            "sweep",
        ])
        .arg("--manifest-path")
        .arg(project::root().join("Cargo.toml"))
        .arg("--")
        .args(words)
        .status()?;
    match status.code() {
        Some(0) => Ok(()),
        Some(NONSENSE) => exit(NONSENSE),
        _ => anyhow::bail!("the sweep did not end well"),
    }
}
