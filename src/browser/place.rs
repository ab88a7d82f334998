//! Where the page is at home.

use leptos::prelude::{document, window};
use protocol::Site;

thread_local! {
    /// They stay what they are: only a load changes them. Each request tells them.
    static SITE: Site = read_site();
    static USER_AGENT: Option<String> = read_user_agent();
}

/// Origin and folder of the page.
pub(crate) fn site() -> Site {
    SITE.with(Clone::clone)
}

fn read_site() -> Site {
    let origin = window().location().origin().unwrap_or_default();
    let base_path = document()
        .base_uri()
        .ok()
        .flatten()
        .map_or_else(|| String::from("/"), |uri| base_path(&uri, &origin));
    Site { origin, base_path }
}

/// The page's address without its fragment.
pub(crate) fn page_address() -> String {
    let address = window().location().href().unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// What the browser calls itself; `None` where it says nothing.
pub(crate) fn user_agent() -> Option<String> {
    USER_AGENT.with(Clone::clone)
}

fn read_user_agent() -> Option<String> {
    let name = window().navigator().user_agent().ok()?;
    (!name.is_empty()).then_some(name)
}

/// The folder of a document's URI: without its last part, query and fragment.
fn base_path(uri: &str, origin: &str) -> String {
    let path = uri.strip_prefix(origin).unwrap_or("/");
    let path = path.split(['?', '#']).next().unwrap_or("/");
    path.rsplit_once('/')
        .map_or_else(|| String::from("/"), |(folder, _)| format!("{folder}/"))
}

/// Whether another page shows this one in a frame. Looking at that page would throw; comparing does not.
pub(super) fn is_in_frame() -> bool {
    let window = window();
    let top = window.top().ok().flatten();
    top.is_none_or(|top| !js_sys::Object::is(&top, &window))
}

#[cfg(test)]
mod tests {
    use super::base_path;

    #[test]
    fn the_folder_is_what_stands_before_the_last_slash() {
        let origin = "http://127.0.0.1:8080";
        for (uri, expected) in [
            ("http://127.0.0.1:8080/", "/"),
            ("http://127.0.0.1:8080", "/"),
            ("http://127.0.0.1:8080/index.html", "/"),
            ("http://127.0.0.1:8080/sub/", "/sub/"),
            ("http://127.0.0.1:8080/a/b/index.html?x=/y/#/z/", "/a/b/"),
        ] {
            assert_eq!(base_path(uri, origin), expected, "{uri}");
        }
    }
}
