//! Doing things once a frame.

use leptos::prelude::request_animation_frame;

/// Runs before the next paint.
pub(crate) fn next_frame(work: impl FnOnce() + 'static) {
    request_animation_frame(work);
}
