//! Whether things may move.

use leptos::prelude::{on_cleanup, window, window_event_listener_untyped};

/// Whether the user asked the system for less motion.
pub(crate) fn reduced_motion() -> bool {
    window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

/// Runs whenever the page is about to be printed, for as long as the component that asks lives.
pub(crate) fn before_print(work: impl Fn() + 'static) {
    let listener = window_event_listener_untyped("beforeprint", move |_| work());
    on_cleanup(move || listener.remove());
}
