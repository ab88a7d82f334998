//! The stateful server: it makes a session at sign-in, looks it up on each request, and ends it at sign-out.

use protocol::{Check, Fact, Rejection, Request, Response, Site};
use serde_json::json;
use sessions::{Session, SessionId, SessionIdHash, User};

use crate::answer::{empty_response, json_response};
use crate::application::{self, Identity};
use crate::origin::check_origin;
use crate::routes::Route;
use crate::sign_in;
use crate::trace::{Found, Trace, cut, store_failed};
use crate::{Policy, Server, session_cookie};

/// Random bits in a session ID.
const RANDOM_BITS: u32 = SessionId::RANDOM_BYTES as u32 * 8;

/// The checks by which a request's session is known.
const PLAN_COOKIE: [Check; 3] = [
    Check::SessionCookieFound,
    Check::SessionIdWellFormed,
    Check::SessionIdHashed,
];

const PLAN_SESSION: [Check; 6] = [
    Check::SessionFound,
    Check::IdleTimeout,
    Check::AbsoluteTimeout,
    Check::UserActive,
    Check::LastSeenTouched,
    Check::UserIdentified,
];

/// All that a route does, in order.
pub(crate) fn plan(route: Route) -> Vec<Check> {
    match route {
        Route::SignIn => [
            &[Check::OriginAllowed],
            sign_in::PLAN.as_slice(),
            &[Check::OldSessionEnded, Check::SessionCreated],
        ]
        .concat(),
        Route::SignOut => [
            &[Check::OriginAllowed],
            PLAN_COOKIE.as_slice(),
            &[Check::SessionEnded],
        ]
        .concat(),
        // No such route is found in this lane.
        Route::Keys => Vec::new(),
        Route::Me
        | Route::Orders
        | Route::PlaceOrder
        | Route::Users
        | Route::ServiceOrders
        | Route::ServiceBills => {
            let origin: &[Check] = if route.changes_something() {
                &[Check::OriginAllowed]
            } else {
                &[]
            };
            [
                origin,
                PLAN_COOKIE.as_slice(),
                PLAN_SESSION.as_slice(),
                application::plan(route),
            ]
            .concat()
        }
    }
}

/// Answers a request of this route.
pub(crate) fn carry_out(
    server: &Server,
    route: Route,
    request: &Request,
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    match route {
        Route::SignIn => sign_in(server, request, site, trace),
        Route::SignOut => sign_out(server, request, site, trace),
        Route::Keys => Err(Rejection::NoRoute {
            path: cut(request.path()),
        }),
        Route::Me
        | Route::Orders
        | Route::PlaceOrder
        | Route::Users
        | Route::ServiceOrders
        | Route::ServiceBills => {
            if route.changes_something() {
                trace.step(Check::OriginAllowed, |_| check_origin(request, site))?;
            }
            let user = authenticate(server, request, trace)?;
            let identity = Identity {
                id: user.id,
                role: user.role.as_str().to_owned(),
                name: user.name,
            };
            application::carry_out(route, &identity, request, trace)
        }
    }
}

fn sign_in(
    server: &Server,
    request: &Request,
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    trace.step(Check::OriginAllowed, |_| check_origin(request, site))?;
    let user = sign_in::verify(request, trace)?;

    trace.step(Check::OldSessionEnded, |trace| {
        let Some(old) = session_cookie::any_id(request) else {
            return Ok(((), Found::Noted(Fact::NoOldSession)));
        };
        let fact = end(&old.hash(), trace)?;
        Ok(((), Found::Passed(fact)))
    })?;

    let policy = server.policy();
    let id = trace.step(Check::SessionCreated, |trace| {
        let id = SessionId::from_random(trace.environment.random_bytes());
        let now = trace.environment.now;
        let absolute_expires = now.plus_seconds(policy.absolute_timeout_seconds);
        let session = Session {
            id_hash: id.hash(),
            user: user.id,
            created: now,
            last_seen: now,
            idle_expires: now
                .plus_seconds(policy.idle_timeout_seconds)
                .min(absolute_expires),
            absolute_expires,
        };
        trace.store.create(&session).map_err(store_failed)?;
        let fact = Fact::SessionCreated {
            id_hash: session.id_hash.to_string(),
            random_bits: RANDOM_BITS,
            idle_expires: session.idle_expires,
            absolute_expires: session.absolute_expires,
        };
        Ok((id, Found::Passed(fact)))
    })?;

    let mut response = json_response(200, &describe(&user));
    let set = session_cookie::setting_headers(policy, site, request, id.as_str());
    response.headers.extend(set);
    Ok(response)
}

/// Who the user is: the server looks the session up, and never takes the browser's word for anything.
fn authenticate(
    server: &Server,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<User, Rejection> {
    let id_hash = presented_hash(server, request, trace)?;

    let (session, user) = trace.step(Check::SessionFound, |trace| {
        let (session, user) = trace
            .store
            .find(&id_hash)
            .map_err(store_failed)?
            .ok_or_else(|| Rejection::SessionUnknown {
                id_hash: id_hash.to_string(),
            })?;
        let fact = Fact::Session {
            user: session.user,
            created: session.created,
            last_seen: session.last_seen,
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
    trace.step(Check::LastSeenTouched, |trace| {
        touch(server.policy(), &session, trace)
    })?;
    trace.step(Check::UserIdentified, |_| {
        let fact = Fact::User {
            id: user.id,
            name: user.name.clone(),
            role: user.role.as_str().to_owned(),
        };
        Ok(((), Found::Passed(fact)))
    })?;
    Ok(user)
}

/// Writes the last use down, at most once an interval: sliding timeouts write.
fn touch(
    policy: &Policy,
    session: &Session,
    trace: &mut Trace<'_, '_>,
) -> Result<((), Found), Rejection> {
    let now = trace.environment.now;
    let due = session
        .last_seen
        .plus_seconds(policy.touch_interval_seconds);
    if now < due {
        return Ok(((), Found::Noted(Fact::TouchNotDue { due })));
    }
    let idle_expires = now
        .plus_seconds(policy.idle_timeout_seconds)
        .min(session.absolute_expires);
    trace
        .store
        .touch(&session.id_hash, now, idle_expires)
        .map_err(store_failed)?;
    Ok(((), Found::Passed(Fact::Touched { idle_expires })))
}

fn sign_out(
    server: &Server,
    request: &Request,
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    trace.step(Check::OriginAllowed, |_| check_origin(request, site))?;
    let id_hash = presented_hash(server, request, trace)?;
    trace.step(Check::SessionEnded, |trace| {
        let fact = end(&id_hash, trace)?;
        Ok(((), Found::Passed(fact)))
    })?;
    Ok(empty_response(204))
}

fn end(id_hash: &SessionIdHash, trace: &mut Trace<'_, '_>) -> Result<Fact, Rejection> {
    let was_there = trace.store.end(id_hash).map_err(store_failed)?;
    Ok(Fact::SessionEnded {
        id_hash: id_hash.to_string(),
        was_there,
    })
}

/// The hash of the session ID that the request carries.
fn presented_hash(
    server: &Server,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<SessionIdHash, Rejection> {
    let name = session_cookie::name(&server.policy().cookie);
    let value = trace.step(Check::SessionCookieFound, |_| {
        let value = session_cookie::value(request, name).ok_or_else(|| {
            let name = name.to_owned();
            Rejection::SessionCookieMissing { name }
        })?;
        let fact = Fact::SessionCookie {
            name: name.to_owned(),
            bytes: length(value),
        };
        Ok((value, Found::Passed(fact)))
    })?;
    let id = trace.step(Check::SessionIdWellFormed, |_| {
        let id = SessionId::parse(value).ok_or_else(|| Rejection::SessionIdMalformed {
            bytes: length(value),
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

fn length(value: &str) -> u32 {
    u32::try_from(value.len()).unwrap_or(u32::MAX)
}

fn describe(user: &User) -> serde_json::Value {
    json!({ "id": user.id, "name": user.name, "role": user.role.as_str() })
}
