//! A line chart: an SVG that can be pointed at and stepped through by keys. It gets where things lie, and asks for
//! nothing.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::browser::{has_moved, pointed_at};
use crate::state::fleet::load::SQUARE;

/// The picture's height and where its drawing begins and ends: across in percent, down in pixels.
const HEIGHT: f64 = 168.0;
const LEFT: f64 = 13.0;
const WIDTH: f64 = 85.0;
const TOP: f64 = 22.0;
const DEPTH: f64 = 116.0;

/// One line.
pub(super) struct ChartLine {
    /// Whose it is and how it is drawn.
    pub(super) class: &'static str,
    /// The data of its path, within the square.
    pub(super) data: Signal<String>,
}

/// A stretch of the axis that is marked; from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mark {
    /// Where it begins.
    pub(super) from: f64,
    /// Where it ends.
    pub(super) to: f64,
    /// Its number in the list below.
    pub(super) number: usize,
}

/// A mark of a lane on its line: the shape says which lane.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dot {
    /// Which lane, from 0.
    pub(super) lane: usize,
    /// How far to the right, from 0 to 1.
    pub(super) x: f64,
    /// How far up, from 0 to 1.
    pub(super) y: f64,
}

/// A chart.
pub(super) struct Chart {
    /// Its element's ID.
    pub(super) id: String,
    /// What it shows.
    pub(super) title: &'static str,
    /// How the lines are told apart.
    pub(super) legend: String,
    /// The lines.
    pub(super) lines: Vec<ChartLine>,
    /// Where the upright axis ends.
    pub(super) top: Signal<String>,
    /// Half of that.
    pub(super) half: Signal<String>,
    /// Where the other axis begins and ends.
    pub(super) ends: Signal<[String; 2]>,
    /// What is marked.
    pub(super) marks: Signal<Vec<Mark>>,
    /// What is looked at, from 0 to 1.
    pub(super) cursor: Signal<Option<f64>>,
    /// The lanes' values there.
    pub(super) dots: Signal<Vec<Dot>>,
    /// The same in words.
    pub(super) readout: Signal<String>,
    /// Someone points at that share of the axis.
    pub(super) point: Callback<f64>,
    /// Someone goes on by so many steps.
    pub(super) step: Callback<isize>,
}

/// The chart.
pub(super) fn chart(chart: Chart) -> AnyView {
    let Chart {
        id,
        title,
        legend,
        lines,
        top,
        half,
        ends,
        marks,
        cursor,
        dots,
        readout,
        point,
        step,
    } = chart;
    let lines = lines
        .into_iter()
        .map(|line| {
            view! { <path class=line.class d=line.data vector-effect="non-scaling-stroke" /> }
        })
        .collect_view();
    let on_key = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => 1,
            "ArrowLeft" | "ArrowDown" => -1,
            "PageUp" => 10,
            "PageDown" => -10,
            "Home" => isize::MIN,
            "End" => isize::MAX,
            _ => return,
        };
        event.prevent_default();
        step.run(by);
    };
    let at = move || cursor.get().map_or(100.0, |share| share * 100.0).round();
    view! {
        <figure class="load-chart" id=id>
            <figcaption>
                <b>{title}</b>
                " "
                <small>{legend}</small>
            </figcaption>
            <div
                class="load-plot"
                role="slider"
                tabindex="0"
                aria-label=title
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || at().to_string()
                aria-valuetext=readout
                on:keydown=on_key
                on:pointermove=move |event| {
                    if has_moved(&event)
                        && let Some(at) = pointed_at(&event)
                    {
                        let share = (at.x / at.width * 100.0 - LEFT) / WIDTH;
                        point.run(share.clamp(0.0, 1.0));
                    }
                }
            >
                <svg height=HEIGHT.to_string() aria-hidden="true">
                    <title>{title}</title>
                    {grid(top, half, ends)}
                    {move || marks.get().iter().map(mark).collect_view()}
                    <svg
                        x=percent(0.0)
                        y=TOP.to_string()
                        width=format!("{WIDTH}%")
                        height=DEPTH.to_string()
                        viewBox=format!("0 0 {SQUARE} {SQUARE}")
                        preserveAspectRatio="none"
                    >
                        {lines}
                    </svg>
                    {move || {
                        cursor
                            .get()
                            .map(|share| {
                                view! {
                                    <line
                                        class="cursor"
                                        x1=percent(share)
                                        x2=percent(share)
                                        y1=TOP.to_string()
                                        y2=(TOP + DEPTH).to_string()
                                    />
                                }
                            })
                    }}
                    {move || dots.get().iter().map(dot).collect_view()}
                </svg>
            </div>
            <p class="note load-readout">{readout}</p>
        </figure>
    }
    .into_any()
}

fn grid(top: Signal<String>, half: Signal<String>, ends: Signal<[String; 2]>) -> AnyView {
    let line = |class: &'static str, share: f64| {
        let y = height(share).to_string();
        view! { <line class=class x1=percent(0.0) x2=percent(1.0) y1=y.clone() y2=y /> }
    };
    let label = move |share: f64, text: Signal<String>| {
        view! {
            <text class="end" x=percent(-0.012) y=(height(share) + 4.0).to_string()>
                {text}
            </text>
        }
    };
    let below = (HEIGHT - 10.0).to_string();
    view! {
        {line("grid-line", 1.0)}
        {line("grid-line", 0.5)}
        {line("axis-line", 0.0)}
        {label(1.0, top)}
        {label(0.5, half)}
        {label(0.0, Signal::stored(String::from("0")))}
        <text class="start" x=percent(0.0) y=below.clone()>
            {move || ends.with(|ends| ends[0].clone())}
        </text>
        <text class="end" x=percent(1.0) y=below>
            {move || ends.with(|ends| ends[1].clone())}
        </text>
    }
    .into_any()
}

fn mark(mark: &Mark) -> AnyView {
    let width = format!("{:.2}%", (mark.to - mark.from).max(0.003) * WIDTH);
    view! {
        <rect
            class="fault-time"
            x=percent(mark.from)
            y=TOP.to_string()
            width=width
            height=DEPTH.to_string()
        />
        <line
            class="fault-edge"
            x1=percent(mark.from)
            x2=percent(mark.from)
            y1=(TOP - 4.0).to_string()
            y2=(TOP + DEPTH).to_string()
        />
        <text class="start fault-number" x=percent(mark.from) y=(TOP - 8.0).to_string()>
            {format!("⚠ {}", mark.number)}
        </text>
    }
    .into_any()
}

/// A round mark for lane A, a square one for lane B.
fn dot(dot: &Dot) -> AnyView {
    let y = height(dot.y.clamp(0.0, 1.0));
    if dot.lane == 0 {
        view! { <circle class="lane-a" cx=percent(dot.x) cy=y.to_string() r="3.5" /> }.into_any()
    } else {
        // Its place is its corner: a percentage can't have half of its side taken off.
        view! {
            <svg class="corner" x=percent(dot.x) y=y.to_string() width="1" height="1">
                <rect class="lane-b" x="-5" y="-5" width="10" height="10" />
            </svg>
        }
        .into_any()
    }
}

fn height(share: f64) -> f64 {
    TOP + DEPTH * (1.0 - share)
}

fn percent(share: f64) -> String {
    format!("{:.2}%", LEFT + share * WIDTH)
}
