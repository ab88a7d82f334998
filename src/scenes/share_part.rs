//! Sharing as a part of its own: the panel that makes links, and what opens the settings in one.

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::SplitLoaderError;
#[cfg(split)]
use wasm_split_helpers::wasm_split;

use super::compare::RequestFields;
use super::scene_view::built;
use super::share::share;
use crate::browser::{focus, next_frame};
use crate::components::Prose;
use crate::route::{Scene, Stop};
use crate::state::Playground;
use crate::state::guide::Tour;
use crate::state::share::{Opened, Opening, has_settings, open};
use crate::wording;

/// Whether the panel is open, and what came of the link that was opened last.
#[derive(Clone, Copy)]
pub(crate) struct Sharing {
    /// Whether the panel is open.
    pub(crate) is_open: RwSignal<bool>,
    said: RwSignal<Vec<String>>,
    /// The fragment that was opened last: the same one again changes nothing.
    opened: StoredValue<String>,
}

impl Sharing {
    /// With nothing opened.
    pub(crate) fn new() -> Self {
        Self {
            is_open: RwSignal::new(false),
            said: RwSignal::new(Vec::new()),
            opened: StoredValue::new(String::new()),
        }
    }

    /// Opens the settings that a fragment holds, once.
    pub(crate) fn open_link(self, playground: Playground, scene: Scene, fragment: &str) {
        if !has_settings(scene, fragment) || self.opened.with_value(|opened| opened == fragment) {
            return;
        }
        self.opened.set_value(fragment.to_owned());
        let fragment = fragment.to_owned();
        let requests = expect_context::<RequestFields>();
        spawn_local(async move {
            let said = match load_share().await {
                Ok(()) => opened(playground, scene, fragment, requests).await,
                Err(_) => vec![wording::SCENE_NOT_LOADED.to_owned()],
            };
            self.said.set(said);
        });
    }
}

async fn opened(
    playground: Playground,
    scene: Scene,
    fragment: String,
    requests: RequestFields,
) -> Vec<String> {
    let order = Order::Open(playground, scene, fragment);
    let Some(Done::Opening(opening)) = built(share_part(order)) else {
        return vec![wording::SCENE_NOT_LOADED.to_owned()];
    };
    let mut opening = opening.await;
    if let Some(request) = &opening.request {
        match requests.choose_named(request) {
            Some(true) => opening.opened.push(Opened::Request),
            Some(false) => {}
            None => {
                let why = wording::share::NO_SUCH_REQUEST.to_owned();
                opening.left.push((String::from("request"), Some(why)));
            }
        }
    }
    wording::share::opening(&opening)
}

/// What came of the link that was opened last.
#[component]
pub(crate) fn LinkOpened() -> impl IntoView {
    let said = expect_context::<Sharing>().said;
    move || {
        let lines = said.get();
        (!lines.is_empty()).then(|| {
            let lines = lines
                .into_iter()
                .map(|line| {
                    view! {
                        <p>
                            <Prose text=line />
                        </p>
                    }
                })
                .collect_view();
            view! {
                <div class="banner">
                    {lines}
                    <button
                        type="button"
                        class="quiet small"
                        on:click=move |_| said.set(Vec::new())
                    >
                        "Close this"
                    </button>
                </div>
            }
        })
    }
}

/// The panel that makes links, below the header, while it is open.
#[component]
pub(crate) fn SharePanel() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let tour = expect_context::<Tour>();
    let Sharing { is_open, .. } = expect_context();
    // Whether the part is there; `None` while it is on its way.
    let is_there = RwSignal::new(None::<bool>);
    Effect::new(move |_| {
        if is_open.get() {
            is_there.set(None);
            spawn_local(load_share().map(move |loaded| {
                is_there.try_set(Some(loaded.is_ok()));
                next_frame(|| focus("#share-title"));
            }));
        }
    });
    let close = Callback::new(move |()| {
        is_open.set(false);
        next_frame(|| focus("#share"));
    });
    move || {
        if !is_open.get() {
            return ().into_any();
        }
        match is_there.get() {
            None => view! { <p class="note" role="status">{wording::SCENE_LOADING}</p> }.into_any(),
            Some(false) => view! {
                <p class="banner trouble" role="alert">{wording::SCENE_NOT_LOADED}</p>
            }
            .into_any(),
            Some(true) => {
                let scene = tour.scene.get().unwrap_or(Scene::Compare);
                let stop = tour.stop.get().filter(|stop| stop.scene() == scene);
                match built(share_part(Order::Panel(playground, scene, stop, close))) {
                    Some(Done::Panel(panel)) => panel,
                    _ => ().into_any(),
                }
            }
        }
    }
}

/// What the part is asked for.
enum Order {
    /// The panel, for this scene and this stop of the tour.
    Panel(Playground, Scene, Option<Stop>, Callback<()>),
    /// The settings in a fragment of this scene, opened.
    Open(Playground, Scene, String),
}

/// What it made.
enum Done {
    /// The panel.
    Panel(AnyView),
    /// The opening, under way.
    Opening(LocalBoxFuture<'static, Opening>),
}

#[cfg_attr(split, wasm_split(share, fallible, preload(load_share)))]
fn share_part(order: Order) -> Result<Done, SplitLoaderError> {
    Ok(match order {
        Order::Panel(playground, scene, stop, close) => {
            Done::Panel(share(playground, scene, stop, close))
        }
        Order::Open(playground, scene, fragment) => {
            Done::Opening(open(playground, scene, fragment).boxed_local())
        }
    })
}

#[cfg(not(split))]
async fn load_share() -> Result<(), SplitLoaderError> {
    Ok(())
}
