//! `cargo xtask calibrate`: measures natively what the load model stands on. The measuring itself is a program of its
//! own, built for speed; here it gets what it needs.

use crate::setup;
use xshell::{Shell, cmd};

/// Measures, and writes the model's file or only prints.
pub(crate) fn run(shell: &Shell, print: bool) -> anyhow::Result<()> {
    setup::redis(shell)?;
    let print = print.then_some("--print");
    cmd!(
        shell,
        "cargo run --profile native --package calibrate --bin calibrate -- {print...}"
    )
    .run()?;
    Ok(())
}
