//! The header: name, server, clock, theme, start over.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{
    LinkState, Theme, current_language, current_theme, focus, is_kept_language_spoken, local_time,
    next_frame, set_language, set_theme,
};
use crate::route::Scene;
use crate::scenes::{KeysSwitch, Sharing, load_ahead};
use crate::state::Playground;
use crate::wording;

/// How far each of the clock's buttons moves it.
const MOVES: [(&str, i64); 3] = [("+1 min", 60), ("+15 min", 15 * 60), ("+1 h", 60 * 60)];

/// The header.
#[component]
pub(crate) fn Header(
    /// The scene that is shown; `None` where the address asks for one that there is not.
    scene: Memo<Option<Scene>>,
    /// Whether the page stands in another site's frame, for this scene alone.
    embedded: Memo<bool>,
    /// The address of the same, for the whole page.
    whole: Memo<String>,
) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let keys = expect_context::<KeysSwitch>();
    view! {
        <header>
            <div>
                <h1 class="name">
                    <span class="t">"Ticket"</span>
                    " or "
                    <span class="p">"Passport"</span>
                </h1>
                <Show when=move || embedded.get()>
                    <a class="whole-page" href=whole target="_blank" rel="noopener">
                        "Open the whole page"
                    </a>
                </Show>
                <nav aria-label="Scenes">
                    {Scene::ALL
                        .into_iter()
                        .map(|one| {
                            let current = move || (scene.get() == Some(one)).then_some("page");
                            view! {
                                <a
                                    href=one.link()
                                    aria-current=current
                                    on:pointerenter=move |_| load_ahead(one)
                                >
                                    {one.name()}
                                </a>
                            }
                        })
                        .collect_view()}
                </nav>
                <div class="page-tools">
                    <ShareSwitch />
                    <LanguageSwitch />
                    <ThemeSwitch />
                    <button
                        type="button"
                        class="quiet"
                        on:click=move |_| keys.is_wanted.set(true)
                    >
                        "Keyboard"
                    </button>
                    <StartOver />
                </div>
            </div>
            <div>
                <p class="subtitle">"Stateful and stateless authentication, side by side, for real."</p>
                <p class="server-state" role="status">
                    {move || server_state(&playground.link_state.get())}
                </p>
                <Clock />
            </div>
        </header>
    }
}

/// Opens and closes the panel that makes links.
#[component]
fn ShareSwitch() -> impl IntoView {
    let is_open = expect_context::<Sharing>().is_open;
    view! {
        <button
            type="button"
            id="share"
            class="quiet"
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
        >
            "Share"
        </button>
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

/// The one clock. Cookie jar, sessions and tokens go by it.
#[component]
fn Clock() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let offset = playground.clock_offset_seconds;
    let shown = move || local_time(playground.second.get().plus_seconds(offset.get()));
    let move_to = move |seconds: i64| {
        spawn_local(async move { playground.move_clock(seconds).await });
    };
    view! {
        <div class="clock" role="group" aria-label="Clock">
            <span class="mono">{shown}</span>
            <Show when=move || offset.get() != 0>
                <span class="mono offset">{move || wording::offset(offset.get())}</span>
            </Show>
            {MOVES
                .into_iter()
                .map(|(label, seconds)| {
                    view! {
                        <button
                            type="button"
                            class="quiet"
                            on:click=move |_| move_to(offset.get_untracked() + seconds)
                        >
                            {label}
                        </button>
                    }
                })
                .collect_view()}
            <button
                type="button"
                class="quiet"
                disabled=move || playground.next_expiry().is_none()
                on:click=move |_| {
                    spawn_local(async move { playground.move_clock_to_next_expiry().await });
                }
            >
                "to the next expiry"
            </button>
            <button
                type="button"
                class="quiet"
                disabled=move || offset.get() == 0
                on:click=move |_| move_to(0)
            >
                "back to now"
            </button>
        </div>
    }
}

/// Between English and German, each named in its own language.
#[component]
fn LanguageSwitch() -> impl IntoView {
    let language = RwSignal::new(current_language());
    let trouble = RwSignal::new(false);
    spawn_local(async move {
        if !is_kept_language_spoken().await {
            trouble.set(true);
            language.set(current_language());
        }
    });
    let switch = move |_| {
        let next = language.get_untracked().other();
        spawn_local(async move {
            let is_there = set_language(next).await;
            trouble.set(!is_there);
            if is_there {
                language.set(next);
            }
        });
    };
    let other = move || language.get().other();
    view! {
        <button
            type="button"
            class="quiet"
            translate="no"
            lang=move || other().code()
            on:click=switch
        >
            {move || other().name()}
        </button>
        {move || {
            trouble
                .get()
                .then(|| {
                    view! {
                        <span class="trouble" role="alert">
                            "The other language could not be loaded."
                        </span>
                    }
                })
        }}
    }
}

#[component]
fn ThemeSwitch() -> impl IntoView {
    let theme = RwSignal::new(current_theme());
    let label = move || match theme.get() {
        Theme::System => "Theme: as the system",
        Theme::Light => "Theme: light",
        Theme::Dark => "Theme: dark",
    };
    let switch = move |_| {
        theme.update(|theme| *theme = theme.next());
        set_theme(theme.get_untracked());
    };
    view! {
        <button type="button" class="quiet" on:click=switch>
            {label}
        </button>
    }
}

/// Clears everything, after asking.
#[component]
fn StartOver() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let asking = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let close = move || {
        asking.set(false);
        // Where the question stood there is the button again.
        next_frame(|| focus("#start-over"));
    };
    let start_over = move |_| {
        close();
        spawn_local(async move { trouble.set(playground.reset().await.err()) });
    };
    view! {
        <Show
            when=move || asking.get()
            fallback=move || {
                view! {
                    <button
                        type="button"
                        id="start-over"
                        class="quiet"
                        on:click=move |_| {
                            asking.set(true);
                            next_frame(|| focus("#keep"));
                        }
                    >
                        "Start over"
                    </button>
                }
            }
        >
            <span class="asking" role="group" aria-label="Start over">
                "Clear this page’s cookies, token, database and history?"
                <button type="button" class="main" on:click=start_over>
                    "Clear everything"
                </button>
                <button type="button" id="keep" class="quiet" on:click=move |_| close()>
                    "Keep"
                </button>
            </span>
        </Show>
        {move || trouble.get().map(|text| view! { <span class="trouble" role="alert">{text}</span> })}
    }
}
