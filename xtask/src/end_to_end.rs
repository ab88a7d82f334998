//! The page in real browsers: all tests in Chromium, and in the other engines as many as asked for.

use crate::engine::{Engine, Engines, Extent, LeftOut, SMOKE};
use crate::project;
use crate::setup;
use crate::step::step;
use anyhow::{bail, ensure};
use std::collections::HashSet;
use std::ffi::OsString;
use xshell::{Cmd, Shell, cmd};

/// Them, to Cargo. Built with the native tests they would share more with these, and change what is tested there: the
/// driver has JSON objects keep their order.
const IN_BROWSERS: [&str; 4] = ["--package", "e2e", "--test", "suite"];

/// How many tests of a run may fail at first, and pass when they are run again: real browsers under load stumble.
const SECOND_TRIES: usize = 3;

/// What Chromium is told besides: each test opens the page anew, and much of the tests' time would be spent on compiling
/// WebAssembly a second time, for speed that the tests don't ask for, and on painting diagrams that play. Tests of what
/// moves ask for motion. `cargo xtask bench` tells it nothing.
const CHROMIUM_FLAGS: (&str, &str) = (
    "TESTS_CHROMIUM_FLAGS",
    "--js-flags=--liftoff-only --force-prefers-reduced-motion",
);

/// Builds them, and tests what they are made of.
pub(crate) fn build(shell: &Shell) -> anyhow::Result<()> {
    cmd!(shell, "cargo test --package e2e --no-run").run()?;
    cmd!(shell, "cargo test --package e2e --lib --bins").run()?;
    Ok(())
}

/// Runs them in each of these engines, or those whose names have one of these words. One that can't be set up is said, and
/// the others still run.
pub(crate) fn run(shell: &Shell, engines: Engines, named: &[String]) -> anyhow::Result<()> {
    let mut missing = Vec::new();
    for (engine, extent) in engines.each() {
        let name = engine.in_words();
        let variables = match setup::engine(shell, engine) {
            Ok(variables) => variables,
            Err(error) => {
                println!("\n{name} is left out: {error:#}");
                missing.push(name);
                continue;
            }
        };
        let headline = match extent {
            Extent::Everything => format!("End to end, in {name}"),
            Extent::Smoke => format!("A few end to end, in {name}"),
        };
        step(&headline, || match named {
            [] => in_engine(shell, engine, extent, &variables),
            named => named_in_engine(shell, engine, named, &variables),
        })?;
    }
    let missing = missing.join(" and ");
    match engines {
        _ if missing.is_empty() => {}
        Engines::Usual => println!("\nNothing is said of {missing}: see above what is missing."),
        Engines::All | Engines::Only(_) => bail!("{missing} could not be tested: see above"),
    }
    Ok(())
}

fn in_engine(
    shell: &Shell,
    engine: Engine,
    extent: Extent,
    variables: &[(&'static str, OsString)],
) -> anyhow::Result<()> {
    let chosen = match extent {
        Extent::Everything => all_but_left_out(shell, engine)?,
        Extent::Smoke => {
            ensure_there(shell, SMOKE.iter().copied())?;
            SMOKE.map(str::to_owned).into()
        }
    };
    let tries = project::second_tries();
    if tries.exists() {
        std::fs::remove_file(&tries)?;
    }
    tests(shell, variables)
        .arg("--exact")
        .args(chosen)
        .env("SECOND_TRIES", &tries)
        .run()?;
    tell_second_tries(&std::fs::read_to_string(tries).unwrap_or_default())
}

/// Those whose names have one of these words, and no second tries: whoever names them wants to see what fails.
fn named_in_engine(
    shell: &Shell,
    engine: Engine,
    named: &[String],
    variables: &[(&'static str, OsString)],
) -> anyhow::Result<()> {
    let all = all_tests(shell)?;
    for word in named {
        let is_any = all.iter().any(|test| test.contains(word.as_str()));
        ensure!(is_any, "no test has `{word}` in its name");
    }
    tests(shell, variables)
        .args(all_but_left_out(shell, engine)?)
        .args(named)
        .run()?;
    Ok(())
}

/// The command that runs them; what follows chooses some.
fn tests<'a>(shell: &'a Shell, variables: &[(&'static str, OsString)]) -> Cmd<'a> {
    cmd!(shell, "cargo test {IN_BROWSERS...} --")
        .env("DIST", project::dist())
        .env(CHROMIUM_FLAGS.0, CHROMIUM_FLAGS.1)
        .envs(variables.iter().cloned())
}

/// Says which tests needed a second try. More than a few are no chance.
fn tell_second_tries(written: &str) -> anyhow::Result<()> {
    let count = written.lines().count();
    if count > 0 {
        println!("Passed at the second try only: {count}");
        print!("{written}");
    }
    ensure!(
        count <= SECOND_TRIES,
        "{count} tests needed a second try, and no more than {SECOND_TRIES} may"
    );
    Ok(())
}

/// The words that leave out what the engine does not run. Each is said with its reason.
fn all_but_left_out(shell: &Shell, engine: Engine) -> anyhow::Result<Vec<String>> {
    let left_out = engine.left_out()?;
    if left_out.is_empty() {
        return Ok(Vec::new());
    }
    ensure_there(shell, left_out.iter().map(|it| it.test.as_str()))?;
    println!("{} tests are left out:", left_out.len());
    for LeftOut { test, reason } in &left_out {
        println!("  {test}: {reason}");
    }
    let words = left_out
        .into_iter()
        .map(|it| ["--skip".to_owned(), it.test]);
    Ok(words.flatten().collect())
}

/// A name that no test has would choose, or leave out, nothing.
fn ensure_there<'a>(shell: &Shell, mut names: impl Iterator<Item = &'a str>) -> anyhow::Result<()> {
    let tests = all_tests(shell)?;
    match names.find(|name| !tests.contains(*name)) {
        Some(unknown) => bail!("there is no test {unknown}"),
        None => Ok(()),
    }
}

/// The names of all of them.
fn all_tests(shell: &Shell) -> anyhow::Result<HashSet<String>> {
    let listed = cmd!(
        shell,
        "cargo test --quiet {IN_BROWSERS...} -- --list --format terse"
    )
    .read()?;
    let names = listed
        .lines()
        .filter_map(|line| line.strip_suffix(": test"));
    Ok(names.map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_second_tries_are_borne_and_more_are_not() {
        let line = "a::test: waited in vain\n";
        for count in 0..=SECOND_TRIES {
            assert!(tell_second_tries(&line.repeat(count)).is_ok(), "{count}");
        }
        let failed = tell_second_tries(&line.repeat(SECOND_TRIES + 1));
        let sentence = failed.expect_err("too many").to_string();
        assert_eq!(
            sentence,
            "4 tests needed a second try, and no more than 3 may"
        );
    }
}
