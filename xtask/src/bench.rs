//! `cargo xtask bench`: measures the built site in a browser, and beside its peers of npm and PyPI.

use crate::cache;
use crate::project;
use crate::setup::{self, Purpose};
use crate::site::{self, Profile};
use anyhow::ensure;
use std::fs;
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

/// The part that needs SimPy and our engine built natively, and no browser.
const BESIDE_SIMPY: &str = "simpy";
/// The parts that measure a peer of npm's.
const BESIDE_NPM: [&str; 4] = ["first_visit", "mock_servers", "signatures", "lighthouse"];

/// What is bundled of bench/peers/: scripts, and the pages that load them.
const SCRIPTS: [&str; 6] = [
    "rounds",
    "jose",
    "jsrsasign",
    "msw",
    "miragejs",
    "first_visit/index",
];
const PAGES: [&str; 3] = ["msw.html", "miragejs.html", "first_visit/index.html"];
/// As their users would have them.
const BUNDLED: [&str; 6] = [
    "--bundle",
    "--minify",
    "--format=esm",
    "--target=es2022",
    "--log-level=warning",
    "--define:process.env.NODE_ENV=\"production\"",
];
/// msw's own, which stands beside the pages that use it.
const SERVICE_WORKER: &str = "mockServiceWorker.js";

/// Runs these parts, or all.
pub(crate) fn run(shell: &Shell, parts: &[String]) -> anyhow::Result<()> {
    let wants = |names: &[&str]| {
        parts.is_empty() || parts.iter().any(|part| names.contains(&part.as_str()))
    };
    if parts.is_empty() || parts.iter().any(|part| part != BESIDE_SIMPY) {
        setup::set_up(shell, Purpose::Browser)?;
        site::build(shell, Profile::Release)?;
    }
    let mut command = cmd!(shell, "cargo run --package e2e --bin bench -- {parts...}")
        .env("DIST", project::dist());
    if wants(&BESIDE_NPM) {
        // The rest is worth measuring without them.
        match setup::peers(shell) {
            Ok(packages) => {
                command = command
                    .env("PEERS", bundled(shell, &packages)?)
                    .env("LIGHTHOUSE", packages.join("lighthouse/cli/index.js"));
            }
            Err(error) => println!("The peers of npm can't be installed: {error:#}"),
        }
    }
    if wants(&[BESIDE_SIMPY]) {
        command = command.env("PACE", pace(shell)?);
        match setup::simpy(shell) {
            Ok(python) => command = command.env("SIMPY_PYTHON", python),
            Err(error) => println!("SimPy can't be installed, so our engine runs alone: {error:#}"),
        }
    }
    command.run()?;
    Ok(())
}

/// The folder of the peers' pages. What can't be bundled is not there.
fn bundled(shell: &Shell, packages: &Path) -> anyhow::Result<PathBuf> {
    let sources = project::root().join("bench/peers");
    let pages = project::root().join("target/peers");
    cache::remove_folder(&pages)?;
    let esbuild = packages.join("esbuild/bin/esbuild");
    for script in SCRIPTS {
        let entry = sources.join(script).with_extension("js");
        let done = cmd!(
            shell,
            "node {esbuild} {entry} {BUNDLED...} --outbase={sources} --outdir={pages}"
        )
        .env("NODE_PATH", packages)
        .quiet()
        .run();
        if let Err(error) = done {
            println!("bench/peers/{script}.js can't be bundled: {error}");
        }
    }
    for page in PAGES {
        let place = pages.join(page);
        if place.with_extension("js").is_file() {
            fs::copy(sources.join(page), &place)?;
            let worker = packages.join("msw/lib").join(SERVICE_WORKER);
            fs::copy(worker, place.with_file_name(SERVICE_WORKER))?;
        }
    }
    ensure!(pages.is_dir(), "no peer could be bundled");
    Ok(pages)
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
