//! Knowing the user by a session: the server looks it up on each request, and never takes the client's word for anything.

use protocol::{Carrier, Check, Fact, Rejection, Request, Scheme, Site};
use sessions::{CredentialHash, Session, SessionId, User};

use crate::cookie_field::seconds_until;
use crate::trace::{Found, Trace, length, store_failed};
use crate::{Server, bearer, session_cookie, sign_in};

/// The checks by which a request's session ID is read, in order.
pub(crate) fn plan_presented(scheme: &Scheme) -> Vec<Check> {
    let found = if scheme.carrier.is_bearer() {
        Check::BearerFound
    } else {
        Check::SessionCookieFound
    };
    vec![found, Check::SessionIdWellFormed, Check::SessionIdHashed]
}

/// All checks by which the user is known, in order.
pub(crate) fn plan(scheme: &Scheme) -> Vec<Check> {
    let mut plan = plan_presented(scheme);
    plan.extend([
        Check::SessionFound,
        Check::IdleTimeout,
        Check::AbsoluteTimeout,
        Check::UserActive,
    ]);
    if renews(scheme) {
        plan.push(Check::SessionRenewed);
    }
    plan.extend([Check::LastSeenTouched, Check::UserIdentified]);
    plan
}

/// Who asks, and by which session.
pub(crate) struct Known {
    pub(crate) user: User,
    pub(crate) id_hash: CredentialHash,
}

/// Who the user is.
pub(crate) fn authenticate(
    server: &Server,
    request: &Request,
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<Known, Rejection> {
    let id_hash = presented_hash(server, request, trace)?;
    let (mut session, user) = trace.step(Check::SessionFound, |trace| {
        // A session of the other lane is none of this one's: they stand for two sites.
        let (session, user) = trace
            .store
            .find(&id_hash)
            .map_err(store_failed)?
            .filter(|(session, _)| session.lane == server.lane())
            .ok_or_else(|| unknown(&id_hash))?;
        let fact = Fact::Session {
            user: session.user,
            created: session.created,
            last_seen: session.last_seen,
            cached_since: trace.store.cached_since(),
        };
        Ok(((session, user), Found::Passed(fact)))
    })?;

    let now = trace.environment.now;
    trace.step(Check::IdleTimeout, |_| {
        let at = session.idle_expires;
        if now >= at {
            return Err(Rejection::SessionIdle { at, now });
        }
        Ok(((), Found::Passed(Fact::Deadline { at, now })))
    })?;
    trace.step(Check::AbsoluteTimeout, |_| {
        let at = session.absolute_expires;
        if now >= at {
            return Err(Rejection::SessionTooOld { at, now });
        }
        Ok(((), Found::Passed(Fact::Deadline { at, now })))
    })?;
    let user = trace.step(Check::UserActive, |_| sign_in::active(user))?;
    if renews(&server.scheme()) {
        session.id_hash = trace.step(Check::SessionRenewed, |trace| {
            renew(server, &session, &user, request, site, trace)
        })?;
    }
    trace.step(Check::LastSeenTouched, |trace| {
        touch(server, &session, trace)
    })?;
    trace.step(Check::UserIdentified, |_| {
        let fact = Fact::User {
            id: user.id,
            name: user.name.clone(),
            role: user.role.as_str().to_owned(),
        };
        Ok(((), Found::Passed(fact)))
    })?;
    Ok(Known {
        user,
        id_hash: session.id_hash,
    })
}

/// Whether a session gets a new ID once its user's role is another. Where page script carries the ID it keeps it: nobody
/// can plant one there by a cookie, and no answer but that of a sign-in would bring page script the new one.
const fn renews(scheme: &Scheme) -> bool {
    matches!(scheme.carrier, Carrier::Cookie)
}

/// Gives the session a new ID where the user's role is another than its ID was issued for: whoever knew the old one does
/// not get the new rights with it. OWASP, Session Management.
fn renew(
    server: &Server,
    session: &Session,
    user: &User,
    request: &Request,
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<(CredentialHash, Found), Rejection> {
    if session.role == user.role {
        return Ok((session.id_hash, Found::Passed(Fact::RoleUnchanged)));
    }
    let id = SessionId::from_random(trace.environment.random_bytes());
    let id_hash = id.hash();
    let was_there = trace
        .store
        .renew(&session.id_hash, &id_hash, user.role)
        .map_err(store_failed)?;
    if !was_there {
        return Err(unknown(&session.id_hash));
    }
    trace.answer_with(session_cookie::setting_headers(
        server.lane(),
        &server.policy().cookie,
        site,
        request,
        id.as_str(),
        seconds_until(session.absolute_expires, trace.environment.now),
    ));
    let fact = Fact::SessionRenewed {
        before: session.role.as_str().to_owned(),
        now: user.role.as_str().to_owned(),
        id_hash: id_hash.to_string(),
    };
    Ok((id_hash, Found::Passed(fact)))
}

/// Writes the last use down, at most once an interval: sliding timeouts write.
fn touch(
    server: &Server,
    session: &Session,
    trace: &mut Trace<'_, '_>,
) -> Result<((), Found), Rejection> {
    let lifetimes = server.scheme().lifetimes;
    if !lifetimes.sliding {
        return Ok(((), Found::Noted(Fact::NotSliding)));
    }
    let now = trace.environment.now;
    let due = session
        .last_seen
        .plus_seconds(i64::from(lifetimes.touch_interval_seconds));
    if now < due {
        return Ok(((), Found::Noted(Fact::TouchNotDue { due })));
    }
    let idle_expires = now
        .plus_seconds(i64::from(lifetimes.idle_timeout_seconds))
        .min(session.absolute_expires);
    trace
        .store
        .touch(&session.id_hash, now, idle_expires)
        .map_err(store_failed)?;
    Ok(((), Found::Passed(Fact::Touched { idle_expires })))
}

/// What the request carries in the place of a session ID.
pub(crate) fn presented<'a>(
    server: &Server,
    request: &'a Request,
    trace: &mut Trace<'_, '_>,
) -> Result<&'a str, Rejection> {
    if server.scheme().carrier.is_bearer() {
        trace.step(Check::BearerFound, |_| bearer::find(request))
    } else {
        trace.step(Check::SessionCookieFound, |_| {
            session_cookie::find(request, server.lane(), &server.policy().cookie)
        })
    }
}

/// The hash of the session ID that the request carries.
pub(crate) fn presented_hash(
    server: &Server,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<CredentialHash, Rejection> {
    let text = presented(server, request, trace)?;
    let id = trace.step(Check::SessionIdWellFormed, |_| {
        let id = SessionId::parse(text).ok_or_else(|| Rejection::SessionIdMalformed {
            bytes: length(text),
            expected: SessionId::LENGTH as u32,
        })?;
        Ok((id, Found::Passed(Fact::Done)))
    })?;
    trace.step(Check::SessionIdHashed, |_| {
        let id_hash = id.hash();
        let fact = Fact::IdHash(id_hash.to_string());
        Ok((id_hash, Found::Passed(fact)))
    })
}

fn unknown(id_hash: &CredentialHash) -> Rejection {
    Rejection::SessionUnknown {
        id_hash: id_hash.to_string(),
    }
}
