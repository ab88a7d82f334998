//! What the rules need to know of a request: where it goes, how, and who caused it. It never holds a cookie.

use std::net::Ipv4Addr;

use protocol::{Initiator, Site};

/// A request, or a page whose script reads and writes cookies, as far as the rules depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestContext {
    /// The host in lower case, an IPv6 address with its brackets. Cookies don't tell ports apart (8.5).
    pub host: String,
    /// The whole path, without the query.
    pub path: String,
    /// Whether the connection counts as secure; the draft leaves that to the user agent (5.7, step 13).
    pub secure: bool,
    /// The method.
    pub method: String,
    /// Who caused the request; for a page, who caused it to be loaded.
    pub initiator: Initiator,
    /// What holds where a cookie has no `SameSite`.
    pub same_site_defaults: SameSiteDefaults,
}

/// Through which door a cookie is set or read. "HTTP" and "non-HTTP API" in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A field of a request or response.
    Http,
    /// Page script, by `document.cookie`.
    Script,
}

/// What holds for a cookie without `SameSite`, or with one that is not understood.
///
/// The draft treats it as `Lax` (5.8.3) and lets a user agent send a young one with unsafe methods too
/// ("Lax-allowing-unsafe", 5.6.7.2). Of the large browsers only Chromium does both, so these defaults are Chromium's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SameSiteDefaults {
    /// Whether such a cookie is treated as `Lax`; otherwise as `None`, though without the need for `Secure`.
    pub lax_by_default: bool,
    /// Up to which age, in seconds, a top-level navigation with an unsafe method carries it nonetheless; 0 for never.
    pub lax_allow_unsafe_seconds: u32,
}

impl Default for SameSiteDefaults {
    fn default() -> Self {
        Self {
            lax_by_default: true,
            lax_allow_unsafe_seconds: 120,
        }
    }
}

impl RequestContext {
    /// A request that a page of the site itself causes. `path` is the whole path as the request target has it, so it
    /// may have a query. Whether it is secure is decided by [`trustworthy_localhost`].
    pub fn new(site: &Site, path: &str, method: &str) -> Self {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        Self {
            host: split_origin(&site.origin).1.to_ascii_lowercase(),
            path: path.to_owned(),
            secure: trustworthy_localhost(&site.origin),
            method: method.to_owned(),
            initiator: Initiator::ThisSite,
            same_site_defaults: SameSiteDefaults::default(),
        }
    }

    /// The site's page itself: what its script sees in `document.cookie`.
    pub fn page(site: &Site) -> Self {
        Self::new(site, &site.base_path, "GET")
    }

    /// Whether the request is cross-site (5.2), seen from the door by which a cookie is read or set: page script of a
    /// page that fills the window is always on its own site, however the user came there.
    pub(crate) const fn is_cross_site(&self, source: Source) -> bool {
        match source {
            Source::Http => self.initiator.is_foreign(),
            Source::Script => {
                self.initiator.is_foreign() && !self.initiator.is_top_level_navigation()
            }
        }
    }

    /// Whether the method is safe. RFC 9110, 9.2.1.
    pub(crate) fn is_safe(&self) -> bool {
        matches!(self.method.as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE")
    }
}

/// Whether an origin counts as secure as Chromium and Firefox see it: `https`, and `http` on this very machine, which
/// is *potentially trustworthy* (Secure Contexts, 3.1). WebKit differs: see [`https_only`].
pub fn trustworthy_localhost(origin: &str) -> bool {
    let (_, host) = split_origin(origin);
    let host = host.to_ascii_lowercase();
    let name = host.strip_suffix('.').unwrap_or(&host);
    https_only(origin)
        || name == "localhost"
        || name.ends_with(".localhost")
        || name == "[::1]"
        || name
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Whether an origin counts as secure as WebKit sees it: `https` alone.
pub fn https_only(origin: &str) -> bool {
    split_origin(origin).0.eq_ignore_ascii_case("https")
}

/// Scheme and host of an origin; both empty for an opaque one (`null`).
fn split_origin(origin: &str) -> (&str, &str) {
    let Some((scheme, rest)) = origin.split_once("://") else {
        return ("", "");
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.find(']') {
        Some(end) if authority.starts_with('[') => &authority[..=end],
        _ => authority.split(':').next().unwrap_or_default(),
    };
    (scheme, host)
}
