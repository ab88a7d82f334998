//! Printing the page.

use leptos::prelude::{on_cleanup, window, window_event_listener_untyped};

/// Opens the browser's dialogue to print the page.
pub(crate) fn print() {
    let _ = window().print();
}

/// Runs whenever the page is about to be printed, for as long as the component that asks lives.
pub(crate) fn before_print(work: impl Fn() + 'static) {
    let listener = window_event_listener_untyped("beforeprint", move |_| work());
    on_cleanup(move || listener.remove());
}
