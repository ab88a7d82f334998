//! What came of a run: a sentence and a column of figures for each lane, then how it went over time.

use leptos::prelude::*;
use protocol::{LaneReport, MonthlyCost};

use super::charts::charts;
use super::exporting::exports;
use super::moments::moments;
use super::picture::picture;
use crate::scenes::controls::{Line, columns, line, note, section, table, text};
use crate::state::fleet::load::{Ground, LoadRun, LoadStudio};
use crate::state::memo;
use crate::wording::load;

type Figure = (&'static str, fn(&LaneReport) -> String);

/// The figures, in the order in which they stand.
const FIGURES: [Figure; 19] = [
    ("Answered a second (throughput)", |it| {
        load::digits(it.throughput)
    }),
    ("Latency, mean", |it| {
        let latency = &it.latency;
        if latency.half_width > 0.0 {
            format!(
                "{} ± {} (99 %)",
                load::seconds(latency.mean),
                load::seconds(latency.half_width)
            )
        } else {
            load::seconds(latency.mean)
        }
    }),
    ("Latency, p50", |it| load::seconds(it.latency.p50)),
    ("Latency, p95", |it| load::seconds(it.latency.p95)),
    ("Latency, p99", |it| load::seconds(it.latency.p99)),
    ("Latency, p99.9", |it| load::seconds(it.latency.p999)),
    ("Latency, the longest", |it| {
        load::seconds(it.latency.longest)
    }),
    ("The servers’ utilisation", |it| {
        load::percent(it.utilisation)
    }),
    (
        "Waiting for servers, mean of all and longest of one",
        |it| {
            format!(
                "{} and {}",
                load::digits(it.mean_queue),
                load::whole(it.longest_queue.into())
            )
        },
    ),
    ("Wait for a server, mean", |it| load::seconds(it.mean_wait)),
    ("The store’s utilisation", |it| {
        load::percent(it.store_utilisation)
    }),
    ("Waiting for the store, mean", |it| {
        load::digits(it.store_mean_queue)
    }),
    ("Store reads and writes a second", |it| {
        format!(
            "{} and {}",
            load::digits(it.store_reads),
            load::digits(it.store_writes)
        )
    }),
    ("Answered", |it| of_all(it, it.answered)),
    ("Refused", |it| of_all(it, it.refused)),
    ("Failed", |it| of_all(it, it.failed)),
    ("Sessions lost, and sign-ins", |it| {
        format!(
            "{} and {}",
            load::whole(it.signed_out as f64),
            load::whole(it.sign_ins as f64)
        )
    }),
    ("What limits", |it| load::limit_word(it.limit).to_owned()),
    ("Cost a month", |it| cost(&it.cost)),
];

fn of_all(lane: &LaneReport, count: u64) -> String {
    let share = if lane.arrived == 0 {
        0.0
    } else {
        count as f64 / lane.arrived as f64
    };
    format!("{} ({})", load::whole(count as f64), load::percent(share))
}

fn cost(cost: &MonthlyCost) -> String {
    format!(
        "{}: servers {}, store {}, traffic {}",
        load::money(cost.servers + cost.store + cost.traffic),
        load::money(cost.servers),
        load::money(cost.store),
        load::money(cost.traffic)
    )
}

/// The section.
pub(super) fn results(studio: LoadStudio) -> AnyView {
    let run = studio.run;
    let lanes = Memo::new(move |_| {
        run.report
            .with(|report| report.as_ref().map_or(0, |report| report.lanes.len()))
    });
    let content = move || {
        match lanes.get() {
        0 => view! {
            <p class="empty">
                "Nothing was run yet. “Run” above fills this with latency, utilisation, queues, losses and cost, lane beside lane."
            </p>
        }
        .into_any(),
        lanes => view! {
            {told(run, lanes)}
            <h3>"Over time"</h3>
            {note(
                "Point at a chart, or step through it with the arrow keys: all charts and the picture show the same moment.",
            )}
            {charts(run, lanes)}
            {moments(run)}
            {exports(run)}
            <h3>"The fleet, moment by moment"</h3>
            {picture(run, lanes)}
        }
        .into_any(),
    }
    };
    section(
        "load-results",
        "What came of it",
        "modelled",
        "All figures are modelled. Counts leave the warm-up out; percentiles come from histograms whose steps are 1 % at most.",
        content.into_any(),
    )
}

/// What the figures stand on.
fn grounds(run: LoadRun) -> String {
    let ground = run
        .order
        .with(|order| order.as_ref().map(|order| order.ground));
    String::from(match ground {
        Some(Ground::Browser) => {
            "Service times of checks and of the store: calibrated in this browser. All else: set."
        }
        Some(Ground::Measured) => {
            "Service times of checks and of the store: measured natively. All else: set."
        }
        Some(Ground::Set) | None => "All service times: set.",
    })
}

/// The sentences and the figures. They are made once, and what a run tells is written into them.
fn told(run: LoadRun, lanes: usize) -> AnyView {
    let sentences = [("Lane A", "ticket"), ("Lane B", "passport")]
        .into_iter()
        .take(lanes)
        .enumerate()
        .map(|(place, (name, class))| sentence(run, place, name, class))
        .collect_view();
    let of_what = memo(move || {
        let is_complete = run
            .report
            .with(|report| report.as_ref().is_some_and(|it| it.is_complete));
        match (run.has_told.get(), is_complete) {
            (false, _) => ", of the run before",
            (true, false) => ", so far",
            (true, true) => "",
        }
    });
    let figures = move || {
        table(
            format!("The figures (modelled{})", of_what.get()),
            columns(&["figure", "lane A", "lane B"][..=lanes.min(2)]),
            FIGURES
                .iter()
                .map(|(name, read)| figure(run, lanes, name, *read))
                .collect(),
        )
    };
    view! {
        {sentences}
        <p class="note">{move || grounds(run)}</p>
        <div class="load-figures">{figures}</div>
    }
    .into_any()
}

fn figure(run: LoadRun, lanes: usize, name: &'static str, read: fn(&LaneReport) -> String) -> Line {
    let mut cells = vec![text(name)];
    cells.extend((0..lanes).map(|lane| {
        let value = move || of_lane(run, lane, read).unwrap_or_default();
        view! { <span class="mono">{value}</span> }.into_any()
    }));
    line(cells)
}

/// Something of a lane's report.
fn of_lane<T>(run: LoadRun, lane: usize, read: impl FnOnce(&LaneReport) -> T) -> Option<T> {
    run.report
        .with(|report| report.as_ref()?.lanes.get(lane).map(read))
}

fn sentence(run: LoadRun, place: usize, name: &'static str, class: &'static str) -> AnyView {
    let said = move || {
        let model = run
            .order
            .with(|order| order.as_ref()?.run.lanes.get(place).copied());
        of_lane(run, place, |lane| load::outcome(lane, model.as_ref())).unwrap_or_default()
    };
    let is_overloaded =
        move || of_lane(run, place, |lane| lane.overload.is_some()).unwrap_or_default();
    view! {
        <p class=format!("load-said {class}") class:overloaded=is_overloaded>
            <b>{name}</b>
            <span>{said}</span>
        </p>
    }
    .into_any()
}
