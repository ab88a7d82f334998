//! The cookie jar: the cookies, and nothing of how they are judged.

use protocol::{Cookie, Timestamp};
use serde::{Deserialize, Serialize};

use crate::script::removal_line;

/// The cookie jar.
///
/// Of the cookies whose attributes are known there is at most one of the same name, domain, path and host-only flag.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jar {
    /// In the order in which they were first stored.
    pub(crate) cookies: Vec<Cookie>,
}

impl Jar {
    /// All cookies in the order in which they were first stored, those that have ended since the last
    /// [`Self::begin`] among them.
    pub fn cookies(&self) -> &[Cookie] {
        &self.cookies
    }

    /// The jar as a site sees it that shares its host with others: without the cookies of these names.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> Self {
        let others = self.cookies.iter();
        Self {
            cookies: others
                .filter(|cookie| !names.contains(&cookie.name.as_str()))
                .cloned()
                .collect(),
        }
    }

    /// Empties the jar. Returns the lines that page script is to assign to `document.cookie`, so that the real
    /// browser loses what responses set. Cookies that someone else made are forgotten here, but stay in the browser.
    pub fn clear(&mut self) -> Vec<String> {
        std::mem::take(&mut self.cookies)
            .iter()
            .filter(|cookie| !cookie.http_only && cookie.attributes_known)
            .map(removal_line)
            .collect()
    }
}

/// Whether a cookie has ended. The end itself counts, so that `Max-Age=1` lasts one second.
pub(crate) fn has_ended(cookie: &Cookie, now: Timestamp) -> bool {
    cookie.expires.is_some_and(|at| at <= now)
}

/// Whether two cookies are one and the same to the storage model. Section 5.7, step 23.
pub(crate) fn is_same(one: &Cookie, other: &Cookie) -> bool {
    one.name == other.name
        && one.domain == other.domain
        && one.host_only == other.host_only
        && one.path == other.path
}

/// A cookie as it stands in a `Cookie` field and in `document.cookie`. Section 5.8.3, step 6.
pub(crate) fn pair(cookie: &Cookie) -> String {
    if cookie.name.is_empty() {
        cookie.value.clone()
    } else {
        format!("{}={}", cookie.name, cookie.value)
    }
}

/// Cookies in the order in which they are sent: longer paths first, then older ones; what is equal stays in the order
/// of the jar. Section 5.8.3, step 4.
pub(crate) fn sending_order(one: &Cookie, other: &Cookie) -> std::cmp::Ordering {
    let by_path = other.path.len().cmp(&one.path.len());
    by_path.then(one.created.cmp(&other.created))
}
