//! The two charts of a sweep: what is answered and how long it takes, by the value that is varied.

use leptos::prelude::*;
use protocol::{Knee, LaneReport, SweepPoint, Varied};

use super::chart::{Chart, ChartLine, Dot, chart};
use crate::state::fleet::load::{axis_end, path};
use crate::state::store::on_log_axis;
use crate::wording::load;

type Read = fn(&LaneReport) -> f64;
type Said = fn(f64) -> String;

/// A chart: its ID, its title, what it shows, and how that is written.
pub(super) const SWEEP_CHARTS: [(&str, &str, Read, Said); 2] = [
    (
        "sweep-chart-throughput",
        "Answered a second",
        |lane| lane.throughput,
        load::digits,
    ),
    (
        "sweep-chart-latency",
        "Latency, 95th percentile",
        |lane| lane.latency.p95,
        load::seconds,
    ),
];

/// What lies along its axis.
pub(super) const fn by(varied: Varied) -> &'static str {
    match varied {
        Varied::Servers => "by the number of servers",
        Varied::Rate => "by requests a second",
    }
}

/// The charts.
pub(super) fn sweep_charts(
    varied: Varied,
    points: &[SweepPoint],
    knees: &[Option<Knee>],
) -> AnyView {
    let charts = SWEEP_CHARTS
        .map(|(id, title, read, said)| one(varied, points, knees, id, title, read, said))
        .into_iter()
        .collect_view();
    view! { <div class="load-charts">{charts}</div> }.into_any()
}

fn one(
    varied: Varied,
    points: &[SweepPoint],
    knees: &[Option<Knee>],
    id: &'static str,
    title: &'static str,
    read: Read,
    said: Said,
) -> AnyView {
    let values: Vec<f64> = points.iter().map(|point| point.value).collect();
    let least = values.first().copied().unwrap_or(1.0);
    let most = values.last().copied().unwrap_or(1.0);
    // As the points lie: at equal ratios over a long range, else at equal distances.
    let x = move |value: f64| {
        if most > 10.0 * least {
            on_log_axis(value, least, most)
        } else {
            (value - least) / (most - least).max(f64::MIN_POSITIVE)
        }
    };
    let lanes: Vec<Vec<f64>> = (0..points.first().map_or(0, |it| it.lanes.len()))
        .map(|lane| {
            points
                .iter()
                .filter_map(|point| point.lanes.get(lane).map(read))
                .collect()
        })
        .collect();
    let top = axis_end(lanes.iter().flatten().copied().fold(0.0, f64::max));
    let places: Vec<f64> = values.iter().map(|value| x(*value)).collect();
    let lines = lanes
        .iter()
        .zip(["lane-a", "lane-b"])
        .map(|(lane, class)| ChartLine {
            class,
            data: Signal::stored(path(
                places.iter().zip(lane).map(|(x, value)| (*x, value / top)),
            )),
        })
        .collect();
    let knees: Vec<Dot> = knees
        .iter()
        .enumerate()
        .filter_map(|(lane, knee)| {
            let place = (*knee)?.point as usize;
            Some(Dot {
                lane,
                x: *places.get(place)?,
                y: lanes.get(lane)?.get(place)? / top,
            })
        })
        .collect();
    let looked_at = RwSignal::new(None::<usize>);
    let count = values.len();
    let cursor = {
        let places = places.clone();
        Signal::derive(move || places.get(looked_at.get()?).copied())
    };
    let summary =
        String::from("The marks are the knees. Point at the chart, or step with the arrow keys.");
    let readout = {
        let values = values.clone();
        Signal::derive(move || {
            let Some(place) = looked_at.get() else {
                return summary.clone();
            };
            let words: Vec<String> = lanes
                .iter()
                .zip(["A", "B"])
                .filter_map(|(lane, name)| Some(format!("{name} {}", said(*lane.get(place)?))))
                .collect();
            let value = values.get(place).copied().unwrap_or_default();
            format!(
                "At {}: {}",
                load::varied_value(varied, value),
                words.join("; ")
            )
        })
    };
    chart(Chart {
        id: id.to_owned(),
        title,
        legend: format!("{}; modelled; A amber, B indigo and dashed", by(varied)),
        lines,
        top: Signal::stored(said(top)),
        half: Signal::stored(said(top / 2.0)),
        ends: Signal::stored([load::digits(least), load::digits(most)]),
        marks: Signal::stored(Vec::new()),
        cursor,
        dots: Signal::stored(knees),
        readout,
        point: Callback::new(move |share: f64| {
            let nearest = places
                .iter()
                .enumerate()
                .min_by(|(_, a), (_, b)| (*a - share).abs().total_cmp(&(*b - share).abs()))
                .map(|(place, _)| place);
            looked_at.set(nearest);
        }),
        step: Callback::new(move |by: isize| {
            looked_at.update(|place| {
                let last = count.saturating_sub(1);
                *place = Some(match *place {
                    None if by > 0 => 0,
                    None => last,
                    Some(place) => place.saturating_add_signed(by).min(last),
                });
            });
        }),
    })
}
