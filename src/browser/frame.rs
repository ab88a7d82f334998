//! Doing things once a frame, or a task later.

use std::time::Duration;

use futures::channel::oneshot;
use leptos::prelude::{request_animation_frame, set_timeout, window};

/// No frame counts for more than this, in milliseconds: a tab that was hidden goes on where it was.
const LONGEST_FRAME_MILLISECONDS: f64 = 100.0;

/// Runs before the next paint.
pub(crate) fn next_frame(work: impl FnOnce() + 'static) {
    request_animation_frame(work);
}

/// Lets the browser do what else there is to do: paint, and hear the user.
pub(crate) async fn next_task() {
    let (done, came) = oneshot::channel();
    set_timeout(
        move || {
            let _ = done.send(());
        },
        Duration::ZERO,
    );
    let _ = came.await;
}

/// Runs before each paint, with the milliseconds since the one before, for as long as it returns `true`.
pub(crate) fn each_frame(work: impl FnMut(f64) -> bool + 'static) {
    await_frame(Box::new(work), milliseconds());
}

fn await_frame(mut work: Box<dyn FnMut(f64) -> bool>, before: f64) {
    request_animation_frame(move || {
        let now = milliseconds();
        if work((now - before).clamp(0.0, LONGEST_FRAME_MILLISECONDS)) {
            await_frame(work, now);
        }
    });
}

/// A stopwatch: milliseconds since some moment.
pub(crate) fn milliseconds() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}
