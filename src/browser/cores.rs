//! How many workers can be busy at the same time.

use leptos::prelude::window;

/// How many threads the browser says that it can run at once; one at least.
pub(crate) fn cores() -> usize {
    (window().navigator().hardware_concurrency() as usize).max(1)
}
