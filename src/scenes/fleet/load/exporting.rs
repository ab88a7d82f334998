//! Charts and numbers as files.

use leptos::prelude::*;
use leptos::task::spawn_local;
use scenario::{report_csv, report_json};

use super::charts::CHARTS;
use crate::browser::{Picture, save_file};
use crate::scenes::controls::{button, select, status};
use crate::scenes::saving::{Kind, save_picture};
use crate::state::fleet::load::LoadRun;
use crate::wording::taking::saved;

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
            {button("Save as SVG", move || save_chart(chosen(), &over_time(), Kind::Svg, said))}
            {button("Save as PNG", move || save_chart(chosen(), &over_time(), Kind::Png, said))}
            {button("Save the series as CSV", move || numbers("load.csv", report_csv))}
            {button(
                "Save all as JSON",
                move || numbers("load.json", |report| report_json(report).to_string()),
            )}
        </div>
        {status(said)}
    }
    .into_any()
}

/// Saves the chart of that ID.
pub(super) fn save_chart(
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
    spawn_local(async move {
        let words = save_picture(picture, id, kind).await;
        said.try_set(Some(words));
    });
}
