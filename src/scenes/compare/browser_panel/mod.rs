//! What the browser holds of the lane's credential, to see and to change.

mod bearer_panel;
mod cookie_panel;
mod cookie_switches;
mod draft_signal;
mod last_lines;
mod next_request;
mod refresh_cookie;
mod token_tools;

use leptos::prelude::*;
use protocol::Lane;

use self::bearer_panel::BearerPanel;
use self::cookie_panel::CookiePanel;
use crate::state::Playground;
use crate::state::memo;

/// What the browser holds.
#[component]
pub(super) fn InTheBrowser(
    /// Whose credential.
    lane: Lane,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let kind = memo(move || {
        let scheme = playground.scheme(lane);
        (scheme.credential, scheme.carrier)
    });
    move || {
        let (credential, carrier) = kind.get();
        if carrier.is_bearer() {
            view! { <BearerPanel lane=lane credential=credential carrier=carrier /> }.into_any()
        } else {
            view! { <CookiePanel lane=lane credential=credential /> }.into_any()
        }
    }
}
