//! The cookie that carries an access token where that is its carrier: sent to the whole site, and out of page script's
//! sight. It never says whether the token holds.

use cookie::SameSite;
use protocol::{Fact, Lane, Rejection, Request, Site};

use crate::cookie_field::{HiddenCookie, value};
use crate::trace::{Found, length};

/// The cookie in this lane.
pub(crate) fn cookie(lane: Lane, site: &Site) -> HiddenCookie {
    HiddenCookie {
        name: lane.names().access_token,
        path: site.base_path.clone(),
        same_site: SameSite::Lax,
    }
}

/// The token in the request's cookie.
pub(crate) fn find(request: &Request, lane: Lane) -> Result<(&str, Found), Rejection> {
    let name = lane.names().access_token;
    let value = value(request, name).ok_or_else(|| Rejection::AccessCookieMissing {
        name: name.to_owned(),
    })?;
    let fact = Fact::AccessCookie {
        name: name.to_owned(),
        bytes: length(value),
    };
    Ok((value, Found::Passed(fact)))
}
