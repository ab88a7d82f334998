//! The server that knows its users by sessions: it makes one at sign-in, looks it up on each request, and ends it at
//! sign-out.

use protocol::{Check, Fact, Rejection, Request, Response, Scheme, Site};
use serde_json::json;
use sessions::{CredentialHash, DEVICE_CHARACTERS, Session, SessionId, User};

use crate::answer::{empty_response, json_response};
use crate::application::{self, Identity};
use crate::routes::Route;
use crate::sign_in;
use crate::trace::{Found, Trace, cut, store_failed};
use crate::{Server, bearer, known_session, session_care, session_cookie};

/// Random bits in a session ID.
const RANDOM_BITS: u32 = SessionId::RANDOM_BYTES as u32 * 8;

/// All that a route does once its origin is allowed, in order.
pub(crate) fn plan(route: Route, scheme: &Scheme) -> Vec<Check> {
    match route {
        Route::SignIn => [
            sign_in::PLAN.as_slice(),
            &[Check::OldSessionEnded, Check::SessionCreated],
        ]
        .concat(),
        Route::SignOut => {
            let mut plan = known_session::plan_presented(scheme);
            plan.push(Check::SessionEnded);
            plan
        }
        // No such route is found under this scheme.
        Route::Keys | Route::Refresh => Vec::new(),
        Route::Sessions | Route::EndSession | Route::EndOtherSessions => [
            known_session::plan(scheme).as_slice(),
            session_care::plan(route),
        ]
        .concat(),
        Route::Me
        | Route::Orders
        | Route::PlaceOrder
        | Route::Users
        | Route::ServiceOrders
        | Route::ServiceBills => [
            known_session::plan(scheme).as_slice(),
            application::plan(route),
        ]
        .concat(),
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
        Route::SignOut => sign_out(server, request, trace),
        Route::Keys | Route::Refresh => Err(Rejection::NoRoute {
            path: cut(request.path()),
        }),
        Route::Sessions | Route::EndSession | Route::EndOtherSessions => {
            let known = known_session::authenticate(server, request, site, trace)?;
            session_care::carry_out(server, route, &known, request, site, trace)
        }
        Route::Me
        | Route::Orders
        | Route::PlaceOrder
        | Route::Users
        | Route::ServiceOrders
        | Route::ServiceBills => {
            let user = known_session::authenticate(server, request, site, trace)?.user;
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
    let user = sign_in::verify(request, trace)?;

    trace.step(Check::OldSessionEnded, |trace| {
        let Some(old) = any_id(server, request) else {
            return Ok(((), Found::Noted(Fact::NoOldSession)));
        };
        let fact = end(server, &old.hash(), trace)?;
        Ok(((), Found::Passed(fact)))
    })?;

    let lifetimes = server.scheme().lifetimes;
    let id = trace.step(Check::SessionCreated, |trace| {
        let id = SessionId::from_random(trace.environment.random_bytes());
        let now = trace.environment.now;
        let absolute_expires = now.plus_seconds(i64::from(lifetimes.absolute_timeout_seconds));
        let session = Session {
            id_hash: id.hash(),
            user: user.id,
            lane: server.lane(),
            device: device(request),
            role: user.role,
            created: now,
            last_seen: now,
            idle_expires: now
                .plus_seconds(i64::from(lifetimes.idle_timeout_seconds))
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

    Ok(hand_over(server, &user, &id, request, site))
}

/// The answer to a sign-in: the session ID in a cookie, or in the content for page script to keep.
fn hand_over(
    server: &Server,
    user: &User,
    id: &SessionId,
    request: &Request,
    site: &Site,
) -> Response {
    let user = sign_in::describe(user);
    if server.scheme().carrier.is_bearer() {
        return json_response(200, &json!({ "session_id": id.as_str(), "user": user }));
    }
    let mut response = json_response(200, &user);
    response.headers.extend(session_cookie::setting_headers(
        server.lane(),
        &server.policy().cookie,
        site,
        request,
        id.as_str(),
        i64::from(server.scheme().lifetimes.absolute_timeout_seconds),
    ));
    response
}

fn sign_out(
    server: &Server,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    let id_hash = known_session::presented_hash(server, request, trace)?;
    trace.step(Check::SessionEnded, |trace| {
        let fact = end(server, &id_hash, trace)?;
        Ok(((), Found::Passed(fact)))
    })?;
    Ok(empty_response(204))
}

/// Ends the session in the server's own lane: the other one stands for another site.
fn end(
    server: &Server,
    id_hash: &CredentialHash,
    trace: &mut Trace<'_, '_>,
) -> Result<Fact, Rejection> {
    let lane = server.lane();
    let was_there = trace.store.end(lane, id_hash).map_err(store_failed)?;
    Ok(Fact::SessionEnded {
        id_hash: id_hash.to_string(),
        was_there,
    })
}

/// The session ID that the client came with, if it is one.
fn any_id(server: &Server, request: &Request) -> Option<SessionId> {
    if server.scheme().carrier.is_bearer() {
        let (text, _) = bearer::find(request).ok()?;
        SessionId::parse(text)
    } else {
        session_cookie::any_id(request, server.lane())
    }
}

/// The device as it names itself, for its user to know it by.
fn device(request: &Request) -> String {
    let named = request.header("User-Agent").unwrap_or_default();
    named.chars().take(DEVICE_CHARACTERS).collect()
}
