//! A request as it can be pasted elsewhere.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::Exchange;

use super::part::{self, Part};
use crate::browser::site;
use crate::components::{CopyButton, Prose};
use crate::state::Recorded;
use crate::state::taking::{curl, fetch, steps_of};
use crate::wording::taking as say;

/// What is copied: what the lane shows.
pub(super) type Shown = Signal<Option<Arc<Recorded>>>;

/// Whether someone looks at where copies are made. Until then nothing is loaded for them.
#[derive(Clone, Copy)]
pub(in crate::scenes::compare) struct CopiesOpen(RwSignal<Loading>);

/// How far the loading is.
#[derive(Clone, Copy, Default)]
enum Loading {
    #[default]
    NotBegun,
    UnderWay,
    Failed,
    Done(Part),
}

impl CopiesOpen {
    /// Nobody does.
    pub(in crate::scenes::compare) fn new() -> Self {
        Self(RwSignal::new(Loading::NotBegun))
    }

    /// Someone does.
    pub(in crate::scenes::compare) fn begin(self) {
        let state = self.0;
        if matches!(state.get_untracked(), Loading::UnderWay | Loading::Done(_)) {
            return;
        }
        state.set(Loading::UnderWay);
        spawn_local(async move {
            let loaded = part::load().await;
            state.try_set(loaded.map_or(Loading::Failed, Loading::Done));
        });
    }
}

/// The buttons, once they are there.
#[component]
pub(in crate::scenes::compare) fn Copies(
    /// Whether someone looks.
    open: CopiesOpen,
    /// What the lane shows.
    #[prop(into)]
    shown: Shown,
) -> impl IntoView {
    move || match open.0.get() {
        Loading::NotBegun | Loading::UnderWay => ().into_any(),
        Loading::Failed => view! {
            <p class="trouble" role="alert">
                {say::NOT_LOADED}
            </p>
        }
        .into_any(),
        Loading::Done(part) => (part.copies)(shown),
    }
}

/// The buttons, and what whoever copies should know.
pub(super) fn buttons(shown: Shown) -> AnyView {
    let text = move |write: fn(&Exchange) -> String| {
        Signal::derive(move || {
            shown.with(|shown| {
                let exchange = shown.as_ref().and_then(|it| it.exchange());
                exchange.map(write).unwrap_or_default()
            })
        })
    };
    let steps = Signal::derive(move || {
        shown.with(|shown| shown.as_ref().map(|it| steps_of(it)).unwrap_or_default())
    });
    view! {
        <div class="copies">
            <CopyButton
                label="Copy as curl"
                text=text(|exchange| curl(&exchange.request, &site().origin))
            />
            <CopyButton
                label="Copy as fetch"
                text=text(|exchange| fetch(&exchange.request, &site().origin))
            />
            <CopyButton label="Copy as HTTP" text=text(|exchange| exchange.request.to_string()) />
            <CopyButton label="Copy steps as JSON" text=steps />
        </div>
        <p class="note">
            <Prose text=say::COPYING />
        </p>
    }
    .into_any()
}
