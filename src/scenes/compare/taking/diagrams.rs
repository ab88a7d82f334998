//! Saves a lane's diagram as a picture: the buttons.

use leptos::prelude::*;
use protocol::Lane;

use super::saving::{Kind, Wanted};
use super::{outcome, with_part};
use crate::components::{Playback, ToolButton};
use crate::state::Playground;
use crate::wording;

/// Of each lane, as SVG and as PNG.
#[component]
pub(in crate::scenes::compare) fn SaveDiagrams(
    /// What is drawn.
    playback: Playback,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let said = RwSignal::new(None::<String>);
    let idle = Signal::derive(move || playback.is_empty());
    let save = move |lane: Lane, kind: Kind| {
        Callback::new(move |()| {
            let wanted = Wanted { lane, kind };
            with_part(said, move |part| {
                (part.save_diagram)(playground, playback, wanted)
            });
        })
    };
    let title = move |lane: Lane| {
        let own = wording::scheme_title(&playground.scheme(lane));
        format!("{own}, {}", wording::side(lane))
    };
    let buttons = Lane::BOTH.map(|lane| {
        view! {
            <div class="tools" role="group" aria-label=move || title(lane)>
                <span>{move || title(lane)}</span>
                <ToolButton label="Save as SVG" idle=idle on_press=save(lane, Kind::Svg) />
                <ToolButton label="Save as PNG" idle=idle on_press=save(lane, Kind::Png) />
            </div>
        }
    });
    view! {
        <details class="save-diagrams">
            <summary>"Save a diagram"</summary>
            {buttons.into_iter().collect_view()}
            {outcome(said)}
        </details>
    }
}
