//! `cargo xtask sweep`: a sweep of the load model over all cores. The sweep is a program of its own, built for speed; it
//! reads the words itself, and answers nonsense itself.

use std::process::{Command, exit};

use crate::project;

/// Runs the sweep with these words. Ends with its exit code where that says that the words were nonsense.
pub(crate) fn run(words: &[String]) -> anyhow::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let build = [
        "build",
        "--quiet",
        "--profile",
        "native",
        "--package",
        "sweep",
    ];
    let status = Command::new(&cargo)
        .args(build)
        .current_dir(project::root())
        .status()?;
    anyhow::ensure!(status.success(), "the sweep could not be built");
    // Where the person stands, as the files that are asked for go there.
    let status = Command::new(&cargo)
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
        Some(2) => exit(2),
        _ => anyhow::bail!("the sweep did not end well"),
    }
}
