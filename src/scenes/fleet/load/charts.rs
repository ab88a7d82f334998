//! How a run went over time, in small charts that share their moment.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::SimulationReport;

use super::chart::{Chart, ChartLine, Dot, Mark, chart};
use crate::state::fleet::load::{
    LoadRun, Measure, axis_end, axis_most, line, moment, piece_at, steps,
};
use crate::wording::load;

/// What a chart is about: its ID, its title, and a line for each measure; the first one is the thicker.
pub(super) const CHARTS: [(&str, &str, &[Measure]); 6] = [
    (
        "load-chart-answered",
        "Answered a second",
        &[Measure::Answered],
    ),
    (
        "load-chart-latency",
        "Latency: 95th percentile and median",
        &[Measure::P95, Measure::Median],
    ),
    (
        "load-chart-utilisation",
        "The servers’ utilisation",
        &[Measure::Utilisation],
    ),
    (
        "load-chart-queue",
        "Requests that wait for servers",
        &[Measure::Queue],
    ),
    (
        "load-chart-store",
        "The store’s utilisation",
        &[Measure::StoreUtilisation],
    ),
    (
        "load-chart-trouble",
        "Refused and failed a second; sessions lost",
        &[Measure::Trouble, Measure::SignedOut],
    ),
];

/// How a lane's lines are drawn.
const CLASSES: [[&str; 2]; 2] = [["lane-a", "lane-a second"], ["lane-b", "lane-b second"]];

type Report = Signal<Option<Arc<SimulationReport>>>;

/// The charts, for so many lanes.
pub(super) fn charts(run: LoadRun, lanes: usize) -> AnyView {
    let report: Report = run.report.into();
    let marks = Memo::new(move |_| marks(run));
    let charts = CHARTS
        .map(|(id, title, measures)| one(run, report, lanes, id, title, measures, marks.into()))
        .into_iter()
        .collect_view();
    let faults = move || {
        let words: Vec<String> = run.order.with(|order| {
            order.as_ref().map_or_else(Vec::new, |order| {
                order.run.schedule.iter().map(load::scheduled).collect()
            })
        });
        (!words.is_empty()).then(|| {
            let items = words
                .into_iter()
                .enumerate()
                .map(|(place, words)| view! { <li>{format!("⚠ {}: {words}", place + 1)}</li> })
                .collect_view();
            view! {
                <ul class="note load-marks" aria-label="Faults in the charts">
                    {items}
                </ul>
            }
        })
    };
    view! {
        <p class="note">
            "Lane A: amber, solid, a dot. Lane B: indigo, dashed, a square."
        </p>
        {faults}
        <div class="load-charts">{charts}</div>
    }
    .into_any()
}

fn one(
    run: LoadRun,
    report: Report,
    lanes: usize,
    id: &'static str,
    title: &'static str,
    measures: &'static [Measure],
    marks: Signal<Vec<Mark>>,
) -> AnyView {
    let top = Memo::new(move |_| {
        report.with(|report| {
            report
                .as_ref()
                .map_or(1.0, |report| axis_end(axis_most(&report.lanes, measures)))
        })
    });
    let lines = (0..lanes)
        .flat_map(|lane| {
            measures
                .iter()
                .zip(CLASSES[lane.min(1)])
                .map(move |(measure, class)| ChartLine {
                    class,
                    data: Signal::derive(move || {
                        report
                            .with(|report| {
                                let report = report.as_ref()?;
                                let lane = report.lanes.get(lane)?;
                                Some(line(lane, *measure, report.seconds, top.get()))
                            })
                            .unwrap_or_default()
                    }),
                })
        })
        .collect();
    let cursor = Signal::derive(move || {
        let place = run.playing.place.get();
        report.with(|report| {
            let report = report.as_ref()?;
            Some((moment(report, place) / report.seconds.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0))
        })
    });
    let values = Memo::new(move |_| {
        let place = run.playing.place.get();
        report.with(|report| {
            report
                .as_ref()
                .map(|report| values(report, place, measures))
        })
    });
    let dots = Signal::derive(move || {
        let Some(x) = cursor.get() else {
            return Vec::new();
        };
        values.with(|values| {
            values.iter().flatten().enumerate().fold(
                Vec::new(),
                |mut dots: Vec<Dot>, (lane, values)| {
                    dots.extend(values.first().map(|value| Dot {
                        lane,
                        x,
                        y: value / top.get(),
                    }));
                    dots
                },
            )
        })
    });
    let readout = Signal::derive(move || {
        let place = run.playing.place.get();
        report.with(|report| {
            let Some(report) = report else {
                return String::new();
            };
            let said: Vec<String> = values.with(|values| {
                values
                    .iter()
                    .flatten()
                    .zip(["A", "B"])
                    .map(|(values, name)| {
                        let words: Vec<String> = values
                            .iter()
                            .zip(measures)
                            .map(|(value, measure)| measured(*value, *measure))
                            .collect();
                        format!("{name} {}", words.join(" / "))
                    })
                    .collect()
            });
            format!(
                "At {}: {}",
                load::seconds(moment(report, place)),
                said.join("; ")
            )
        })
    });
    let first = measures.first().copied().unwrap_or(Measure::Answered);
    chart(Chart {
        id: id.to_owned(),
        title,
        legend: String::from("modelled"),
        lines,
        top: Signal::derive(move || measured(top.get(), first)),
        half: Signal::derive(move || measured(top.get() / 2.0, first)),
        ends: Signal::derive(move || {
            let end = report.with(|report| report.as_ref().map_or(0.0, |it| it.seconds));
            [String::from("0 s"), load::seconds(end)]
        }),
        marks,
        cursor,
        dots,
        readout,
        point: Callback::new(move |share: f64| {
            let of = untrack(|| report.with(|it| it.as_ref().map_or(0, |it| steps(it))));
            let place = (share * of.saturating_sub(1) as f64).round() as usize;
            run.playing.go_to(place, of);
        }),
        step: Callback::new(move |by: isize| step(run, by)),
    })
}

/// Goes on by so many moments.
pub(super) fn step(run: LoadRun, by: isize) {
    let of = run
        .report
        .with_untracked(|report| report.as_ref().map_or(0, |report| steps(report)));
    let place = run.playing.place.get_untracked().min(of.saturating_sub(1));
    run.playing.go_to(place.saturating_add_signed(by), of);
}

/// Each lane's values at a moment.
fn values(report: &SimulationReport, place: usize, measures: &[Measure]) -> Vec<Vec<f64>> {
    let at = moment(report, place);
    report
        .lanes
        .iter()
        .map(|lane| {
            piece_at(&lane.series, at)
                .and_then(|piece| lane.series.get(piece))
                .map(|point| measures.iter().map(|measure| measure.of(point)).collect())
                .unwrap_or_default()
        })
        .collect()
}

fn measured(value: f64, measure: Measure) -> String {
    if measure.is_time() {
        load::seconds(value)
    } else if measure.is_share() {
        load::percent(value)
    } else {
        load::digits(value)
    }
}

/// Where faults lie on the axis of time.
fn marks(run: LoadRun) -> Vec<Mark> {
    let seconds = run
        .report
        .with(|report| report.as_ref().map_or(0.0, |report| report.seconds));
    if seconds <= 0.0 {
        return Vec::new();
    }
    run.order.with(|order| {
        let Some(order) = order else {
            return Vec::new();
        };
        order
            .run
            .schedule
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.at < seconds)
            .map(|(place, entry)| {
                let stays = !matches!(entry.change, protocol::FleetChange::ServersAdded { .. });
                let until = entry
                    .until
                    .unwrap_or(if stays { seconds } else { entry.at });
                Mark {
                    from: entry.at / seconds,
                    to: (until / seconds).min(1.0),
                    number: place + 1,
                }
            })
            .collect()
    })
}
