//! The fleet at one moment: a tile for each server, or a cell of a canvas where they are many, and a line that says the
//! same.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::html::Canvas;
use leptos::prelude::*;
use protocol::{FleetFrame, SimulationReport};

use super::charts::step;
use crate::browser::{Cell, Grid, cell_at, draw_cells, has_moved, pointed_at};
use crate::scenes::controls::{named_button, select};
use crate::state::fleet::load::{LoadRun, SPEEDS};
use crate::wording::{self, load};

/// So many servers at most are shown as tiles.
const MOST_TILES: usize = 40;
/// How many cells stand in a row of the canvas.
const COLUMNS: usize = 40;
/// How many requests fill a cell, at least and at most.
const LEAST_FULL: u8 = 4;
const MOST_FULL: u8 = 10;

type Report = Option<Arc<SimulationReport>>;

/// The picture, with what moves it.
pub(super) fn picture(run: LoadRun, lanes: usize) -> AnyView {
    let has_frames = Memo::new(move |_| {
        run.report
            .with(|report| report.as_ref().is_some_and(|it| !it.frames.is_empty()))
    });
    let shown = move || {
        if !has_frames.get() {
            return view! { <p class="note">"The picture of the fleet comes with the run’s first half second."</p> }
                .into_any();
        }
        view! {
            {bar(run)}
            <div class="load-fleet">
                {(0..lanes).map(|lane| fleet(run, lane)).collect_view()}
            </div>
        }
        .into_any()
    };
    shown.into_any()
}

fn count(report: &Report) -> usize {
    report.as_ref().map_or(0, |report| report.frames.len())
}

fn bar(run: LoadRun) -> AnyView {
    let playing = run.playing;
    let of = move || run.report.with(count);
    let place = move || playing.place.get().min(of().saturating_sub(1));
    let play = move || {
        playing.toggle(move || run.report.try_with_untracked(count).unwrap_or_default());
    };
    let words = move || {
        let place = place();
        run.report.with(|report| {
            report
                .as_ref()
                .and_then(|report| report.frames.get(place))
                .map(|frame| load::seconds(frame.at))
                .unwrap_or_default()
        })
    };
    let speeds = SPEEDS
        .map(|speed| format!("{} ×", wording::plain(speed)))
        .to_vec();
    view! {
        <div class="tools load-playing" role="group" aria-label="Playback of the run">
            {named_button("‹", String::from("‹ One moment back"), move || step(run, -1))}
            <button type="button" class="quiet small" on:click=move |_| play()>
                {move || if playing.plays.get() { "Pause" } else { "Play" }}
            </button>
            {named_button("›", String::from("› One moment on"), move || step(run, 1))}
            {select(
                String::from("load-speed"),
                "Speed",
                speeds,
                playing.speed.into(),
                Callback::new(move |place| playing.speed.set(place)),
            )}
            <label for="load-moment">"Moment"</label>
            <input
                id="load-moment"
                type="range"
                min="0"
                max=move || of().saturating_sub(1).to_string()
                prop:value=move || place().to_string()
                aria-valuetext=words
                on:input:target=move |event| {
                    let place = event.target().value().parse().unwrap_or_default();
                    playing.go_to(place, untrack(of));
                }
            />
            <span class="mono load-now">{words}</span>
        </div>
    }
    .into_any()
}

/// One lane's fleet.
fn fleet(run: LoadRun, lane: usize) -> AnyView {
    let frame = Memo::new(move |_| {
        let place = run.playing.place.get();
        run.report.with(|report| {
            let report = report.as_ref()?;
            let last = report.frames.len().checked_sub(1)?;
            report.frames.get(place.min(last)).cloned()
        })
    });
    let full = Memo::new(move |_| run.report.with(fullest));
    let servers = Memo::new(move |_| {
        frame.with(|frame| {
            frame
                .as_ref()
                .map_or(0, |frame| servers_of(frame, lane).len())
        })
    });
    let (name, class) = if lane == 0 {
        ("Lane A", "ticket")
    } else {
        ("Lane B", "passport")
    };
    let drawn = move || {
        if servers.get() <= MOST_TILES {
            tiles(frame, lane, servers.get(), full)
        } else {
            cells(run, frame, lane, full)
        }
    };
    let words = move || {
        frame.with(|frame| {
            frame
                .as_ref()
                .map(|frame| load::moment(frame, lane))
                .unwrap_or_default()
        })
    };
    view! {
        <div class=format!("load-lane {class}")>
            <h4>{name}</h4>
            {drawn}
            <p class="note">{words}</p>
        </div>
    }
    .into_any()
}

fn servers_of(frame: &FleetFrame, lane: usize) -> &[u8] {
    frame.servers.get(lane).map_or(&[], Vec::as_slice)
}

/// How many requests fill a server's picture: the most that any has at any moment. One measure for both lanes, which are
/// held against each other.
fn fullest(report: &Report) -> u8 {
    report
        .iter()
        .flat_map(|report| &report.frames)
        .flat_map(|frame| frame.servers.iter().flatten())
        .copied()
        .filter(|count| *count != u8::MAX)
        .fold(LEAST_FULL, u8::max)
}

fn tiles(frame: Memo<Option<FleetFrame>>, lane: usize, servers: usize, full: Memo<u8>) -> AnyView {
    let tiles = (0..servers)
        .map(|server| {
            let requests = Memo::new(move |_| {
                frame.with(|frame| {
                    frame
                        .as_ref()
                        .and_then(|frame| servers_of(frame, lane).get(server).copied())
                        .unwrap_or_default()
                })
            });
            let is_dead = move || requests.get() == u8::MAX;
            let share = move || {
                if is_dead() {
                    0.0
                } else {
                    f64::from(requests.get()) / f64::from(full.get())
                }
            };
            view! {
                <li class:dead=is_dead>
                    <span class="load-number">{server + 1}</span>
                    <svg viewBox="0 0 10 20" preserveAspectRatio="none" aria-hidden="true">
                        <rect
                            x="0"
                            width="10"
                            y=move || (20.0 * (1.0 - share())).to_string()
                            height=move || (20.0 * share()).to_string()
                        />
                    </svg>
                    <span class="mono">
                        {move || if is_dead() { String::from("✕") } else { requests.get().to_string() }}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <ol
            class="load-tiles"
            aria-label="The servers, each with how many requests are there"
        >
            {tiles}
        </ol>
    }
    .into_any()
}

fn cells(run: LoadRun, frame: Memo<Option<FleetFrame>>, lane: usize, full: Memo<u8>) -> AnyView {
    let canvas = NodeRef::<Canvas>::new();
    let grid = move || {
        let servers = frame.with(|frame| frame.as_ref().map_or(0, |it| servers_of(it, lane).len()));
        Grid {
            columns: COLUMNS,
            rows: servers.div_ceil(COLUMNS),
        }
    };
    let looked_at = run.playing.server;
    Effect::new(move |_| {
        let Some(canvas) = canvas.get() else { return };
        let full = f64::from(full.get().min(MOST_FULL));
        frame.with(|frame| {
            let servers = frame.as_ref().map_or(&[][..], |it| servers_of(it, lane));
            let cells: Vec<Cell> = servers
                .iter()
                .map(|requests| match requests {
                    &u8::MAX => Cell::Crossed,
                    requests => Cell::Filled(f64::from(*requests) / full),
                })
                .collect();
            draw_cells(&canvas, grid(), &cells, Some(looked_at.get()));
        });
    });
    let count = move || frame.with(|it| it.as_ref().map_or(0, |it| servers_of(it, lane).len()));
    let move_by = move |by: isize| {
        let last = untrack(count).saturating_sub(1);
        looked_at.update(|server| *server = server.saturating_add_signed(by).min(last));
    };
    let columns = COLUMNS as isize;
    let on_key = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => -1,
            "ArrowDown" => columns,
            "ArrowUp" => -columns,
            "Home" => isize::MIN,
            "End" => isize::MAX,
            _ => return,
        };
        event.prevent_default();
        move_by(by);
    };
    let words = move || {
        let server = looked_at.get();
        frame
            .with(|frame| {
                let requests = frame.as_ref()?;
                let requests = servers_of(requests, lane).get(server)?;
                Some(load::server(server, *requests))
            })
            .unwrap_or_default()
    };
    view! {
        <div
            class="load-cells"
            role="slider"
            tabindex="0"
            aria-label="The servers: a cell each, filled by how many requests are there"
            aria-valuemin="1"
            aria-valuemax=move || count().to_string()
            aria-valuenow=move || (looked_at.get() + 1).to_string()
            aria-valuetext=words
            on:keydown=on_key
            on:pointermove=move |event| {
                let found = pointed_at(&event)
                    .and_then(|at| cell_at(untrack(grid), at.width, at.x, at.y))
                    .filter(|server| *server < untrack(count));
                if let Some(server) = found
                    && has_moved(&event)
                {
                    looked_at.set(server);
                }
            }
        >
            <canvas node_ref=canvas aria-hidden="true"></canvas>
        </div>
        <p class="note">{words}</p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lanes_are_drawn_by_one_measure_and_the_dead_count_for_nothing() {
        let frame = |servers: [&[u8]; 2]| FleetFrame {
            at: 0.0,
            servers: servers.map(<[u8]>::to_vec).to_vec(),
            store: Vec::new(),
        };
        let fullest_of = |frames: Vec<FleetFrame>| {
            fullest(&Some(Arc::new(SimulationReport {
                requests: 0,
                is_complete: false,
                seconds: 0.0,
                lanes: Vec::new(),
                frames,
            })))
        };
        let calm = frame([&[1, 2], &[0, 1]]);
        let full = frame([&[3, u8::MAX], &[20, 1]]);
        assert_eq!(fullest(&None), LEAST_FULL);
        assert_eq!(fullest_of(vec![calm.clone()]), LEAST_FULL);
        assert_eq!(fullest_of(vec![calm, full]), 20);
    }
}
