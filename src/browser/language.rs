//! The language that the page is said in: English, which its own texts are in, or German, which the boot script loads.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::storage::SettingsStorage;

/// Under which key the choice is kept. The boot script reads it.
const KEY: &str = "language";
/// What the boot script left to speak with.
const SPEAK: &str = "ticketOrPassportSpeak";

/// What it left of the choice of an earlier visit: whether that is spoken.
const SPOKEN: &str = "ticketOrPassportSpoken";

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    /// The page's own.
    English,
    /// The other one.
    German,
}

impl Language {
    /// The one that is not spoken.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::English => Self::German,
            Self::German => Self::English,
        }
    }

    /// Its code. BCP 47.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// Its name in itself.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }
}

/// The one that is spoken.
pub(crate) fn current_language() -> Language {
    let root = document().document_element();
    let code = root.and_then(|root| root.get_attribute("lang"));
    match code.as_deref() {
        Some("de") => Language::German,
        _ => Language::English,
    }
}

/// Whether what was chosen at an earlier visit could be loaded, once that is known.
pub(crate) async fn is_kept_language_spoken() -> bool {
    let spoken = Reflect::get(&window(), &SPOKEN.into()).map(|spoken| Promise::resolve(&spoken));
    match spoken {
        Ok(spoken) => JsFuture::from(spoken).await.is_ok(),
        Err(_) => true,
    }
}

/// Speaks it from now on, and at the next visit. Whether it could be loaded.
pub(crate) async fn set_language(language: Language) -> bool {
    let is_spoken = speak(language).await.is_some();
    if is_spoken {
        match language {
            Language::English => SettingsStorage::remove(KEY),
            Language::German => SettingsStorage::write(KEY, language.code()),
        }
    }
    is_spoken
}

async fn speak(language: Language) -> Option<JsValue> {
    let speak: Function = Reflect::get(&window(), &SPEAK.into())
        .ok()?
        .dyn_into()
        .ok()?;
    let spoken = speak.call1(&JsValue::NULL, &language.code().into()).ok()?;
    let spoken: Promise = spoken.dyn_into().ok()?;
    JsFuture::from(spoken).await.ok()
}
