//! What PyPI carries: SimPy, which the benchmark runs beside our own engine. It gets a Python environment of its own, in
//! the version that bench/requirements.txt names.

use super::programs::is_program;
use super::system_packages::{self, Need};
use crate::cache;
use crate::project;
use anyhow::Context;
use std::fs;
use std::path::PathBuf;
use xshell::{Shell, cmd};

/// The Python that has SimPy, installed where it is missing.
pub(crate) fn simpy(shell: &Shell) -> anyhow::Result<PathBuf> {
    let requirements = project::root().join("bench/requirements.txt");
    let text = fs::read_to_string(&requirements)
        .with_context(|| format!("{} cannot be read", requirements.display()))?;
    let version =
        pinned(&text, "simpy").context("bench/requirements.txt does not pin simpy with `==`")?;
    let place = cache::tool("simpy", version)?;
    let python = place.join("bin/python");
    if is_program(&python) {
        return Ok(python);
    }
    system_packages::provide(shell, || missing(shell))?;
    let _lock = cache::lock()?;
    println!("SimPy {version} is missing: installing it from PyPI, a few seconds.");
    cache::install_into(&place, |folder| {
        cmd!(shell, "python3 -m venv {folder}").run()?;
        let own = folder.join("bin/python");
        cmd!(
            shell,
            "{own} -m pip install --quiet --disable-pip-version-check --requirement {requirements}"
        )
        .run()?;
        Ok(())
    })?;
    Ok(python)
}

/// A Python without these two modules makes no environment.
fn missing(shell: &Shell) -> Vec<Need> {
    let answers = cmd!(shell, "python3 -c 'import ensurepip, venv'")
        .quiet()
        .ignore_stdout()
        .ignore_stderr()
        .run();
    if answers.is_ok() {
        Vec::new()
    } else {
        vec![Need::PythonVenv]
    }
}

/// The version that the requirements pin the package to.
fn pinned<'a>(requirements: &'a str, package: &str) -> Option<&'a str> {
    let version = requirements
        .lines()
        .find_map(|line| line.trim().strip_prefix(package)?.strip_prefix("=="))?;
    version.split([' ', ';', '#']).next()
}

#[cfg(test)]
mod tests {
    use super::pinned;

    #[test]
    fn a_pin_is_exact() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(pinned(text, "simpy"), expected, "{text}");
        };
        check("simpy==4.1.2\n", Some("4.1.2"));
        check(
            "# why\nother==1\nsimpy==4.1.2 # the newest\n",
            Some("4.1.2"),
        );
        check("simpy>=4\n", None);
        check("simpy-more==1\n", None);
        check("", None);
    }
}
