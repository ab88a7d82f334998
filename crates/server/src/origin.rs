//! Where a request comes from: the guard against requests that another site causes.

use protocol::{Fact, Rejection, Request, Site};

use crate::trace::{Found, cut};

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
