//! A sweep as a person reads it in a terminal.

use protocol::{LaneReport, Limit, Varied};

use crate::Swept;

/// The sweep as a table, with each lane's knee marked.
pub fn table(swept: &Swept) -> String {
    let mut text = format!(
        "{:>10}  {}\n",
        name(swept.varied),
        "lane   answers/s    p95 ms  servers    store   failed  refused"
    );
    for (place, point) in swept.points.iter().enumerate() {
        for (lane, (report, letter)) in point.lanes.iter().zip(["A", "B"]).enumerate() {
            let is_knee = swept.knees[lane].is_some_and(|knee| knee.point as usize == place);
            text.push_str(&row(point.value, letter, report, is_knee));
        }
    }
    text
}

fn row(value: f64, letter: &str, report: &LaneReport, is_knee: bool) -> String {
    let share = |part: u64| 100.0 * part as f64 / report.arrived.max(1) as f64;
    let mut notes = Vec::new();
    if is_knee {
        notes.push("knee");
    }
    if report.overload.is_some() {
        notes.push("overloaded");
    }
    let line = format!(
        "{value:>10}  {letter:<4} {:>11.1} {:>9.2} {:>7.1}% {:>7.1}% {:>7.1}% {:>7.1}%  {}",
        report.throughput,
        report.latency.p95 * 1_000.0,
        report.utilisation * 100.0,
        report.store_utilisation * 100.0,
        share(report.failed),
        share(report.refused),
        notes.join(", ")
    );
    format!("{}\n", line.trim_end())
}

/// Where a lane's knee is, and what limits there.
pub fn knee_sentence(swept: &Swept, lane: usize) -> String {
    let letter = ["A", "B"].get(lane).copied().unwrap_or("?");
    let place = swept.knees.get(lane).copied().flatten().and_then(|knee| {
        let point = swept.points.get(knee.point as usize)?;
        Some((point.value, knee.limit))
    });
    match place {
        None => format!(
            "Lane {letter}: no knee within the sweep; the best is at its first or last point."
        ),
        Some((value, limit)) => format!(
            "Lane {letter}: the knee is at {value} {}; what limits there: {}.",
            match swept.varied {
                Varied::Servers => "servers",
                Varied::Rate => "requests a second",
            },
            match limit {
                Limit::None => "nothing",
                Limit::Servers => "the servers",
                Limit::Store => "the store",
                Limit::SignIns => "sign-ins",
            }
        ),
    }
}

const fn name(varied: Varied) -> &'static str {
    match varied {
        Varied::Servers => "servers",
        Varied::Rate => "rate",
    }
}
