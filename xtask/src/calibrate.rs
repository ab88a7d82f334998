//! `cargo xtask calibrate`: measures natively what the load model stands on. The measuring itself is a program of its
//! own, built for speed; here it gets what it needs.

use crate::project;
use crate::setup;
use xshell::{Shell, cmd};

/// What the measuring writes.
const FILE: &str = "crates/scenario/src/measured.rs";

/// Measures, and writes the model's file or only prints.
pub(crate) fn run(shell: &Shell, print: bool) -> anyhow::Result<()> {
    setup::redis(shell)?;
    let file = project::root().join(FILE);
    let write = if print {
        Vec::new()
    } else {
        vec!["--write".into(), file.clone().into_os_string()]
    };
    cmd!(
        shell,
        "cargo run --profile native --package calibrate --bin calibrate -- {write...}"
    )
    .run()?;
    if !print {
        cmd!(shell, "rustfmt --edition 2024 {file}").run()?;
    }
    Ok(())
}
