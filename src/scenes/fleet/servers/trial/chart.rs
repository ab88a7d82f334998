//! A lane's rounds as a picture: a column each, of served, refused and failed, with what went wrong marked above. The
//! numbers stand in the table beside it.

use leptos::prelude::*;
use protocol::{FaultTrial, FleetChange, Lane, LaneOutcome, Scheduled};

use crate::wording::{store, trial};

/// The picture's height, in pixels; its width is the page's, in percent.
const HEIGHT: f64 = 150.0;
/// Where the drawing begins and ends, across in percent and down in pixels.
const LEFT: f64 = 10.0;
const RIGHT: f64 = 99.0;
const BOTTOM: f64 = 128.0;
/// The height of all users, in pixels.
const COLUMN: f64 = 84.0;
/// Where the marks of what went wrong stand, and how far apart, in pixels.
const MARKS: f64 = 4.0;
const MARK: f64 = 9.0;
/// So many marks at most have a line of their own.
const MOST_MARKS: usize = 4;

/// The chart.
pub(super) fn chart(trial: &FaultTrial, outcome: &LaneOutcome, lane: Lane) -> AnyView {
    let rounds = outcome.rounds.len().max(1) as f64;
    let width = (RIGHT - LEFT) / rounds;
    let everyone = trial.users + trial.newcomers;
    let all = f64::from(everyone.max(1));
    let pattern = format!("trial-stripes-{lane}");
    let stripes = format!("url(#{pattern})");
    let columns: Vec<_> = outcome
        .rounds
        .iter()
        .enumerate()
        .map(|(place, round)| {
            let left = LEFT + place as f64 * width;
            let mut below = 0.0;
            let parts: Vec<_> = [
                ("served", round.served),
                ("refused", round.refused),
                ("failed", round.failed),
            ]
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(class, count)| {
                let height = f64::from(count) / all * COLUMN;
                below += height;
                view! {
                    <rect
                        class=class
                        fill=(class == "refused").then(|| stripes.clone())
                        x=percent(left + width * 0.1)
                        width=percent(width * 0.8)
                        y=pixels(BOTTOM - below)
                        height=pixels(height)
                    />
                }
            })
            .collect();
            view! { <g>{parts}</g> }
        })
        .collect();
    let seconds = f64::from(trial.round_seconds) * rounds;
    let marks: Vec<_> = trial
        .schedule
        .iter()
        .take(MOST_MARKS)
        .enumerate()
        .filter_map(|(place, entry)| mark(place, entry, seconds))
        .collect();
    let last = outcome.rounds.len();
    let title = format!(
        "{}: {} rounds, with requests of {} users at the end. {}",
        store::lane_title(lane),
        last,
        everyone,
        trial::noticed(outcome)
    );
    view! {
        <figure class="trial-chart">
            <svg role="img" height=pixels(HEIGHT) aria-label=title>
                <pattern
                    id=pattern
                    width="6"
                    height="6"
                    patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)"
                >
                    <rect class="stripe" width="3.5" height="6" />
                </pattern>
                {marks}
                <line
                    class="axis-line"
                    x1=percent(LEFT)
                    x2=percent(RIGHT)
                    y1=pixels(BOTTOM)
                    y2=pixels(BOTTOM)
                />
                {columns}
                <text class="end" x=percent(LEFT - 1.0) y=pixels(BOTTOM - COLUMN + 8.0)>
                    {everyone}
                </text>
                <text class="end" x=percent(LEFT - 1.0) y=pixels(BOTTOM)>
                    "0"
                </text>
                <text x=percent(LEFT + width / 2.0) y=pixels(HEIGHT - 6.0)>
                    "1"
                </text>
                <text x=percent(RIGHT - width / 2.0) y=pixels(HEIGHT - 6.0)>
                    {(last > 1).then_some(last)}
                </text>
            </svg>
            <figcaption class="note chart-key">
                <span class="served">"■ served"</span>
                <span class="refused">"▨ refused"</span>
                <span class="failed">"□ failed"</span>
                <span>"by round; above: ━ what went wrong"</span>
            </figcaption>
        </figure>
    }
    .into_any()
}

/// A line above the rounds in which something was wrong, with its number.
fn mark(place: usize, entry: &Scheduled, seconds: f64) -> Option<AnyView> {
    let x = |at: f64| LEFT + (at / seconds).clamp(0.0, 1.0) * (RIGHT - LEFT);
    if entry.at >= seconds {
        return None;
    }
    let until = match entry.change {
        FleetChange::Fault(_) => entry.until.unwrap_or(seconds),
        FleetChange::ServersAdded { .. } => seconds,
    };
    let y = MARKS + place as f64 * MARK;
    Some(
        view! {
            <line
                class="fault-line"
                x1=percent(x(entry.at))
                x2=percent(x(until))
                y1=pixels(y + 4.0)
                y2=pixels(y + 4.0)
            />
            <text class="end" x=percent(x(entry.at) - 0.5) y=pixels(y + 8.0)>
                {place + 1}
            </text>
        }
        .into_any(),
    )
}

fn percent(place: f64) -> String {
    format!("{place:.2}%")
}

fn pixels(place: f64) -> String {
    format!("{place:.1}")
}
