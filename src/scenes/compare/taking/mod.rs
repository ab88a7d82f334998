//! What can be taken along of what happened, and a HAR that someone opens. All of it is folded, and loaded when it is
//! unfolded.

mod along;
mod copies;
mod diagrams;
mod findings;
mod part;
mod saving;

use std::sync::Arc;

use futures::future::LocalBoxFuture;
use leptos::prelude::*;

use self::part::{Order, taken};
use crate::components::Playback;
use crate::state::Recorded;
use crate::state::taking::OpenedHar;

/// What a press comes to: what there is to say of it.
type Work = LocalBoxFuture<'static, String>;

/// The history as a file, and the file of another.
#[component]
pub(super) fn TakeAlong() -> impl IntoView {
    // What was found before another scene was shown is there at once.
    let opened = use_context::<OpenedHar>();
    let is_open = opened.is_some_and(|opened| opened.found.with_untracked(Option::is_some));
    let is_wanted = RwSignal::new(is_open);
    view! {
        <details class="take-along" open=is_open on:toggle=move |_| is_wanted.set(true)>
            <summary>"Take it along, or open a HAR"</summary>
            {taken(is_wanted, || Order::Along)}
        </details>
    }
}

/// Each lane's diagram as a picture.
#[component]
pub(super) fn SaveDiagrams(
    /// What is drawn.
    playback: Playback,
) -> impl IntoView {
    let is_wanted = RwSignal::new(false);
    view! {
        <details class="save-diagrams" on:toggle=move |_| is_wanted.set(true)>
            <summary>"Save a diagram"</summary>
            {taken(is_wanted, move || Order::Diagrams(playback))}
        </details>
    }
}

/// A request as it can be pasted elsewhere, once it is wanted.
#[component]
pub(super) fn Copies(
    /// Whether someone looks.
    is_wanted: RwSignal<bool>,
    /// What the lane shows.
    #[prop(into)]
    shown: Signal<Option<Arc<Recorded>>>,
) -> impl IntoView {
    taken(is_wanted, move || Order::Copies(shown))
}
