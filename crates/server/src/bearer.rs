//! The `Authorization: Bearer` field, by which page script sends what it keeps. It never says what the text is.

use protocol::{Fact, Rejection, Request};

use crate::cookie_field::BLANKS;
use crate::trace::{Found, cut, length};

/// The text of an `Authorization: Bearer` field. RFC 6750, 2.1.
pub(crate) fn find(request: &Request) -> Result<(&str, Found), Rejection> {
    let field = request
        .header("Authorization")
        .ok_or(Rejection::AuthorizationMissing)?;
    let (scheme, text) = field.split_once(' ').unwrap_or((field, ""));
    if !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(Rejection::AuthorizationNotBearer {
            scheme: cut(scheme),
        });
    }
    let text = text.trim_matches(BLANKS);
    let fact = Fact::BearerToken {
        bytes: length(text),
    };
    Ok((text, Found::Passed(fact)))
}
