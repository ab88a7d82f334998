//! Knowing the user by a token: the server checks the signature, and takes the token's word for everything else but for
//! what its scheme lets it ask the store.

use protocol::{Check, Cost, Fact, Outcome, Rejection, Request, Scheme, TokenCheck, TokenOutcome};
use tokens::Claims;

use crate::application::Identity;
use crate::claim::{malformed, subject};
use crate::trace::{Claimed, Found, Trace, cut};
use crate::{Server, access_cookie, bearer, revocation};

/// All checks by which a token is known, in order.
pub(crate) fn plan(scheme: &Scheme) -> Vec<Check> {
    let found = if scheme.carrier.is_bearer() {
        Check::BearerFound
    } else {
        Check::AccessCookieFound
    };
    std::iter::once(found)
        .chain(tokens::check_order().map(Check::Token))
        .chain(revocation::check_at_request(scheme))
        .collect()
}

/// What the request carries in the place of a token.
pub(crate) fn presented<'a>(
    server: &Server,
    request: &'a Request,
    trace: &mut Trace<'_, '_>,
) -> Result<&'a str, Rejection> {
    if server.scheme().carrier.is_bearer() {
        trace.step(Check::BearerFound, |_| bearer::find(request))
    } else {
        trace.step(Check::AccessCookieFound, |_| {
            access_cookie::find(request, server.lane())
        })
    }
}

/// What the token says that the request carries.
pub(crate) fn authenticate(
    server: &Server,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<Claims, Rejection> {
    let token = presented(server, request, trace)?;
    let claims = verify(server, token, trace)?;
    trace.claim(Claimed {
        user: claims.sub.as_deref().and_then(|sub| sub.parse().ok()),
        token_id: claims.jti.as_deref().map(cut),
    });
    revocation::check(server, &claims, trace)?;
    Ok(claims)
}

fn verify(server: &Server, token: &str, trace: &mut Trace<'_, '_>) -> Result<Claims, Rejection> {
    trace.store.note_key_use();
    let verification = tokens::verify_timed(
        token,
        server.verifier(),
        trace.environment.now,
        trace.environment.stopwatch,
    );
    let mut rejection = None;
    for timed in verification.steps {
        let mut cost = Cost {
            microseconds: timed.microseconds,
            ..Cost::default()
        };
        let check = timed.step.check;
        let outcome = match timed.step.outcome {
            TokenOutcome::Passed(fact) => Outcome::Passed(Fact::Token(fact)),
            TokenOutcome::Failed(failed) => {
                rejection = Some(Rejection::Token(failed.clone()));
                Outcome::Failed(Rejection::Token(failed))
            }
            TokenOutcome::NotReached | TokenOutcome::LeftOut => Outcome::NotReached,
        };
        cost.signature_checks =
            u32::from(check == TokenCheck::Signature && outcome != Outcome::NotReached);
        trace.push(Check::Token(check), outcome, cost);
    }
    match (rejection, verification.claims) {
        (Some(rejection), _) => Err(rejection),
        (None, Some(claims)) => Ok(claims),
        // Without an `exp` no token passes the checks.
        (None, None) => Err(malformed("exp")),
    }
}

/// Whom the token names. A role that it says is the role, whatever has changed since.
pub(crate) fn identify(claims: Claims, trace: &mut Trace<'_, '_>) -> Result<Identity, Rejection> {
    trace.step(Check::UserIdentified, |_| {
        let identity = Identity {
            id: subject(&claims)?,
            name: claims.name.unwrap_or_default(),
            role: claims.role.unwrap_or_default(),
        };
        let fact = Fact::User {
            id: identity.id,
            name: cut(&identity.name),
            role: cut(&identity.role),
        };
        Ok((identity, Found::Passed(fact)))
    })
}
