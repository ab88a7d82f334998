//! The part of the page that takes things along: what lies in it is reachable through here alone.

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use wasm_split_helpers::SplitLoaderError;
#[cfg(split)]
use wasm_split_helpers::wasm_split;

use super::along::along;
use super::copies::{Shown, buttons};
use super::diagrams::diagrams;
use crate::components::Playback;
use crate::scenes::part_view::{built, part_view};
use crate::state::Playground;

/// What is to be shown of it.
pub(super) enum Order {
    /// The history as a file, and the file of another.
    Along,
    /// The buttons that save diagrams.
    Diagrams(Playback),
    /// The buttons that copy a request.
    Copies(Shown),
}

/// It, once it is wanted and there.
pub(super) fn taken(
    is_wanted: RwSignal<bool>,
    order: impl Fn() -> Order + Send + Sync + 'static,
) -> AnyView {
    let playground = expect_context::<Playground>();
    part_view(is_wanted.into(), load, move || {
        built(taking(playground, order()))
    })
}

fn load() -> LocalBoxFuture<'static, Result<(), SplitLoaderError>> {
    load_taking().boxed_local()
}

#[cfg_attr(split, wasm_split(taking, fallible, preload(load_taking)))]
fn taking(playground: Playground, order: Order) -> Result<AnyView, SplitLoaderError> {
    Ok(match order {
        Order::Along => along(playground),
        Order::Diagrams(playback) => diagrams(playground, playback),
        Order::Copies(shown) => buttons(shown),
    })
}

#[cfg(not(split))]
async fn load_taking() -> Result<(), SplitLoaderError> {
    Ok(())
}
