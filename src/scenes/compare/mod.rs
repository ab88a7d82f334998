//! Compare: both designs side by side, on the same request.

mod action_bar;
mod browser_panel;
mod first_minute;
mod history_table;
mod kept_copy;
mod lane;
mod looking_back;
mod on_the_server;
mod playback_bar;
mod request_form;
mod score;
mod sign_in_form;

use leptos::prelude::*;
use protocol::Lane;

use self::action_bar::ActionBar;
use self::first_minute::{FirstMinute, Hidden};
use self::history_table::HistoryTable;
use self::lane::LaneView;
use self::looking_back::LookingBack;
use self::playback_bar::PlaybackBar;
use self::request_form::RequestDraft;
use self::sign_in_form::SignInForm;
use crate::browser::before_print;
use crate::components::Playback;
use crate::state::Playground;

/// What is typed in this scene's forms outlives it: called once, by what outlives it too.
pub(crate) fn provide_forms() {
    provide_context(SignInForm::new());
    provide_context(RequestDraft::new());
    provide_context(Hidden::new());
}

/// The scene.
#[component]
pub(crate) fn Compare() -> impl IntoView {
    let playback = Playback::of(score::of_history(expect_context::<Playground>()));
    provide_context(playback);
    before_print(move || playback.finish());

    view! {
        <ActionBar />
        <FirstMinute />
        <LookingBack />
        <PlaybackBar playback=playback />
        <div class="lanes">
            <LaneView lane=Lane::A />
            <LaneView lane=Lane::B />
        </div>
        <HistoryTable />
    }
}
