//! The guide as a part of its own: its two scenes, and the panel of the stop that is open.

use futures::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::SplitLoaderError;
#[cfg(split)]
use wasm_split_helpers::wasm_split;

use super::advice::advice;
use super::guide::{overview, panel};
use super::scene_view::built;
use crate::state::Playground;
use crate::state::guide::Tour;
use crate::wording;

/// Which part of it.
pub(super) enum GuidePart {
    /// The list of its stops.
    Overview,
    /// The open stop.
    Panel,
    /// The advice.
    Advice(RwSignal<String>),
}

/// The open stop, above whichever scene is shown; nothing while none is open.
#[component]
pub(crate) fn TourPanel() -> impl IntoView {
    let tour = expect_context::<Tour>();
    // Whether the part is there; `None` while it is on its way.
    let is_there = RwSignal::new(None::<bool>);
    let begin = move || {
        is_there.set(None);
        spawn_local(load_guide().map(move |loaded| {
            is_there.try_set(Some(loaded.is_ok()));
        }));
    };
    let is_open = Memo::new(move |_| tour.stop.with(Option::is_some));
    Effect::new(move |_| {
        if is_open.get() && is_there.get_untracked() != Some(true) {
            begin();
        }
    });
    move || {
        if !is_open.get() {
            return ().into_any();
        }
        match is_there.get() {
            None => view! { <p class="note" role="status">{wording::SCENE_LOADING}</p> }.into_any(),
            Some(true) => built(guide(GuidePart::Panel)).into_any(),
            Some(false) => view! {
                <p class="banner trouble" role="alert">
                    {wording::SCENE_NOT_LOADED}
                    <button type="button" class="main" on:click=move |_| begin()>
                        "Try again"
                    </button>
                </p>
            }
            .into_any(),
        }
    }
}

#[cfg_attr(split, wasm_split(guide, fallible, preload(load_guide)))]
pub(super) fn guide(part: GuidePart) -> Result<AnyView, SplitLoaderError> {
    let playground = expect_context::<Playground>();
    let tour = expect_context::<Tour>();
    Ok(match part {
        GuidePart::Overview => overview(tour),
        GuidePart::Panel => panel(tour),
        GuidePart::Advice(fragment) => advice(playground, fragment),
    })
}

#[cfg(not(split))]
pub(super) async fn load_guide() -> Result<(), SplitLoaderError> {
    Ok(())
}
