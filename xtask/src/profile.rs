//! `cargo xtask profile`: finds the functions that a first answer doesn't call, by runs of the page in each engine, and
//! writes them down for the builds to come.

use crate::cache;
use crate::engine::Engine;
use crate::late::LateFunctions;
use crate::project;
use crate::setup::{self, Purpose};
use crate::site;
use anyhow::{Context, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use xshell::{Shell, cmd};

/// Asks for a build that tells which of its functions ran, and names the folder for their names.
pub(crate) const VARIABLE: &str = "PROFILE_LATE_FUNCTIONS";

/// The programs, and what their lists are called.
const PROGRAMS: [(&str, &str); 2] = [("ticket-or-passport", "page"), ("worker", "worker")];

/// Makes the lists anew.
pub(crate) fn run(shell: &Shell) -> anyhow::Result<()> {
    setup::set_up_with(shell, Purpose::Browser, &Engine::ALL)?;
    let folder = project::root().join("target/profile");
    cache::remove_folder(&folder)?;
    fs::create_dir_all(&folder)?;
    let dist = folder.join("dist");
    site::build_counted(shell, &dist, &folder)?;

    let runs = folder.join("ran.txt");
    for engine in Engine::ALL {
        println!("Starting the page in {}.", engine.in_words());
        let variables = match setup::engine(shell, engine) {
            Ok(variables) => variables,
            Err(error) => {
                ensure!(engine != Engine::Chromium, "{error:#}");
                println!("{} is left out: {error:#}", engine.in_words());
                continue;
            }
        };
        cmd!(
            shell,
            "cargo run --quiet --package e2e --bin profile -- {runs}"
        )
        .env("DIST", &dist)
        .envs(variables)
        .run()?;
    }
    for (program, list) in PROGRAMS {
        let names = read(&fs::read_to_string(folder.join(names_of(program)))?)?;
        let early = early(&fs::read_to_string(&runs)?, program)?;
        ensure!(!early.is_empty(), "no function of {program} ran");
        let place = format!("xtask/late-functions/{list}.txt");
        fs::write(
            project::root().join(&place),
            LateFunctions::of(&names, &early),
        )?;
        println!(
            "{place} lists the {} of {} functions that did not run.",
            names.len() - early.len(),
            names.len()
        );
    }
    Ok(())
}

/// The file of a program's names.
pub(crate) fn names_of(program: &str) -> String {
    format!("{program}-names.txt")
}

/// Functions' names by number, as lines.
pub(crate) fn written(names: &BTreeMap<u32, String>) -> String {
    let mut lines = String::new();
    for (number, name) in names {
        let _ = writeln!(lines, "{number} {name}");
    }
    lines
}

fn read(lines: &str) -> anyhow::Result<BTreeMap<u32, String>> {
    let mut names = BTreeMap::new();
    for line in lines.lines() {
        let (number, name) = line.split_once(' ').context("a line has two words")?;
        names.insert(number.parse()?, name.to_owned());
    }
    Ok(names)
}

/// The numbers of a program's functions that ran: each line has the program's name and one number.
fn early(lines: &str, program: &str) -> anyhow::Result<BTreeSet<u32>> {
    let numbers = lines
        .lines()
        .filter_map(|line| line.strip_prefix(program)?.strip_prefix(' '));
    Ok(numbers.map(str::parse).collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_were_written() {
        let names = [(7, "<T as a::B>::c d".to_owned()), (9, "e".to_owned())].into();
        assert_eq!(read(&written(&names)).expect("lines"), names);
        assert!(read("7").is_err() && read("x y").is_err());
    }

    #[test]
    fn what_ran_is_kept_apart_by_program() {
        let lines = "page 3\npage 5\nworker 3\npage 3\n";
        assert_eq!(early(lines, "page").expect("numbers"), [3, 5].into());
        assert_eq!(early(lines, "worker").expect("numbers"), [3].into());
        assert!(early("page x\n", "page").is_err());
    }
}
