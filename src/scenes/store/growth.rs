//! Growth: the store filled to a million sessions, and what a lookup and a check cost on the way.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::GrowthPoint;

use super::chart::chart;
use crate::components::{Prose, ToolButton};
use crate::scenes::controls::{code, columns, line, named_button, note, section, table, text};
use crate::state::store::{Filling, Growing, StoreStudio, TARGETS};
use crate::state::{Playground, memo};
use crate::wording::{self, store_care};

/// The section.
pub(super) fn growth(studio: StoreStudio, playground: Playground) -> AnyView {
    let filling = studio.filling;
    let busy = Signal::derive(move || filling.is_busy.get());
    let fill = TARGETS.map(|target| {
        let label = match target {
            10_000 => "Fill to 10,000",
            100_000 => "Fill to 100,000",
            _ => "Fill to 1,000,000",
        };
        view! {
            <ToolButton
                label=label
                idle=busy
                on_press=Callback::new(move |()| {
                    spawn_local(async move { filling.fill(target).await });
                })
            />
        }
    });
    let measure = move |()| spawn_local(async move { filling.measure().await });
    let content = view! {
        <div class="tools">
            {fill}
            <ToolButton label="Measure now" idle=busy on_press=Callback::new(measure) />
            <ToolButton
                label="Cancel"
                idle=Signal::derive(move || !busy.get())
                on_press=Callback::new(move |()| filling.cancel())
            />
        </div>
        {progress(filling)}
        {batches(filling, playground)}
        {move || filling.points.with(|points| measured(points))}
    }
    .into_any();
    section(
        "store-growth",
        "Growth",
        "what the observer measures",
        "Sessions of nobody, added in slices of 20,000 rows so that the server answers in between. A lookup goes by an index, so it takes hardly longer among a million rows; a signature check never looks. Calibrated: medians of many runs in this browser.",
        content,
    )
}

fn progress(filling: Filling) -> AnyView {
    let share = move || {
        filling.state.with(|state| match state {
            Growing::Filling(progress) => Some((progress.sessions, progress.target)),
            _ => None,
        })
    };
    let said = move || {
        filling.state.with(|state| match state {
            Growing::Idle => None,
            Growing::Filling(it) => {
                Some(store_care::filled(it.sessions, it.added, it.microseconds))
            }
            Growing::Filled(it) if it.added == 0 => Some(format!(
                "There are {} sessions already.",
                wording::grouped(it.sessions)
            )),
            Growing::Filled(it) => Some(format!(
                "Done. {}",
                store_care::filled(it.sessions, it.added, it.microseconds)
            )),
            Growing::Cancelled(it) => Some(format!(
                "{} {}",
                store_care::FILLING_CANCELLED,
                store_care::filled(it.sessions, it.added, it.microseconds)
            )),
            Growing::Failed { progress, why } => {
                Some(store_care::filling_failed(why, progress.sessions))
            }
            Growing::Emptying(Ok(filled)) => Some(store_care::emptied(filled)),
            Growing::Emptying(Err(why)) => Some(why.clone()),
        })
    };
    view! {
        {move || {
            share()
                .map(|(sessions, target)| {
                    view! {
                        <progress
                            aria-label="Filling"
                            max=target.to_string()
                            value=sessions.to_string()
                        ></progress>
                    }
                })
        }}
        <p class="note said" role="status">
            {move || said().map(|said| view! { <Prose text=said /> })}
        </p>
    }
    .into_any()
}

fn batches(filling: Filling, playground: Playground) -> AnyView {
    let found = memo(move || {
        playground.observation.with(|seen| {
            seen.as_ref()
                .map(|seen| seen.batches.clone())
                .unwrap_or_default()
        })
    });
    let shown = move || {
        let found = found.get();
        if found.is_empty() {
            return note("No batch was filled in. Each filling is a batch, which can be undone.");
        }
        let lines = found
            .into_iter()
            .map(|batch| {
                let name = format!("Undo batch {}", batch.number);
                let undo = named_button("Undo", name, move || {
                    spawn_local(async move { filling.empty(batch.number).await });
                });
                line(vec![
                    text(batch.number.to_string()),
                    code(wording::grouped(u64::from(batch.rows))),
                    undo,
                ])
            })
            .collect();
        let names = columns(&["batch", "rows", "undo it"]);
        table(String::from("Batches (counted)"), names, lines)
    };
    shown.into_any()
}

fn measured(points: &[GrowthPoint]) -> AnyView {
    let Some(last) = points.last() else {
        return view! {
            <p class="empty">
                "Nothing was measured yet. A filling measures at 1,000, 10,000, 100,000 and 1,000,000 sessions; “Measure now” measures at the present size."
            </p>
        }
        .into_any();
    };
    let lines = points
        .iter()
        .map(|point| {
            line(vec![
                code(wording::grouped(point.sessions)),
                code(if point.sessions == 0 {
                    String::from("– (no sessions)")
                } else {
                    wording::microseconds(point.lookup.microseconds, 0.0)
                }),
                code(wording::microseconds(point.token_checks.microseconds, 0.0)),
                text(format!(
                    "{} and {} runs",
                    wording::grouped(u64::from(point.lookup.runs)),
                    wording::grouped(u64::from(point.token_checks.runs))
                )),
            ])
        })
        .collect();
    let cache = format!(
        "SQLite keeps {} KiB of pages in its cache at most.",
        wording::grouped(u64::from(last.cache_kib))
    );
    let names = columns(&["sessions", "a lookup", "all checks of a token", "of"]);
    view! {
        {chart(points)}
        {table(String::from("The chart in numbers (calibrated)"), names, lines)}
        {note(cache)}
    }
    .into_any()
}
