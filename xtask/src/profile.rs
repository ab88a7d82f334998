//! `cargo xtask profile`: finds the functions that a first answer doesn't call, by runs of the page in each engine, and
//! writes them down for the builds to come.

use crate::cache;
use crate::counted_names::{names_of, read};
use crate::engine::Engine;
use crate::late::LateFunctions;
use crate::project;
use crate::setup::{self, Purpose};
use crate::site;
use anyhow::ensure;
use std::collections::BTreeSet;
use std::fs;
use xshell::{Shell, cmd};

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
    fn what_ran_is_kept_apart_by_program() {
        let lines = "page 3\npage 5\nworker 3\npage 3\n";
        assert_eq!(early(lines, "page").expect("numbers"), [3, 5].into());
        assert_eq!(early(lines, "worker").expect("numbers"), [3].into());
        assert!(early("page x\n", "page").is_err());
    }
}
