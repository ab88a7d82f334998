//! Trunk, the wasm-bindgen command line tool, geckodriver and cargo-deny, from crates.io, in the versions that the
//! project is made for.

use super::programs::is_program;
use crate::cache;
use std::path::{Path, PathBuf};
use xshell::{Shell, cmd};

/// The version that Trunk.toml asks for too.
const TRUNK_VERSION: &str = "0.21.14";
const GECKODRIVER_VERSION: &str = "0.37.1";
const CARGO_DENY_VERSION: &str = "0.20.2";

/// A tool that `cargo install` builds.
pub(super) struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: String,
    /// Whether the versions of its own lock file are used. wasm-bindgen-cli's does not install.
    locked: bool,
    /// Which of its features are built.
    features: Features,
    /// What the program does is little beside what it takes to build it: it is not optimised.
    is_little_used: bool,
    about_minutes: u32,
}

#[derive(PartialEq, Eq)]
enum Features {
    Default,
    None,
}

/// cargo-deny's program. It is installed if it is missing.
pub(crate) fn cargo_deny(shell: &Shell) -> anyhow::Result<PathBuf> {
    let tool = CargoTool {
        package: "cargo-deny",
        program: "cargo-deny",
        version: CARGO_DENY_VERSION.to_owned(),
        locked: true,
        features: Features::Default,
        is_little_used: false,
        about_minutes: 5,
    };
    tool.provided(shell)
}

/// Firefox's driver. It is installed if it is missing.
pub(super) fn geckodriver(shell: &Shell) -> anyhow::Result<PathBuf> {
    let tool = CargoTool {
        package: "geckodriver",
        program: "geckodriver",
        version: GECKODRIVER_VERSION.to_owned(),
        locked: true,
        features: Features::Default,
        is_little_used: true,
        about_minutes: 2,
    };
    tool.provided(shell)
}

impl CargoTool {
    /// Those that build the site, in the order in which they are installed.
    pub(super) fn all(wasm_bindgen_version: &str) -> [Self; 2] {
        [
            Self {
                package: "trunk",
                program: "trunk",
                version: TRUNK_VERSION.to_owned(),
                locked: true,
                // What it would ask of the network is here already, or not wanted.
                features: Features::None,
                is_little_used: true,
                about_minutes: 3,
            },
            Self {
                package: "wasm-bindgen-cli",
                program: "wasm-bindgen",
                version: wasm_bindgen_version.to_owned(),
                locked: false,
                features: Features::Default,
                is_little_used: false,
                about_minutes: 2,
            },
        ]
    }

    /// Its folder, with the program in `bin`.
    pub(super) fn place(&self) -> anyhow::Result<PathBuf> {
        cache::tool(self.package, &self.version)
    }

    /// Its program. It is installed if it is missing.
    pub(super) fn provided(&self, shell: &Shell) -> anyhow::Result<PathBuf> {
        if !self.is_there()? {
            let _lock = cache::lock()?;
            // Another set-up may have been at it meanwhile.
            if !self.is_there()? {
                self.install(shell)?;
            }
        }
        Ok(self.place()?.join("bin").join(self.program))
    }

    fn is_there(&self) -> anyhow::Result<bool> {
        Ok(is_program(&self.place()?.join("bin").join(self.program)))
    }

    /// Installs it. The build's own files are gone afterwards.
    fn install(&self, shell: &Shell) -> anyhow::Result<()> {
        let Self {
            package, version, ..
        } = self;
        println!(
            "{package} {version} is missing: installing it from crates.io, about {} minutes.",
            self.about_minutes
        );
        let place = self.place()?;
        let build = place.with_added_extension("build");
        let installed = cache::install_into(&place, |folder| self.build(shell, folder, &build));
        cache::remove_folder(&build)?;
        installed
    }

    fn build(&self, shell: &Shell, folder: &Path, build: &Path) -> anyhow::Result<()> {
        let Self {
            package, version, ..
        } = self;
        let locked = self.locked.then_some("--locked");
        let features = (self.features == Features::None).then_some("--no-default-features");
        let level = if self.is_little_used { "0" } else { "2" };
        // Built for this machine, whatever the user's default target is.
        cmd!(
            shell,
            "cargo install {package} --version ={version} {locked...} {features...} --root {folder}"
        )
        .env("CARGO_TARGET_DIR", build)
        // Their own profiles make the most of the program, for minutes more of building.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", level)
        .env_remove("CARGO_BUILD_TARGET")
        .run()?;
        Ok(())
    }
}
