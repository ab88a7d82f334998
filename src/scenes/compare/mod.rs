//! Compare: both designs side by side, on the same request.

mod action_bar;
mod history_table;
mod in_the_browser;
mod lane;
mod on_the_server;

use leptos::prelude::*;
use protocol::Lane;

use self::action_bar::ActionBar;
use self::history_table::HistoryTable;
use self::lane::LaneView;

/// The scene.
#[component]
pub(crate) fn Compare() -> impl IntoView {
    view! {
        <ActionBar />
        <div class="lanes">
            <LaneView lane=Lane::A />
            <LaneView lane=Lane::B />
        </div>
        <HistoryTable />
    }
}
