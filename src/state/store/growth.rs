//! How a filling goes from slice to slice, and where it stops to measure. It never adds a row itself.

/// At most so many rows at a time: the server answers others in between.
pub(crate) const SLICE: u32 = 20_000;
/// To how many sessions the store can be filled.
pub(crate) const TARGETS: [u64; 3] = [10_000, 100_000, 1_000_000];
/// At how many sessions a lookup and a check are measured.
const MEASURED_AT: [u64; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// How many rows the next slice adds on the way to the target; `None` where it is reached.
pub(crate) fn next_slice(sessions: u64, target: u64) -> Option<u32> {
    let stop = MEASURED_AT
        .into_iter()
        .find(|size| *size > sessions)
        .map_or(target, |size| size.min(target));
    let left = stop.checked_sub(sessions).filter(|left| *left > 0)?;
    Some(u32::try_from(left).unwrap_or(SLICE).min(SLICE))
}

/// Whether there is to be a measurement at that size.
pub(crate) fn is_measured_at(sessions: u64) -> bool {
    MEASURED_AT.contains(&sessions)
}

/// Where a value lies on an axis of powers of ten between the two, from 0 to 1.
pub(crate) fn on_log_axis(value: f64, least: f64, most: f64) -> f64 {
    let span = (most / least).log10();
    if span > 0.0 {
        ((value.max(least) / least).log10() / span).clamp(0.0, 1.0)
    } else {
        0.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filling_stops_where_it_is_measured_and_at_its_target() {
        for (start, target, slices, measured) in [
            (0, 10_000, vec![1_000, 9_000], vec![1_000, 10_000]),
            (3, 10_000, vec![997, 9_000], vec![1_000, 10_000]),
            (10_000, 10_000, vec![], vec![]),
            (20_000, 10_000, vec![], vec![]),
            (
                10_000,
                100_000,
                vec![20_000, 20_000, 20_000, 20_000, 10_000],
                vec![100_000],
            ),
            (2_000_000, 3_000_000, vec![SLICE; 50], vec![]),
        ] {
            let mut sessions = start;
            let mut added = Vec::new();
            let mut stops = Vec::new();
            while let Some(rows) = next_slice(sessions, target) {
                sessions += u64::from(rows);
                added.push(rows);
                if is_measured_at(sessions) {
                    stops.push(sessions);
                }
            }
            assert_eq!((added, stops), (slices, measured), "{start} to {target}");
        }
    }

    #[test]
    fn powers_of_ten_lie_evenly() {
        for (value, expected) in [(1e3, 0.0), (1e4, 1.0 / 3.0), (1e6, 1.0), (1.0, 0.0)] {
            let place = on_log_axis(value, 1e3, 1e6);
            assert!((place - expected).abs() < 1e-9, "{value}");
        }
        assert!((on_log_axis(5.0, 5.0, 5.0) - 0.5).abs() < 1e-9);
    }
}
