//! The points of a sweep: the same run with one number changed. It runs none of them.

use std::fmt;

use protocol::{Arrivals, Fleet, Simulation, SimulationProblem, Varied};

use crate::problem::{key, problem};

/// The most points of a sweep.
pub const MOST_SWEEP_POINTS: u32 = 200;

/// Why a sweep makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SweepProblem {
    /// Fewer than two points, or too many.
    Points,
    /// A range that is none: its ends are no positive numbers, or the wrong way round.
    Range,
    /// The rate of users who wait for their answers: it has none.
    NoRate,
    /// A point that makes no sense.
    Senseless(SimulationProblem),
}

impl fmt::Display for SweepProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Points => write!(f, "a sweep has from 2 to {MOST_SWEEP_POINTS} points"),
            Self::Range => write!(
                f,
                "a sweep goes from a positive number to a larger one; servers from 1 to {}",
                Fleet::MOST_SERVERS
            ),
            Self::NoRate => write!(
                f,
                "users who think have no rate that could be varied; vary the servers"
            ),
            Self::Senseless(problem) => write!(
                f,
                "the value of “{}” is out of range at one of the points",
                key(*problem)
            ),
        }
    }
}

impl std::error::Error for SweepProblem {}

/// The points of a sweep, each with its number, from the lowest to the highest: at equal distances where the range is
/// short, and at equal ratios where its end is more than ten times its start. Numbers of servers are whole, and none
/// stands there twice.
///
/// # Errors
///
/// Why it makes no sense.
pub fn sweep_points(
    simulation: &Simulation,
    varied: Varied,
    from: f64,
    to: f64,
    points: u32,
) -> Result<Vec<(f64, Simulation)>, SweepProblem> {
    if !(2..=MOST_SWEEP_POINTS).contains(&points) {
        return Err(SweepProblem::Points);
    }
    let is_range = from.is_normal() && to.is_normal() && 0.0 < from && from < to;
    let most = f64::from(Fleet::MOST_SERVERS);
    if !is_range || (varied == Varied::Servers && (from < 1.0 || to > most)) {
        return Err(SweepProblem::Range);
    }
    let mut values: Vec<f64> = (0..points)
        .map(|place| {
            let share = f64::from(place) / f64::from(points - 1);
            let value = if to > 10.0 * from {
                from * (to / from).powf(share)
            } else {
                from + (to - from) * share
            };
            match varied {
                Varied::Servers => value.round().clamp(1.0, most),
                Varied::Rate if place + 1 == points => to,
                // Four digits are enough for a rate, and can be read.
                Varied::Rate => rounded(value).clamp(from, to),
            }
        })
        .collect();
    values.dedup();
    if values.len() < 2 {
        return Err(SweepProblem::Range);
    }
    values
        .into_iter()
        .map(|value| {
            let point = at(simulation, varied, value).ok_or(SweepProblem::NoRate)?;
            match problem(&point) {
                Some(problem) => Err(SweepProblem::Senseless(problem)),
                None => Ok((value, point)),
            }
        })
        .collect()
}

fn at(simulation: &Simulation, varied: Varied, value: f64) -> Option<Simulation> {
    let mut point = simulation.clone();
    match varied {
        Varied::Servers => point.servers = value as u32,
        Varied::Rate => match &mut point.arrivals {
            Arrivals::Poisson { rate } | Arrivals::Bursty { rate, .. } => *rate = value,
            Arrivals::Users { .. } => return None,
        },
    }
    Some(point)
}

/// The number with four digits, by way of its text: the same everywhere.
fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}
