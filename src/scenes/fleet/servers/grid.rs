//! A lane's servers as a dense grid: a cell each, whose shape says how it is. Arrow keys and the pointer move from one to
//! another; what it is then stands in words below, and all that differ stand in a table.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use protocol::{Lane, ServerView};

use super::shown::Shown;
use super::tiles::class;
use crate::browser::{has_moved, pointed_at};
use crate::scenes::controls::{columns, line, table, text};
use crate::state::fleet::{FleetStudio, Trouble, census, ranges, trouble};
use crate::state::memo;
use crate::wording::{self, servers, store};

/// How many cells stand in a row.
const COLUMNS: usize = 40;
/// A cell's width and height in the picture's own units.
const CELL: usize = 10;

/// The states that are told apart, each with a path of its own.
const STATES: [Option<Trouble>; 6] = [
    None,
    Some(Trouble::Down),
    Some(Trouble::CutOff),
    Some(Trouble::NoKey),
    Some(Trouble::OldKey),
    Some(Trouble::ClockOff),
];

/// The grid, its key and its table.
pub(super) fn grid(
    studio: FleetStudio,
    lane: Lane,
    count: usize,
    shown: Memo<Shown>,
    pointed: RwSignal<Option<u32>>,
) -> AnyView {
    let rows = count.div_ceil(COLUMNS);
    let most = u32::try_from(count).unwrap_or(u32::MAX);
    let paths = STATES.map(|state| {
        let path = memo(move || shown.with(|shown| path(shown, state)));
        view! { <path class=class(state) d=path /> }
    });
    let around = |number: Option<u32>| number.map(ring).unwrap_or_default();
    let words = move || shown.with(|shown| shown.words(studio.chosen_among(count)));
    let at = move |event: &PointerEvent| {
        let place = pointed_at(event)?;
        let cell = place.width / COLUMNS as f64;
        let column = (place.x / cell) as usize;
        let row = (place.y / cell) as usize;
        let number = u32::try_from(row * COLUMNS + column + 1).ok()?;
        (column < COLUMNS && number <= most).then_some(number)
    };
    let point = move |event: PointerEvent| {
        if has_moved(&event) {
            pointed.set(at(&event));
        }
    };
    let move_by_key = move |event: KeyboardEvent| {
        let now = studio.chosen.get_untracked().min(most);
        let across = COLUMNS as u32;
        let next = match event.key().as_str() {
            "ArrowRight" => now.saturating_add(1),
            "ArrowLeft" => now.saturating_sub(1),
            "ArrowDown" if now + across <= most => now + across,
            "ArrowUp" if now > across => now - across,
            "Home" => 1,
            "End" => most,
            "ArrowDown" | "ArrowUp" => now,
            _ => return,
        };
        event.prevent_default();
        pointed.set(None);
        studio.chosen.set(next.clamp(1, most));
    };
    let label = format!("Server of {}", crate::wording::side(lane));
    view! {
        <div
            class="server-grid"
            role="slider"
            tabindex="0"
            aria-label=label
            aria-valuemin="1"
            aria-valuemax=most.to_string()
            aria-valuenow=move || studio.chosen_among(count).to_string()
            aria-valuetext=words
            on:keydown=move_by_key
        >
            <svg
                viewBox=format!("0 0 {} {}", COLUMNS * CELL, rows * CELL)
                aria-hidden="true"
                on:pointermove=point
                on:pointerdown=move |event| pointed.set(at(&event))
                on:pointerleave=move |_| pointed.set(None)
                on:click=move |_| {
                    if let Some(number) = pointed.get_untracked() {
                        studio.chosen.set(number);
                    }
                }
            >
                {paths}
                <path class="session-mark" d=move || shown.with(|it| it.session.map(dot).unwrap_or_default()) />
                <path class="last-mark" d=move || shown.with(|it| around(it.last)) />
                <path class="pointed-mark" d=move || around(pointed.get()) />
                <path class="chosen-mark" d=move || around(Some(studio.chosen_among(count))) />
            </svg>
        </div>
        {move || shown.with(key)}
        {others(lane, shown)}
    }
    .into_any()
}

fn corner(number: u32) -> (usize, usize) {
    let place = number.saturating_sub(1) as usize;
    (place % COLUMNS * CELL, place / COLUMNS * CELL)
}

/// The cells of all servers in that state.
fn path(shown: &Shown, state: Option<Trouble>) -> String {
    let mut path = String::new();
    for (server, number) in shown.servers.iter().zip(1..) {
        if trouble(server, shown.is_token) == state {
            let (x, y) = corner(number);
            path.push_str(&cell(state, x, y));
        }
    }
    path
}

/// A cell's shape: full, a cross, a bar, an empty box, half a box, a disc.
fn cell(state: Option<Trouble>, x: usize, y: usize) -> String {
    match state {
        None => format!("M{} {}h7v7h-7z", x + 1, y + 1),
        Some(Trouble::Down) => format!("M{} {}l7 7M{} {}l-7 7", x + 1, y + 1, x + 8, y + 1),
        Some(Trouble::CutOff) => format!("M{} {}h7v3h-7z", x + 1, y + 3),
        Some(Trouble::NoKey) => format!("M{} {}h6v6h-6z", x + 1, y + 1),
        Some(Trouble::OldKey) => format!("M{} {}v7h7z", x + 1, y + 1),
        Some(Trouble::ClockOff) => {
            format!("M{} {}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0", x + 1, y + 4)
        }
    }
}

/// A frame around a cell.
fn ring(number: u32) -> String {
    let (x, y) = corner(number);
    format!("M{x} {y}h9v9h-9z")
}

/// A small diamond within a cell.
fn dot(number: u32) -> String {
    let (x, y) = corner(number);
    format!("M{} {}l3 3l-3 3l-3 -3z", x as f64 + 4.5, y as f64 + 1.5)
}

/// What the shapes mean, of those that are there.
fn key(shown: &Shown) -> AnyView {
    let entries: Vec<_> = STATES
        .into_iter()
        .filter_map(|state| {
            let of_it = |server: &&ServerView| trouble(server, shown.is_token) == state;
            let count = shown.servers.iter().filter(of_it).count();
            (count > 0).then(|| {
                let word = state.map_or("well", servers::trouble);
                view! {
                    <li class="server-grid">
                        <svg viewBox="0 0 10 10" aria-hidden="true">
                            <path class=class(state) d=cell(state, 0, 0) />
                        </svg>
                        {word}
                        ": "
                        {wording::grouped(count as u64)}
                    </li>
                }
            })
        })
        .collect();
    let session = shown.session.map(|_| view! { <li>"◆ your session"</li> });
    let last = shown.last.map(|_| view! { <li>"▣ answered last"</li> });
    view! { <ul class="grid-key note">{entries} {session} {last}</ul> }.into_any()
}

/// Those that are not as the others are. What is unfolded stays so when one of them changes.
fn others(lane: Lane, shown: Memo<Shown>) -> AnyView {
    let differing = memo(move || shown.with(differing));
    let lines = move || {
        let rows = differing.get().into_iter();
        let lines = rows.map(|(servers, what)| line(vec![text(servers), text(what)]));
        let caption = format!("{}: servers that differ", store::lane_title(lane));
        table(caption, columns(&["servers", "what"]), lines.collect())
    };
    view! {
        <Show when=move || !differing.with(Vec::is_empty)>
            <details>
                <summary class="note">"Those that differ, as a table"</summary>
                {lines}
            </details>
        </Show>
    }
    .into_any()
}

/// Which ones differ, and how.
fn differing(shown: &Shown) -> Vec<(String, &'static str)> {
    let remembering = shown
        .servers
        .iter()
        .zip(1..)
        .filter(|(server, _)| server.records > 0)
        .map(|(_, number)| number);
    let remembering = ("has records in its memory", ranges(remembering));
    census(&shown.servers, shown.is_token)
        .troubled
        .into_iter()
        .map(|(trouble, ranges)| (servers::trouble(trouble), ranges))
        .chain([remembering])
        .flat_map(|(what, ranges)| {
            let row = move |(first, last)| (servers::range(first, last), what);
            ranges.into_iter().map(row)
        })
        .collect()
}
