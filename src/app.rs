//! The shell: header, banners, scene.

use leptos::prelude::*;
use std::time::Duration;

use crate::browser::{self, LinkState};
use crate::components::Prose;
use crate::header::Header;
use crate::offline::{OfflineNote, VersionBanner, keep_offline};
use crate::route::{Scene, Stop};
use crate::scenes::compare::keep_compare;
use crate::scenes::{KeysSheet, KeysSwitch, LinkOpened, SceneView, SharePanel, Sharing, TourPanel};
use crate::state::guide::Tour;
use crate::state::memo;
use crate::state::share::{is_embedded, of_whole_page};
use crate::state::{PageLife, Playground};
use crate::wording;

/// How often the page looks at the clock, and whether developer tools changed what the browser holds.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let playground = Playground::open();
    provide_context(playground);
    PageLife::begin();
    keep_compare(playground);
    keep_offline(playground);
    browser::install_console_api(playground);
    set_interval(move || playground.look_around(), LOOK_EVERY);
    Effect::new(move |known: Option<Option<String>>| {
        let known = known.flatten();
        let LinkState::Ready { died_before, .. } = playground.link_state.get() else {
            return known;
        };
        if died_before.is_some() && died_before != known {
            playground.note_restart();
        }
        leptos::task::spawn_local(async move {
            let _ = playground.observe().await;
        });
        died_before
    });
    let fragment = browser::fragment();
    let scene = memo(move || fragment.with(|fragment| Scene::of_fragment(fragment)));
    let shown = memo(move || scene.get().unwrap_or(Scene::Compare));
    let tour = Tour::new(playground);
    provide_context(tour);
    provide_context(KeysSwitch::new());
    let sharing = Sharing::new();
    provide_context(sharing);
    Effect::new(move |_| {
        tour.scene.set(scene.get());
        if let Some(stop) = fragment.with(|fragment| Stop::of_fragment(fragment)) {
            tour.open(stop);
        }
        fragment.with(|fragment| sharing.open_link(playground, shown.get(), fragment));
    });
    let title = browser::title();
    Effect::new(move |_| browser::set_title(&format!("{} · {title}", shown.get().name())));
    let is_embedded = memo(move || fragment.with(|fragment| is_embedded(fragment)));
    let whole = memo(move || {
        let address = browser::page_address();
        fragment.with(|fragment| format!("{address}{}", of_whole_page(fragment)))
    });

    view! {
        <div class="page" class:embedded=is_embedded>
            <Header scene=scene embedded=is_embedded whole=whole />
            <main>
                <Banners />
                <SharePanel />
                <Show when=move || scene.get().is_none()>
                    <p class="banner" role="status">
                        "There is no scene " <code>{fragment}</code> ". This is Compare."
                    </p>
                </Show>
                <TourPanel />
                {move || view! { <SceneView scene=shown.get() fragment=fragment /> }}
            </main>
            <OfflineNote />
            <BackToTop />
            <KeysSheet />
        </div>
    }
}

/// The way from the end of a long scene to the header. It is also what Tab ends at: driven, Firefox does not come round to
/// the beginning of a page that ends at a summary.
#[component]
fn BackToTop() -> impl IntoView {
    view! {
        <button type="button" class="link to-top" on:click=move |_| browser::go_to("header a")>
            "Back to the top"
        </button>
    }
}

/// What everyone must know about the server's state.
#[component]
fn Banners() -> impl IntoView {
    let playground = expect_context::<Playground>();
    view! {
        <div class="banners" role="status">
            <VersionBanner />
            <LinkOpened />
            {move || link_banner(playground)}
            {move || {
                playground.browser.track();
                browser::Cookies::are_stood_for()
                    .then(|| {
                        view! {
                            <p class="banner">
                                <Prose text=wording::share::JAR_ALONE />
                            </p>
                        }
                    })
            }}
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
