//! The storage model (5.7): whether a cookie may be stored, and what it replaces. It never reads the line's text.

use protocol::{Cookie, CookieEffect, CookieRule, SameSite, Storing, Timestamp};

use crate::context::{RequestContext, Source};
use crate::jar::{Jar, has_ended, is_same};
use crate::matching::{default_path, domain_matches, is_public_suffix, path_matches};
use crate::script::{deleting_line, removal_line};
use crate::set_cookie::SetCookie;

impl Jar {
    /// Stores what a `Set-Cookie` line, or a line assigned to `document.cookie`, says; or refuses it. Says too what
    /// page script is to assign to `document.cookie` so that the real browser does the same. Sections 5.6 and 5.7.
    pub fn store(
        &mut self,
        line: &str,
        context: &RequestContext,
        source: Source,
        now: Timestamp,
    ) -> CookieEffect {
        let (storing, ignored, script_line) = match admit(line, context, source, now) {
            Err(rule) => (Storing::Refused(rule), Vec::new(), None),
            Ok(said) => match self.judge(&said, context, source, now) {
                Err(rule) => (Storing::Refused(rule), said.ignored(), None),
                Ok(cookie) if has_ended(&cookie, now) => {
                    let storing = Storing::Removed {
                        was_there: self.take_replaced(&cookie, now).is_some(),
                        name: cookie.name,
                    };
                    let line = deleting_line(line, said.has_max_age);
                    (storing, said.ignored(), Some(line))
                }
                Ok(cookie) => {
                    let (cookie, script_line) = self.insert(cookie, line, now);
                    (Storing::Stored(cookie), said.ignored(), script_line)
                }
            },
        };
        CookieEffect {
            line: line.to_owned(),
            storing,
            ignored,
            script_line,
        }
    }

    /// Makes the cookie that a line asks for, or names the first rule against it. Section 5.7, steps 7 to 23.
    fn judge(
        &self,
        said: &SetCookie<'_>,
        context: &RequestContext,
        source: Source,
        now: Timestamp,
    ) -> Result<Cookie, CookieRule> {
        let domain = domain_of(said, context)?;
        let path = said.path.flatten();
        let cookie = Cookie {
            name: said.name.to_owned(),
            value: said.value.to_owned(),
            host_only: domain.is_none(),
            domain: domain.unwrap_or_else(|| context.host.clone()),
            path: path.unwrap_or(default_path(&context.path)).to_owned(),
            expires: said.expires,
            secure: said.secure,
            http_only: said.http_only,
            same_site: said.same_site,
            created: now,
            attributes_known: true,
        };
        let standing = || self.cookies.iter().filter(|old| !has_ended(old, now));

        // Step 13.
        if cookie.secure && !context.secure {
            return Err(CookieRule::SecureFromInsecure);
        }
        // Step 15.
        if cookie.http_only && source == Source::Script {
            return Err(CookieRule::HttpOnlyFromScript);
        }
        // Step 16.
        if !cookie.secure && !context.secure && standing().any(|old| overlays(&cookie, old)) {
            return Err(CookieRule::OverlaysSecure);
        }
        // Steps 18 and 19.
        judge_same_site(&cookie, context, source)?;
        // Steps 20 to 22.
        if has_prefix(&cookie.name, "__Secure-") && !cookie.secure {
            return Err(CookieRule::SecurePrefix);
        }
        if has_prefix(&cookie.name, "__Host-") {
            let path_is_root = said.path.is_some() && cookie.path == "/";
            if !(cookie.secure && cookie.host_only && path_is_root) {
                return Err(CookieRule::HostPrefix);
            }
        }
        if cookie.name.is_empty()
            && (has_prefix(&cookie.value, "__Secure-") || has_prefix(&cookie.value, "__Host-"))
        {
            return Err(CookieRule::NamelessPrefix);
        }
        // Step 23.2.
        if source == Source::Script && standing().any(|old| old.http_only && is_same(old, &cookie))
        {
            return Err(CookieRule::OverwritesHttpOnly);
        }
        Ok(cookie)
    }

    /// Puts a cookie in the place of an older one. Section 5.7, steps 23 and 24.
    fn insert(
        &mut self,
        mut cookie: Cookie,
        line: &str,
        now: Timestamp,
    ) -> (Cookie, Option<String>) {
        let position = self.position_of_replaced(&cookie);
        let old = self.take_replaced(&cookie, now);
        if let Some(old) = &old {
            cookie.created = old.created;
        }
        let script_line = if !cookie.http_only {
            Some(line.to_owned())
        } else if old.is_some_and(|old| !old.http_only) {
            // The real browser would have replaced the cookie that script could see; script can at least remove it.
            Some(removal_line(&cookie))
        } else {
            None
        };
        self.cookies
            .insert(position.unwrap_or(self.cookies.len()), cookie.clone());
        (cookie, script_line)
    }

    /// Takes the cookie of the same identity out of the jar. One that has ended is taken, too, but not returned: to
    /// the storage model it was gone already.
    fn take_replaced(&mut self, cookie: &Cookie, now: Timestamp) -> Option<Cookie> {
        let position = self.position_of_replaced(cookie)?;
        Some(self.cookies.remove(position)).filter(|old| !has_ended(old, now))
    }

    /// Where the cookie of the same identity stands. A cookie that page script alone has found has a guessed path:
    /// the first line that names it tells which it is. If that is wrong, page script finds the other one again. Ours.
    fn position_of_replaced(&self, cookie: &Cookie) -> Option<usize> {
        let known = |old: &Cookie| old.attributes_known && is_same(old, cookie);
        let guessed = |old: &Cookie| {
            !old.attributes_known
                && old.name == cookie.name
                && domain_matches(&old.domain, &cookie.domain)
        };
        self.cookies
            .iter()
            .position(known)
            .or_else(|| self.cookies.iter().position(guessed))
    }
}

/// The rules about `SameSite`. Section 5.7, steps 18 and 19.
pub(crate) fn judge_same_site(
    cookie: &Cookie,
    context: &RequestContext,
    source: Source,
) -> Result<(), CookieRule> {
    // A top-level navigation may set any cookie; `Default` is what the setting makes of it.
    let as_none = cookie.same_site == SameSite::None
        || (cookie.same_site == SameSite::Default && !context.same_site_defaults.lax_by_default);
    if !as_none && context.is_cross_site(source) && !context.initiator.is_top_level_navigation() {
        return Err(CookieRule::CrossSite);
    }
    if cookie.same_site == SameSite::None && !cookie.secure {
        return Err(CookieRule::NoneWithoutSecure);
    }
    Ok(())
}

/// Reads a line, if the answer's cookies are looked at in the first place: those to a `fetch` without credentials are
/// not. Fetch, HTTP-network fetch.
pub(crate) fn admit<'line>(
    line: &'line str,
    context: &RequestContext,
    source: Source,
    now: Timestamp,
) -> Result<SetCookie<'line>, CookieRule> {
    if source == Source::Http && !context.initiator.has_credentials() {
        return Err(CookieRule::WithoutCredentials);
    }
    SetCookie::read(line, now)
}

/// The domain that a line names; `None` where the cookie is the host's alone. Section 5.7, steps 7 to 10.
fn domain_of(said: &SetCookie<'_>, context: &RequestContext) -> Result<Option<String>, CookieRule> {
    let domain = said.domain.clone();
    if domain.is_empty() {
        Ok(None)
    } else if !domain.is_ascii() {
        // Step 8. No host in ASCII has a parent that is not.
        Err(CookieRule::ForeignDomain { domain })
    } else if is_public_suffix(&domain) {
        // Step 9.
        if domain == context.host {
            Ok(None)
        } else {
            Err(CookieRule::PublicSuffix { domain })
        }
    } else if domain_matches(&context.host, &domain) {
        Ok(Some(domain))
    } else {
        Err(CookieRule::ForeignDomain { domain })
    }
}

/// Whether a cookie from an insecure origin would hide a Secure one. Section 5.7, step 16.
fn overlays(cookie: &Cookie, old: &Cookie) -> bool {
    old.secure
        && old.name == cookie.name
        && (domain_matches(&old.domain, &cookie.domain)
            || domain_matches(&cookie.domain, &old.domain))
        && path_matches(&cookie.path, &old.path)
}

/// Whether a text starts with a prefix, compared without case. Section 5.4.
pub(crate) fn has_prefix(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}
