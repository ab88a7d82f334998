//! Sharing as a part of its own: the panel that makes links, and what opens the settings in one.

use futures::FutureExt;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::SplitLoaderError;
#[cfg(split)]
use wasm_split_helpers::wasm_split;

use super::compare::RequestFields;
use super::part_view::{built, part_view};
use super::share::{opened, share};
use crate::components::Prose;
use crate::route::{Scene, Stop};
use crate::state::Playground;
use crate::state::guide::Tour;
use crate::state::share::has_settings;
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
            let order = Order::Open(playground, requests, scene, fragment);
            let opening = match load_share().await {
                Ok(()) => built(share_part(order)),
                Err(_) => None,
            };
            self.said.set(match opening {
                Some(Done::Opening(opening)) => opening.await,
                _ => {
                    // Followed again, it is tried again.
                    self.opened.set_value(String::new());
                    vec![wording::SCENE_NOT_LOADED.to_owned()]
                }
            });
        });
    }
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
    part_view(is_open.into(), load, move || {
        let scene = tour.scene.get().unwrap_or(Scene::Compare);
        let stop = tour.stop.get().filter(|stop| stop.scene() == scene);
        match built(share_part(Order::Panel(playground, scene, stop, is_open)))? {
            Done::Panel(panel) => Some(panel),
            Done::Opening(_) => None,
        }
    })
}

fn load() -> LocalBoxFuture<'static, Result<(), SplitLoaderError>> {
    load_share().boxed_local()
}

/// What the part is asked for.
enum Order {
    /// The panel, for this scene and this stop of the tour.
    Panel(Playground, Scene, Option<Stop>, RwSignal<bool>),
    /// The settings in a fragment of this scene, opened; the request goes into the form.
    Open(Playground, RequestFields, Scene, String),
}

/// What it made.
enum Done {
    /// The panel.
    Panel(AnyView),
    /// The opening, under way: what there is to say of it.
    Opening(LocalBoxFuture<'static, Vec<String>>),
}

#[cfg_attr(split, wasm_split(share, fallible, preload(load_share)))]
fn share_part(order: Order) -> Result<Done, SplitLoaderError> {
    Ok(match order {
        Order::Panel(playground, scene, stop, is_open) => {
            Done::Panel(share(playground, scene, stop, is_open))
        }
        Order::Open(playground, requests, scene, fragment) => {
            Done::Opening(opened(playground, requests, scene, fragment).boxed_local())
        }
    })
}

#[cfg(not(split))]
async fn load_share() -> Result<(), SplitLoaderError> {
    Ok(())
}
