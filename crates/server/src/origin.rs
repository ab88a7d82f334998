//! Where a request comes from: the guard against requests that another site causes.

use protocol::{Carrier, Check, Credential, Fact, Rejection, Request, Scheme, Site};

use crate::routes::Route;
use crate::trace::{Found, cut};

/// Whether the route asks where a request comes from: where it changes something, and the browser attaches the
/// credential by itself, or is given a cookie that it will attach.
pub(crate) const fn is_asked(route: Route, scheme: &Scheme) -> bool {
    let in_cookie = match scheme.carrier {
        Carrier::Cookie => true,
        _ => {
            matches!(scheme.credential, Credential::AccessAndRefresh)
                && matches!(route, Route::SignIn | Route::Refresh)
        }
    };
    route.changes_something() && in_cookie
}

/// The check, where it is asked.
pub(crate) const fn plan(route: Route, scheme: &Scheme) -> &'static [Check] {
    if is_asked(route, scheme) {
        &[Check::OriginAllowed]
    } else {
        &[]
    }
}

/// A request that changes something must come from the site's own pages wherever the browser attaches the credential
/// by itself. ASVS 3.5.1; RFC 6454.
pub(crate) fn check_origin(request: &Request, site: &Site) -> Result<((), Found), Rejection> {
    match request.header("Origin") {
        None => Err(Rejection::OriginMissing),
        Some(origin) if origin == site.origin => {
            Ok(((), Found::Passed(Fact::Origin(origin.to_owned()))))
        }
        Some(origin) => Err(Rejection::OriginForeign {
            origin: cut(origin),
        }),
    }
}
