//! Which scheme the lane has: one of those that have a name.

use leptos::prelude::*;
use protocol::{Lane, Preset};

use crate::route::Scene;
use crate::state::memo;
use crate::state::{PRESETS, Playground};
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
    let chosen = move || {
        let preset = preset.get();
        let known = PRESETS.iter().find(|(_, known)| Some(*known) == preset);
        known.map_or(OWN, |(name, _)| name)
    };
    let choose = move |event| {
        let name = event_target_value(&event);
        if let Some((_, preset)) = PRESETS.iter().find(|(known, _)| *known == name) {
            playground.change_scheme(lane, preset.scheme());
        }
    };
    let id = format!("scheme-{lane}");
    let for_id = id.clone();
    view! {
        <p class="scheme-select">
            <span class="lane-letter">{wording::side(lane)}</span>
            " "
            <label for=for_id>"Scheme"</label>
            " "
            <select id=id on:change=choose prop:value=chosen>
                {move || preset.get().is_none().then(|| view! { <option value=OWN>"own"</option> })}
                {PRESETS
                    .map(|(name, preset)| {
                        view! { <option value=name>{wording::preset_name(preset)}</option> }
                    })}
            </select>
            " "
            <a href=Scene::Store.link()>"change its parts"</a>
        </p>
    }
}
