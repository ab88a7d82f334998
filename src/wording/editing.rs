//! What is said beside an editor.

use protocol::{Carrier, Cookie, Credential, Timestamp};

use super::cookie::same_site_word;
use super::time::duration;
use crate::state::Held;
use crate::state::token_parts::Extent;

/// What stands in an editor, against what the browser holds.
pub(crate) const fn draft_state(is_edited: bool, held: Held) -> &'static str {
    match (is_edited, held) {
        (false, Held::Cookie) => "This is the cookie that the browser holds.",
        (false, Held::Token) => "This is the token that the browser holds.",
        (false, Held::SessionId) => "This is the session ID that page script keeps.",
        (true, Held::Cookie) => "Edited: the browser still holds another cookie, or none.",
        (true, Held::Token) => "Edited: the browser still holds another token, or none.",
        (true, Held::SessionId) => "Edited: page script still keeps another one, or none.",
    }
}

/// That the browser left its cookie as it was.
pub(crate) const COOKIE_NOT_TAKEN: &str = "This browser did not take it: the cookie is as it was. Browsers differ in characters beyond ASCII, and in Secure on http.";

/// What it means that page script keeps this there.
pub(crate) const fn bearer_note(credential: Credential, carrier: Carrier) -> &'static str {
    match (credential, carrier) {
        (Credential::SessionId, Carrier::Memory) => {
            "A reference to the server’s record. In page script’s memory it is gone with the page, and a script on this page can still take it."
        }
        (Credential::SessionId, _) => {
            "A reference to the server’s record, and any script on this page can take it: a cookie with HttpOnly could keep it from them."
        }
        (_, Carrier::Memory) => {
            "Signed, not encrypted: whoever holds it can read it. In page script’s memory it is gone with the page, and no other page of this site has it."
        }
        (_, Carrier::SessionStorage) => {
            "Signed, not encrypted: whoever holds it can read it, and any script on this page can take it. In sessionStorage it is gone with the tab."
        }
        _ => {
            "Signed, not encrypted: whoever holds it can read it, and any script on this page can take it. OWASP advises against localStorage; it is used here because the comparison asks for it."
        }
    }
}

/// That the browser's storage did not take it.
pub(crate) const fn fell_back(credential: Credential) -> &'static str {
    match credential {
        Credential::SessionId => {
            "This browser lets the page store nothing, so the session ID is in memory: it is gone when you leave the page."
        }
        Credential::AccessToken | Credential::AccessAndRefresh => {
            "This browser lets the page store nothing, so the token is in memory: it is gone when you leave the page."
        }
    }
}

/// What stands where there is no cookie yet.
pub(crate) const fn no_cookie(credential: Credential) -> &'static str {
    match credential {
        Credential::SessionId => {
            "No cookie. After sign-in the session ID stands here, and in your browser’s developer tools."
        }
        Credential::AccessToken | Credential::AccessAndRefresh => {
            "No cookie that a script sees. Sign-in sets one that is HttpOnly: the user agent keeps the token from page script."
        }
    }
}

/// The refresh token's cookie as the user agent has it, without its value's end.
pub(crate) fn refresh_cookie(cookie: &Cookie, now: Timestamp) -> String {
    let shown: String = cookie.value.chars().take(8).collect();
    let lasts = match cookie.expires {
        Some(expires) => duration(now, expires),
        None => String::from("until the browser closes"),
    };
    format!(
        "{}={shown}… · path {} · SameSite={} · {}{lasts}",
        cookie.name,
        cookie.path,
        same_site_word(cookie.same_site),
        if cookie.http_only { "HttpOnly · " } else { "" },
    )
}

/// What there is to say of the text of a token's part, or of what stands in its place in an encrypted token.
pub(crate) const fn part_note(extent: Extent, is_key: bool) -> Option<&'static str> {
    if is_key {
        return Some(
            "The second part of an encrypted token (JWE) is its key, encrypted: not text.",
        );
    }
    match extent {
        Extent::Whole => None,
        Extent::Readable => {
            Some("Not all of this part can be read as text. What you type here takes its place.")
        }
        Extent::Beginning => {
            Some("Too long to be edited here: this is its beginning. Edit the token itself.")
        }
    }
}

/// What there is to say of a cookie's value as it was typed. RFC 6265bis, 5.6.
pub(crate) fn cookie_value_note(value: &str) -> Option<&'static str> {
    value.contains(';').then_some(
        "A semicolon ends a cookie’s value: what follows it would be read as attributes.",
    )
}
