//! What npm carries: a recent wasm-opt, which runs on node, axe-core, which the tests put into the page, and jose, which
//! the benchmark measures beside the page. None of it runs a script as it is installed, and nothing of npm gets into the site.

use super::Purpose;
use super::programs::on_path;
use crate::cache;
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

/// The best-known JWT library for browsers.
const JOSE: NpmPackage = NpmPackage {
    name: "jose",
    version: "6.2.17",
    file: "node_modules/jose/dist/webapi/index.js",
};

/// What the purpose needs of npm.
fn packages(purpose: Purpose) -> &'static [NpmPackage] {
    match purpose {
        Purpose::Code => &[],
        Purpose::Site => &[BINARYEN],
        Purpose::Browser => &[BINARYEN, AXE_CORE],
        Purpose::Bench => &[BINARYEN, AXE_CORE, JOSE],
    }
}

/// Whether there is a node to run wasm-opt on, and an npm if something is still to be installed.
pub(super) fn node_is_there(purpose: Purpose) -> bool {
    on_path(&["node"]).is_some()
        && (on_path(&["npm"]).is_some() || all_are_there(purpose).unwrap_or(false))
}

/// Whether nothing is left to install.
pub(super) fn all_are_there(purpose: Purpose) -> anyhow::Result<bool> {
    for package in packages(purpose) {
        if !package.path()?.is_file() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Installs what is missing.
pub(super) fn install_missing(shell: &Shell, purpose: Purpose) -> anyhow::Result<()> {
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

/// jose's first module.
pub(super) fn jose() -> anyhow::Result<PathBuf> {
    JOSE.path()
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
