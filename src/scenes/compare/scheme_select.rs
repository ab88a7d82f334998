//! Which scheme the lane has: one of those that have a name.

use leptos::prelude::*;
use protocol::{Lane, Preset};

use crate::route::Scene;
use crate::state::Playground;
use crate::state::memo;
use crate::wording;

/// What the select holds where no preset fits.
const OWN: &str = "own";

/// The schemes to choose from, and the way to all that can be set.
#[component]
pub(super) fn SchemeSelect(
    /// Whose scheme.
    lane: Lane,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let preset = memo(move || Preset::of(&playground.scheme(lane)));
    let place = |preset: Preset| Preset::ALL.iter().position(|known| *known == preset);
    let chosen = move || match preset.get().and_then(place) {
        Some(place) => place.to_string(),
        None => String::from(OWN),
    };
    let choose = move |event| {
        let place = event_target_value(&event).parse().ok();
        if let Some(preset) = place.and_then(|place: usize| Preset::ALL.get(place)) {
            playground.change_scheme(lane, preset.scheme());
        }
    };
    let id = format!("scheme-{lane}");
    let for_id = id.clone();
    view! {
        <p class="scheme-select">
            <label for=for_id>"Scheme"</label>
            " "
            <select id=id on:change=choose prop:value=chosen>
                {move || preset.get().is_none().then(|| view! { <option value=OWN>"own"</option> })}
                {Preset::ALL
                    .into_iter()
                    .enumerate()
                    .map(|(place, preset)| {
                        view! {
                            <option value=place.to_string()>{wording::preset_name(preset)}</option>
                        }
                    })
                    .collect_view()}
            </select>
            " "
            <a href=Scene::Store.link()>"change its parts"</a>
        </p>
    }
}
