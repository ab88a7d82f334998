//! Measures the built site in a real browser, and fails where a bar is not met. Each measurement is a file of its own,
//! on a page of its own. Arguments choose some by their names: `bench growth frames`.

mod figure;
mod first_load;
mod frames;
mod growth;
mod key_press;
mod load_run;
mod long_history;
mod long_tasks;
mod signatures;
mod simpy;
mod simulation;
mod twin_runs;

use e2e::{Failure, Setup, run};
use figure::Figure;
use std::process::ExitCode;

/// A measurement.
type Measure = fn() -> Result<Vec<Figure>, Failure>;

/// All of them, by the names of their files.
const MEASUREMENTS: [(&str, Measure); 11] = [
    ("first_load", || run(Setup::default(), first_load::measure)),
    ("twin_runs", || run(Setup::default(), twin_runs::measure)),
    ("long_history", || {
        run(Setup::default(), long_history::measure)
    }),
    ("frames", || run(Setup::default(), frames::measure)),
    ("key_press", || run(Setup::default(), key_press::measure)),
    ("signatures", || run(Setup::default(), signatures::measure)),
    ("growth", || {
        run(Setup::default(), growth::measure_in_memory)
    }),
    ("growth", || run(Setup::default(), growth::measure_in_files)),
    ("load_run", || run(Setup::default(), load_run::measure)),
    ("simulation", || run(Setup::default(), simulation::measure)),
    ("simpy", || simpy::measure().map_err(Failure::from)),
];

fn main() -> Result<ExitCode, Failure> {
    let chosen: Vec<String> = std::env::args().skip(1).collect();
    let is_known = |name: &String| MEASUREMENTS.iter().any(|(known, _)| known == name);
    if let Some(unknown) = chosen.iter().find(|name| !is_known(name)) {
        println!("There is no measurement “{unknown}”.");
        return Ok(ExitCode::FAILURE);
    }
    let mut figures = Vec::new();
    for (name, measure) in MEASUREMENTS {
        if chosen.is_empty() || chosen.iter().any(|wanted| wanted == name) {
            figures.extend(measure()?);
        }
    }

    print!("{}", figure::table(&figures));
    let missed = figures.iter().filter(|figure| !figure.is_met()).count();
    if missed == 0 {
        println!("\nAll bars are met.");
        Ok(ExitCode::SUCCESS)
    } else {
        println!("\nBars NOT met: {missed}.");
        Ok(ExitCode::FAILURE)
    }
}
