//! A page that is left, and kept by the browser for its way back: WebKit keeps workers with it, too. The server would go
//! on in a page that nobody sees, and the next one would find it taken.

use leptos::ev;
use leptos::prelude::{window, window_event_listener};

/// Does this where the browser keeps the page that is left. Shown again, the page is loaded anew.
pub(super) fn when_kept(then: impl Fn() + 'static) {
    window_event_listener(ev::pagehide, move |event| {
        if event.persisted() {
            then();
        }
    });
    window_event_listener(ev::pageshow, |event| {
        if event.persisted() {
            let _ = window().location().reload();
        }
    });
}
