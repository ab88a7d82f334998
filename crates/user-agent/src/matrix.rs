//! What would become of one cookie with each `SameSite`, by method and initiator. Each cell is decided by the functions
//! that decide on every other cookie; nothing is decided here.

use protocol::{Cookie, CookieFate, Initiator, MatrixCell, SameSite, Timestamp};

use crate::context::{RequestContext, Source};
use crate::retrieval::decide;
use crate::storage::judge_same_site;

const SAME_SITE: [SameSite; 4] = [
    SameSite::Strict,
    SameSite::Lax,
    SameSite::None,
    SameSite::Default,
];

/// All cells: by method (a safe one, then an unsafe one), then by initiator, then by `SameSite`.
pub(crate) fn matrix(
    cookie: &Cookie,
    set: &RequestContext,
    source: Source,
    request: &RequestContext,
    now: Timestamp,
) -> Vec<MatrixCell> {
    // The request's own method stands for its kind.
    let method = request.method.as_str();
    let methods = if request.is_safe() {
        [method, "POST"]
    } else {
        ["GET", method]
    };
    let mut cells = Vec::with_capacity(methods.len() * Initiator::ALL.len() * SAME_SITE.len());
    for method in methods {
        for initiator in Initiator::ALL {
            let context = RequestContext {
                method: method.to_owned(),
                initiator,
                ..request.clone()
            };
            cells.extend(SAME_SITE.map(|same_site| MatrixCell {
                same_site,
                initiator,
                method: method.to_owned(),
                fate: fate(cookie, same_site, set, source, &context, now),
            }));
        }
    }
    cells
}

fn fate(
    cookie: &Cookie,
    same_site: SameSite,
    set: &RequestContext,
    source: Source,
    request: &RequestContext,
    now: Timestamp,
) -> CookieFate {
    let cookie = Cookie {
        same_site,
        ..cookie.clone()
    };
    // Of a cookie of which name and value alone are known it can't be said how it came into the jar.
    let stored = if cookie.attributes_known {
        judge_same_site(&cookie, set, source)
    } else {
        Ok(())
    };
    match (stored, decide(&cookie, request, Source::Http, now)) {
        (Err(rule), _) => CookieFate::Refused(rule),
        (Ok(()), Err(rule)) => CookieFate::Held(rule),
        (Ok(()), Ok(())) => CookieFate::Sent,
    }
}
