//! The charts as a table, a page of it at a time.

use leptos::prelude::*;
use protocol::{LaneReport, SimulationReport};

use crate::components::ToolButton;
use crate::scenes::controls::{code, columns, line, table};
use crate::state::fleet::load::{LoadRun, Measure};
use crate::wording::load;

/// How many rows a page has.
const PAGE: usize = 24;

/// What a row tells of each lane.
const COLUMNS: [(&str, Measure); 9] = [
    ("answered/s", Measure::Answered),
    ("p50", Measure::Median),
    ("p95", Measure::P95),
    ("p99", Measure::P99),
    ("servers", Measure::Utilisation),
    ("waiting", Measure::Queue),
    ("store", Measure::StoreUtilisation),
    ("at the store", Measure::StoreQueue),
    ("refused and failed/s", Measure::Trouble),
];

/// The table, once it is opened.
pub(super) fn moments(run: LoadRun) -> AnyView {
    let is_open = RwSignal::new(false);
    let first = RwSignal::new(0_usize);
    let rows = move || {
        run.report.with(|report| {
            report
                .as_ref()
                .and_then(|report| report.lanes.first())
                .map_or(0, |lane| lane.series.len())
        })
    };
    let is_last = Signal::derive(move || first.get() + PAGE >= rows());
    let is_first = Signal::derive(move || first.get() == 0);
    let content = move || {
        is_open.get().then(|| {
            run.report.with(|report| {
                report
                    .as_ref()
                    .map(|report| page(report, first.get().min(rows().saturating_sub(1))))
            })
        })
    };
    view! {
        <details
            class="load-twin"
            on:toggle=move |_| is_open.update(|is_open| *is_open = !*is_open)
        >
            <summary>"The charts as a table"</summary>
            {content}
            <div class="tools">
                <ToolButton
                    label="Earlier"
                    idle=is_first
                    on_press=Callback::new(move |()| {
                        first.update(|first| *first = first.saturating_sub(PAGE));
                    })
                />
                <ToolButton
                    label="Later"
                    idle=is_last
                    on_press=Callback::new(move |()| first.update(|first| *first += PAGE))
                />
            </div>
        </details>
    }
    .into_any()
}

fn page(report: &SimulationReport, first: usize) -> AnyView {
    let mut names = columns(&["from"]);
    let lanes: Vec<(&str, &LaneReport)> = ["A", "B"].into_iter().zip(&report.lanes).collect();
    for (name, _) in &lanes {
        names.extend(COLUMNS.map(|(column, _)| format!("{name}: {column}")));
    }
    let count = report.lanes.first().map_or(0, |lane| lane.series.len());
    let last = (first + PAGE).min(count);
    let lines = (first..last)
        .map(|place| {
            let at = lanes
                .first()
                .and_then(|(_, lane)| lane.series.get(place))
                .map_or(0.0, |point| point.at);
            let mut cells = vec![code(load::seconds(at))];
            for (_, lane) in &lanes {
                let point = lane.series.get(place).copied().unwrap_or_default();
                cells.extend(COLUMNS.map(|(_, measure)| {
                    let value = measure.of(&point);
                    code(if measure.is_time() {
                        load::seconds(value)
                    } else if measure.is_share() {
                        load::percent(value)
                    } else {
                        load::digits(value)
                    })
                }));
            }
            line(cells)
        })
        .collect();
    let caption = format!(
        "Pieces of time {} to {last} of {count} (modelled)",
        (first + 1).min(last)
    );
    table(caption, names, lines)
}
