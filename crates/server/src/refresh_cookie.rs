//! The cookie that carries a refresh token: sent to the one path that exchanges it, to no other site's requests, and out
//! of page script's sight. It never says whether the token holds. RFC 9700, 4.14; OWASP, HTML5 Security.

use cookie::SameSite;
use protocol::{Fact, Lane, Rejection, Request, Site};

use crate::cookie_field::{HiddenCookie, value};
use crate::trace::{Found, length};

/// The cookie in this lane.
pub(crate) fn cookie(lane: Lane, site: &Site) -> HiddenCookie {
    HiddenCookie {
        name: lane.names().refresh_cookie,
        path: path(site),
        same_site: SameSite::Strict,
    }
}

/// Where it is sent.
pub(crate) fn path(site: &Site) -> String {
    format!("{}refresh", site.base_path)
}

/// The refresh token in the request's cookie.
pub(crate) fn find(request: &Request, lane: Lane) -> Result<(&str, Found), Rejection> {
    let name = lane.names().refresh_cookie;
    let value = value(request, name).ok_or_else(|| Rejection::RefreshCookieMissing {
        name: name.to_owned(),
    })?;
    let fact = Fact::RefreshCookie {
        name: name.to_owned(),
        bytes: length(value),
    };
    Ok((value, Found::Passed(fact)))
}
