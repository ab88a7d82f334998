//! What the service worker says of the page: whether all of it is kept for a start without a network, and whether a
//! newer version is there. A browser that has none, or refuses it, goes without, and nothing is said.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Object, Reflect};
use leptos::prelude::{
    GetUntracked, RwSignal, Set, document, set_timeout, window, window_event_listener_untyped,
};
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, MessageEvent, RegistrationOptions, ServiceWorker, ServiceWorkerContainer,
    ServiceWorkerRegistration, ServiceWorkerUpdateViaCache,
};

use super::boot::meta;
use super::clock::now;
use super::place::is_in_frame;

/// Where its script is, relative to the page.
const SCRIPT: &str = "sw.js";
/// What it is told when the user wants its version.
const START: &str = "start";
/// How long the page has the line and the processor for itself, once its server is there.
const PAUSE: Duration = Duration::from_secs(1);
/// A page that is looked at again asks for a newer version no sooner than this after the last time.
const LOOK_EVERY_SECONDS: i64 = 60 * 60;

/// How the version on the screen stands to the newest that this browser has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// No newer one is known.
    Newest,
    /// A newer one waits.
    NewerWaits,
    /// Another tab started a newer one.
    NewerStarted,
}

/// What is known of it.
#[derive(Clone, Copy)]
pub(crate) struct Offline {
    /// How many files the page is, where all of them are kept.
    pub(crate) kept: RwSignal<Option<u32>>,
    /// Whether a newer version is there.
    pub(crate) version: RwSignal<Version>,
}

impl Offline {
    /// Knows nothing yet.
    pub(crate) fn new() -> Self {
        Self {
            kept: RwSignal::new(None),
            version: RwSignal::new(Version::Newest),
        }
    }

    /// Lets the page be installed, registers the service worker, and listens to it from then on.
    pub(crate) fn begin(self) {
        link_manifest();
        if let Some(container) = container() {
            spawn_local(self.register(container));
        }
    }

    async fn register(self, container: ServiceWorkerContainer) {
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let registered = container.register_with_options(SCRIPT, &options);
        let Ok(registration) = JsFuture::from(registered).await else {
            return;
        };
        let registration: ServiceWorkerRegistration = registration.unchecked_into();
        self.listen(&container, &registration);
        self.watch(&registration);
        look_again(registration);
    }

    /// Hears what is said, by whichever service worker the page has.
    fn listen(self, container: &ServiceWorkerContainer, registration: &ServiceWorkerRegistration) {
        let changed = Rc::new(Cell::new(false));
        let heard = changed.clone();
        listen(
            move |event: MessageEvent| self.hear(&event.data(), heard.get()),
            |listener| container.set_onmessage(listener),
        );
        let speaker = container.clone();
        listen(
            move |_: Event| {
                changed.set(true);
                greet(speaker.controller());
            },
            |listener| container.set_oncontrollerchange(listener),
        );
        greet(registration.active());
    }

    /// Whether the answer comes from another one than the page began with matters only where it is of another build.
    fn hear(self, answer: &JsValue, is_another: bool) {
        let number = |name: &str| Reflect::get(answer, &name.into()).ok()?.as_f64();
        let build = Reflect::get(answer, &"build".into());
        let is_ours = build.is_ok_and(|build| build.as_string() == own_build());
        let files = number("files").filter(|files| number("kept") == Some(*files));
        self.kept
            .set(files.filter(|_| is_ours).map(|files| files as u32));
        if is_another && !is_ours {
            self.version.set(Version::NewerStarted);
        }
    }

    /// Tells when a newer version waits. What is installed while there is none before it does not.
    fn watch(self, registration: &ServiceWorkerRegistration) {
        let look = {
            let registration = registration.clone();
            move || {
                let waits = registration.active().is_some() && registration.waiting().is_some();
                if waits && self.version.get_untracked() == Version::Newest {
                    self.version.set(Version::NewerWaits);
                }
            }
        };
        look();
        let found = registration.clone();
        listen(
            move |_: Event| {
                let look = look.clone();
                if let Some(newer) = found.installing() {
                    listen(
                        move |_: Event| look(),
                        |listener| newer.set_onstatechange(listener),
                    );
                }
            },
            |listener| registration.set_onupdatefound(listener),
        );
    }
}

/// Runs once the page has had line and processor for itself, where the browser has service workers. In a frame nothing is
/// kept: it would be all of it for each site that embeds one scene.
pub(crate) fn in_a_moment(work: impl FnOnce() + 'static) {
    if has_container() && !is_in_frame() {
        set_timeout(work, PAUSE);
    }
}

/// Starts the newer version, in all tabs: this one is loaded again, the others are told.
pub(crate) fn start_newer_version() {
    spawn_local(async {
        let Some(container) = container() else {
            return;
        };
        let registration = JsFuture::from(container.get_registration()).await;
        let registration = registration.map(ServiceWorkerRegistration::unchecked_from_js);
        match registration.ok().and_then(|it| it.waiting()) {
            Some(waiting) => {
                listen(
                    |_: Event| load_again(),
                    |listener| container.set_oncontrollerchange(listener),
                );
                let _ = waiting.post_message(&START.into());
            }
            // Another tab was first.
            None => load_again(),
        }
    });
}

/// As by the browser's own button.
pub(crate) fn load_again() {
    let _ = window().location().reload();
}

/// Whenever the page is looked at again: is it still kept, and, not too often, is there a newer version?
fn look_again(registration: ServiceWorkerRegistration) {
    let looked = Cell::new(now());
    window_event_listener_untyped("visibilitychange", move |_| {
        if document().hidden() {
            return;
        }
        greet(registration.active());
        let now = now();
        if now.seconds() - looked.get().seconds() >= LOOK_EVERY_SECONDS {
            looked.set(now);
            if let Ok(update) = registration.update() {
                spawn_local(async {
                    // Without a network there is no newer version to be had.
                    let _ = JsFuture::from(update).await;
                });
            }
        }
    });
}

/// Tells a service worker which build the page is. It answers with what it keeps.
fn greet(worker: Option<ServiceWorker>) {
    let Some(worker) = worker else {
        return;
    };
    let greeting = Object::new();
    let build = own_build().unwrap_or_default();
    let _ = Reflect::set(&greeting, &"build".into(), &build.into());
    let _ = worker.post_message(&greeting);
}

/// Links the manifest from the page. Until then nobody spends the line, or the processor, on its pictures.
fn link_manifest() {
    let document = document();
    if let (Some(place), Some(head)) = (meta("manifest"), document.head())
        && let Ok(link) = document.create_element("link")
    {
        let _ = link.set_attribute("rel", "manifest");
        let _ = link.set_attribute("href", &place);
        let _ = head.append_child(&link);
    }
}

/// The page's own build.
fn own_build() -> Option<String> {
    meta("build")
}

/// Where the browser has service workers for this page. Asking for them throws in some frames.
fn container() -> Option<ServiceWorkerContainer> {
    found_container()?.dyn_into().ok()
}

fn has_container() -> bool {
    found_container().is_some_and(|found| found.is_object())
}

fn found_container() -> Option<JsValue> {
    Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()
}

/// Has something called for as long as the page lives.
fn listen<E: wasm_bindgen::convert::FromWasmAbi + 'static>(
    call: impl Fn(E) + 'static,
    set: impl FnOnce(Option<&js_sys::Function>),
) {
    let listener = Closure::<dyn Fn(E)>::new(call).into_js_value();
    set(Some(listener.unchecked_ref()));
}
