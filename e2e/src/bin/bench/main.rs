//! Measures the built site in a real browser, and fails where a bar is not met. Each measurement is a file of its own,
//! on a page of its own.

mod figure;
mod first_load;
mod frames;
mod key_press;
mod long_history;
mod long_tasks;
mod signatures;
mod twin_runs;

use e2e::{Failure, Setup, run};
use std::process::ExitCode;

fn main() -> Result<ExitCode, Failure> {
    let mut figures = run(Setup::default(), first_load::measure)?;
    figures.extend(run(Setup::default(), twin_runs::measure)?);
    figures.extend(run(Setup::default(), long_history::measure)?);
    figures.extend(run(Setup::default(), frames::measure)?);
    figures.extend(run(Setup::default(), key_press::measure)?);
    figures.extend(run(Setup::default(), signatures::measure)?);

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
