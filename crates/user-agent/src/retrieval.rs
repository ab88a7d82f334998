//! The retrieval algorithm (5.8.3): what a request carries, what page script sees, and why not. It never changes the
//! jar; times of last access are not kept, as nothing is evicted for space.

use protocol::{Cookie, CookieHeld, SameSite, Timestamp};

use crate::context::{RequestContext, Source};
use crate::jar::{Jar, has_ended, pair, sending_order};
use crate::matching::{domain_matches, path_matches};
use crate::order::ordered;

/// What the user agent decided for one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The value of the `Cookie` field; `None` where no cookie is sent.
    pub header: Option<String>,
    /// Each cookie of the jar: first those that are sent, in their order, then those that are held, each with the
    /// first rule that holds it.
    pub decisions: Vec<(Cookie, Result<(), CookieHeld>)>,
}

impl Jar {
    /// Decides what a request carries.
    pub fn select(&self, context: &RequestContext, now: Timestamp) -> Selection {
        let decisions = self.decisions(context, now);
        let sent: Vec<String> = decisions
            .iter()
            .filter(|(_, decision)| decision.is_ok())
            .map(|(position, _)| pair(&self.cookies[*position]))
            .collect();
        Selection {
            header: (!sent.is_empty()).then(|| sent.join("; ")),
            decisions: decisions
                .into_iter()
                .map(|(position, decision)| (self.cookies[position].clone(), decision))
                .collect(),
        }
    }

    /// The decision on each cookie, by its position in the jar: first those that are sent, in their order.
    pub(crate) fn decisions(
        &self,
        context: &RequestContext,
        now: Timestamp,
    ) -> Vec<(usize, Result<(), CookieHeld>)> {
        let decisions: Vec<_> = self
            .cookies
            .iter()
            .map(|cookie| decide(cookie, context, Source::Http, now))
            .enumerate()
            .collect();
        ordered(decisions, |(one, first), (other, second)| {
            first
                .is_err()
                .cmp(&second.is_err())
                .then_with(|| sending_order(&self.cookies[*one], &self.cookies[*other]))
        })
    }

    /// What `document.cookie` gives on a page, by the model. Section 5.8.2.
    pub fn visible_to_script(&self, context: &RequestContext, now: Timestamp) -> String {
        let seen: Vec<&Cookie> = self
            .cookies
            .iter()
            .filter(|cookie| decide(cookie, context, Source::Script, now).is_ok())
            .collect();
        let seen = ordered(seen, |one, other| sending_order(one, other));
        let pairs: Vec<String> = seen.into_iter().map(pair).collect();
        pairs.join("; ")
    }
}

/// Whether a cookie is sent or shown, or the first rule that holds it. Section 5.8.3, step 3.
pub(crate) fn decide(
    cookie: &Cookie,
    context: &RequestContext,
    source: Source,
    now: Timestamp,
) -> Result<(), CookieHeld> {
    // Not of 5.8.3, which is not asked then: Fetch, HTTP-network-or-cache fetch.
    if source == Source::Http && !context.initiator.has_credentials() {
        return Err(CookieHeld::WithoutCredentials);
    }
    let host_fits = if cookie.host_only {
        context.host == cookie.domain
    } else {
        domain_matches(&context.host, &cookie.domain)
    };
    if !host_fits {
        return Err(CookieHeld::Domain {
            domain: cookie.domain.clone(),
        });
    }
    if !path_matches(&context.path, &cookie.path) {
        return Err(CookieHeld::Path {
            path: cookie.path.clone(),
        });
    }
    // Not of 5.8.3: an ended cookie is no longer in the store (5.7).
    if let Some(at) = cookie.expires
        && has_ended(cookie, now)
    {
        return Err(CookieHeld::Expired { at });
    }
    if cookie.secure && !context.secure {
        return Err(CookieHeld::Secure);
    }
    if cookie.http_only && source == Source::Script {
        return Err(CookieHeld::HttpOnly);
    }
    if context.is_cross_site(source) && !goes_cross_site(cookie, context, now) {
        return Err(CookieHeld::SameSite {
            same_site: cookie.same_site,
            initiator: context.initiator,
        });
    }
    Ok(())
}

/// Whether a cross-site request carries the cookie. Section 5.8.3, step 3, and 5.6.7.2.
fn goes_cross_site(cookie: &Cookie, context: &RequestContext, now: Timestamp) -> bool {
    let defaults = context.same_site_defaults;
    // Never so for page script: on a page that fills the window it is not cross-site in the first place.
    let navigates = context.initiator.is_top_level_navigation();
    match cookie.same_site {
        SameSite::None => true,
        SameSite::Strict => false,
        SameSite::Lax => navigates && context.is_safe(),
        SameSite::Default if !defaults.lax_by_default => true,
        SameSite::Default => {
            let young_until = cookie
                .created
                .plus_seconds(i64::from(defaults.lax_allow_unsafe_seconds));
            let young = defaults.lax_allow_unsafe_seconds > 0 && now <= young_until;
            navigates && (context.is_safe() || young)
        }
    }
}
