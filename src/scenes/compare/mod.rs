//! Compare: both designs side by side, on the same request.

mod action_bar;
mod browser_panel;
mod families;
mod first_minute;
mod fleet_line;
mod history_table;
mod holdings;
mod kept;
mod kept_copy;
mod lane;
mod looking_back;
mod on_the_server;
mod playback_bar;
mod request_form;
mod scheme_select;
mod score;
mod sign_in_form;
mod stale_role;
mod taking;

use leptos::prelude::*;
use protocol::Lane;

pub(crate) use self::action_bar::ActionBar;
use self::first_minute::FirstMinute;
use self::fleet_line::FleetLine;
use self::holdings::Holdings;
pub(crate) use self::kept::keep_compare;
use self::lane::LaneView;
use self::looking_back::LookingBack;
use self::playback_bar::PlaybackBar;
pub(in crate::scenes) use self::request_form::RequestFields;
use crate::browser::before_print;
use crate::components::Playback;

/// The scene.
#[component]
pub(crate) fn Compare() -> impl IntoView {
    let playback = expect_context::<Playback>();
    before_print(move || playback.finish());
    let holdings = Holdings::load();

    view! {
        <ActionBar />
        <FirstMinute />
        <LookingBack />
        <PlaybackBar playback=playback />
        <FleetLine />
        <div class="lanes">
            <LaneView lane=Lane::A holdings=holdings />
            <LaneView lane=Lane::B holdings=holdings />
        </div>
        {holdings.history()}
    }
}
