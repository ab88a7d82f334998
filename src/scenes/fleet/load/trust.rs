//! Why to trust the simulation, and where not to: what is modelled, what it leaves out, and theory beside it.

use leptos::prelude::*;
use protocol::TheoryRow;

use crate::components::{Prose, ToolButton};
use crate::scenes::controls::{button, code, columns, line, section, table, text};
use crate::state::fleet::load::{LoadStudio, TheoryCheck, TheoryState};
use crate::state::memo;
use crate::wording::load;

/// What the model does, sentence by sentence.
const MODELLED: [&str; 5] = [
    "Modelled: arrivals, users, the network, the balancer, servers and their queues, the store’s connections and their one queue, faults, prices.",
    "Calibrated, where you choose it: the lookup in SQLite, the hash of a session ID, and all checks of a token, medians of many runs of the very code that answers your requests, in this browser.",
    "Measured natively, where you choose it: `GET` on a Redis, the same hash and checks, and argon2id, by `cargo xtask calibrate`.",
    "Both lanes get the same arrivals, the same users, the same network and the same work of the application, drawn from the same chance. So what differs between them differs by design, and not by luck.",
    "The same settings and the same seed give the same run, byte for byte, here and natively.",
];

/// The section.
pub(super) fn trust(studio: LoadStudio) -> AnyView {
    let sentences = |all: &'static [&'static str]| {
        all.iter()
            .map(|it| view! { <li><Prose text=*it /></li> })
            .collect_view()
    };
    let content = view! {
        <ul class="note load-ground">{sentences(&MODELLED)}</ul>
        <h3>"What the model leaves out"</h3>
        <ul class="note load-ground">{sentences(&load::LEFT_OUT)}</ul>
        <h3>"Theory beside it"</h3>
        <p class="note">
            "Some systems have a formula for the mean time that a request spends in them. The simulation must find the same, within the interval that it states. Here each system gets 1,000,000 requests. The project’s native tests give each 10,000,000 at ρ = 0.3, 0.5 and 0.8, and hold that theory lies inside the 99 % interval, and that its half-width is at most 1 % of the mean."
        </p>
        {check(studio.theory)}
    }
    .into_any();
    section(
        "load-trust",
        "Why to trust it",
        "and where not to",
        "A simulation is worth what can be checked of it.",
        content,
    )
}

fn check(theory: TheoryCheck) -> AnyView {
    let is_running = memo(move || theory.state.with(|it| *it == TheoryState::Running));
    let has_died = memo(move || {
        theory
            .state
            .with(|it| matches!(it, TheoryState::Died { .. }))
    });
    let said = move || {
        match theory.state.get() {
        TheoryState::Idle => String::new(),
        TheoryState::Running => String::from("Running."),
        TheoryState::Stopped => String::from("Stopped."),
        TheoryState::Died { why } => {
            format!("The worker died before all systems were there. ({why})")
        }
        TheoryState::Done => theory.rows.with(|rows| {
            let inside = rows.iter().filter(|row| is_inside(row)).count();
            format!(
                "Done: theory lies inside the 99 % interval in {inside} of {} systems. One in a hundred may lie outside by chance alone.",
                rows.len()
            )
        }),
    }
    };
    let rows = move || {
        theory
            .rows
            .with(|rows| (!rows.is_empty()).then(|| compared(rows)))
    };
    view! {
        <div class="tools">
            <ToolButton
                label="Check against theory here"
                idle=Signal::derive(move || is_running.get())
                on_press=Callback::new(move |()| theory.begin())
            />
            <ToolButton
                label="Stop the check"
                idle=Signal::derive(move || !is_running.get())
                on_press=Callback::new(move |()| theory.stop())
            />
            {move || has_died.get().then(|| button("Try again", move || theory.begin()))}
        </div>
        <p class="note said" role="status">
            {said}
        </p>
        {rows}
    }
    .into_any()
}

fn is_inside(row: &TheoryRow) -> bool {
    (row.theory - row.simulated).abs() <= row.half_width
}

fn compared(rows: &[TheoryRow]) -> AnyView {
    let lines = rows
        .iter()
        .map(|row| {
            line(vec![
                text(load::system(row.system)),
                code(load::digits(row.rho)),
                code(format!("{} s", crate::wording::fixed(row.theory, 4))),
                code(format!("{} s", crate::wording::fixed(row.simulated, 4))),
                code(format!(
                    "± {} s ({})",
                    crate::wording::fixed(row.half_width, 4),
                    load::percent(row.half_width / row.simulated.max(f64::MIN_POSITIVE))
                )),
                text(if is_inside(row) {
                    "✓ inside"
                } else {
                    "✕ outside"
                }),
            ])
        })
        .collect();
    let names = columns(&[
        "system",
        "ρ",
        "mean time by theory",
        "simulated",
        "99 % interval",
        "theory is",
    ]);
    table(String::from("Theory and simulation"), names, lines)
}
