//! What ends an access token before it expires: a list of those that are refused, or a version number for each user. Either
//! costs one read on each request, which is what a token was to save. It never ends a refresh token.

use protocol::{Check, Fact, Rejection, Revocation, Scheme, Timestamp};
use tokens::Claims;

use crate::Server;
use crate::claim::{malformed, subject, token_id};
use crate::trace::{Found, Trace, cut, store_failed};

/// What is asked of the store on each request.
pub(crate) const fn check_at_request(scheme: &Scheme) -> Option<Check> {
    match scheme.revocation {
        Revocation::Denylist => Some(Check::TokenNotDenied),
        Revocation::UserVersion => Some(Check::TokenVersionCurrent),
        Revocation::Expiry | Revocation::Record => None,
    }
}

/// What a sign-out does to the access token.
pub(crate) const fn check_at_sign_out(scheme: &Scheme) -> Check {
    match scheme.revocation {
        Revocation::Denylist => Check::TokenDenied,
        Revocation::UserVersion => Check::TokenVersionRaised,
        Revocation::Expiry | Revocation::Record => Check::TokenOutlivesSignOut,
    }
}

/// Refuses a token that was ended. One that can't be ended, as it lacks what tells it from others, is refused too.
pub(crate) fn check(
    server: &Server,
    claims: &Claims,
    trace: &mut Trace<'_, '_>,
) -> Result<(), Rejection> {
    let Some(check) = check_at_request(&server.scheme()) else {
        return Ok(());
    };
    trace.step(check, |trace| match check {
        Check::TokenNotDenied => not_denied(server, claims, trace),
        _ => version_current(server, claims, trace),
    })
}

fn not_denied(
    server: &Server,
    claims: &Claims,
    trace: &mut Trace<'_, '_>,
) -> Result<((), Found), Rejection> {
    let jti = token_id(claims)?;
    let denied = trace
        .store
        .denied_since(server.lane(), jti)
        .map_err(store_failed)?;
    let jti = cut(jti);
    match denied {
        Some(since) => Err(Rejection::TokenDenied { jti, since }),
        None => Ok(((), Found::Passed(Fact::NotDenied { jti }))),
    }
}

/// The very number counts: one that is ahead of the store's is of a store that was lost, and is not believed either.
fn version_current(
    server: &Server,
    claims: &Claims,
    trace: &mut Trace<'_, '_>,
) -> Result<((), Found), Rejection> {
    let token = claims.ver.ok_or_else(|| malformed("ver"))?;
    let user = subject(claims)?;
    let user = trace
        .store
        .token_version(server.lane(), user)
        .map_err(store_failed)?;
    if token == user {
        Ok(((), Found::Passed(Fact::TokenVersion(user))))
    } else {
        Err(Rejection::TokenVersionOld { token, user })
    }
}

/// Ends the token at its sign-out, as far as the scheme can.
pub(crate) fn end(
    server: &Server,
    claims: &Claims,
    trace: &mut Trace<'_, '_>,
) -> Result<(), Rejection> {
    let scheme = server.scheme();
    let until = last_moment(claims.exp, &scheme);
    let check = check_at_sign_out(&scheme);
    trace.step(check, |trace| match check {
        Check::TokenDenied => deny(server, claims, until, trace),
        Check::TokenVersionRaised => {
            let to = trace
                .store
                .raise_token_version(server.lane(), subject(claims)?)
                .map_err(store_failed)?;
            Ok(((), Found::Passed(Fact::TokenVersionRaised { to })))
        }
        _ => Ok(((), Found::Noted(Fact::TokenOutlives { until }))),
    })
}

/// Puts the token on the list, from which those are dropped first that expiry refuses by now. What has expired is the
/// store's to say: a server whose clock is ahead would drop what others still need.
fn deny(
    server: &Server,
    claims: &Claims,
    until: Timestamp,
    trace: &mut Trace<'_, '_>,
) -> Result<((), Found), Rejection> {
    let jti = token_id(claims)?;
    let (lane, now) = (server.lane(), trace.environment.now);
    trace
        .store
        .forget_denied(lane, server.store_clock(now))
        .map_err(store_failed)?;
    trace
        .store
        .deny(lane, jti, now, until)
        .map_err(store_failed)?;
    let jti = cut(jti);
    Ok(((), Found::Passed(Fact::TokenDenied { jti, until })))
}

/// From when on expiry refuses a token: `exp`, and what the clocks may differ.
pub(crate) const fn last_moment(exp: Timestamp, scheme: &Scheme) -> Timestamp {
    exp.plus_seconds(scheme.lifetimes.leeway_seconds as i64)
}
