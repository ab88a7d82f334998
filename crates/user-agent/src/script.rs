//! The lines that page script is to assign to `document.cookie`, so that the real browser follows the model. They are
//! never assigned here.

use protocol::Cookie;

/// The line that removes a cookie. It names all that makes up the cookie's identity, and `Secure`, without which the
/// prefixes and the rule against overlaying would refuse it.
pub(crate) fn removal_line(cookie: &Cookie) -> String {
    // Name and value must not both be empty (5.7, step 2).
    let value = if cookie.name.is_empty() {
        "removed"
    } else {
        ""
    };
    let domain = if cookie.host_only {
        String::new()
    } else {
        format!("; Domain={}", cookie.domain)
    };
    let secure = if cookie.secure { "; Secure" } else { "" };
    format!(
        "{}={value}; Path={}{domain}{secure}; Max-Age=0",
        cookie.name, cookie.path
    )
}

/// A server's line that removes a cookie by the model, so that it does the same when page script assigns it.
/// `HttpOnly` is left out: script may not say it. A date that is past by the model's clock may lie ahead by the real
/// one, so a line without `Max-Age` gets one.
pub(crate) fn deleting_line(line: &str, has_max_age: bool) -> String {
    let mut parts: Vec<&str> = line.split(';').collect();
    let mut position = 0;
    parts.retain(|part| {
        position += 1;
        let name = part.split('=').next().unwrap_or_default();
        position == 1 || !name.trim().eq_ignore_ascii_case("httponly")
    });
    if !has_max_age {
        parts.push(" Max-Age=0");
    }
    parts.join(";")
}
