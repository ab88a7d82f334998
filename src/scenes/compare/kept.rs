//! What the scene keeps while another one is shown. It never shows anything.

use leptos::prelude::*;

use super::request_form::RequestFields;
use super::score;
use super::sign_in_form::SignInForm;
use crate::components::Playback;
use crate::state::Playground;

/// Whether the first minute was put away.
#[derive(Clone, Copy)]
pub(super) struct FirstMinuteHidden(pub(super) RwSignal<bool>);

/// Puts in place what outlives the scene's view. Called once, where the scenes are chosen.
pub(crate) fn keep_compare(playground: Playground) {
    provide_context(Playback::of(score::of_history(playground)));
    provide_context(SignInForm::new());
    provide_context(RequestFields::new());
    provide_context(FirstMinuteHidden(RwSignal::new(false)));
}
