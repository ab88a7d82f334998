//! The guide as a part of its own: its two scenes, the panel of the stop that is open, and the sheet of keys.

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use wasm_split_helpers::SplitLoaderError;
#[cfg(split)]
use wasm_split_helpers::wasm_split;

use super::advice::advice;
use super::guide::{overview, panel};
use super::keys_sheet::keys_sheet;
use super::keys_switch::KeysSwitch;
use super::part_view::{built, part_view};
use crate::state::guide::Tour;
use crate::state::{Playground, memo};

/// Which part of it.
pub(super) enum GuidePart {
    /// The list of its stops.
    Overview,
    /// The open stop.
    Panel,
    /// The advice.
    Advice(RwSignal<String>),
    /// The sheet of keys.
    Keys(KeysSwitch),
}

/// The open stop, above whichever scene is shown; nothing while none is open.
#[component]
pub(crate) fn TourPanel() -> impl IntoView {
    let tour = expect_context::<Tour>();
    let is_open = memo(move || tour.stop.with(Option::is_some));
    part_view(is_open.into(), load, || built(guide(GuidePart::Panel)))
}

/// The sheet of keys, while it is wanted.
#[component]
pub(crate) fn KeysSheet() -> impl IntoView {
    let switch = expect_context::<KeysSwitch>();
    part_view(switch.is_wanted.into(), load, move || {
        built(guide(GuidePart::Keys(switch)))
    })
}

fn load() -> LocalBoxFuture<'static, Result<(), SplitLoaderError>> {
    load_guide().boxed_local()
}

#[cfg_attr(split, wasm_split(guide, fallible, preload(load_guide)))]
pub(super) fn guide(part: GuidePart) -> Result<AnyView, SplitLoaderError> {
    let playground = expect_context::<Playground>();
    let tour = expect_context::<Tour>();
    Ok(match part {
        GuidePart::Overview => overview(tour),
        GuidePart::Panel => panel(tour),
        GuidePart::Advice(fragment) => advice(playground, fragment),
        GuidePart::Keys(switch) => keys_sheet(switch),
    })
}

#[cfg(not(split))]
pub(super) async fn load_guide() -> Result<(), SplitLoaderError> {
    Ok(())
}
