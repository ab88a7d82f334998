//! What the site's own JavaScript does in a real application: it takes the answer's cookies and tokens in.

use protocol::{Carrier, CookieEffect, Exchange, Lane, Scheme, Storing};
use serde_json::Value;

use super::history::Readback;
use crate::browser::{Cookies, TokenStorage};

/// Which scheme a lane has.
pub(crate) const fn scheme(lane: Lane) -> Scheme {
    match lane {
        Lane::A => Scheme::STATEFUL,
        Lane::B => Scheme::STATELESS,
    }
}

/// Writes the cookies that the user agent lets page script write, and reads back what the browser made of each.
pub(crate) fn write_cookies(effects: &[CookieEffect]) -> Vec<Readback> {
    effects.iter().map(write_cookie).collect()
}

fn write_cookie(effect: &CookieEffect) -> Readback {
    let Some(line) = &effect.script_line else {
        return Readback::NotWritten;
    };
    Cookies::write(line);
    let seen = Cookies::read().unwrap_or_default();
    match &effect.storing {
        Storing::Stored(cookie) => {
            if Cookies::value(&seen, &cookie.name).as_deref() == Some(cookie.value.as_str()) {
                Readback::AsModelled
            } else {
                Readback::NotTaken
            }
        }
        Storing::Removed { name, .. } => {
            if Cookies::value(&seen, name).is_none() {
                Readback::AsModelled
            } else {
                Readback::StillThere
            }
        }
        Storing::Refused(_) => Readback::NotWritten,
    }
}

/// Keeps the token that a sign-in brought, and forgets it at sign-out.
pub(crate) fn take_token(exchange: &Exchange) {
    if scheme(exchange.lane).carrier != Carrier::LocalStorage || exchange.request.method != "POST" {
        return;
    }
    match exchange.path.as_str() {
        "/logout" => TokenStorage::remove(),
        "/login" => {
            if let Some(token) = issued_token(exchange) {
                TokenStorage::write(&token);
            }
        }
        _ => {}
    }
}

fn issued_token(exchange: &Exchange) -> Option<String> {
    let response = exchange.response.as_ref()?;
    if response.status != 200 {
        return None;
    }
    let content: Value = serde_json::from_str(&response.body).ok()?;
    content.get("access_token")?.as_str().map(str::to_owned)
}
