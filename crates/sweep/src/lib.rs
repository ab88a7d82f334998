//! A sweep of the load model natively: what is asked for, what comes of it, and how it is written. It asks no clock, and
//! opens no file.

mod arguments;
mod settings;
mod words;

use protocol::{Knee, Simulation, SimulationProblem, SweepPoint, Varied};
use rayon::prelude::*;

pub use arguments::{Arguments, HELP};
pub use settings::settings;
pub use words::{knee_sentence, table};

/// What came of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Swept {
    /// What was varied.
    pub varied: Varied,
    /// The points, in the order of their numbers.
    pub points: Vec<SweepPoint>,
    /// Each lane's knee, where there is one within the sweep.
    pub knees: Vec<Option<Knee>>,
}

/// Runs all points, as many at a time as there are cores. The outcome depends on nothing but the points.
///
/// # Errors
///
/// Why a point makes no sense.
pub fn run(varied: Varied, points: &[(f64, Simulation)]) -> Result<Swept, SimulationProblem> {
    let points: Vec<SweepPoint> = points
        .par_iter()
        .map(|point| {
            let mut swept = None;
            simulation::sweep(std::slice::from_ref(point), |one| swept = Some(one))?;
            Ok(swept)
        })
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect();
    Ok(Swept {
        varied,
        knees: simulation::knees(varied, &points),
        points,
    })
}
