//! Sets up what a command misses, each thing said in one line, and nothing fetched again. What cannot be installed from
//! here is named in one complete command before anything long starts.

mod browser;
mod cargo_tools;
mod npm_packages;
mod programs;
mod python_packages;
mod rust_toolchain;
mod system_packages;
mod wasm_clang;

pub(crate) use cargo_tools::cargo_deny;
pub(crate) use npm_packages::{peers, wasm_opt};
pub(crate) use python_packages::simpy;

use crate::engine::Engine;
use crate::project;
use crate::step::spoken;
use cargo_tools::CargoTool;
use rust_toolchain::RustPart;
use std::ffi::OsString;
use std::time::Instant;
use system_packages::Need;
use xshell::Shell;

/// What the tools are for. Each purpose needs what the one before it needs, and more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// Compiling everything, natively and for the browser.
    Code,
    /// Building and serving the site.
    Site,
    /// Driving the site in a browser.
    Browser,
}

/// Sets up for the purpose, and gives the shell the environment in which the tools are found.
pub(crate) fn set_up(shell: &Shell, purpose: Purpose) -> anyhow::Result<()> {
    set_up_with(shell, purpose, &[])
}

/// Sets up for the purpose, and these engines with it. One that can't be set up is no failure: [`engine`] says so later.
pub(crate) fn set_up_with(
    shell: &Shell,
    purpose: Purpose,
    engines: &[Engine],
) -> anyhow::Result<()> {
    let rust_parts = rust_toolchain::missing(shell)?;
    let mut needs = missing_needs(shell, purpose);
    let others = rust_toolchain::in_words_without_rustup(&rust_parts);
    system_packages::ensure_within_reach(shell, &needs, &others)?;
    let engines = within_reach(shell, engines);
    needs.extend(engines.iter().copied().flat_map(browser::missing));
    let tools = match purpose {
        Purpose::Code => Vec::new(),
        Purpose::Site | Purpose::Browser => {
            CargoTool::all(&project::wasm_bindgen_version()?).into()
        }
    };

    // What rustup and cargo bring needs none of these packages.
    let packages = system_packages::start(shell, &needs)?;
    let started = Instant::now();
    let brought = bring(shell, &rust_parts, &tools, &engines);
    if let Some(packages) = packages {
        println!("What cargo brings took {}.", spoken(started.elapsed()));
        if let Err(error) = packages.finish() {
            println!("{error:#}");
        }
    }
    brought?;
    // One engine's package that can't be had keeps away all others: what can't be done without is asked for by itself.
    system_packages::provide(shell, || missing_needs(shell, purpose))?;
    npm_packages::install_missing(shell, purpose)?;

    export(shell, wasm_clang::environment(shell));
    if purpose >= Purpose::Site {
        export_site_tools(shell, &tools)?;
    }
    if purpose >= Purpose::Browser {
        let axe_core = npm_packages::axe_core()?.into_os_string();
        export(shell, [("AXE_CORE_JS", axe_core)]);
        export(shell, browser::environment(Engine::Chromium));
    }
    Ok(())
}

/// Sets up an engine, and gives the variables that tell the tests which one to drive, and how.
pub(crate) fn engine(
    shell: &Shell,
    engine: Engine,
) -> anyhow::Result<Vec<(&'static str, OsString)>> {
    system_packages::provide(shell, || browser::missing(engine))?;
    let mut variables = browser::environment(engine);
    variables.push(("ENGINE", engine.name().into()));
    if engine == Engine::Firefox && !browser::has_own_geckodriver() {
        let driver = cargo_tools::geckodriver(shell)?;
        variables.push((browser::GECKODRIVER, driver.into_os_string()));
    }
    Ok(variables)
}

/// Sets up a Redis to measure.
pub(crate) fn redis(shell: &Shell) -> anyhow::Result<()> {
    let missing = || match programs::on_path(&["redis-server"]) {
        Some(_) => Vec::new(),
        None => vec![Need::Redis],
    };
    system_packages::provide(shell, missing)
}

/// The engines that are here, or can be installed from here.
fn within_reach(shell: &Shell, engines: &[Engine]) -> Vec<Engine> {
    let all = system_packages::can_install(shell);
    let here = |engine: &Engine| all || browser::missing(*engine).is_empty();
    engines.iter().copied().filter(here).collect()
}

/// Brings what rustup and cargo have: Rust's parts, the project's own tools, and a driver for the engines.
fn bring(
    shell: &Shell,
    rust_parts: &[RustPart],
    tools: &[CargoTool],
    engines: &[Engine],
) -> anyhow::Result<()> {
    rust_toolchain::add(shell, rust_parts)?;
    for tool in tools {
        tool.provided(shell)?;
    }
    if engines.contains(&Engine::Firefox)
        && !browser::has_own_geckodriver()
        && let Err(error) = cargo_tools::geckodriver(shell)
    {
        println!("geckodriver is still missing: {error:#}");
    }
    Ok(())
}

/// Trunk and wasm-bindgen come first on the PATH: Trunk takes the wasm-bindgen that it finds there, and fetches none.
fn export_site_tools(shell: &Shell, tools: &[CargoTool]) -> anyhow::Result<()> {
    let mut folders = Vec::new();
    for tool in tools {
        folders.push(tool.place()?.join("bin"));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&path));
    export(shell, [("PATH", std::env::join_paths(folders)?)]);
    // Trunk would ask the network whether there is a newer Trunk.
    export(
        shell,
        [("TRUNK_SKIP_VERSION_CHECK", OsString::from("true"))],
    );
    // Whatever its value, the variable means no colour; Trunk takes it for a boolean, and stops at `1`.
    if std::env::var_os("NO_COLOR").is_some() {
        export(shell, [("NO_COLOR", OsString::from("true"))]);
    }
    Ok(())
}

fn missing_needs(shell: &Shell, purpose: Purpose) -> Vec<Need> {
    let mut needs = Vec::new();
    if wasm_clang::find(shell).is_none() {
        needs.push(Need::WasmClang);
    }
    if purpose >= Purpose::Site && !npm_packages::node_is_there(purpose) {
        needs.push(Need::Node);
    }
    if purpose >= Purpose::Browser {
        needs.extend(browser::missing(Engine::Chromium));
    }
    needs
}

fn export<'a>(shell: &Shell, variables: impl IntoIterator<Item = (&'a str, OsString)>) {
    for (name, value) in variables {
        shell.set_var(name, value);
    }
}
