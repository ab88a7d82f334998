//! Sweeps: the same model at several numbers, and the knee among them.

use protocol::{Knee, LaneReport, Limit, Simulation, SimulationProblem, SweepPoint, Varied};

use crate::run::Run;

/// Runs the points of a sweep, one after another.
///
/// # Errors
///
/// Why the first point that makes no sense makes none.
pub fn sweep(
    points: &[(f64, Simulation)],
    mut report: impl FnMut(SweepPoint),
) -> Result<(), SimulationProblem> {
    for (value, simulation) in points {
        let mut run = Run::new(simulation)?;
        while !run.advance(u32::MAX) {}
        report(SweepPoint {
            value: *value,
            lanes: run.figures().lanes,
        });
    }
    Ok(())
}

/// Each lane's knee: the point up to which more is gained than lost. Where the rate is varied, it is where the power is
/// the most: answers a second by their mean time (Kleinrock, 1979). Where servers are, each one has its price, and it is
/// the power by servers (as the productivity of Jogalekar and Woodside, 2000). `None` where the most is at the sweep's
/// first or last point: the knee lies outside, or nowhere.
pub fn knees(varied: Varied, points: &[SweepPoint]) -> Vec<Option<Knee>> {
    let lanes = points.iter().map(|point| point.lanes.len()).min();
    (0..lanes.unwrap_or(0))
        .map(|lane| knee(varied, points, lane))
        .collect()
}

fn knee(varied: Varied, points: &[SweepPoint], lane: usize) -> Option<Knee> {
    let gains: Vec<f64> = points
        .iter()
        .map(|point| {
            let by = match varied {
                Varied::Servers => point.value,
                Varied::Rate => 1.0,
            };
            power(&point.lanes[lane]) / by.max(f64::MIN_POSITIVE)
        })
        .collect();
    let most = gains.iter().copied().fold(0.0, f64::max);
    let place = gains.iter().position(|&gain| gain == most)?;
    if most <= 0.0 || place == 0 || place + 1 == points.len() {
        return None;
    }
    let report = &points[place].lanes[lane];
    Some(Knee {
        point: place as u32,
        limit: match report.limit {
            Limit::None if report.store_utilisation > report.utilisation => Limit::Store,
            Limit::None => Limit::Servers,
            limit => limit,
        },
    })
}

fn power(report: &LaneReport) -> f64 {
    if report.latency.mean > 0.0 {
        report.throughput / report.latency.mean
    } else {
        0.0
    }
}
