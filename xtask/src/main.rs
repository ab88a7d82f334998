//! The project's front door: `cargo xtask serve`, `test`, `build`, `size`, `bench`, `calibrate`, `sweep`,
//! `profile`, `reproduce`, `deny`, `setup`.
//!
//! Each command sets up what it misses, says what it does, and ends with a sentence. It never changes anything outside
//! the project and its own cache folder, except for what the system's or Rust's own installer brings.

mod bench;
mod beside;
mod cache;
mod calibrate;
mod command;
mod contents;
mod counted_names;
mod deny;
mod end_to_end;
mod engine;
mod exports;
#[cfg(test)]
mod hosting;
mod imports;
mod index_html;
mod kept_files;
mod language;
mod late;
mod merge;
mod packs;
mod part_loader;
mod place_worker;
mod precompress;
mod profile;
mod project;
mod reproduce;
mod setup;
mod site;
mod size;
mod source_names;
mod split;
mod step;
mod sweep;
mod test;
mod wasm_opt;

use command::Command;
use setup::Purpose;
use std::process::ExitCode;
use xshell::Shell;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let command = match command::parse(&words) {
        Ok(command) => command,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::from(2);
        }
    };
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // With its causes, in one line.
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    let shell = Shell::new()?;
    shell.change_dir(project::root());
    match command {
        Command::Help => println!("{}", command::HELP),
        Command::Setup => {
            setup::set_up(&shell, Purpose::Browser)?;
            println!("Everything is there.");
        }
        Command::Serve { profile, port } => site::serve(&shell, profile, port)?,
        Command::Build { profile } => {
            setup::set_up(&shell, Purpose::Site)?;
            site::build(&shell, profile)?;
        }
        Command::Size => {
            site::build_if_missing(&shell)?;
            size::report()?;
        }
        Command::Test {
            quick,
            engines,
            named,
        } => match named.as_slice() {
            [] => test::run(&shell, quick, engines)?,
            named => test::run_named(&shell, engines, named)?,
        },
        Command::Bench { parts } => bench::run(&shell, &parts)?,
        Command::Calibrate { print } => calibrate::run(&shell, print)?,
        Command::Sweep { words } => sweep::run(&words)?,
        Command::Profile => profile::run(&shell)?,
        Command::Reproduce => reproduce::run(&shell)?,
        Command::Deny => deny::run(&shell)?,
        Command::PlaceWorker => place_worker::from_hook(&shell)?,
    }
    Ok(())
}
