//! The refresh token in its cookie, which no script sees, and what exchanges it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Cookie, Lane};

use super::last_lines::LastLines;
use crate::components::ToolButton;
use crate::state::Playground;
use crate::state::memo;
use crate::wording;

/// The refresh token.
#[component]
pub(super) fn RefreshCookie(
    /// Whose.
    lane: Lane,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let name = lane.names().refresh_cookie;
    let stored = memo(move || {
        playground.observation.with(|seen| {
            let jar = &seen.as_ref()?.jar;
            jar.iter().find(|cookie| cookie.name == name).cloned()
        })
    });
    let refresh = move |()| spawn_local(async move { playground.refresh(lane).await });
    let said = move |cookie: Cookie| {
        let now = playground.clock();
        view! {
            <div class="cell">{wording::refresh_cookie(&cookie, now)}</div>
            <p class="note">
                "HttpOnly: the user agent sends it to this path alone, and no script can read it. What page script gets for it is the next access token; the cookie is replaced each time."
            </p>
        }
    };
    view! {
        <div class="refresh-token">
            <h4>"Refresh token " <small>"what the observer sees"</small></h4>
            {move || match stored.get() {
                Some(cookie) => said(cookie).into_any(),
                None => {
                    view! {
                        <p class="empty">
                            "No refresh token. Sign-in sets one in the cookie " <code>{name}</code> "."
                        </p>
                    }
                        .into_any()
                }
            }}
            <ToolButton label="Refresh the token" on_press=Callback::new(refresh) />
            <LastLines lane=lane />
        </div>
    }
}
