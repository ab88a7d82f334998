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

/// A part of the page that is loaded while it is wanted.
#[derive(Clone, Copy)]
pub(super) struct Part {
    is_wanted: Signal<bool>,
    load: Load,
    /// Whether it is there; `None` while it is on its way.
    is_there: RwSignal<Option<bool>>,
}

impl Part {
    /// Loads it as soon as it is wanted. What is there already shows at once.
    pub(super) fn new(is_wanted: Signal<bool>, load: Load) -> Self {
        let part = Self {
            is_wanted,
            load,
            is_there: RwSignal::new(None),
        };
        Effect::new(move |_| {
            if is_wanted.get() && part.is_there.get_untracked() != Some(true) {
                part.begin();
            }
        });
        part
    }

    fn begin(self) {
        self.is_there.set(None);
        let load = self.load;
        spawn_local(load().map(move |loaded| {
            self.is_there.try_set(Some(loaded.is_ok()));
        }));
    }

    /// Whether it is wanted and there.
    pub(super) fn shows(self) -> bool {
        self.is_wanted.get() && self.is_there.get() == Some(true)
    }

    /// Whether it may still come by itself.
    pub(super) fn is_awaited(self) -> bool {
        self.is_there.get().is_none()
    }

    /// What is said while it is not there: that it is on its way, or that it did not come.
    pub(super) fn note(self, loading: &'static str, failed: &'static str) -> Option<AnyView> {
        match (self.is_wanted.get(), self.is_there.get()) {
            (false, _) | (true, Some(true)) => None,
            (true, None) => Some(view! { <p class="note" role="status">{loading}</p> }.into_any()),
            (true, Some(false)) => Some(
                view! {
                    <p class="banner trouble" role="alert">
                        {failed}
                        <button type="button" class="main" on:click=move |_| self.begin()>
                            "Try again"
                        </button>
                    </p>
                }
                .into_any(),
            ),
        }
    }
}

/// What `make` makes of the part, while it is wanted.
pub(super) fn part_view(
    is_wanted: Signal<bool>,
    load: Load,
    make: impl Fn() -> Option<AnyView> + Send + Sync + 'static,
) -> AnyView {
    let part = Part::new(is_wanted, load);
    let shown = move || {
        if part.shows() {
            make()
        } else {
            part.note(wording::SCENE_LOADING, wording::SCENE_NOT_LOADED)
        }
    };
    shown.into_any()
}
