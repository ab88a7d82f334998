//! What the page says of its own files: that a newer version is there, and that it works without a network.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::SplitLoaderError;
#[cfg(split)]
use wasm_split_helpers::wasm_split;

use crate::browser::{LinkState, Offline, Version, in_a_moment, load_again, start_newer_version};
use crate::state::Playground;

/// Lets the page be kept, once its server has had the line for itself.
pub(crate) fn keep_offline(playground: Playground) {
    let offline = Offline::new();
    provide_context(offline);
    Effect::new(move |begun: Option<bool>| {
        let is_starting = playground.link_state.get() == LinkState::Starting;
        let begun = begun.unwrap_or_default();
        if !begun && !is_starting {
            in_a_moment(move || {
                spawn_local(async move {
                    // What does not come now comes with the next start.
                    if let Ok(part) = load().await {
                        (part.begin)(offline);
                    }
                });
            });
        }
        begun || !is_starting
    });
}

/// The banner about a newer version.
#[component]
pub(crate) fn VersionBanner() -> impl IntoView {
    let Offline { version, .. } = expect_context();
    let start = move |_| {
        spawn_local(async {
            match load().await {
                Ok(part) => (part.start_newer_version)(),
                Err(_) => load_again(),
            }
        });
    };
    let of = move |version: Version| {
        match version {
        Version::Newest => ().into_any(),
        Version::NewerWaits => view! {
            <p class="banner">
                "A new version is ready. It starts once no tab shows this page any more, or now: this tab is loaded again then, and what you typed but did not send is lost. "
                <button type="button" class="main" on:click=start>
                    "Start it now"
                </button>
            </p>
        }
        .into_any(),
        Version::NewerStarted => view! {
            <p class="banner">
                "Another tab started a new version. This one goes on with the old one until it is loaded again. "
                <button type="button" class="main" on:click=move |_| load_again()>
                    "Load it again"
                </button>
            </p>
        }
        .into_any(),
    }
    };
    move || of(version.get())
}

/// That the page works without a network: only where that is so.
#[component]
pub(crate) fn OfflineNote() -> impl IntoView {
    let Offline { kept, .. } = expect_context();
    let said = |files: u32| format!("Works offline: all {files} files are kept in this browser.");
    move || {
        kept.get()
            .map(|files| view! { <footer class="note">{said(files)}</footer> })
    }
}

/// What speaks with the service worker: nothing that the page's start needs.
#[derive(Clone, Copy)]
struct Part {
    begin: fn(Offline),
    start_newer_version: fn(),
}

async fn load() -> Result<Part, SplitLoaderError> {
    #[cfg(split)]
    return offline().await;
    #[cfg(not(split))]
    return offline();
}

#[cfg_attr(split, wasm_split(offline, fallible))]
fn offline() -> Result<Part, SplitLoaderError> {
    Ok(Part {
        begin: Offline::begin,
        start_newer_version,
    })
}
