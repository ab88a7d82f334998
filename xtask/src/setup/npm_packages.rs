//! What npm carries: a recent wasm-opt, which runs on node, axe-core, which the tests put into the page, and the peers
//! that the benchmark measures beside the page. None of it runs a script as it is installed, and nothing of npm gets into
//! the site.

use super::Purpose;
use super::programs::on_path;
use crate::cache;
use crate::contents::name_for;
use crate::project;
use anyhow::Context;
use std::fs;
use std::path::PathBuf;
use xshell::{Shell, cmd};

/// A package in one version, and the file in it that we are after.
struct NpmPackage {
    name: &'static str,
    version: &'static str,
    file: &'static str,
}

/// WebAssembly's own optimiser. Distributions carry versions too old for what Rust emits.
const BINARYEN: NpmPackage = NpmPackage {
    name: "binaryen",
    version: "132.0.0",
    file: "node_modules/binaryen/bin/wasm-opt",
};

/// The accessibility checker.
const AXE_CORE: NpmPackage = NpmPackage {
    name: "axe-core",
    version: "4.14.1",
    file: "node_modules/axe-core/axe.min.js",
};

/// What the purpose needs of npm.
fn packages(purpose: Purpose) -> &'static [NpmPackage] {
    match purpose {
        Purpose::Code => &[],
        Purpose::Site => &[BINARYEN],
        Purpose::Browser => &[BINARYEN, AXE_CORE],
    }
}

/// Whether there is a node to run wasm-opt on, and an npm if something is still to be installed.
pub(super) fn node_is_there(purpose: Purpose) -> bool {
    on_path(&["node"]).is_some()
        && (on_path(&["npm"]).is_some() || all_are_there(purpose).unwrap_or(false))
}

fn all_are_there(purpose: Purpose) -> anyhow::Result<bool> {
    for package in packages(purpose) {
        if !package.path()?.is_file() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Installs what is missing.
pub(super) fn install_missing(shell: &Shell, purpose: Purpose) -> anyhow::Result<()> {
    if all_are_there(purpose)? {
        return Ok(());
    }
    let _lock = cache::lock()?;
    for package in packages(purpose) {
        if !package.path()?.is_file() {
            package.install(shell)?;
        }
    }
    Ok(())
}

/// wasm-opt's file, to run on node, if it was set up.
pub(crate) fn wasm_opt() -> Option<PathBuf> {
    BINARYEN.path().ok().filter(|path| path.is_file())
}

/// axe-core's file.
pub(super) fn axe_core() -> anyhow::Result<PathBuf> {
    AXE_CORE.path()
}

/// The folder of the packages that bench/package-lock.json pins, installed where they are missing.
pub(crate) fn peers(shell: &Shell) -> anyhow::Result<PathBuf> {
    let bench = project::root().join("bench");
    let files = ["package.json", "package-lock.json"];
    let lock = fs::read(bench.join(files[1])).context("bench/package-lock.json can't be read")?;
    let place = cache::tool("peers", &name_for(&[&lock]))?;
    let packages = place.join("node_modules");
    if packages.is_dir() {
        return Ok(packages);
    }
    let _lock = cache::lock()?;
    println!("The peers are missing: installing them with npm, about a minute.");
    cache::install_into(&place, |folder| {
        for file in files {
            fs::copy(bench.join(file), folder.join(file))?;
        }
        // Some packages ask for a newer node than they need.
        cmd!(
            shell,
            "npm ci --prefix {folder} --ignore-scripts --no-audit --no-fund --loglevel=error"
        )
        .run()?;
        Ok(())
    })?;
    Ok(packages)
}

impl NpmPackage {
    fn path(&self) -> anyhow::Result<PathBuf> {
        Ok(cache::tool(self.name, self.version)?.join(self.file))
    }

    fn install(&self, shell: &Shell) -> anyhow::Result<()> {
        let Self { name, version, .. } = self;
        println!("{name} {version} is missing: installing it with npm, a few seconds.");
        let place = cache::tool(name, version)?;
        cache::install_into(&place, |folder| {
            cmd!(
                shell,
                "npm install --prefix {folder} --no-audit --no-fund --ignore-scripts --save-exact {name}@{version}"
            )
            .run()?;
            Ok(())
        })
    }
}
