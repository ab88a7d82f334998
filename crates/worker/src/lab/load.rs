//! Runs the load model in slices, and says how it goes. It never listens meanwhile: who wants it to stop ends the worker.

use protocol::{LabReport, LoadOrder, LoadReport, Sealed, Simulation};
use simulation::Run;

use super::report;
use crate::scope;

/// How many events are handled before the stopwatch is looked at: some milliseconds.
const SLICE: u32 = 50_000;
/// After how long the first report is made, in microseconds.
const FIRST_MICROSECONDS: f64 = 60_000.0;
/// How far apart reports are at least.
const APART_MICROSECONDS: f64 = 150_000.0;
/// How many times as long as making a report took it goes on before the next one.
const REPORT_SHARE: f64 = 20.0;

/// Carries an order out.
pub(super) fn carry_out(order: LoadOrder) {
    let outcome = match order {
        LoadOrder::Run(simulation) => run(&simulation),
        LoadOrder::Sweep(points) => simulation::sweep(&points, |point| {
            tell(LoadReport::Swept(Box::new(point)));
        }),
        LoadOrder::FindKnees { varied, points } => {
            tell(LoadReport::Knees(simulation::knees(varied, &points)));
            Ok(())
        }
        LoadOrder::CheckTheory { requests, seed } => {
            simulation::check_theory(requests, seed, |row| tell(LoadReport::Theory(row)))
        }
    };
    tell(match outcome {
        Ok(()) => LoadReport::Done,
        Err(problem) => LoadReport::Refused(problem),
    });
}

fn run(simulation: &Simulation) -> Result<(), protocol::SimulationProblem> {
    let mut run = Run::new(simulation)?;
    let mut next = scope::stopwatch() + FIRST_MICROSECONDS;
    while !run.advance(SLICE) {
        let begun = scope::stopwatch();
        if begun >= next {
            tell(LoadReport::Ran(Box::new(run.report())));
            let ended = scope::stopwatch();
            next = ended + APART_MICROSECONDS.max((ended - begun) * REPORT_SHARE);
        }
    }
    tell(LoadReport::Ran(Box::new(run.report())));
    Ok(())
}

fn tell(load: LoadReport) {
    report(LabReport::Load(Sealed::new(&load)));
}
