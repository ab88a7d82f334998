//! What the project is built of, held to deny.toml by cargo-deny: licences, doubled and banned crates, where they come
//! from, and known advisories.

use crate::setup;
use anyhow::Context;
use xshell::{Shell, cmd};

/// What needs nothing but Cargo.lock and the crates.
const ALWAYS: [&str; 3] = ["licenses", "bans", "sources"];
/// What needs the database of advisories, from its own host.
const ADVISORIES: &str = "advisories";

/// Checks everything, or says why the advisories can't be checked here and checks the rest.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    let cargo_deny = setup::cargo_deny(shell)?;
    let has_database = cmd!(shell, "{cargo_deny} --workspace fetch db")
        .run()
        .is_ok();
    let checks = ALWAYS.into_iter().chain(has_database.then_some(ADVISORIES));
    cmd!(shell, "{cargo_deny} --workspace check {checks...}")
        .run()
        .context("the dependencies are not as deny.toml has them; what differs is above")?;
    if has_database {
        println!("Licences, doubled crates, sources and advisories are as deny.toml has them.");
    } else {
        println!(
            "Licences, doubled crates and sources are as deny.toml has them. \
             Advisories were NOT checked: their database could not be fetched."
        );
    }
    Ok(())
}
