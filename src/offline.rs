//! What the page says of its own files: that a newer version is there, and that it works without a network.

use leptos::prelude::*;

use crate::browser::{LinkState, Offline, Version, load_again, start_newer_version};
use crate::state::Playground;

/// Lets the page be kept, once its server has had the line for itself.
pub(crate) fn keep_offline(playground: Playground) {
    let offline = Offline::new();
    provide_context(offline);
    Effect::new(move |begun: Option<bool>| {
        let is_starting = playground.link_state.get() == LinkState::Starting;
        let begun = begun.unwrap_or_default();
        if !begun && !is_starting {
            offline.begin();
        }
        begun || !is_starting
    });
}

/// The banner about a newer version.
#[component]
pub(crate) fn VersionBanner() -> impl IntoView {
    let Offline { version, .. } = expect_context();
    let of = move |version: Version| {
        match version {
        Version::Newest => ().into_any(),
        Version::NewerWaits => view! {
            <p class="banner">
                "A new version is ready. It starts once no tab shows this page any more, or now: this tab is loaded again then, and what you typed but did not send is lost. "
                <button type="button" class="main" on:click=move |_| start_newer_version()>
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
