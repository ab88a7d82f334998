//! Charts and numbers as files.

use leptos::prelude::*;
use leptos::task::spawn_local;
use scenario::{report_csv, report_json};

use super::charts::CHARTS;
use crate::browser::{Picture, save_file};
use crate::components::Prose;
use crate::scenes::controls::{button, select};
use crate::state::fleet::load::LoadRun;

/// What can be saved of a run.
pub(super) fn exports(run: LoadRun) -> AnyView {
    let chart = RwSignal::new(0_usize);
    let said = RwSignal::new(None::<String>);
    let numbers = move |name: &'static str, write: fn(&protocol::SimulationReport) -> String| {
        let text = run
            .report
            .with_untracked(|report| report.as_ref().map(|report| write(report)));
        if let Some(text) = text {
            said.set(Some(saved(name, save_file(name, text.as_bytes()))));
        }
    };
    let chosen = move || CHARTS.get(chart.get_untracked()).map_or("", |it| it.0);
    let over_time = move || {
        CHARTS
            .get(chart.get_untracked())
            .map(|it| format!("{}, by simulated time", it.1))
            .unwrap_or_default()
    };
    view! {
        <div class="tools load-exports">
            {select(
                String::from("load-export"),
                "Chart",
                CHARTS.map(|(_, title, _)| title.to_owned()).to_vec(),
                chart.into(),
                Callback::new(move |place| chart.set(place)),
            )}
            {button("Save as SVG", move || save_picture(chosen(), &over_time(), Kind::Svg, said))}
            {button("Save as PNG", move || save_picture(chosen(), &over_time(), Kind::Png, said))}
            {button("Save the series as CSV", move || numbers("load.csv", report_csv))}
            {button(
                "Save all as JSON",
                move || numbers("load.json", |report| report_json(report).to_string()),
            )}
        </div>
        {outcome(said)}
    }
    .into_any()
}

/// What came of saving.
pub(super) fn outcome(said: RwSignal<Option<String>>) -> AnyView {
    view! {
        <p class="note said" role="status">
            {move || said.get().map(|said| view! { <Prose text=said /> })}
        </p>
    }
    .into_any()
}

/// As what a chart is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// As it is drawn.
    Svg,
    /// In pixels.
    Png,
}

/// Saves the chart of that ID.
pub(super) fn save_picture(
    id: &'static str,
    title: &str,
    kind: Kind,
    said: RwSignal<Option<String>>,
) {
    let title = format!("{title} (modelled)");
    let lines = [
        title.as_str(),
        "Lane A: amber, solid, a dot. Lane B: indigo, dashed, a square.",
    ];
    let Some(picture) = Picture::of(&format!("#{id} .load-plot > svg"), &lines) else {
        said.set(Some(String::from("There is no chart to save yet.")));
        return;
    };
    match kind {
        Kind::Svg => {
            let name = format!("{id}.svg");
            said.set(Some(saved(&name, save_file(&name, picture.svg()))));
        }
        Kind::Png => spawn_local(async move {
            let name = format!("{id}.png");
            let outcome = match picture.png().await {
                Ok(octets) => save_file(&name, &octets),
                Err(why) => Err(why),
            };
            said.try_set(Some(saved(&name, outcome)));
        }),
    }
}

/// That a file was saved, or why not.
pub(super) fn saved(name: &str, outcome: Result<(), String>) -> String {
    match outcome {
        Ok(()) => format!("Saved as `{name}`."),
        Err(why) => format!("`{name}` could not be saved: {why}"),
    }
}
