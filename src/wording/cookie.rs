//! What is said of cookies.

use protocol::{CookieEffect, CookieHeld, CookieRule, Initiator, SameSite, Storing, Timestamp};

use super::number::grouped;
use super::time;
use crate::state::Readback;

/// What the user agent did with a `Set-Cookie` line.
pub(crate) fn storing(storing: &Storing) -> String {
    match storing {
        Storing::Stored(cookie) => format!("The browser stores the cookie `{}`", cookie.name),
        Storing::Removed {
            name,
            was_there: true,
        } => format!("The browser removes the cookie `{name}`"),
        Storing::Removed {
            name,
            was_there: false,
        } => format!("The browser has no cookie `{name}` to remove"),
        Storing::Refused(rule) => refused(rule),
    }
}

/// What the real browser shows after the cookie was written.
pub(crate) const fn readback(readback: &Readback) -> &'static str {
    match readback {
        Readback::NotWritten => "not asked: the model refused it",
        Readback::RefusedFromScript => {
            "asked to take it from page script, this browser refused: only a server’s answer can set an HttpOnly cookie"
        }
        Readback::AsModelled => "written to document.cookie and read back: this browser agrees",
        Readback::OutOfSight => {
            "written to document.cookie, for a path whose cookies this page is not shown"
        }
        Readback::NotTaken => "written to document.cookie, but this browser did not take it",
        Readback::StillThere => "this browser still shows the cookie",
    }
}

/// What the model of the browser did with a line, with all that it keeps.
pub(crate) fn stored_as(effect: &CookieEffect, now: Timestamp) -> String {
    let Storing::Stored(cookie) = &effect.storing else {
        return storing(&effect.storing);
    };
    let lasts = match cookie.expires {
        Some(expires) => format!("for {}", time::duration(now, expires)),
        None => String::from("until the browser closes"),
    };
    let mut flags = Vec::new();
    if cookie.http_only {
        flags.push("HttpOnly");
    }
    if cookie.secure {
        flags.push("Secure");
    }
    let flags = if flags.is_empty() {
        String::new()
    } else {
        format!(" · {}", flags.join(" · "))
    };
    format!(
        "stores `{}` for `{}{}`{} · SameSite {}{flags} · {lasts}",
        cookie.name,
        cookie.domain,
        cookie.path,
        if cookie.host_only {
            " alone"
        } else {
            " and below"
        },
        same_site_word(cookie.same_site),
    )
}

/// What becomes of a script's attempt to replace a cookie that it can't see.
pub(crate) fn script_attempt(storing: &Storing) -> String {
    match storing {
        Storing::Refused(rule) => format!(
            "{} The session goes on. (RFC 6265bis, 5.7. The model judges this: your browser has no such cookie to defend, so the page doesn’t assign the line.)",
            refused(rule)
        ),
        storing => self::storing(storing),
    }
}

/// What the HttpOnly switch stands at.
pub(crate) const fn http_only_note(http_only: bool) -> &'static str {
    if http_only {
        "HttpOnly is on, as on a real site: what a script can’t read, it can’t steal."
    } else {
        "HttpOnly is off here so that you find the cookie. A real site turns it on. Change or delete the cookie in your browser’s developer tools: the next request uses that."
    }
}

/// Why a cookie was refused.
pub(super) fn refused(rule: &CookieRule) -> String {
    format!("The cookie was refused: {}.", rule_against(rule))
}

/// The rule that refuses a cookie.
pub(crate) fn rule_against(rule: &CookieRule) -> String {
    let rule = match rule {
        CookieRule::TooLarge { octets } => {
            let octets = grouped(u64::from(*octets));
            return format!("name and value have {octets} octets, 4,096 are the limit");
        }
        CookieRule::WithoutCredentials => {
            "it answers a `fetch` without credentials, which sets no cookies"
        }
        CookieRule::ControlCharacter => "it holds a control character",
        CookieRule::Empty => "it has neither a name nor a value",
        CookieRule::ForeignDomain { .. } => "its `Domain` is neither this host nor a parent of it",
        CookieRule::PublicSuffix { .. } => "its `Domain` is a public suffix",
        CookieRule::HttpOnlyFromScript => "page script can’t set an HttpOnly one",
        CookieRule::SecureFromInsecure => "`Secure` on an insecure connection",
        CookieRule::OverlaysSecure => "an insecure origin can’t replace a Secure cookie",
        CookieRule::CrossSite => "another site caused the request, and it is Lax or Strict",
        CookieRule::NoneWithoutSecure => "`SameSite=None` needs `Secure`",
        CookieRule::SecurePrefix => "`__Secure-` needs `Secure`",
        CookieRule::HostPrefix => "`__Host-` needs `Secure`, `Path=/` and no `Domain`",
        CookieRule::NamelessPrefix => "it has no name, and its value starts with a prefix",
        CookieRule::OverwritesHttpOnly => "page script can’t overwrite an HttpOnly one",
    };
    String::from(rule)
}

/// Why a cookie was not sent.
pub(crate) fn held(rule: &CookieHeld) -> String {
    match rule {
        CookieHeld::WithoutCredentials => {
            String::from("the request is a `fetch` without credentials")
        }
        CookieHeld::Domain { domain } => format!("it is for {domain}"),
        CookieHeld::Path { path } => format!("it is for paths below {path}"),
        CookieHeld::Expired { .. } => String::from("it has expired"),
        CookieHeld::Secure => String::from("it is Secure, and the connection is not"),
        CookieHeld::HttpOnly => String::from("it is HttpOnly, and page script asks"),
        CookieHeld::SameSite {
            same_site,
            initiator,
        } => format!(
            "SameSite={}, and {} caused the request",
            same_site_word(*same_site),
            initiator_word(*initiator)
        ),
    }
}

/// The attribute's value.
pub(super) const fn same_site_word(same_site: SameSite) -> &'static str {
    match same_site {
        SameSite::Strict => "Strict",
        SameSite::Lax => "Lax",
        SameSite::None => "None",
        SameSite::Default => "(not given)",
    }
}

/// Who caused a request.
pub(crate) const fn initiator_word(initiator: Initiator) -> &'static str {
    match initiator {
        Initiator::ThisSite => "this site",
        Initiator::ThisSiteFetchWithoutCredentials => "this site’s fetch without credentials",
        Initiator::ForeignLink => "a link on another site",
        Initiator::ForeignForm => "a form on another site",
        Initiator::ForeignSubresource => "an image or script on another site",
        Initiator::ForeignFetch => "another site’s fetch with credentials",
        Initiator::ForeignFetchWithoutCredentials => "another site’s fetch without credentials",
        Initiator::ForeignFrame => "a frame on another site",
    }
}

/// The statement of page script that assigns a line.
pub(crate) fn assignment(line: &str) -> String {
    let mut statement = String::from("document.cookie = '");
    for character in line.chars() {
        match character {
            '\'' | '\\' => statement.extend(['\\', character]),
            _ if character.is_ascii_control() => {
                statement += &format!("\\x{:02x}", u32::from(character));
            }
            _ => statement.push(character),
        }
    }
    statement + "'"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assignment_is_a_statement_that_means_the_line() {
        for (line, statement) in [
            ("a=b; Path=/", "document.cookie = 'a=b; Path=/'"),
            ("a='b'", r"document.cookie = 'a=\'b\''"),
            (r"a=\", r"document.cookie = 'a=\\'"),
            ("a=b\tc\n", r"document.cookie = 'a=b\x09c\x0a'"),
            ("a=ü", "document.cookie = 'a=ü'"),
        ] {
            assert_eq!(assignment(line), statement);
        }
    }
}
