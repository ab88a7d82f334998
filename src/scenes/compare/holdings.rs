//! What stands below the answers, and is not needed for the first: what browser and server hold in each lane, and the
//! history. It is a part of the page, reachable through here alone, which comes once the worker has its program.

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use protocol::Lane;
use wasm_split_helpers::SplitLoaderError;
#[cfg(split)]
use wasm_split_helpers::wasm_split;

use super::browser_panel::InTheBrowser;
use super::history_table::HistoryTable;
use super::on_the_server::OnTheServer;
use crate::scenes::part_view::{Part, built};
use crate::state::Playground;
use crate::wording;

/// What is to be shown of it.
#[derive(Clone, Copy)]
enum Order {
    /// What browser and server hold.
    Lane(Lane),
    /// What has happened.
    History,
}

/// The part. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Holdings(Part);

impl Holdings {
    /// Loads it as soon as the line is free for it.
    pub(super) fn load() -> Self {
        let playground = expect_context::<Playground>();
        Self(Part::new(playground.line_is_free.into(), load))
    }

    /// Whether room is to be kept for it.
    pub(super) fn is_awaited(self) -> bool {
        self.0.is_awaited()
    }

    /// What browser and server hold in this lane, once it is there.
    pub(super) fn of_lane(self, lane: Lane) -> impl IntoView {
        self.shown(Order::Lane(lane))
    }

    /// The history; before it is there, what is to be said of that.
    pub(super) fn history(self) -> impl IntoView {
        let note = move || {
            let part = self.0;
            part.note(wording::HOLDINGS_LOADING, wording::HOLDINGS_NOT_LOADED)
        };
        (note, self.shown(Order::History))
    }

    fn shown(self, order: Order) -> impl IntoView {
        move || self.0.shows().then(|| built(holdings(order)))
    }
}

fn load() -> LocalBoxFuture<'static, Result<(), SplitLoaderError>> {
    load_holdings().boxed_local()
}

#[cfg_attr(split, wasm_split(holdings, fallible, preload(load_holdings)))]
fn holdings(order: Order) -> Result<AnyView, SplitLoaderError> {
    Ok(match order {
        Order::Lane(lane) => view! {
            <InTheBrowser lane=lane />
            <OnTheServer lane=lane />
        }
        .into_any(),
        Order::History => view! { <HistoryTable /> }.into_any(),
    })
}

#[cfg(not(split))]
async fn load_holdings() -> Result<(), SplitLoaderError> {
    Ok(())
}
