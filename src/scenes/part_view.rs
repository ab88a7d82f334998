//! Something of a part of the page, shown once it is wanted and there. A part that does not come is said.

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::SplitLoaderError;

use crate::wording;

/// How a part is loaded.
pub(super) type Load = fn() -> LocalBoxFuture<'static, Result<(), SplitLoaderError>>;

/// What a part that is loaded makes.
#[cfg(split)]
pub(super) fn built<T>(part: impl Future<Output = Result<T, SplitLoaderError>>) -> Option<T> {
    part.now_or_never()?.ok()
}

#[cfg(not(split))]
pub(super) fn built<T>(part: Result<T, SplitLoaderError>) -> Option<T> {
    part.ok()
}

/// What `make` makes of the part, while it is wanted.
pub(super) fn part_view(
    is_wanted: Signal<bool>,
    load: Load,
    make: impl Fn() -> Option<AnyView> + Send + Sync + 'static,
) -> AnyView {
    // Whether the part is there; `None` while it is on its way.
    let is_there = RwSignal::new(None::<bool>);
    let begin = move || {
        is_there.set(None);
        spawn_local(load().map(move |loaded| {
            is_there.try_set(Some(loaded.is_ok()));
        }));
    };
    Effect::new(move |_| {
        if is_wanted.get() && is_there.get_untracked() != Some(true) {
            begin();
        }
    });
    let shown = move || match (is_wanted.get(), is_there.get()) {
        (false, _) => None,
        (true, Some(true)) => make(),
        (true, None) => {
            Some(view! { <p class="note" role="status">{wording::SCENE_LOADING}</p> }.into_any())
        }
        (true, Some(false)) => Some(
            view! {
                <p class="banner trouble" role="alert">
                    {wording::SCENE_NOT_LOADED}
                    <button type="button" class="main" on:click=move |_| begin()>
                        "Try again"
                    </button>
                </p>
            }
            .into_any(),
        ),
    };
    shown.into_any()
}
