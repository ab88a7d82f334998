//! The session cookie: its names, its `Set-Cookie` lines, and where it stands in a request. It never says who a user is,
//! and never mends settings that contradict each other: refusing such a cookie is the user agent's part.

use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use protocol::{CookieLifetime, CookiePath, CookieSettings, Header, Request, Site};
use sessions::SessionId;

use crate::Policy;

/// The session cookie's name.
const NAME: &str = "sid";
/// Its name with the prefix by which browsers hold it to `Secure`, `Path=/` and no `Domain`. RFC 6265bis, 4.1.3.2.
const HOST_NAME: &str = "__Host-sid";

/// The session cookie's name under these settings.
pub(crate) const fn name(settings: &CookieSettings) -> &'static str {
    if settings.host_prefix {
        HOST_NAME
    } else {
        NAME
    }
}

/// The value of the request's first cookie of that name. RFC 6265bis, 4.2.
pub(crate) fn value<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    values(request, name).next()
}

/// The session ID that the request carries under whichever name, if it is one. It is never adopted: a new sign-in makes
/// a new one, and ends that session. ASVS 7.2.4.
pub(crate) fn any_id(request: &Request) -> Option<SessionId> {
    [NAME, HOST_NAME]
        .into_iter()
        .find_map(|name| values(request, name).find_map(SessionId::parse))
}

/// What gives the browser the cookie.
pub(crate) fn setting_headers(
    policy: &Policy,
    site: &Site,
    request: &Request,
    value: &str,
) -> Vec<Header> {
    let max_age_seconds = match policy.cookie.lifetime {
        CookieLifetime::AsSession => Some(policy.absolute_timeout_seconds),
        CookieLifetime::OneMinute => Some(60),
        CookieLifetime::UntilClosed => None,
    };
    let line = line(&policy.cookie, site, value, max_age_seconds);
    let strays = stray_lines(&policy.cookie, site, request);
    std::iter::once(line)
        .chain(strays)
        .map(set_cookie)
        .collect()
}

/// What rids the browser of the cookie. `Clear-Site-Data` is modelled: no real browser gets to see it, and the
/// `Set-Cookie` lines alone do the work.
pub(crate) fn clearing_headers(policy: &Policy, site: &Site, request: &Request) -> Vec<Header> {
    let line = line(&policy.cookie, site, "", Some(0));
    let strays = stray_lines(&policy.cookie, site, request);
    let lines = std::iter::once(line).chain(strays).map(set_cookie);
    lines
        .chain([Header::new("Clear-Site-Data", "\"cookies\"")])
        .collect()
}

/// The lines that rid a browser of the session cookie under every name and path that any settings give it.
pub fn removal_lines(site: &Site) -> Vec<String> {
    places(site)
        .into_iter()
        .map(|(name, path)| removal_line(name, &path, site))
        .collect()
}

fn set_cookie(line: String) -> Header {
    Header::new("Set-Cookie", line)
}

fn values<'a>(request: &'a Request, name: &str) -> impl Iterator<Item = &'a str> {
    Cookie::split_parse(request.header("Cookie").unwrap_or_default())
        .filter_map(Result::ok)
        .filter(move |cookie| cookie.name() == name)
        .filter_map(|cookie| cookie.value_raw())
}

fn line(
    settings: &CookieSettings,
    site: &Site,
    value: &str,
    max_age_seconds: Option<i64>,
) -> String {
    let mut cookie = Cookie::build((name(settings), value))
        .path(path(settings.path, site))
        .secure(settings.secure.unwrap_or_else(|| is_https(site)))
        .http_only(settings.http_only)
        .build();
    cookie.set_same_site(match settings.same_site {
        protocol::SameSite::Strict => Some(SameSite::Strict),
        protocol::SameSite::Lax => Some(SameSite::Lax),
        protocol::SameSite::None => Some(SameSite::None),
        protocol::SameSite::Default => None,
    });
    cookie.set_max_age(max_age_seconds.map(Duration::seconds));
    cookie.to_string()
}

fn path(path: CookiePath, site: &Site) -> String {
    match path {
        CookiePath::Site => site.base_path.clone(),
        CookiePath::Root => String::from("/"),
        CookiePath::Admin => format!("{}admin", site.base_path),
    }
}

/// The lines that remove what the request shows to be left from other settings.
///
/// A request tells names, and no paths. A cookie under the other name is one. So is one of two under the same name, and
/// also a single one where the cookie goes to another path than the usual: that one would stand beside it, and be sent
/// first.
fn stray_lines(settings: &CookieSettings, site: &Site, request: &Request) -> Vec<String> {
    let own = (name(settings), path(settings.path, site));
    places(site)
        .into_iter()
        .filter(|place| *place != own && request.path().starts_with(&place.1))
        .filter(|(name, _)| {
            let expected = usize::from(*name == own.0 && settings.path == CookiePath::Site);
            values(request, name).count() > expected
        })
        .map(|(name, path)| removal_line(name, &path, site))
        .collect()
}

/// Each name and path that the session cookie may have.
fn places(site: &Site) -> Vec<(&'static str, String)> {
    let mut places = vec![
        (NAME, path(CookiePath::Site, site)),
        (NAME, path(CookiePath::Admin, site)),
        (HOST_NAME, path(CookiePath::Root, site)),
    ];
    let root = (NAME, path(CookiePath::Root, site));
    if !places.contains(&root) {
        places.insert(1, root);
    }
    places
}

/// Without `Secure` no `__Host-` cookie is removed, and from an insecure origin with it none at all.
fn removal_line(name: &str, path: &str, site: &Site) -> String {
    let secure = if name == HOST_NAME || is_https(site) {
        "; Secure"
    } else {
        ""
    };
    format!("{name}=; Path={path}{secure}; Max-Age=0")
}

fn is_https(site: &Site) -> bool {
    site.origin.starts_with("https:")
}
