//! Shows one of the scenes. A release build makes parts of their own of some, loaded when they are first opened; in any
//! other build all are there from the start. It never loads what nobody went for.

use futures::FutureExt;
use futures::future::{LocalBoxFuture, ready};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_split_helpers::SplitLoaderError;
#[cfg(split)]
use wasm_split_helpers::wasm_split;

use super::compare::Compare;
use super::cookie::CookieScene;
use super::fleet::FleetScene;
use super::guide_part::{GuidePart, guide, load_guide};
use super::part_view::built;
use super::store::StoreScene;
use super::token::TokenScene;
use crate::route::Scene;
use crate::wording;

/// How far the loading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Loading {
    UnderWay,
    Failed,
    Done,
}

/// The scene, once it is there.
#[component]
pub(crate) fn SceneView(
    /// Which one.
    scene: Scene,
    /// The address's fragment.
    fragment: RwSignal<String>,
) -> impl IntoView {
    let loading = RwSignal::new(Loading::UnderWay);
    begin(scene, loading);
    let again = move |_| begin(scene, loading);
    move || match loading.get() {
        Loading::UnderWay => {
            view! { <p class="note" role="status">{wording::SCENE_LOADING}</p> }.into_any()
        }
        Loading::Failed => view! {
            <p class="banner trouble" role="alert">
                {wording::SCENE_NOT_LOADED}
                <button type="button" class="main" on:click=again>
                    "Try again"
                </button>
            </p>
        }
        .into_any(),
        Loading::Done => match scene {
            Scene::Compare => view! { <Compare /> }.into_any(),
            Scene::Token => built(token(fragment)).into_any(),
            Scene::Cookie => built(cookie(fragment)).into_any(),
            Scene::Store => built(store(fragment)).into_any(),
            Scene::Fleet => built(fleet(fragment)).into_any(),
            Scene::Guide => built(guide(GuidePart::Overview)).into_any(),
            Scene::Advice => built(guide(GuidePart::Advice(fragment))).into_any(),
        },
    }
}

/// Loads the scene, and says how far that is. What is there already shows at once.
fn begin(scene: Scene, loading: RwSignal<Loading>) {
    let say = move |loaded: Result<(), SplitLoaderError>| {
        let loading_now = loaded.map_or(Loading::Failed, |()| Loading::Done);
        // Who asked may have gone to another scene meanwhile.
        loading.try_set(loading_now);
    };
    let mut arriving = load(scene);
    if let Some(loaded) = (&mut arriving).now_or_never() {
        say(loaded);
    } else {
        loading.set(Loading::UnderWay);
        spawn_local(arriving.map(say));
    }
}

/// Loads the scene that someone is about to open. A failure is said when it is opened.
pub(crate) fn load_ahead(scene: Scene) {
    spawn_local(load(scene).map(|_| ()));
}

fn load(scene: Scene) -> LocalBoxFuture<'static, Result<(), SplitLoaderError>> {
    match scene {
        Scene::Compare => ready(Ok(())).boxed_local(),
        Scene::Token => load_token().boxed_local(),
        Scene::Cookie => load_cookie().boxed_local(),
        Scene::Store => load_store().boxed_local(),
        Scene::Fleet => load_fleet().boxed_local(),
        Scene::Guide | Scene::Advice => load_guide().boxed_local(),
    }
}

#[cfg_attr(split, wasm_split(token, fallible, preload(load_token)))]
fn token(fragment: RwSignal<String>) -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <TokenScene fragment=fragment /> }.into_any())
}

#[cfg_attr(split, wasm_split(cookie, fallible, preload(load_cookie)))]
fn cookie(fragment: RwSignal<String>) -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <CookieScene fragment=fragment /> }.into_any())
}

#[cfg_attr(split, wasm_split(store, fallible, preload(load_store)))]
fn store(fragment: RwSignal<String>) -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <StoreScene fragment=fragment /> }.into_any())
}

#[cfg_attr(split, wasm_split(fleet, fallible, preload(load_fleet)))]
fn fleet(fragment: RwSignal<String>) -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <FleetScene fragment=fragment /> }.into_any())
}

#[cfg(not(split))]
async fn load_token() -> Result<(), SplitLoaderError> {
    Ok(())
}

#[cfg(not(split))]
async fn load_cookie() -> Result<(), SplitLoaderError> {
    Ok(())
}

#[cfg(not(split))]
async fn load_store() -> Result<(), SplitLoaderError> {
    Ok(())
}

#[cfg(not(split))]
async fn load_fleet() -> Result<(), SplitLoaderError> {
    Ok(())
}
