//! The shell: header, banners, scene.

use leptos::prelude::*;
use std::time::Duration;

use crate::browser::{self, LinkState, Theme};
use crate::scenes::compare::Compare;
use crate::state::Playground;
use crate::wording;

/// How often the page looks whether developer tools changed what the browser holds.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let playground = Playground::open();
    provide_context(playground);
    browser::install_console_api(playground);
    set_interval(move || playground.look_at_browser(), LOOK_EVERY);
    Effect::new(move |_| {
        if matches!(playground.link_state.get(), LinkState::Ready { .. }) {
            leptos::task::spawn_local(async move {
                let _ = playground.observe().await;
            });
        }
    });

    view! {
        <div class="page">
            <Header />
            <main>
                <Banners />
                <Compare />
            </main>
        </div>
    }
}

#[component]
fn Header() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let theme = RwSignal::new(browser::current_theme());
    let label = move || match theme.get() {
        Theme::System => "Theme: as the system",
        Theme::Light => "Theme: light",
        Theme::Dark => "Theme: dark",
    };
    let switch = move |_| {
        theme.update(|theme| *theme = theme.next());
        browser::set_theme(theme.get_untracked());
    };
    view! {
        <header>
            <h1 class="name">
                <span class="t">"Ticket"</span>
                " or "
                <span class="p">"Passport"</span>
            </h1>
            <p class="subtitle">"Stateful and stateless authentication, side by side, for real."</p>
            <p class="server-state" role="status">
                {move || server_state(&playground.link_state.get())}
            </p>
            <button type="button" class="quiet" on:click=switch>
                {label}
            </button>
        </header>
    }
}

const fn server_state(state: &LinkState) -> &'static str {
    match state {
        LinkState::Starting => "The server is starting: what you ask waits.",
        LinkState::Ready { .. } => "The server is ready.",
        LinkState::Occupied | LinkState::TakenOver => "The server is in another tab.",
        LinkState::Dead { .. } => "The server is dead.",
    }
}

/// What everyone must know about the server's state.
#[component]
fn Banners() -> impl IntoView {
    let playground = expect_context::<Playground>();
    view! {
        <div class="banners" role="status">
            {move || link_banner(playground)}
            {move || {
                playground
                    .browser
                    .with(|view| view.cookie.is_none())
                    .then(|| {
                        view! {
                            <p class="banner">
                                "This browser has cookies disabled for this page. The stateful lane can sign in, but not stay signed in: no cookie comes back with the next request."
                            </p>
                        }
                    })
            }}
            {move || {
                (!playground.browser.with(|view| view.storage_allowed))
                    .then(|| {
                        view! {
                            <p class="banner">
                                "This browser blocks localStorage for this page. The token is kept in memory, and is gone when you leave the page."
                            </p>
                        }
                    })
            }}
        </div>
    }
}

fn link_banner(playground: Playground) -> impl IntoView {
    let take_over = move |_| playground.take_over();
    match playground.link_state.get() {
        LinkState::Starting => ().into_any(),
        LinkState::Ready {
            opening,
            died_before,
        } => {
            let lines = [
                died_before.map(|reason| {
                    format!("The server died and was started again. What it was carrying out got no answer. ({reason})")
                }),
                wording::persistence(&opening.persistence),
                opening.set_aside.as_ref().map(wording::set_aside),
            ];
            lines
                .into_iter()
                .flatten()
                .map(|line| view! { <p class="banner">{line}</p> })
                .collect_view()
                .into_any()
        }
        LinkState::Occupied => view! {
            <p class="banner">
                "The server runs in another tab, and there is one for all tabs: two would overwrite each other’s cookie and token. "
                <button type="button" class="main" on:click=take_over>
                    "Take over here"
                </button>
            </p>
        }
        .into_any(),
        LinkState::TakenOver => view! {
            <p class="banner">
                "Another tab took the server over. "
                <button type="button" class="main" on:click=take_over>
                    "Take over here"
                </button>
            </p>
        }
        .into_any(),
        LinkState::Dead { reason } => view! {
            <p class="banner trouble">
                "The server can’t be kept running, and is not started again. Reload the page to start it anew. ("
                {reason} ")"
            </p>
        }
        .into_any(),
    }
}
