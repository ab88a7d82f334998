//! The stateless server: it signs a token at sign-in and stores nothing, checks the signature on each request and
//! trusts the content, and can do nothing at sign-out.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::{
    Check, Cost, Fact, Outcome, Rejection, Request, Response, SigningProblem, Timestamp,
    TokenCheck, TokenOutcome, TokenRejection,
};
use serde_json::json;
use sessions::User;
use tokens::{Claims, Key};

use crate::accounts::sample_accounts;
use crate::answer::{empty_response, json_response, key_set_response};
use crate::application::{self, Identity};
use crate::policy::TOKEN_TYPE;
use crate::routes::Route;
use crate::sign_in;
use crate::trace::{Found, Trace, cut};
use crate::{Policy, Server};

/// All that a route does, in order.
pub(crate) fn plan(route: Route) -> Vec<Check> {
    let token = || {
        std::iter::once(Check::BearerFound)
            .chain(tokens::check_order().map(Check::Token))
            .collect::<Vec<_>>()
    };
    match route {
        Route::SignIn => [sign_in::PLAN.as_slice(), &[Check::TokenIssued]].concat(),
        Route::SignOut => [token(), vec![Check::TokenOutlivesSignOut]].concat(),
        Route::Keys => vec![Check::KeysPublished],
        Route::Me
        | Route::Orders
        | Route::PlaceOrder
        | Route::Users
        | Route::ServiceOrders
        | Route::ServiceBills => [
            token().as_slice(),
            &[Check::UserIdentified],
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
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    match route {
        Route::SignIn => sign_in(server, request, trace),
        Route::SignOut => sign_out(server, request, trace),
        Route::Keys => publish_keys(server, trace),
        Route::Me
        | Route::Orders
        | Route::PlaceOrder
        | Route::Users
        | Route::ServiceOrders
        | Route::ServiceBills => {
            let identity = identify(server, request, trace)?;
            application::carry_out(route, &identity, request, trace)
        }
    }
}

fn sign_in(
    server: &Server,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    let user = sign_in::verify(request, trace)?;
    let policy = server.policy();

    let token = trace.step(Check::TokenIssued, |trace| {
        let algorithm = server.algorithm();
        let key = server.signing_key().ok_or(Rejection::SigningFailed {
            problem: SigningProblem::NoKey,
        })?;
        let now = trace.environment.now;
        let claims = claims(policy, &user, now, trace.environment.random_bytes());
        trace.count_signature_made();
        let token = tokens::sign(&claims, TOKEN_TYPE, key, algorithm)
            .map_err(|problem| Rejection::SigningFailed { problem })?;
        let fact = Fact::TokenIssued {
            kid: key.kid.clone().unwrap_or_default(),
            algorithm: algorithm.to_string(),
            // The token carries whole seconds.
            expires: Timestamp::from_seconds(claims.exp.seconds()),
            bytes: length(&token),
        };
        Ok((token, Found::Passed(fact)))
    })?;

    Ok(json_response(
        200,
        &json!({
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": policy.token_lifetime_seconds,
        }),
    ))
}

/// What a token says of a user.
fn claims(policy: &Policy, user: &User, now: Timestamp, token_id: [u8; 12]) -> Claims {
    Claims {
        iss: Some(policy.issuer.clone()),
        sub: Some(user.id.to_string()),
        aud: vec![policy.audience.clone()],
        iat: Some(now),
        exp: now.plus_seconds(policy.token_lifetime_seconds),
        jti: Some(URL_SAFE_NO_PAD.encode(token_id)),
        role: Some(user.role.as_str().to_owned()),
        name: Some(user.name.clone()),
    }
}

/// A member's token, as large as a real one, for measuring what its checks cost.
pub(crate) fn sample_token(server: &Server, now: Timestamp) -> Option<String> {
    let user = sample_accounts().into_iter().next()?;
    let claims = claims(server.policy(), &user, now, [0; 12]);
    tokens::sign(
        &claims,
        TOKEN_TYPE,
        server.signing_key()?,
        server.algorithm(),
    )
    .ok()
}

/// The public halves of the keys that sign tokens, for whoever is to verify them. A shared secret has none. RFC 7517, 5.
fn publish_keys(server: &Server, trace: &mut Trace<'_, '_>) -> Result<Response, Rejection> {
    trace.step(Check::KeysPublished, |_| {
        let keys = &server.verifier().keys;
        let published = keys.iter().filter_map(Key::public_half).count();
        let fact = Fact::PublicKeys(u32::try_from(published).unwrap_or(u32::MAX));
        Ok((key_set_response(tokens::jwks(keys)), Found::Passed(fact)))
    })
}

/// Whom the token names. A role that it says is the role, whatever has changed since.
fn identify(
    server: &Server,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<Identity, Rejection> {
    let claims = authenticate(server, request, trace)?;
    trace.step(Check::UserIdentified, |_| {
        let identity = Identity {
            id: claims
                .sub
                .and_then(|subject| subject.parse().ok())
                .ok_or_else(|| malformed("sub"))?,
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

fn sign_out(
    server: &Server,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    let claims = authenticate(server, request, trace)?;
    trace.step(Check::TokenOutlivesSignOut, |_| {
        Ok(((), Found::Noted(Fact::TokenOutlives { until: claims.exp })))
    })?;
    Ok(empty_response(204))
}

/// Who the user is: the server checks the signature, and takes the token's word for everything else.
fn authenticate(
    server: &Server,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<Claims, Rejection> {
    let token = trace.step(Check::BearerFound, |_| bearer_token(request))?;
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

/// The token of an `Authorization: Bearer` field. RFC 6750, 2.1.
fn bearer_token(request: &Request) -> Result<(&str, Found), Rejection> {
    let field = request
        .header("Authorization")
        .ok_or(Rejection::AuthorizationMissing)?;
    let (scheme, token) = field.split_once(' ').unwrap_or((field, ""));
    if !scheme.eq_ignore_ascii_case("Bearer") {
        return Err(Rejection::AuthorizationNotBearer {
            scheme: cut(scheme),
        });
    }
    let token = token.trim();
    let fact = Fact::BearerToken {
        bytes: length(token),
    };
    Ok((token, Found::Passed(fact)))
}

fn malformed(claim: &str) -> Rejection {
    Rejection::Token(TokenRejection::Malformed {
        name: claim.to_owned(),
    })
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
