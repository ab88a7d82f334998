//! What the site's own JavaScript does in a real application: it takes the answer's cookies and tokens in.

use protocol::{Cookie, CookieEffect, Credential, Exchange, Storing};

use super::record::Readback;
use crate::browser::{BearerStorage, Cookies, JsonObject, site};

/// Writes the cookies that the user agent lets page script write, and reads back what the browser made of each.
pub(crate) fn write_cookies(effects: &[CookieEffect]) -> Vec<Readback> {
    effects.iter().map(write_cookie).collect()
}

/// Writes one cookie, and reads back what the browser made of it.
pub(super) fn write_cookie(effect: &CookieEffect) -> Readback {
    if let Some(line) = &effect.script_line {
        Cookies::write(line);
    }
    match &effect.storing {
        Storing::Stored(cookie) if cookie.http_only => {
            // Tried all the same: what a browser does with it is to be seen, not told.
            Cookies::write(&effect.line);
            if shows(&cookie.name).is_none() {
                Readback::RefusedFromScript
            } else {
                Readback::StillThere
            }
        }
        Storing::Stored(cookie) => readback_of(&effect.storing, &cookie.name),
        Storing::Removed { name, .. } => readback_of(&effect.storing, name),
        Storing::Refused(_) => Readback::NotWritten,
    }
}

/// What the browser made of a cookie that was written under that name, against what was expected.
pub(super) fn readback_of(expected: &Storing, name: &str) -> Readback {
    let shown = shows(name);
    match (expected, shown) {
        // Another one of that name may stand before it.
        (Storing::Stored(cookie), Some(_)) if shows_pair(name, &cookie.value) => {
            Readback::AsModelled
        }
        (Storing::Stored(cookie), _) if is_in_sight(&cookie.path) => Readback::NotTaken,
        (Storing::Stored(_), _) => Readback::OutOfSight,
        (_, None) => Readback::AsModelled,
        (_, Some(_)) => Readback::StillThere,
    }
}

/// The value of the cookie that page script sees under that name.
fn shows(name: &str) -> Option<String> {
    Cookies::value(&Cookies::read().unwrap_or_default(), name)
}

/// Whether page script sees a cookie of that name and value, be there others of that name or not.
fn shows_pair(name: &str, value: &str) -> bool {
    Cookies::read()
        .unwrap_or_default()
        .split("; ")
        .any(|pair| pair.split_once('=') == Some((name, value)))
}

/// The value of the cookie of that name that an answer brought.
pub(crate) fn issued_cookie(effects: &[CookieEffect], name: &str) -> Option<String> {
    effects.iter().find_map(|effect| match &effect.storing {
        Storing::Stored(cookie) if cookie.name == name => Some(cookie.value.clone()),
        Storing::Stored(_) | Storing::Removed { .. } | Storing::Refused(_) => None,
    })
}

/// Whether all of these pairs are in the jar, and page script sees none of them.
pub(crate) fn holds_hidden(jar: &[Cookie], pairs: &str) -> bool {
    pairs.split("; ").all(|wanted| {
        jar.iter()
            .any(|cookie| cookie.http_only && pair(cookie) == wanted)
    })
}

fn pair(cookie: &Cookie) -> String {
    format!("{}={}", cookie.name, cookie.value)
}

/// Whether page script on this page is shown a cookie of that path. RFC 6265bis, 5.1.4.
fn is_in_sight(cookie_path: &str) -> bool {
    let page = site().base_path;
    page.strip_prefix(cookie_path)
        .is_some_and(|rest| rest.is_empty() || cookie_path.ends_with('/') || rest.starts_with('/'))
}

/// Keeps what an answer brought for page script to send, and forgets it at sign-out.
pub(crate) fn take_bearer(exchange: &Exchange) {
    let scheme = &exchange.scheme;
    if !scheme.carrier.is_bearer() {
        return;
    }
    if exchange.request.method == "POST" && exchange.path == "/logout" {
        BearerStorage::remove(exchange.lane, scheme);
    } else if let Some(bearer) = issued_bearer(exchange) {
        BearerStorage::write(exchange.lane, scheme, &bearer);
    }
}

/// What an answer brought for page script to send.
pub(crate) fn issued_bearer(exchange: &Exchange) -> Option<String> {
    let response = exchange.response.as_ref()?;
    let brings = matches!(exchange.path.as_str(), "/login" | "/refresh");
    if response.status != 200 || !brings || !exchange.scheme.carrier.is_bearer() {
        return None;
    }
    let name = match exchange.scheme.credential {
        Credential::SessionId => "session_id",
        Credential::AccessToken | Credential::AccessAndRefresh => "access_token",
    };
    JsonObject::read(&response.body).text(name)
}
