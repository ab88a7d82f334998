//! Files that the page gives to the user, and that the user gives to the page. It never looks into one.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DragEvent, File, HtmlAnchorElement, HtmlInputElement, Url};

/// Has the browser save these octets under that name, as a download. What the browser says where it does not.
pub(crate) fn save_file(name: &str, octets: &[u8]) -> Result<(), String> {
    save(name, octets).map_err(|error| words(&error))
}

fn save(name: &str, octets: &[u8]) -> Result<(), JsValue> {
    let parts = Array::of1(&Uint8Array::from(octets).into());
    let blob = Blob::new_with_u8_array_sequence(&parts)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}

/// The content of the file that was chosen in a field, which then has none any more: the same one can be chosen again.
/// `None` where none was chosen.
pub(crate) async fn take_file(field: HtmlInputElement) -> Option<Result<Vec<u8>, String>> {
    let file = field.files()?.get(0)?;
    let content = JsFuture::from(file.array_buffer()).await;
    field.set_value("");
    Some(
        content
            .map(|content| Uint8Array::new(&content).to_vec())
            .map_err(|error| words(&error)),
    )
}

/// A file that the user gave to the page, which has not looked into it.
#[derive(Clone)]
pub(crate) struct GivenFile(pub(super) File);

impl GivenFile {
    /// Its name.
    pub(crate) fn name(&self) -> String {
        self.0.name()
    }

    /// How many octets it has.
    pub(crate) fn octets(&self) -> f64 {
        self.0.size()
    }
}

/// The file that was chosen in a field, which then has none any more.
pub(crate) fn chosen_file(field: &HtmlInputElement) -> Option<GivenFile> {
    let file = field.files()?.get(0)?;
    field.set_value("");
    Some(GivenFile(file))
}

/// The first file that was dropped. The browser is kept from opening it itself.
pub(crate) fn dropped_file(event: &DragEvent) -> Option<GivenFile> {
    event.prevent_default();
    let file = event.data_transfer()?.files()?.get(0)?;
    Some(GivenFile(file))
}

fn words(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(
        || String::from("The browser did not say why."),
        |error| String::from(error.message()),
    )
}
