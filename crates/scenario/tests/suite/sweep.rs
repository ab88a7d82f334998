//! The points of a sweep.

use protocol::{Arrivals, Distribution, SimulationProblem, Varied};
use scenario::{SweepProblem, default_run, sweep_points};

use crate::strategies::changed;

#[track_caller]
fn check(varied: Varied, range: (f64, f64), points: u32, expected: &[f64]) {
    let found: Vec<f64> = sweep_points(&default_run(), varied, range.0, range.1, points)
        .expect("it makes sense")
        .into_iter()
        .map(|(value, _)| value)
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn points_cover_the_range() {
    check(Varied::Servers, (1.0, 5.0), 9, &[1.0, 2.0, 3.0, 4.0, 5.0]);
    check(
        Varied::Servers,
        (1.0, 1_000.0),
        4,
        &[1.0, 10.0, 100.0, 1_000.0],
    );
    check(
        Varied::Rate,
        (100.0, 300.0),
        4,
        &[100.0, 166.7, 233.3, 300.0],
    );
}

/// Rates between are rounded, that they can be read; the ends are as they were asked for.
#[test]
fn the_last_rate_is_the_one_that_was_asked_for() {
    check(
        Varied::Rate,
        (100.0, 123_444.0),
        3,
        &[100.0, 3_513.0, 123_444.0],
    );
}

#[test]
fn only_the_one_number_differs() {
    let points = sweep_points(&default_run(), Varied::Rate, 10.0, 20.0, 2).expect("it makes sense");
    let expected = changed(|run| run.arrivals = Arrivals::Poisson { rate: 20.0 });
    assert_eq!(points[1].1, expected);
}

#[test]
fn what_makes_no_sense_is_said() {
    let check = |varied, from, to, points, expected| {
        assert_eq!(
            sweep_points(&default_run(), varied, from, to, points),
            Err(expected)
        );
    };
    check(Varied::Servers, 1.0, 5.0, 1, SweepProblem::Points);
    check(Varied::Servers, 1.0, 5.0, 201, SweepProblem::Points);
    check(Varied::Servers, 0.0, 5.0, 3, SweepProblem::Range);
    check(Varied::Servers, 5.0, 5.0, 3, SweepProblem::Range);
    check(Varied::Servers, 5.0, 5.4, 3, SweepProblem::Range);
    check(Varied::Servers, 5.0, 1_001.0, 3, SweepProblem::Range);
    check(Varied::Rate, f64::NAN, 5.0, 3, SweepProblem::Range);
    check(Varied::Rate, 1.0, f64::INFINITY, 3, SweepProblem::Range);
    check(
        Varied::Rate,
        1.0,
        1e9,
        3,
        SweepProblem::Senseless(SimulationProblem::Arrivals),
    );
    let users = changed(|run| {
        run.arrivals = Arrivals::Users {
            think_time: Distribution::Constant { seconds: 1.0 },
        };
    });
    assert_eq!(
        sweep_points(&users, Varied::Rate, 1.0, 2.0, 3),
        Err(SweepProblem::NoRate)
    );
}
