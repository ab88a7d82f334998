//! The load simulation: its settings, a run, what came of it over time, sweeps, and why to trust it. It shows what lab
//! workers tell, and works nothing out itself.

mod chart;
mod charts;
mod exporting;
mod field;
mod form;
mod moments;
mod picture;
mod prices;
mod results;
mod run_bar;
mod schedule;
mod sweep;
mod sweep_chart;
mod trust;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::LinkState;
use crate::state::fleet::load::LoadStudio;
use crate::state::{PageLife, Playground};

/// The load simulation's half of the scene.
#[component]
pub(crate) fn FleetLoad(
    /// The address's fragment.
    fragment: RwSignal<String>,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let studio = PageLife::keep(|| LoadStudio::new(playground));
    Effect::new(move |_| fragment.with(|fragment| studio.open_link(fragment)));
    Effect::new(move |_| {
        let is_ready = matches!(playground.link_state.get(), LinkState::Ready { .. });
        if is_ready && playground.calibration.with_untracked(Option::is_none) {
            spawn_local(playground.calibrate());
        }
    });
    studio.run.prepare();
    on_cleanup(move || studio.run.dismiss());
    view! {
        <div class="load">
            {form::settings(studio, playground)}
            {results::results(studio)}
            {sweep::sweep_section(studio)}
            {trust::trust(studio)}
        </div>
    }
}
