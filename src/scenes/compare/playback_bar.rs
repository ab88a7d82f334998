//! How the diagrams move: play, pause, step, speed, and by how much time is stretched. One bar for both lanes.

use leptos::prelude::*;

use super::taking::SaveDiagrams;
use crate::components::{Playback, SPEEDS};
use crate::wording;

/// Paths of the buttons' pictures, in a square of 16.
const STEP_BACK: &str = "M3 3h2v10H3zM13 3v10L6 8z";
const STEP_FORWARD: &str = "M11 3h2v10h-2zM3 3l7 5-7 5z";
const PLAY: &str = "M4 2.5l9.5 5.5L4 13.5z";
const PAUSE: &str = "M3.5 3h3v10h-3zM9.5 3h3v10h-3z";
const REPLAY: &str = "M8 2.5a5.5 5.5 0 1 0 5.3 4h-1.6A4 4 0 1 1 8 4v2.2L12 3.2 8 .2z";

/// The bar.
#[component]
pub(crate) fn PlaybackBar(
    /// What it moves.
    playback: Playback,
) -> impl IntoView {
    let choose_speed = move |event| {
        let chosen = event_target_value(&event).parse().ok();
        if let Some(speed) = chosen.and_then(|place: usize| SPEEDS.get(place)) {
            playback.speed.set(*speed);
        }
    };
    let slowed = move || {
        if playback.is_empty() {
            String::new()
        } else {
            wording::arrow::slowed(playback.factor())
        }
    };
    view! {
        <div class="playback" role="group" aria-label="Playback of the diagrams">
            {BUTTONS.map(|button| button_view(button, playback)).into_iter().collect_view()}
            <label for="speed">"Speed"</label>
            <select id="speed" on:change=choose_speed>
                {SPEEDS
                    .into_iter()
                    .enumerate()
                    .map(|(place, speed)| {
                        view! {
                            <option value=place.to_string() selected=speed == 1.0>
                                {format!("{} ×", wording::plain(speed))}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <p class="note">
                <span class="slowed">{slowed}</span>
                " Network time is modelled. Short steps are slowed more than long ones."
            </p>
            <SaveDiagrams playback=playback />
        </div>
    }
}

/// A button: what it is called, looks like and does now, and whether it can.
#[derive(Clone, Copy)]
struct Button {
    name: fn(Playback) -> &'static str,
    picture: fn(Playback) -> &'static str,
    idle: fn(Playback) -> bool,
    press: fn(Playback),
}

const BUTTONS: [Button; 4] = [
    Button {
        name: |_| "Step back",
        picture: |_| STEP_BACK,
        idle: |playback| playback.is_empty() || playback.is_at_start(),
        press: Playback::step_back,
    },
    Button {
        name: |playback| if playback.plays() { "Pause" } else { "Play" },
        picture: |playback| if playback.plays() { PAUSE } else { PLAY },
        idle: Playback::is_empty,
        press: Playback::toggle,
    },
    Button {
        name: |_| "Step forward",
        picture: |_| STEP_FORWARD,
        idle: Playback::is_over,
        press: Playback::step_forward,
    },
    Button {
        name: |_| "Replay",
        picture: |_| REPLAY,
        idle: Playback::is_empty,
        press: Playback::replay,
    },
];

fn button_view(button: Button, playback: Playback) -> impl IntoView {
    let name = move || (button.name)(playback);
    view! {
        <button
            type="button"
            class="quiet icon"
            aria-label=name
            title=name
            aria-disabled=move || if (button.idle)(playback) { "true" } else { "false" }
            on:click=move |_| {
                if !untrack(|| (button.idle)(playback)) {
                    (button.press)(playback);
                }
            }
        >
            <svg class="symbol" viewBox="0 0 16 16" aria-hidden="true">
                <path d=move || (button.picture)(playback) />
            </svg>
        </button>
    }
}
