//! The points of a sweep: which numbers, and the run with one of them. It runs nothing.

use protocol::{Arrivals, Simulation, Varied};

/// So many numbers from the first to the last, each the same multiple of the one before. Servers are whole, and none
/// comes twice.
pub(super) fn values(varied: Varied, from: f64, to: f64, points: u32) -> Vec<f64> {
    let steps = f64::from(points.saturating_sub(1).max(1));
    let mut values: Vec<f64> = (0..points)
        .map(|place| {
            let share = f64::from(place) / steps;
            match place {
                0 => from,
                _ if place + 1 == points => to,
                _ => from * (to / from).powf(share),
            }
        })
        .map(|value| match varied {
            Varied::Servers => value.round(),
            Varied::Rate => value,
        })
        .collect();
    values.dedup();
    values
}

/// The run with that number; `None` where it has no such number.
pub(super) fn with_value(run: &Simulation, varied: Varied, value: f64) -> Option<Simulation> {
    let mut changed = run.clone();
    match varied {
        Varied::Servers => changed.servers = value as u32,
        Varied::Rate => match &mut changed.arrivals {
            Arrivals::Poisson { rate } | Arrivals::Bursty { rate, .. } => *rate = value,
            Arrivals::Users { .. } => return None,
        },
    }
    Some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_from_the_first_to_the_last_and_none_comes_twice() {
        for (varied, from, to, points, expected) in [
            (Varied::Servers, 1.0, 8.0, 4, vec![1.0, 2.0, 4.0, 8.0]),
            (Varied::Servers, 1.0, 3.0, 5, vec![1.0, 2.0, 3.0]),
            (Varied::Rate, 100.0, 200.0, 2, vec![100.0, 200.0]),
        ] {
            let found = values(varied, from, to, points);
            assert_eq!(found.len(), expected.len(), "{found:?}");
            for (found, expected) in found.iter().zip(&expected) {
                assert!((found - expected).abs() < 1e-9, "{found} for {expected}");
            }
        }
    }

    #[test]
    fn users_who_think_have_no_rate_to_vary() {
        let mut run = scenario::default_run();
        let changed = with_value(&run, Varied::Servers, 7.0);
        assert_eq!(changed.map(|run| run.servers), Some(7));
        let changed = with_value(&run, Varied::Rate, 7.0);
        assert!(changed.is_some_and(|run| run.arrivals == Arrivals::Poisson { rate: 7.0 }));
        run.arrivals = Arrivals::Users {
            think_time: protocol::Distribution::Constant { seconds: 1.0 },
        };
        assert_eq!(with_value(&run, Varied::Rate, 7.0), None);
    }
}
