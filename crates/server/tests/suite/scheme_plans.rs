//! The checks that each route is promised to run under each scheme, in order. Written out once more, from the scheme's own
//! words: whoever takes a check out of the server, or adds one, has to say so here.

use protocol::{Carrier, Check, Credential, Preset, Revocation, Scheme};

use crate::plans::TOKEN_ME;

const DOOR: [Check; 2] = [Check::SizeLimited, Check::RouteFound];

/// Every scheme that makes sense, with one bearer carrier: to a server they are all the same.
pub(crate) fn schemes() -> Vec<Scheme> {
    let mut schemes = Vec::new();
    for credential in Credential::ALL {
        for carrier in [Carrier::Cookie, Carrier::Memory] {
            for revocation in Revocation::ALL {
                let scheme = Scheme {
                    credential,
                    carrier,
                    revocation,
                    ..Preset::Hybrid.scheme()
                };
                if scheme.problem().is_none() {
                    schemes.push(scheme);
                }
            }
        }
    }
    assert_eq!(schemes.len(), 2 + 2 * 2 * 3);
    schemes
}

fn plan(parts: &[&[Check]]) -> Vec<Check> {
    [&DOOR, parts.concat().as_slice(), &[Check::Answered]].concat()
}

fn origin(asked: bool) -> &'static [Check] {
    if asked { &[Check::OriginAllowed] } else { &[] }
}

fn in_cookie(scheme: &Scheme) -> bool {
    scheme.carrier == Carrier::Cookie
}

fn has_family(scheme: &Scheme) -> bool {
    scheme.credential == Credential::AccessAndRefresh
}

fn presented(scheme: &Scheme) -> &'static [Check] {
    match (scheme.credential, in_cookie(scheme)) {
        (_, false) => &[Check::BearerFound],
        (Credential::SessionId, true) => &[Check::SessionCookieFound],
        (_, true) => &[Check::AccessCookieFound],
    }
}

const SESSION_ID: &[Check] = &[Check::SessionIdWellFormed, Check::SessionIdHashed];

/// The checks by which a user is known.
fn known(scheme: &Scheme) -> Vec<Check> {
    if scheme.credential != Credential::SessionId {
        return [presented(scheme), &token(scheme)].concat();
    }
    let renewed: &[Check] = if in_cookie(scheme) {
        &[Check::SessionRenewed]
    } else {
        &[]
    };
    let found = &[
        Check::SessionFound,
        Check::IdleTimeout,
        Check::AbsoluteTimeout,
        Check::UserActive,
    ];
    let last = &[Check::LastSeenTouched, Check::UserIdentified];
    [presented(scheme), SESSION_ID, found, renewed, last].concat()
}

/// The checks of a token, and what is asked of the store.
fn token(scheme: &Scheme) -> Vec<Check> {
    let itself = TOKEN_ME
        .iter()
        .filter(|check| matches!(check, Check::Token(_)));
    let asked = match scheme.revocation {
        Revocation::Denylist => Some(Check::TokenNotDenied),
        Revocation::UserVersion => Some(Check::TokenVersionCurrent),
        Revocation::Expiry | Revocation::Record => None,
    };
    itself.copied().chain(asked).collect()
}

pub(crate) fn sign_in(scheme: &Scheme) -> Vec<Check> {
    let password: &[Check] = &[
        Check::BodyRead,
        Check::AccountLookedUp,
        Check::PasswordVerified,
        Check::AccountActive,
    ];
    let made: &[Check] = match scheme.credential {
        Credential::SessionId => &[Check::OldSessionEnded, Check::SessionCreated],
        Credential::AccessToken => &[Check::TokenIssued],
        Credential::AccessAndRefresh => &[Check::RefreshTokenIssued, Check::TokenIssued],
    };
    let gives_a_cookie = in_cookie(scheme) || has_family(scheme);
    plan(&[origin(gives_a_cookie), password, made])
}

/// A route that reads, and does this once the user is known.
pub(crate) fn reading(scheme: &Scheme, then: &[Check]) -> Vec<Check> {
    let identified: &[Check] = match scheme.credential {
        Credential::SessionId => &[],
        _ => &[Check::UserIdentified],
    };
    plan(&[&known(scheme), identified, then])
}

/// A route that changes something, and does this once the user is known.
pub(crate) fn changing(scheme: &Scheme, then: &[Check]) -> Vec<Check> {
    let mut plan = reading(scheme, then);
    if in_cookie(scheme) {
        plan.insert(DOOR.len(), Check::OriginAllowed);
    }
    plan
}

pub(crate) fn sign_out(scheme: &Scheme) -> Vec<Check> {
    let origin = origin(in_cookie(scheme));
    if scheme.credential == Credential::SessionId {
        let ended = &[Check::SessionEnded];
        return plan(&[origin, presented(scheme), SESSION_ID, ended]);
    }
    let family: &[Check] = if has_family(scheme) {
        &[Check::RefreshFamilyEnded]
    } else {
        &[]
    };
    let token: &[Check] = match scheme.revocation {
        Revocation::Denylist => &[Check::TokenDenied],
        Revocation::UserVersion => &[Check::TokenVersionRaised],
        Revocation::Expiry | Revocation::Record => &[Check::TokenOutlivesSignOut],
    };
    plan(&[origin, &known(scheme), family, token])
}

pub(crate) fn refresh() -> Vec<Check> {
    plan(&[&[
        Check::OriginAllowed,
        Check::RefreshCookieFound,
        Check::RefreshTokenWellFormed,
        Check::RefreshTokenHashed,
        Check::RefreshTokenFound,
        Check::RefreshFamilyActive,
        Check::RefreshTokenExpiry,
        Check::RefreshTokenUnused,
        Check::UserActive,
        Check::RefreshTokenRotated,
        Check::TokenIssued,
    ]])
}
