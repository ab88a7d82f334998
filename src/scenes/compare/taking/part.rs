//! The part of the page that takes things along: what lies in it is reachable through here alone.

use leptos::prelude::*;
use wasm_split_helpers::SplitLoaderError;
#[cfg(split)]
use wasm_split_helpers::wasm_split;

use super::{Work, copies, findings, saving};
use crate::browser::GivenFile;
use crate::components::Playback;
use crate::state::Playground;
use crate::state::taking::OpenedHar;

/// What it can do.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// Saves the history as a HAR, with credentials or without.
    pub(super) save_har: fn(Playground, bool) -> Work,
    /// Saves the history's steps.
    pub(super) save_steps: fn(Playground) -> Work,
    /// Saves a lane's diagram.
    pub(super) save_diagram: fn(Playground, Playback, saving::Wanted) -> Work,
    /// The buttons that copy a request.
    pub(super) copies: fn(copies::Shown) -> AnyView,
    /// Has a file looked through.
    pub(super) look_through: fn(OpenedHar, GivenFile),
    /// What was found in it.
    pub(super) findings: fn(Playground, OpenedHar) -> AnyView,
}

/// Loads it, where it is not there yet.
///
/// # Errors
/// Where it did not come.
pub(super) async fn load() -> Result<Part, SplitLoaderError> {
    #[cfg(split)]
    return taking().await;
    #[cfg(not(split))]
    return taking();
}

#[cfg_attr(split, wasm_split(taking, fallible))]
fn taking() -> Result<Part, SplitLoaderError> {
    Ok(Part {
        save_har: saving::save_har,
        save_steps: saving::save_steps,
        save_diagram: saving::save_diagram,
        copies: copies::buttons,
        look_through: OpenedHar::look_through,
        findings: findings::view,
    })
}
