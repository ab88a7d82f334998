//! Run and stop, and how far a run is.

use leptos::prelude::*;

use crate::components::{Prose, ToolButton};
use crate::scenes::controls::button;
use crate::state::fleet::load::{LoadStudio, RunState};
use crate::state::memo;
use crate::wording::load;

/// The bar.
pub(super) fn run_bar(studio: LoadStudio) -> AnyView {
    let run = studio.run;
    let is_running = memo(move || run.state.with(|state| *state == RunState::Running));
    let has_died = memo(move || {
        run.state
            .with(|state| matches!(state, RunState::Died { .. }))
    });
    let refused = RwSignal::new(None::<String>);
    let begin = move |()| {
        if untrack(|| studio.form.is_troubled()).is_some() {
            refused.set(Some(String::from(
                "Not run: a field holds what can’t be used. It says what it takes.",
            )));
            return;
        }
        refused.set(None);
        run.begin(untrack(|| studio.order()));
    };
    let is_reset = memo(move || studio.form.is_troubled().is_none());
    let said = move || {
        refused
            .get()
            .filter(|_| !is_reset.get())
            .unwrap_or_else(|| state_words(studio))
    };
    view! {
        <div class="tools load-run">
            <ToolButton label="Run" main=true on_press=Callback::new(begin) />
            <ToolButton
                label="Stop"
                idle=Signal::derive(move || !is_running.get())
                on_press=Callback::new(move |()| run.stop())
            />
            {move || has_died.get().then(|| button("Try again", move || run.again()))}
        </div>
        {move || is_running.get().then(|| progress(studio))}
        <p class="note said" role="status">
            {move || view! { <Prose text=said() /> }}
        </p>
    }
    .into_any()
}

fn progress(studio: LoadStudio) -> AnyView {
    let run = studio.run;
    let of = move || {
        run.order
            .with(|order| order.as_ref().map_or(1, |order| order.run.requests))
    };
    let arrived = move || {
        run.report
            .with(|report| report.as_ref().map_or(0, |report| report.requests))
    };
    view! {
        <progress
            aria-label="The run"
            max=move || of().to_string()
            value=move || arrived().to_string()
        ></progress>
    }
    .into_any()
}

fn state_words(studio: LoadStudio) -> String {
    let run = studio.run;
    let arrived = move || {
        run.report.with(|report| {
            report.as_ref().map_or_else(
                || String::from("Nothing was told yet."),
                |report| {
                    format!(
                        "{} requests in each lane, {} of simulated time.",
                        load::whole(report.requests as f64),
                        load::seconds(report.seconds)
                    )
                },
            )
        })
    };
    match run.state.get() {
        RunState::Idle => String::new(),
        // What changes many times a second is not for reading out.
        RunState::Running => String::from("Running."),
        RunState::Stopped => format!("Stopped. {}", arrived()),
        RunState::Done { milliseconds } => {
            let requests = run
                .report
                .with(|report| report.as_ref().map_or(0, |report| report.requests));
            let rate = requests as f64 / (milliseconds / 1000.0).max(1e-6);
            format!(
                "Done. {} Run in {} (measured): {} requests a second in each lane.",
                arrived(),
                load::seconds(milliseconds / 1000.0),
                load::whole(rate)
            )
        }
        RunState::Died { why } => format!(
            "The worker that ran it died, and with it the rest of the run. What it told until then stands below. ({why})"
        ),
        RunState::Refused(problem) => format!("Not run. {}", load::problem(problem)),
    }
}
