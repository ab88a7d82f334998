//! `cargo xtask bench`: measures the built site in a browser, and our engine beside SimPy.

use crate::project;
use crate::setup::{self, Purpose};
use crate::site::{self, Profile};
use std::path::PathBuf;
use xshell::{Shell, cmd};

/// The part that needs SimPy and our engine built natively, and no browser.
const BESIDE_SIMPY: &str = "simpy";

/// Runs these parts, or all.
pub(crate) fn run(shell: &Shell, parts: &[String]) -> anyhow::Result<()> {
    if parts.is_empty() || parts.iter().any(|part| part != BESIDE_SIMPY) {
        setup::set_up(shell, Purpose::Bench)?;
        site::build(shell, Profile::Release)?;
    }
    let mut command = cmd!(shell, "cargo run --package e2e --bin bench -- {parts...}")
        .env("DIST", project::dist());
    if parts.is_empty() || parts.iter().any(|part| part == BESIDE_SIMPY) {
        command = command.env("PACE", pace(shell)?);
        match setup::simpy(shell) {
            Ok(python) => command = command.env("SIMPY_PYTHON", python),
            // The rest is worth measuring without it.
            Err(error) => println!("SimPy can't be installed, so our engine runs alone: {error:#}"),
        }
    }
    command.run()?;
    Ok(())
}

/// Our engine's own measuring, built for speed.
fn pace(shell: &Shell) -> anyhow::Result<PathBuf> {
    cmd!(
        shell,
        "cargo build --profile native --package calibrate --bin pace"
    )
    .run()?;
    // Beside this program's own folder, as both are built below the same one.
    let own = std::env::current_exe()?;
    let found = own
        .ancestors()
        .map(|folder| folder.join("native/pace"))
        .find(|place| place.is_file());
    found.ok_or_else(|| anyhow::anyhow!("there is no native/pace beside {}", own.display()))
}
