//! What is typed, and the run that comes of it.

use protocol::{Arrivals, Distribution, Simulation};
use scenario::{default_run, problem};

use super::{Field, Part, TimeOf, kind, of_kind, turned_into, with_mean};

fn bursty() -> Simulation {
    Simulation {
        arrivals: Arrivals::Bursty {
            rate: 100.0,
            burst_factor: 4.0,
            burst_seconds: 2.0,
            calm_seconds: 8.0,
        },
        ..default_run()
    }
}

#[test]
fn what_is_typed_is_what_is_read_again() {
    let service = |part| Field::Time(TimeOf::Service, part);
    for (run, field, typed, read) in [
        (default_run(), Field::Servers, "12", Some("12")),
        (default_run(), Field::Servers, " 12 ", Some("12")),
        (default_run(), Field::Servers, "-1", None),
        (default_run(), Field::Servers, "1.5", None),
        (default_run(), Field::Servers, "", None),
        (default_run(), Field::Requests, "1_000_000", Some("1000000")),
        (
            default_run(),
            Field::Seed,
            "18446744073709551615",
            Some("18446744073709551615"),
        ),
        (default_run(), Field::Rate, "0.1", Some("0.1")),
        (default_run(), Field::Rate, "1e3", Some("1000")),
        (default_run(), Field::Rate, "fast", None),
        (default_run(), Field::BurstFactor, "3", None),
        (bursty(), Field::BurstFactor, "3", Some("3")),
        (bursty(), Field::CalmSeconds, "0.25", Some("0.25")),
        (default_run(), service(Part::First), "3.3", Some("3.3")),
        (default_run(), service(Part::Second), "1", None),
        (
            default_run(),
            Field::Time(TimeOf::Store, Part::First),
            "45",
            Some("45"),
        ),
        (
            default_run(),
            Field::Time(TimeOf::Think, Part::First),
            "1",
            None,
        ),
        (
            default_run(),
            Field::Time(TimeOf::Network, Part::Second),
            "0.7",
            Some("0.7"),
        ),
        (default_run(), Field::Reads(0), "0.5", Some("0.5")),
        (default_run(), Field::Reads(2), "0.5", None),
        (default_run(), Field::Gigabyte, "0.09", Some("0.09")),
    ] {
        let written = field.write(&run, typed);
        assert_eq!(
            written.map(|run| field.read(&run)).as_deref(),
            read,
            "{field:?}: {typed:?}"
        );
    }
}

#[test]
fn a_time_is_typed_in_its_own_unit() {
    for (of, typed, seconds) in [
        (TimeOf::Service, "5", 0.005),
        (TimeOf::Store, "5", 0.000_005),
        (TimeOf::Check(1), "5", 0.000_005),
        (TimeOf::RoundTrip, "0.5", 0.000_5),
    ] {
        let run = Field::Time(of, Part::First).write(&default_run(), typed);
        let mean = run.and_then(|run| of.of(&run)).map(|it| it.mean());
        assert!(
            mean.is_some_and(|mean| (mean - seconds).abs() < 1e-12),
            "{of:?}: {mean:?}"
        );
    }
}

#[test]
fn another_kind_or_another_mean_keeps_the_rest() {
    for place in 0..4 {
        let made = of_kind(place, 0.5);
        assert_eq!(kind(&made), place);
        assert!((made.mean() - 0.5).abs() < 1e-12, "{made:?}");
        let scaled = with_mean(&made, 2.0);
        assert_eq!(kind(&scaled), place);
        assert!((scaled.mean() - 2.0).abs() < 1e-12, "{scaled:?}");
    }
    let spread = Distribution::LogNormal {
        mean: 1.0,
        variation: 3.0,
    };
    let expected = Distribution::LogNormal {
        mean: 2.0,
        variation: 3.0,
    };
    assert_eq!(with_mean(&spread, 2.0), expected);
}

#[test]
fn whatever_kind_is_chosen_makes_sense() {
    for mean in [0.0, 1e-300, 0.005, 3_599.0, 3_600.0] {
        let old = Distribution::Constant { seconds: mean };
        for place in 0..4 {
            let mut run = default_run();
            TimeOf::Network.put(&mut run, turned_into(TimeOf::Network, &old, place));
            assert_eq!(kind(&run.network), place, "{mean}");
            assert_eq!(problem(&run), None, "{:?}", run.network);
        }
    }
    let nothing = Distribution::Constant { seconds: 0.0 };
    let turned = turned_into(TimeOf::Service, &nothing, 1);
    assert!((turned.mean() - 0.001).abs() < 1e-12, "{turned:?}");
}
