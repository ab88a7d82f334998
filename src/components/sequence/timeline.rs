//! When each arrow plays. Both lanes are on one clock, so that what happened first plays first; time is stretched until
//! each arrow can be seen. It never changes an order, and it says by how much it stretched.

use std::ops::Range;

use super::model::Arrow;

/// How long the whole is for the eye before short arrows are made longer, in milliseconds.
const WHOLE_MILLISECONDS: f64 = 1200.0;
/// How long an arrow is for the eye at least, in milliseconds.
const LEAST_MILLISECONDS: f64 = 300.0;
/// Ends that are closer together than this are one place to step to, in milliseconds.
const SAME_MILLISECONDS: f64 = 40.0;

/// When each arrow of each lane plays, in milliseconds of playback.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Timeline {
    /// By lane: from when to when each arrow plays.
    pub(crate) lanes: Vec<Vec<Range<f64>>>,
    /// When all is over.
    pub(crate) end: f64,
    /// Where stepping halts: 0, the ends of arrows.
    pub(crate) halts: Vec<f64>,
    /// How much longer the playback is than what it shows.
    pub(crate) factor: f64,
}

impl Timeline {
    /// Lays the lanes' arrows on one clock that starts with their requests.
    pub(crate) fn of(lanes: &[&[Arrow]]) -> Self {
        let real: Vec<Vec<Range<f64>>> = lanes.iter().map(|arrows| real_spans(arrows)).collect();
        let mut moments: Vec<f64> = real
            .iter()
            .flatten()
            .flat_map(|span| [span.start, span.end])
            .chain([0.0])
            .collect();
        sort(&mut moments);
        moments.dedup();
        let real_end = moments.last().copied().unwrap_or_default();
        if real_end <= 0.0 {
            return Self {
                lanes: real,
                halts: vec![0.0],
                ..Self::default()
            };
        }

        let seen = stretched(&moments, &real, WHOLE_MILLISECONDS / real_end);
        let at = |moment: f64| {
            let place = moments.partition_point(|other| *other < moment);
            seen.get(place).copied().unwrap_or_default()
        };
        let lanes: Vec<Vec<Range<f64>>> = real
            .iter()
            .map(|spans| {
                spans
                    .iter()
                    .map(|span| at(span.start)..at(span.end))
                    .collect()
            })
            .collect();
        let end = seen.last().copied().unwrap_or_default();
        Self {
            halts: halts(&lanes),
            end,
            factor: end * 1000.0 / real_end,
            lanes,
        }
    }

    /// The next halt after that position.
    pub(crate) fn halt_after(&self, position: f64) -> f64 {
        self.halts
            .iter()
            .copied()
            .find(|halt| *halt > position + 1.0)
            .unwrap_or(self.end)
    }

    /// The halt before that position.
    pub(crate) fn halt_before(&self, position: f64) -> f64 {
        self.halts
            .iter()
            .copied()
            .rfind(|halt| *halt < position - 1.0)
            .unwrap_or_default()
    }
}

fn real_spans(arrows: &[Arrow]) -> Vec<Range<f64>> {
    let mut clock = 0.0;
    arrows
        .iter()
        .map(|arrow| {
            let start = clock + arrow.wait_microseconds;
            clock = start + arrow.microseconds;
            start..clock
        })
        .collect()
}

/// Where each moment lies in the playback: all in proportion, then short arrows made long enough.
fn stretched(moments: &[f64], lanes: &[Vec<Range<f64>>], milliseconds_each: f64) -> Vec<f64> {
    let mut gaps: Vec<f64> = moments
        .windows(2)
        .map(|pair| (pair[1] - pair[0]) * milliseconds_each)
        .collect();
    for span in lanes.iter().flatten() {
        let first = moments.partition_point(|moment| *moment < span.start);
        let last = moments.partition_point(|moment| *moment < span.end);
        let Some(covered) = gaps.get_mut(first..last) else {
            continue;
        };
        let seen: f64 = covered.iter().sum();
        if seen > 0.0 && seen < LEAST_MILLISECONDS {
            for gap in covered {
                *gap *= LEAST_MILLISECONDS / seen;
            }
        }
    }
    let mut clock = 0.0;
    std::iter::once(0.0)
        .chain(gaps.into_iter().map(|gap| {
            clock += gap;
            clock
        }))
        .collect()
}

fn halts(lanes: &[Vec<Range<f64>>]) -> Vec<f64> {
    let mut ends: Vec<f64> = lanes.iter().flatten().map(|span| span.end).collect();
    sort(&mut ends);
    let mut halts = vec![0.0];
    for end in ends {
        match halts.last_mut() {
            // Of ends that fall together the latest counts, so that all of them are over.
            Some(last) if *last > 0.0 && end - *last < SAME_MILLISECONDS => *last = end,
            _ => halts.push(end),
        }
    }
    halts
}

/// By insertion: there are few, and the standard library's own way weighs more than all else here.
fn sort(moments: &mut [f64]) {
    for end in 1..moments.len() {
        let moment = moments[end];
        let place = moments[..end].partition_point(|before| *before <= moment);
        moments.copy_within(place..end, place + 1);
        moments[place] = moment;
    }
}
