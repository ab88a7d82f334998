//! What came of a trial: in sentences, as a picture, and as a table.

use leptos::prelude::*;
use protocol::Lane;

use super::chart::chart;
use crate::components::Prose;
use crate::scenes::controls::{code, columns, line, table};
use crate::state::fleet::Tried;
use crate::wording::{self, store, trial};

/// The outcome.
pub(super) fn outcome(tried: &Tried) -> AnyView {
    let lanes: Vec<_> = Lane::BOTH
        .into_iter()
        .map(|lane| lane_view(tried, lane))
        .collect();
    let happened: Vec<_> = tried
        .trial
        .schedule
        .iter()
        .zip(1..)
        .map(|(entry, number)| view! { <li>{number} ". " {trial::scheduled(entry)} "."</li> })
        .collect();
    view! {
        <div class="trial-outcome">
            <ul class="note trial-happened" aria-label="What went wrong">
                {happened}
            </ul>
            <div class="two-lanes level-lanes">{lanes}</div>
        </div>
    }
    .into_any()
}

fn lane_view(tried: &Tried, lane: Lane) -> AnyView {
    let scheme = lane.of(&tried.trial.schemes);
    let outcome = lane.of(&tried.outcome.lanes);
    let class = if scheme.credential.is_token() {
        "lane-scheme passport"
    } else {
        "lane-scheme ticket"
    };
    let counts = [
        (outcome.signed_out, "signed out"),
        (outcome.refused, "refused at times"),
        (outcome.failed, "met failures, no worse"),
        (outcome.unaware, "noticed nothing"),
    ]
    .map(|(count, what)| {
        view! {
            <div>
                <dt>{what}</dt>
                <dd>{count}</dd>
            </div>
        }
    });
    let lines = outcome
        .rounds
        .iter()
        .zip(0_u32..)
        .map(|(round, number)| {
            let second = number * tried.trial.round_seconds;
            line(vec![
                code((number + 1).to_string()),
                code(format!("{second} s")),
                code(round.served.to_string()),
                code(round.refused.to_string()),
                code(round.failed.to_string()),
            ])
        })
        .collect();
    let names = columns(&["round", "at", "served", "refused", "failed"]);
    let faults = tried.trial.schedule.iter().map(|entry| entry.at);
    let first_fault = faults.min_by(f64::total_cmp);
    let before = trial::refused_before(outcome, first_fault, tried.trial.round_seconds);
    let heading = format!("fleet-trial-{lane}");
    let labelled_by = heading.clone();
    let caption = format!("{}, round by round (counted)", store::lane_title(lane));
    view! {
        <div class=class role="group" aria-labelledby=labelled_by>
            <h3 id=heading>{store::lane_title(lane)} ": " {wording::scheme_title(scheme)}</h3>
            <p>
                <Prose text=trial::noticed(outcome) />
                {before}
            </p>
            <dl class="trial-counts">{counts}</dl>
            {chart(&tried.trial, outcome, lane)}
            <details>
                <summary class="note">"The rounds as a table"</summary>
                {table(caption, names, lines)}
            </details>
        </div>
    }
    .into_any()
}
