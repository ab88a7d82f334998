//! A page that is left, and kept by the browser for the way back: WebKit lets its worker keep the server, too, and the
//! next page would find it taken.

use std::cell::Cell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::window_event_listener;

/// Calls the one when the page is left and kept, and the other when it is shown again, if the first said that there was
/// something to leave.
pub(super) fn when_kept(leave: impl Fn() -> bool + 'static, come_back: impl Fn() + 'static) {
    let was_left = Rc::new(Cell::new(false));
    let is_left = was_left.clone();
    window_event_listener(ev::pagehide, move |event| {
        is_left.set(event.persisted() && leave());
    });
    window_event_listener(ev::pageshow, move |_| {
        if was_left.take() {
            come_back();
        }
    });
}
