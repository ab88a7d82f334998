//! URLs as the browser itself reads them. Nothing is ever loaded from them.

use protocol::Place;
use web_sys::Url;

/// Where an http or https URL leads; `None` where the text is none. What a browser's address bar would mend, such as
/// upper case, other scripts' letters and a missing path, is mended.
pub(crate) fn place_of(text: &str) -> Option<Place> {
    let url = Url::new(text).ok()?;
    matches!(url.protocol().as_str(), "http:" | "https:").then(|| Place {
        origin: url.origin(),
        path: url.pathname(),
    })
}
