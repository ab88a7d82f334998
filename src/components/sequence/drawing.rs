//! The sequence diagram: three parties, their lifelines, and an arrow for each thing that went from one to another.
//!
//! All nodes are there from the beginning; while it plays only their attributes change. `progress` is how much of an
//! arrow is drawn: 0 before it starts, 1 once it has arrived. The step list is its twin in text, so nothing is told here
//! alone.

use leptos::prelude::*;
use protocol::Lane;

use super::layout::{HEAD, LOOP_HEIGHT, LOOP_WIDTH, lifeline, lines, loop_tip};
use super::marking::Marking;
use super::model::{Arrow, Kind, Node, Tone, asks_database, is_drawn_alike};
use super::playback::Playback;
use crate::state::memo;
use crate::wording::{arrow as say, fixed, plain};

/// Where a party's name stands.
const NAME_BASELINE: f64 = HEAD - 9.5;
/// The head of an arrow to the right, its tip at the origin.
const ARROW_HEAD: &str = "M1 0l-9-4.5v9z";

/// The diagram of what a lane shows. Its nodes stay for as long as the picture is the same.
#[component]
pub(crate) fn SequenceDiagram(
    /// In which lane.
    lane: Lane,
    /// The ID of the list that says the same in words.
    described_by: String,
    /// What there is to draw, and where the playback is.
    playback: Playback,
    /// Which steps are pointed at.
    marking: Marking,
) -> impl IntoView {
    let arrows = Memo::new_with_compare(
        move |_| playback.arrows(lane),
        |before, now| match (before, now) {
            (Some(before), Some(now)) => !is_drawn_alike(before, now),
            _ => true,
        },
    );
    let title_id = format!("sequence-{lane}");
    let labelled_by = title_id.clone();
    let described_by = move || {
        arrows
            .with(|it| !it.is_empty())
            .then(|| described_by.clone())
    };
    let height = move || plain(arrows.with(|arrows| lines(arrows).1));
    view! {
        <svg
            class="sequence"
            height=height
            role="img"
            aria-labelledby=labelled_by
            aria-describedby=described_by
        >
            <title id=title_id>{move || playback.title(lane)}</title>
            {move || {
                on_cleanup(move || marking.leave());
                arrows.with(|arrows| drawing(arrows, lane, playback, marking))
            }}
        </svg>
    }
}

/// Everything in the diagram.
fn drawing(
    arrows: &[Arrow],
    lane: Lane,
    playback: Playback,
    marking: Marking,
) -> impl IntoView + use<> {
    let (lines, height) = lines(arrows);
    let is_empty = arrows.is_empty();
    let asked = asks_database(arrows);
    let nodes = Node::ALL
        .into_iter()
        .map(|node| {
            let on = match node {
                Node::Database => asked,
                Node::Browser | Node::Server => !is_empty,
            };
            node_view(node, on, height, move || name(node, playback.server(lane)))
        })
        .collect_view();
    let remark = |class: &'static str, words: &'static str, node: Node, y: f64| {
        view! {
            <text class=class x=percent(lifeline(node)) y=plain(y)>
                {words}
            </text>
        }
    };
    let remarks = if is_empty {
        let middle = height / 2.0 + HEAD / 2.0;
        vec![remark("remark", say::WILL_MOVE_HERE, Node::Server, middle)]
    } else if asked {
        Vec::new()
    } else {
        // One of the two shows: on a narrow screen the first labels may need the whole width.
        vec![
            remark(
                "remark at-head",
                say::NOT_ASKED,
                Node::Database,
                HEAD + 18.0,
            ),
            remark(
                "remark at-foot",
                say::NOT_ASKED,
                Node::Database,
                height - 8.0,
            ),
        ]
    };
    let arrows = arrows
        .iter()
        .zip(lines)
        .enumerate()
        .map(|(index, (arrow, line))| {
            // Of its own, so that arrows that stand still ask for no work while others move.
            let progress = memo(move || playback.progress(lane, index));
            arrow_view(arrow, line, progress, marking)
        })
        .collect_view();
    view! {
        {nodes}
        {remarks}
        {arrows}
    }
}

fn node_view(
    node: Node,
    on: bool,
    height: f64,
    name: impl Fn() -> String + Send + 'static,
) -> impl IntoView {
    let x = percent(lifeline(node));
    let class = match (node, on) {
        (_, true) => "party on",
        (Node::Database, false) => "party off",
        (_, false) => "party",
    };
    view! {
        <svg class=class x=x>
            <line class="life" y1=plain(HEAD) y2=plain(height) />
            <rect class="node" />
            <text y=plain(NAME_BASELINE)>{name}</text>
        </svg>
    }
}

fn arrow_view(
    arrow: &Arrow,
    line: f64,
    progress: Memo<f64>,
    marking: Marking,
) -> impl IntoView + use<> {
    let (from, to) = (lifeline(arrow.from), lifeline(arrow.to));
    let left = from.min(to);
    let kind = classes(arrow);
    let steps = arrow.steps.clone();
    let pointed = steps.clone();
    let class = move || {
        let state = match progress.get() {
            done if done <= 0.0 => " ahead",
            done if done < 1.0 => " moving",
            _ => "",
        };
        let marked = if marking.marks(&steps) { " marked" } else { "" };
        format!("{kind}{state}{marked}")
    };
    let way = if arrow.kind == Kind::Alone {
        loop_view(from, progress).into_any()
    } else {
        way_view(from, to, progress).into_any()
    };
    view! {
        <g
            class=class
            transform=format!("translate(0 {})", plain(line))
            on:mouseenter=move |_| marking.point(pointed.clone())
            on:mouseleave=move |_| marking.leave()
        >
            <rect class="row" />
            {way}
            <text class="label" x=percent(left)>
                {arrow.label.clone()}
            </text>
        </g>
    }
}

/// What the style sheet must know of an arrow: its kind, how it went, where its label is, and where it points.
fn classes(arrow: &Arrow) -> String {
    let kind = match arrow.kind {
        Kind::Message => "",
        Kind::Reply => " reply leftwards",
        Kind::Alone => " alone",
    };
    let tone = match arrow.tone {
        Tone::Plain => "",
        Tone::Refused => " refused",
    };
    let place = if arrow.from == Node::Browser || arrow.to == Node::Browser {
        " at-browser"
    } else {
        " at-server"
    };
    format!("arrow{kind}{tone}{place}")
}

/// An arrow from one lifeline to another. Its tip's own drawing is a pixel wide and high: without that it is measured as if
/// it were as large as the whole.
fn way_view(from: f64, to: f64, progress: Memo<f64>) -> impl IntoView {
    let tip = move || percent(from + (to - from) * progress.get());
    view! {
        <line class="track" x1=percent(from) x2=percent(to) />
        <line class="wire" x1=percent(from) x2=tip />
        <svg class="tip" x=tip width="1" height="1">
            <circle class="halo" />
            <path class="packet" d=ARROW_HEAD />
        </svg>
    }
}

/// An arrow from a lifeline back to itself.
fn loop_view(at: f64, progress: Memo<f64>) -> impl IntoView {
    let (width, height) = (plain(LOOP_WIDTH), plain(LOOP_HEIGHT));
    let path = format!("M0 0h{width}v{height}h-{width}");
    let turned = move || {
        let (x, y, degrees) = loop_tip(progress.get());
        let [x, y, degrees] = [x, y, degrees].map(plain);
        format!("translate({x} {y}) rotate({degrees})")
    };
    let undrawn = move || plain(1.0 - progress.get());
    view! {
        <svg class="tip" x=percent(at) width="1" height="1">
            <path class="track" d=path.clone() />
            <path class="wire" d=path pathLength="1" stroke-dashoffset=undrawn />
            <g transform=turned>
                <circle class="halo" />
                <path class="packet" d=ARROW_HEAD />
            </g>
        </svg>
    }
}

/// Its name; that of a server among several is its number.
fn name(node: Node, server: Option<u32>) -> String {
    match (node, server) {
        (Node::Browser, _) => String::from("Browser"),
        (Node::Server, None) => String::from("Server"),
        (Node::Server, Some(number)) => format!("Server {number}"),
        (Node::Database, _) => String::from("Database"),
    }
}

fn percent(share: f64) -> String {
    format!("{}%", fixed(share, 2))
}
