//! Saves a lane's diagram as a picture: the buttons.

use leptos::prelude::*;
use protocol::Lane;

use super::saving::{Wanted, save_diagram, say_what_comes};
use crate::components::{Playback, ToolButton};
use crate::scenes::controls::status;
use crate::scenes::saving::Kind;
use crate::state::Playground;
use crate::wording;

/// Of each lane, as SVG and as PNG.
pub(super) fn diagrams(playground: Playground, playback: Playback) -> AnyView {
    let said = RwSignal::new(None::<String>);
    let idle = Signal::derive(move || playback.is_empty());
    let save = move |lane: Lane, kind: Kind| {
        Callback::new(move |()| {
            let wanted = Wanted { lane, kind };
            say_what_comes(said, save_diagram(playground, playback, wanted));
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
        {buttons.into_iter().collect_view()}
        {status(said)}
    }
    .into_any()
}
