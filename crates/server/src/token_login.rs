//! The server that knows its users by access tokens: it signs one at sign-in and checks the signature on each request.
//! What it can do at sign-out is up to the scheme: alone, a token goes on until it expires.

use protocol::{Check, Credential, Fact, Rejection, Request, Response, Scheme, Site};
use tokens::Key;

use crate::answer::{empty_response, key_set_response};
use crate::application;
use crate::routes::Route;
use crate::trace::{Found, Trace, count, cut};
use crate::{Server, issuing, known_token, refresh, revocation, sign_in};

/// All that a route does once its origin is allowed, in order.
pub(crate) fn plan(route: Route, scheme: &Scheme) -> Vec<Check> {
    let has_family = scheme.credential == Credential::AccessAndRefresh;
    let only_with_family = |check| has_family.then_some(check);
    match route {
        Route::SignIn => {
            let mut plan = sign_in::PLAN.to_vec();
            plan.extend(only_with_family(Check::RefreshTokenIssued));
            plan.push(Check::TokenIssued);
            plan
        }
        Route::SignOut => {
            let mut plan = known_token::plan(scheme);
            plan.extend(only_with_family(Check::RefreshFamilyEnded));
            plan.push(revocation::check_at_sign_out(scheme));
            plan
        }
        Route::Refresh => refresh::PLAN.to_vec(),
        Route::Keys => vec![Check::KeysPublished],
        // No such route is found under this scheme.
        Route::Sessions | Route::EndSession | Route::EndOtherSessions => Vec::new(),
        Route::Me
        | Route::Orders
        | Route::PlaceOrder
        | Route::Users
        | Route::ServiceOrders
        | Route::ServiceBills => [
            known_token::plan(scheme).as_slice(),
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
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    match route {
        Route::SignIn => sign_in(server, request, site, trace),
        Route::SignOut => sign_out(server, request, trace),
        Route::Refresh => refresh::carry_out(server, request, site, trace),
        Route::Keys => publish_keys(server, trace),
        Route::Sessions | Route::EndSession | Route::EndOtherSessions => Err(Rejection::NoRoute {
            path: cut(request.path()),
        }),
        Route::Me
        | Route::Orders
        | Route::PlaceOrder
        | Route::Users
        | Route::ServiceOrders
        | Route::ServiceBills => {
            let claims = known_token::authenticate(server, request, trace)?;
            let identity = known_token::identify(claims, trace)?;
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
    let family = match server.scheme().credential {
        Credential::AccessAndRefresh => Some(refresh::begin_family(server, &user, site, trace)?),
        Credential::AccessToken | Credential::SessionId => None,
    };
    let token = issuing::issue(server, &user, family, trace)?;
    Ok(issuing::hand_over(server, &user, &token, site))
}

fn sign_out(
    server: &Server,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    let claims = known_token::authenticate(server, request, trace)?;
    if server.scheme().credential == Credential::AccessAndRefresh {
        refresh::end_family(&claims, trace)?;
    }
    revocation::end(server, &claims, trace)?;
    Ok(empty_response(204))
}

/// The public halves of the keys that sign tokens, for whoever is to verify them. A shared secret has none. RFC 7517, 5.
fn publish_keys(server: &Server, trace: &mut Trace<'_, '_>) -> Result<Response, Rejection> {
    trace.step(Check::KeysPublished, |trace| {
        trace.store.note_key_use();
        let keys = &server.verifier().keys;
        let published = keys.iter().filter_map(Key::public_half).count();
        let fact = Fact::PublicKeys(count(published));
        Ok((key_set_response(tokens::jwks(keys)), Found::Passed(fact)))
    })
}
