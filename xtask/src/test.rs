//! Everything that must hold, in order, each with a headline and its time. The first failure ends it.

use crate::beside::Beside;
use crate::end_to_end;
use crate::engine::{Engine, Engines};
use crate::setup::{self, Purpose};
use crate::site;
use crate::size;
use crate::split;
use crate::step::{spoken, step};
use anyhow::Context;
use std::process::Command;
use std::time::Instant;
use xshell::{Shell, cmd};

/// The packages that run in the browser alone.
const BROWSER_PACKAGES: [&str; 2] = ["ticket-or-passport", "worker"];
const TARGET: &str = "wasm32-unknown-unknown";

/// Runs everything, or only what needs neither the site nor a browser.
pub(crate) fn run(shell: &Shell, quick: bool, engines: Engines) -> anyhow::Result<()> {
    let started = Instant::now();
    step("Set-up", || {
        if quick {
            return setup::set_up(shell, Purpose::Code);
        }
        let engines: Vec<_> = engines.each().map(|(engine, _)| engine).collect();
        setup::set_up_with(shell, Purpose::Browser, &engines)
    })?;
    step("Format", || {
        Ok(cmd!(shell, "cargo fmt --all --check").run()?)
    })?;
    step("Lints, native", || lint_native(shell))?;
    step("Lints, for the browser", || lint_browser(shell))?;
    step("Lints, for the browser in parts", || {
        let _asked = shell.push_env(split::VARIABLE, "1");
        lint_browser(shell)
    })?;
    let native_tests = || step("Native tests", || Ok(cmd!(shell, "cargo test").run()?));
    if quick {
        native_tests()?;
    } else {
        let build = build_beside()?;
        native_tests()?;
        step("Tests for browsers, compiled", || end_to_end::build(shell))?;
        step("The rest of the build", || {
            build.finish().context("the site could not be built")
        })?;
        step("Size", size::report)?;
        end_to_end::run(shell, engines, &[])?;
    }
    println!("\nEverything passed, in {}.", spoken(started.elapsed()));
    Ok(())
}

/// Runs the end-to-end tests whose names have one of these words, in Chromium where no engine is named, on `dist/` as it is.
pub(crate) fn run_named(shell: &Shell, engines: Engines, named: &[String]) -> anyhow::Result<()> {
    let engines = match engines {
        Engines::Usual => Engines::Only(Engine::Chromium),
        asked => asked,
    };
    let each: Vec<_> = engines.each().map(|(engine, _)| engine).collect();
    setup::set_up_with(shell, Purpose::Browser, &each)?;
    site::build_if_missing(shell)?;
    end_to_end::run(shell, engines, named)
}

/// The release build, for what is set up already: for minutes its linking is one thread's, while a second processor is
/// idle.
fn build_beside() -> anyhow::Result<Beside> {
    let mut build = Command::new(std::env::current_exe()?);
    build.arg("build");
    println!("The site is being built meanwhile.");
    Beside::start("cargo xtask build", "build-beside.txt", build)
}

fn lint_native(shell: &Shell) -> anyhow::Result<()> {
    let excluded = BROWSER_PACKAGES.iter().flat_map(|name| ["--exclude", name]);
    cmd!(
        shell,
        "cargo clippy --workspace {excluded...} --all-targets -- --deny warnings"
    )
    .run()?;
    Ok(())
}

fn lint_browser(shell: &Shell) -> anyhow::Result<()> {
    let packages = BROWSER_PACKAGES.iter().flat_map(|name| ["--package", name]);
    cmd!(
        shell,
        "cargo clippy {packages...} --target {TARGET} --all-targets -- --deny warnings"
    )
    .run()?;
    Ok(())
}
