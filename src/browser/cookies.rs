//! The browser's real cookies, as page script sees them.

use std::cell::{Cell, RefCell};

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

use super::clock::now;
use super::place::is_in_frame;
use super::stand_in;

thread_local! {
    /// Whether the browser was seen to take a cookie.
    static ENABLED: Cell<bool> = const { Cell::new(false) };
    /// The page's own: each request reads its cookies.
    static DOCUMENT: Option<HtmlDocument> = document().dyn_into().ok();
    /// What was read ahead for the work that is under way.
    static READ_AHEAD: RefCell<Option<Option<String>>> = const { RefCell::new(None) };
}

/// `document.cookie`.
pub(crate) struct Cookies;

impl Cookies {
    /// All that page script sees; `None` where the browser has cookies disabled for this page. In another site's frame
    /// something else stands for them then.
    pub(crate) fn read() -> Option<String> {
        READ_AHEAD
            .with_borrow(Clone::clone)
            .unwrap_or_else(Self::read_now)
    }

    /// Reads ahead for this work, which is over before anything else can run. The deeper the stack is in WebAssembly, the
    /// longer Chromium takes for it: twice as long where requests are made.
    pub(crate) fn read_ahead<T>(work: impl FnOnce() -> T) -> T {
        READ_AHEAD.set(Some(Self::read_now()));
        let done = work();
        READ_AHEAD.set(None);
        done
    }

    fn read_now() -> Option<String> {
        if !ENABLED.get() {
            ENABLED.set(probe());
        }
        if !ENABLED.get() {
            return is_in_frame().then(|| stand_in::read(&page_path(), now()));
        }
        read_document()
    }

    /// Assigns a line to `document.cookie`. Whether the browser took it shows when it is read back.
    pub(crate) fn write(line: &str) {
        READ_AHEAD.set(None);
        if !ENABLED.get() && is_in_frame() {
            stand_in::write(line, &page_path(), now());
        }
        assign(line);
    }

    /// Whether something else stands for `document.cookie`.
    pub(crate) fn are_stood_for() -> bool {
        !ENABLED.get() && is_in_frame()
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

/// Whether a cookie that is written can be read. `navigator.cookieEnabled` says yes even where the browser's settings
/// block this site's data.
fn probe() -> bool {
    let pair = "cookie_probe=1";
    assign(&format!("{pair}; SameSite=Lax; Max-Age=5"));
    let seen = read_document();
    assign("cookie_probe=; SameSite=Lax; Max-Age=0");
    seen.is_some_and(|seen| seen.contains(pair))
}

fn assign(line: &str) {
    DOCUMENT.with(|document| {
        if let Some(document) = document {
            let _ = document.set_cookie(line);
        }
    });
}

fn read_document() -> Option<String> {
    DOCUMENT.with(|document| document.as_ref()?.cookie().ok())
}

fn page_path() -> String {
    window().location().pathname().unwrap_or_default()
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
