//! The session cookie: its names, its `Set-Cookie` lines, and where it stands in a request. It never says who a user is,
//! and never mends settings that contradict each other: refusing such a cookie is the user agent's part.

use cookie::time::Duration;
use cookie::{Cookie, SameSite};
use protocol::{
    CookieLifetime, CookiePath, CookieSettings, Fact, Header, Lane, Rejection, Request, Site,
};
use sessions::SessionId;

use crate::cookie_field::{is_https, removal_line, set_cookie, value, values};
use crate::trace::{Found, length};

/// The session cookie's name in this lane, under these settings.
const fn name(lane: Lane, settings: &CookieSettings) -> &'static str {
    let names = lane.names();
    if settings.host_prefix {
        names.host_session_cookie
    } else {
        names.session_cookie
    }
}

/// What the request's session cookie holds.
pub(crate) fn find<'a>(
    request: &'a Request,
    lane: Lane,
    settings: &CookieSettings,
) -> Result<(&'a str, Found), Rejection> {
    let name = name(lane, settings);
    let value = value(request, name).ok_or_else(|| Rejection::SessionCookieMissing {
        name: name.to_owned(),
    })?;
    let fact = Fact::SessionCookie {
        name: name.to_owned(),
        bytes: length(value),
    };
    Ok((value, Found::Passed(fact)))
}

/// The session ID that the request carries under whichever name, if it is one. It is never adopted: a new sign-in makes
/// a new one, and ends that session. ASVS 7.2.4.
pub(crate) fn any_id(request: &Request, lane: Lane) -> Option<SessionId> {
    let names = lane.names();
    [names.session_cookie, names.host_session_cookie]
        .into_iter()
        .find_map(|name| values(request, name).find_map(SessionId::parse))
}

/// What gives the browser the cookie of a session that may go on for so long.
pub(crate) fn setting_headers(
    lane: Lane,
    settings: &CookieSettings,
    site: &Site,
    request: &Request,
    value: &str,
    session_seconds: i64,
) -> Vec<Header> {
    let max_age_seconds = match settings.lifetime {
        CookieLifetime::AsSession => Some(session_seconds),
        CookieLifetime::OneMinute => Some(60),
        CookieLifetime::UntilClosed => None,
    };
    let line = line(lane, settings, site, value, max_age_seconds);
    let strays = stray_lines(lane, settings, site, request);
    std::iter::once(line)
        .chain(strays)
        .map(set_cookie)
        .collect()
}

/// What rids the browser of the cookie.
pub(crate) fn clearing_headers(
    lane: Lane,
    settings: &CookieSettings,
    site: &Site,
    request: &Request,
) -> Vec<Header> {
    let line = line(lane, settings, site, "", Some(0));
    let strays = stray_lines(lane, settings, site, request);
    std::iter::once(line)
        .chain(strays)
        .map(set_cookie)
        .collect()
}

fn line(
    lane: Lane,
    settings: &CookieSettings,
    site: &Site,
    value: &str,
    max_age_seconds: Option<i64>,
) -> String {
    let mut cookie = Cookie::build((name(lane, settings), value))
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
fn stray_lines(
    lane: Lane,
    settings: &CookieSettings,
    site: &Site,
    request: &Request,
) -> Vec<String> {
    let own = (name(lane, settings), path(settings.path, site));
    places(lane, site)
        .into_iter()
        .filter(|place| *place != own && request.path().starts_with(&place.1))
        .filter(|(name, _)| {
            let expected = usize::from(*name == own.0 && settings.path == CookiePath::Site);
            values(request, name).count() > expected
        })
        .map(|(name, path)| removal_line(name, &path, site))
        .collect()
}

/// Each name and path that the session cookie may have in this lane.
pub(crate) fn places(lane: Lane, site: &Site) -> Vec<(&'static str, String)> {
    let names = lane.names();
    let mut places = vec![
        (names.session_cookie, path(CookiePath::Site, site)),
        (names.session_cookie, path(CookiePath::Admin, site)),
        (names.host_session_cookie, path(CookiePath::Root, site)),
    ];
    let root = (names.session_cookie, path(CookiePath::Root, site));
    if !places.contains(&root) {
        places.insert(1, root);
    }
    places
}
