//! What a chart shows of a run: one number of each piece of time, and where it lies. It draws nothing.

use std::fmt::Write;

use protocol::{LaneReport, SeriesPoint, SimulationReport};

/// How wide and high the square is in which lines are laid, whatever size it is shown at.
pub(crate) const SQUARE: f64 = 1000.0;

/// What a line shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Answered requests a second.
    Answered,
    /// Half of the answers took no longer.
    Median,
    /// 95 of 100 answers took no longer.
    P95,
    /// 99 of 100 answers took no longer.
    P99,
    /// Which share of the servers' time was work.
    Utilisation,
    /// How many requests waited for servers.
    Queue,
    /// Which share of the connections' time was work.
    StoreUtilisation,
    /// How many operations waited for the store.
    StoreQueue,
    /// Refused and failed requests a second.
    Trouble,
    /// Users a second who lost a session.
    SignedOut,
}

impl Measure {
    /// Its value in a piece of time.
    pub(crate) fn of(self, point: &SeriesPoint) -> f64 {
        let rate = |count: u32| {
            if point.seconds > 0.0 {
                f64::from(count) / point.seconds
            } else {
                0.0
            }
        };
        match self {
            Self::Answered => rate(point.answered),
            Self::Median => f64::from(point.p50),
            Self::P95 => f64::from(point.p95),
            Self::P99 => f64::from(point.p99),
            Self::Utilisation => f64::from(point.utilisation),
            Self::Queue => f64::from(point.queue),
            Self::StoreUtilisation => f64::from(point.store_utilisation),
            Self::StoreQueue => f64::from(point.store_queue),
            Self::Trouble => rate(point.refused) + rate(point.failed),
            Self::SignedOut => rate(point.signed_out),
        }
    }

    /// Whether it is a share, which ends at 1.
    pub(crate) const fn is_share(self) -> bool {
        matches!(self, Self::Utilisation | Self::StoreUtilisation)
    }

    /// Whether it is a time.
    pub(crate) const fn is_time(self) -> bool {
        matches!(self, Self::Median | Self::P95 | Self::P99)
    }
}

/// The end of an axis that holds the value: 1, 2 or 5 times a power of ten.
pub(crate) fn axis_end(most: f64) -> f64 {
    if !(most.is_finite() && most > 0.0) {
        return 1.0;
    }
    let power = 10_f64.powf(most.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|step| step * power)
        .find(|end| *end >= most * 0.999_999)
        .unwrap_or(most)
}

/// A line through the points as the data of an SVG path within the [`SQUARE`]; both axes end at 1.
pub(crate) fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut data = String::new();
    for (x, y) in points {
        if !(x.is_finite() && y.is_finite()) {
            continue;
        }
        let letter = if data.is_empty() { 'M' } else { 'L' };
        let down = SQUARE * (1.0 - y.clamp(0.0, 1.0));
        // Writing into a text can't fail.
        let _ = write!(data, "{letter}{:.1} {down:.1}", SQUARE * x.clamp(0.0, 1.0));
    }
    data
}

/// The line of one measure over the time of a lane's run.
pub(crate) fn line(lane: &LaneReport, measure: Measure, seconds: f64, top: f64) -> String {
    path(lane.series.iter().map(|point| {
        let middle = point.at + point.seconds / 2.0;
        (
            middle / seconds.max(f64::MIN_POSITIVE),
            measure.of(point) / top,
        )
    }))
}

/// Where the axis of some measures ends: a share's at 1, any other's at the largest value.
pub(crate) fn axis_most(lanes: &[LaneReport], measures: &[Measure]) -> f64 {
    if measures.iter().all(|measure| measure.is_share()) {
        1.0
    } else {
        most(lanes, measures)
    }
}

/// How many moments there are to look at: the pictures, or the pieces where there are no pictures yet.
pub(crate) fn steps(report: &SimulationReport) -> usize {
    if report.frames.is_empty() {
        report.lanes.first().map_or(0, |lane| lane.series.len())
    } else {
        report.frames.len()
    }
}

/// The moment at a place among those, in seconds; the last one where the place is beyond.
pub(crate) fn moment(report: &SimulationReport, place: usize) -> f64 {
    let place = place.min(steps(report).saturating_sub(1));
    let piece = || {
        let series = &report.lanes.first()?.series;
        Some(series.get(place)?.at)
    };
    report
        .frames
        .get(place)
        .map(|frame| frame.at)
        .or_else(piece)
        .unwrap_or_default()
}

/// The largest value of some measures in some lanes.
fn most(lanes: &[LaneReport], measures: &[Measure]) -> f64 {
    lanes
        .iter()
        .flat_map(|lane| &lane.series)
        .flat_map(|point| measures.iter().map(|measure| measure.of(point)))
        .fold(0.0, f64::max)
}

/// The piece of time in which a moment lies, counted from 0; the nearest one where it lies in none.
pub(crate) fn piece_at(series: &[SeriesPoint], moment: f64) -> Option<usize> {
    let after = series.partition_point(|point| point.at <= moment);
    (!series.is_empty()).then(|| after.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_a_round_number_that_holds_all() {
        for (most, end) in [
            (0.0, 1.0),
            (f64::NAN, 1.0),
            (f64::INFINITY, 1.0),
            (0.000_3, 0.000_5),
            (1.0, 1.0),
            (1.1, 2.0),
            (200.0, 200.0),
            (201.0, 500.0),
            (5_100.0, 10_000.0),
        ] {
            assert!((axis_end(most) - end).abs() < end * 1e-9, "{most}");
        }
    }

    #[test]
    fn a_line_stays_within_the_square_and_leaves_out_what_is_no_number() {
        for (points, expected) in [
            (vec![], ""),
            (vec![(0.0, 0.0), (1.0, 1.0)], "M0.0 1000.0L1000.0 0.0"),
            (vec![(0.5, 2.0), (2.0, -1.0)], "M500.0 0.0L1000.0 1000.0"),
            (vec![(f64::NAN, 0.5), (0.5, 0.5)], "M500.0 500.0"),
        ] {
            assert_eq!(path(points.into_iter()), expected);
        }
    }

    #[test]
    fn a_moment_lies_in_one_piece() {
        let series = [0.0, 2.0, 4.0].map(|at| SeriesPoint {
            at,
            seconds: 2.0,
            ..SeriesPoint::default()
        });
        for (moment, expected) in [(-1.0, 0), (0.0, 0), (1.9, 0), (2.0, 1), (9.0, 2)] {
            assert_eq!(piece_at(&series, moment), Some(expected), "{moment}");
        }
        assert_eq!(piece_at(&[], 1.0), None);
    }

    #[test]
    fn counts_are_told_by_the_second() {
        let point = SeriesPoint {
            seconds: 0.5,
            answered: 100,
            refused: 3,
            failed: 2,
            ..SeriesPoint::default()
        };
        assert!((Measure::Answered.of(&point) - 200.0).abs() < 1e-9);
        assert!((Measure::Trouble.of(&point) - 10.0).abs() < 1e-9);
        let empty = SeriesPoint::default();
        assert!(Measure::Answered.of(&empty).abs() < 1e-9);
    }
}
