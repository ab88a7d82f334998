//! Measures the built site in a real browser, alone and beside its peers, and fails where a bar is not met. Each
//! measurement is a file of its own, on a page of its own. Arguments choose some by their names: `bench growth frames`.

mod figure;
mod first_load;
mod first_visit;
mod frames;
mod growth;
mod host;
mod key_press;
mod lighthouse;
mod load_run;
mod long_history;
mod long_tasks;
mod measured;
mod mock_servers;
mod peers;
mod ratio;
mod record;
mod signatures;
mod simpy;
mod simulation;
mod twin_runs;

use e2e::{Failure, Page, Setup, run};
use measured::Measured;
use std::process::ExitCode;
use std::time::Instant;

/// A measurement.
type Measure = fn() -> Result<Measured, Failure>;

/// All of them, by the names of their files.
const MEASUREMENTS: [(&str, Measure); 14] = [
    ("first_visit", first_visit::measure),
    ("mock_servers", mock_servers::measure),
    ("first_load", || on_page(first_load::measure)),
    ("twin_runs", || on_page(twin_runs::measure)),
    ("long_history", || on_page(long_history::measure)),
    ("frames", || on_page(frames::measure)),
    ("key_press", || on_page(key_press::measure)),
    ("signatures", || on_page(signatures::measure)),
    ("growth", || on_page(growth::measure_in_memory)),
    ("growth", || on_page(growth::measure_in_files)),
    ("load_run", || on_page(load_run::measure)),
    ("simulation", || on_page(simulation::measure)),
    ("simpy", || simpy::measure().map_err(Failure::from)),
    ("lighthouse", lighthouse::measure),
];

/// In a browser of its own.
fn on_page<M: Into<Measured> + 'static>(
    measure: impl AsyncFn(&Page) -> anyhow::Result<M> + 'static,
) -> Result<Measured, Failure> {
    run(Setup::just_started(), measure).map(Into::into)
}

fn main() -> Result<ExitCode, Failure> {
    let chosen: Vec<String> = std::env::args().skip(1).collect();
    let is_known = |name: &String| MEASUREMENTS.iter().any(|(known, _)| known == name);
    if let Some(unknown) = chosen.iter().find(|name| !is_known(name)) {
        let mut known: Vec<_> = MEASUREMENTS.iter().map(|(name, _)| *name).collect();
        known.dedup();
        let known = known.join(", ");
        println!("There is no measurement “{unknown}”. There are: {known}.");
        return Ok(ExitCode::FAILURE);
    }
    let mut measured = Measured::default();
    let mut failed = 0;
    for (name, measure) in MEASUREMENTS {
        if chosen.is_empty() || chosen.iter().any(|wanted| wanted == name) {
            let began = Instant::now();
            match measure() {
                Ok(part) => measured.extend(part),
                // The rest took minutes, and is worth telling.
                Err(failure) => {
                    failed += 1;
                    println!("{name} could NOT be measured: {failure:?}");
                }
            }
            println!("{name}: {} s", began.elapsed().as_secs());
        }
    }

    print!("{}", figure::table(&measured.figures));
    if !measured.ratios.is_empty() {
        print!("{}", ratio::table(&measured.ratios));
    }
    for remark in &measured.remarks {
        println!("{remark}");
    }
    if chosen.is_empty() && failed == 0 {
        record::write(&measured)?;
    }
    match (measured.missed(), failed) {
        (0, 0) => {
            println!("\nAll bars are met.");
            Ok(ExitCode::SUCCESS)
        }
        (missed, failed) => {
            println!("\nBars NOT met: {missed}. NOT measured: {failed}.");
            Ok(ExitCode::FAILURE)
        }
    }
}
