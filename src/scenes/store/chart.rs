//! What a lookup and a check cost by the store's size: a picture, whose numbers stand in the table beside it.

use leptos::prelude::*;
use protocol::GrowthPoint;

use crate::scenes::controls::note;
use crate::state::store::on_log_axis;
use crate::wording;

/// The picture's height, in pixels; its width is the page's, in percent.
const HEIGHT: f64 = 200.0;
/// Where the drawing begins and ends, across in percent and down in pixels.
const LEFT: f64 = 12.0;
const RIGHT: f64 = 94.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 164.0;

/// At how many sessions the chart begins.
const LEAST: u64 = 1_000;

/// The chart, of what was measured at the sizes that it shows.
pub(super) fn chart(points: &[GrowthPoint]) -> AnyView {
    let points: Vec<GrowthPoint> = points
        .iter()
        .filter(|point| point.sessions >= LEAST)
        .copied()
        .collect();
    if points.is_empty() {
        return note("The chart begins at 1,000 sessions.");
    }
    let most = points
        .iter()
        .flat_map(|it| [it.lookup.microseconds, it.token_checks.microseconds])
        .fold(1.0, f64::max);
    let x = |point: &GrowthPoint| {
        let place = on_log_axis(point.sessions as f64, 1e3, 1e6);
        LEFT + place * (RIGHT - LEFT)
    };
    let y = |microseconds: f64| BOTTOM - microseconds / most * (BOTTOM - TOP);
    let series = |class: &'static str, read: fn(&GrowthPoint) -> f64| {
        let places: Vec<(f64, f64)> = points.iter().map(|it| (x(it), y(read(it)))).collect();
        let lines: Vec<_> = places
            .windows(2)
            .map(|pair| {
                view! {
                    <line
                        x1=percent(pair[0].0)
                        y1=pair[0].1.to_string()
                        x2=percent(pair[1].0)
                        y2=pair[1].1.to_string()
                    />
                }
            })
            .collect();
        let dots: Vec<_> = places
            .into_iter()
            .map(|(x, y)| view! { <circle cx=percent(x) cy=y.to_string() r="4" /> })
            .collect();
        view! { <g class=class>{lines}{dots}</g> }
    };
    let sizes = [(1e3, "1k"), (1e4, "10k"), (1e5, "100k"), (1e6, "1M")].map(|(size, name)| {
        let x = percent(LEFT + on_log_axis(size, 1e3, 1e6) * (RIGHT - LEFT));
        view! {
            <line class="tick" x1=x.clone() x2=x.clone() y1=BOTTOM.to_string() y2="170" />
            <text x=x y="186">
                {name}
            </text>
        }
    });
    let title = format!(
        "What a lookup and all checks of a token cost, by the number of sessions: up to {}",
        wording::microseconds(most, 0.0)
    );
    let name = title.clone();
    let legend = points.last().map(|last| {
        format!(
            "By the number of sessions, calibrated. At {}: a lookup {} (amber, solid), all checks of a token {} (indigo, dashed).",
            wording::grouped(last.sessions),
            wording::microseconds(last.lookup.microseconds, 0.0),
            wording::microseconds(last.token_checks.microseconds, 0.0)
        )
    });
    view! {
        <figure class="growth-chart">
            <svg role="img" height=HEIGHT.to_string() aria-label=name>
                <title>{title}</title>
                <line
                    class="axis-line"
                    x1=percent(LEFT)
                    x2=percent(RIGHT)
                    y1=BOTTOM.to_string()
                    y2=BOTTOM.to_string()
                />
                <line
                    class="axis-line"
                    x1=percent(LEFT)
                    x2=percent(LEFT)
                    y1=TOP.to_string()
                    y2=BOTTOM.to_string()
                />
                <text class="end" x=percent(LEFT - 1.0) y=(TOP + 4.0).to_string()>
                    {wording::microseconds(most, 0.0)}
                </text>
                <text class="end" x=percent(LEFT - 1.0) y=(BOTTOM + 4.0).to_string()>
                    "0"
                </text>
                {sizes}
                {series("lookup-line", |point| point.lookup.microseconds)}
                {series("checks-line", |point| point.token_checks.microseconds)}
            </svg>
            <figcaption class="note">{legend}</figcaption>
        </figure>
    }
    .into_any()
}

fn percent(place: f64) -> String {
    format!("{place:.2}%")
}
