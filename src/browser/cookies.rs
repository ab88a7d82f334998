//! The browser's real cookies, as page script sees them.

use js_sys::Reflect;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

/// `document.cookie`.
pub(crate) struct Cookies;

impl Cookies {
    /// All that page script sees; `None` where the browser has cookies disabled for this page.
    pub(crate) fn read() -> Option<String> {
        // web-sys does not know `cookieEnabled`.
        let enabled = Reflect::get(&window().navigator(), &"cookieEnabled".into());
        if enabled.is_ok_and(|enabled| enabled.is_falsy()) {
            return None;
        }
        html_document()?.cookie().ok()
    }

    /// Assigns a line to `document.cookie`. Whether the browser took it shows when it is read back.
    pub(crate) fn write(line: &str) {
        if let Some(document) = html_document() {
            let _ = document.set_cookie(line);
        }
    }

    /// The value of the first cookie of that name in what was read.
    pub(crate) fn value(cookies: &str, name: &str) -> Option<String> {
        cookies
            .split("; ")
            .filter_map(|pair| pair.split_once('='))
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value.to_owned())
    }
}

fn html_document() -> Option<HtmlDocument> {
    document().dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::Cookies;

    #[test]
    fn a_value_is_found_by_its_whole_name() {
        let cookies = "sid2=no; sid=yes=1; sid=older";
        assert_eq!(Cookies::value(cookies, "sid").as_deref(), Some("yes=1"));
        assert_eq!(Cookies::value(cookies, "id"), None);
        assert_eq!(Cookies::value("", "sid"), None);
    }
}
