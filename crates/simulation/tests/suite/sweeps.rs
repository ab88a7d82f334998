//! Sweeps and their knees.

use protocol::{Distribution, LaneReport, Latency, Limit, Simulation, SweepPoint, Varied};
use scenario::{default_run, plain_station, sweep_points};
use simulation::{knees, sweep};

fn swept(run: &Simulation, varied: Varied, from: f64, to: f64, points: u32) -> Vec<SweepPoint> {
    let points = sweep_points(run, varied, from, to, points).expect("it makes sense");
    let mut swept = Vec::new();
    sweep(&points, |point| swept.push(point)).expect("it makes sense");
    swept
}

#[test]
fn the_knee_of_one_station_is_where_it_is_busy_half_of_the_time() {
    // Kleinrock: the power of M/M/1 is the most at ρ = 1/2.
    let points = swept(&plain_station(), Varied::Rate, 0.1, 0.9, 9);
    let knee = knees(Varied::Rate, &points)[0].expect("it lies within");
    assert_eq!(points[knee.point as usize].value, 0.5);
    assert_eq!(knee.limit, Limit::Servers);
}

#[test]
fn more_servers_help_until_they_suffice() {
    let mut run = default_run();
    run.requests = 30_000;
    run.warm_up = 3_000;
    let points = swept(&run, Varied::Servers, 1.0, 100.0, 15);
    for knee in knees(Varied::Servers, &points) {
        let knee = knee.expect("it lies within");
        // Six servers would be busy all of the time.
        let value = points[knee.point as usize].value;
        assert!((7.0..=14.0).contains(&value), "{value}");
        assert_eq!(knee.limit, Limit::Servers);
    }
}

#[test]
fn a_store_that_is_shared_limits_sessions_first() {
    let mut run = default_run();
    run.servers = 1_000;
    run.requests = 100_000;
    run.application_reads = 0.1;
    run.store.service = Distribution::Constant { seconds: 30e-6 };
    let points = swept(&run, Varied::Rate, 2_000.0, 150_000.0, 12);
    let knees = knees(Varied::Rate, &points);
    let session = knees[0].expect("it lies within");
    assert_eq!(session.limit, Limit::Store);
    let token = knees[1].map_or(u32::MAX, |knee| knee.point);
    assert!(session.point < token, "{knees:?}");
}

#[test]
fn a_knee_outside_of_the_sweep_is_none() {
    let points = swept(&plain_station(), Varied::Rate, 0.05, 0.2, 4);
    assert_eq!(knees(Varied::Rate, &points), [None]);
    assert_eq!(knees(Varied::Rate, &[]), []);
}

/// A sweep of one lane, by its value, its answers a second, and their mean time.
fn made(points: &[(f64, f64, f64)]) -> Vec<SweepPoint> {
    let lane = |throughput, mean| LaneReport {
        throughput,
        latency: Latency {
            mean,
            ..Latency::default()
        },
        ..LaneReport::default()
    };
    points
        .iter()
        .map(|&(value, throughput, mean)| SweepPoint {
            value,
            lanes: vec![lane(throughput, mean)],
        })
        .collect()
}

#[test]
fn the_knee_has_the_most_answers_for_their_time_and_their_servers() {
    let point = |varied, points: &[(f64, f64, f64)]| {
        let [knee] = knees(varied, &made(points))[..] else {
            panic!("there is one lane");
        };
        knee.map(|knee| knee.point)
    };
    // Powers of 1, 2 and 3/4.
    let rising = [(10.0, 1.0, 1.0), (20.0, 2.0, 1.0), (30.0, 3.0, 4.0)];
    assert_eq!(point(Varied::Rate, &rising), Some(1));
    let [first, second, third] = rising;
    assert_eq!(point(Varied::Rate, &[second, first, third]), None);
    assert_eq!(point(Varied::Rate, &[third, first, second]), None);
    // A third more from twice as many servers isn't worth them.
    let servers = [(1.0, 1.0, 1.0), (2.0, 3.0, 1.0), (4.0, 4.0, 1.0)];
    assert_eq!(point(Varied::Servers, &servers), Some(1));
    assert_eq!(point(Varied::Rate, &servers), None);
    // Nothing is answered, or in no time.
    let nothing = [(1.0, 0.0, 0.0), (2.0, 5.0, 0.0), (3.0, 0.0, 0.0)];
    assert_eq!(point(Varied::Rate, &nothing), None);
}

#[test]
fn the_knee_is_limited_by_what_is_busiest_where_nothing_is_by_itself() {
    let limit = |limit, utilisation, store_utilisation| {
        let mut points = made(&[(1.0, 1.0, 1.0), (2.0, 2.0, 1.0), (3.0, 1.0, 1.0)]);
        points[1].lanes[0].limit = limit;
        points[1].lanes[0].utilisation = utilisation;
        points[1].lanes[0].store_utilisation = store_utilisation;
        let knee = knees(Varied::Rate, &points)[0].expect("it lies within");
        assert_eq!(knee.point, 1);
        knee.limit
    };
    assert_eq!(limit(Limit::None, 0.3, 0.4), Limit::Store);
    assert_eq!(limit(Limit::None, 0.4, 0.3), Limit::Servers);
    assert_eq!(limit(Limit::None, 0.3, 0.3), Limit::Servers);
    assert_eq!(limit(Limit::SignIns, 0.6, 0.7), Limit::SignIns);
}
