//! What the browser holds of the lane's credential, to see and to change.

mod cookie_panel;
mod cookie_switches;
mod draft_signal;
mod next_request;
mod token_panel;

use leptos::prelude::*;
use protocol::{Carrier, Lane};

use self::cookie_panel::CookiePanel;
use self::token_panel::TokenPanel;
use crate::state::scheme;

/// What the browser holds.
#[component]
pub(super) fn InTheBrowser(
    /// Whose credential.
    lane: Lane,
) -> impl IntoView {
    match scheme(lane).carrier {
        Carrier::Cookie => view! { <CookiePanel lane=lane /> }.into_any(),
        Carrier::LocalStorage => view! { <TokenPanel lane=lane /> }.into_any(),
    }
}
