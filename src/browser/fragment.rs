//! The URL's fragment, and its changes.

use leptos::prelude::{RwSignal, Set, document, window, window_event_listener_untyped};

/// The fragment with its `#`, as it is now and becomes; empty where there is none.
pub(crate) fn fragment() -> RwSignal<String> {
    let read = || window().location().hash().unwrap_or_default();
    let fragment = RwSignal::new(read());
    // For as long as the page lives.
    let _listener = window_event_listener_untyped("hashchange", move |_| fragment.set(read()));
    fragment
}

/// What the page is called in the browser's tab and history.
pub(crate) fn title() -> String {
    document().title()
}

/// Calls it something else.
pub(crate) fn set_title(title: &str) {
    document().set_title(title);
}

/// Goes to that fragment, with its `#`, as a link does.
pub(crate) fn go_to_fragment(fragment: &str) {
    let _ = window().location().set_hash(fragment);
}
