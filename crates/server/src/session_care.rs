//! What a user does about the user's own sessions: lists them, ends one, ends the others. It never reaches a session of
//! anyone else, or of the other lane.

use protocol::{Check, Fact, Purpose, Rejection, Request, Response, Site};
use serde::Deserialize;
use serde_json::{Value, json};
use sessions::{CredentialHash, Session};

use crate::answer::{empty_response, json_response};
use crate::clearing::clearing_headers;
use crate::known_session::Known;
use crate::routes::Route;
use crate::trace::{Found, Trace, count, cut, store_failed};
use crate::{Server, content, sign_in};

/// What such a route does once the user is known, in order.
pub(crate) const fn plan(route: Route) -> &'static [Check] {
    match route {
        Route::EndSession | Route::EndOtherSessions => &[
            Check::BodyRead,
            sign_in::PLAN_AGAIN[0],
            sign_in::PLAN_AGAIN[1],
            sign_in::PLAN_AGAIN[2],
            Check::SessionsEnded,
        ],
        _ => &[Check::SessionsListed],
    }
}

/// Answers a known user.
pub(crate) fn carry_out(
    server: &Server,
    route: Route,
    known: &Known,
    request: &Request,
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    match route {
        Route::EndSession => end_one(server, known, request, site, trace),
        Route::EndOtherSessions => end_others(server, known, request, trace),
        _ => list(server, known, trace),
    }
}

fn list(server: &Server, known: &Known, trace: &mut Trace<'_, '_>) -> Result<Response, Rejection> {
    trace.step(Check::SessionsListed, |trace| {
        trace.store.set_purpose(Purpose::Application);
        let now = trace.environment.now;
        let mut sessions = trace
            .store
            .sessions_of(known.user.id, server.lane())
            .map_err(store_failed)?;
        sessions.retain(|session| now < session.idle_expires && now < session.absolute_expires);
        let content: Value = sessions
            .iter()
            .map(|session| describe(session, &known.id_hash))
            .collect();
        let fact = Fact::Rows(count(sessions.len()));
        Ok((json_response(200, &content), Found::Passed(fact)))
    })
}

/// The hash names a session and lets nobody in.
fn describe(session: &Session, current: &CredentialHash) -> Value {
    json!({
        "session": session.id_hash.to_string(),
        "device": session.device,
        "created": session.created.seconds(),
        "last_seen": session.last_seen.seconds(),
        "idle_expires": session.idle_expires.seconds(),
        "absolute_expires": session.absolute_expires.seconds(),
        "current": session.id_hash == *current,
    })
}

#[derive(Deserialize)]
struct One {
    session: String,
    password: String,
}

fn end_one(
    server: &Server,
    known: &Known,
    request: &Request,
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    let One { session, password } = trace.step(Check::BodyRead, |_| {
        let needed = "session and password must be there once each, as text";
        let content = content::read(request, needed)?;
        Ok((content, Found::Passed(Fact::Done)))
    })?;
    let user = sign_in::verify_again(known.user.id, &password, trace)?;
    trace.step(Check::SessionsEnded, |trace| {
        let none = || Rejection::NoSuchSession {
            session: cut(&session),
        };
        let id_hash = CredentialHash::from_hex(&session).ok_or_else(none)?;
        let was_there = trace
            .store
            .end_one_of(user.id, server.lane(), &id_hash)
            .map_err(store_failed)?;
        if !was_there {
            return Err(none());
        }
        if id_hash == known.id_hash {
            trace.answer_with(clearing_headers(server, site, request));
        }
        let fact = Fact::SessionEnded {
            id_hash: id_hash.to_string(),
            was_there,
        };
        Ok(((), Found::Passed(fact)))
    })?;
    Ok(empty_response(204))
}

#[derive(Deserialize)]
struct Others {
    password: String,
}

fn end_others(
    server: &Server,
    known: &Known,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    let Others { password } = trace.step(Check::BodyRead, |_| {
        let content = content::read(request, "password must be there once, as text")?;
        Ok((content, Found::Passed(Fact::Done)))
    })?;
    let user = sign_in::verify_again(known.user.id, &password, trace)?;
    let ended = trace.step(Check::SessionsEnded, |trace| {
        let ended = trace
            .store
            .end_all_of(user.id, server.lane(), Some(&known.id_hash))
            .map_err(store_failed)?;
        Ok((ended, Found::Passed(Fact::SessionsEnded(ended))))
    })?;
    Ok(json_response(200, &json!({ "ended": ended })))
}
