//! The checks that each route is promised to run, in order. Written out once more: whoever takes a check out of the
//! server, or adds one, has to say so here.

use protocol::{Check, TokenCheck};

pub(crate) const NO_ROUTE: &[Check] = &[Check::SizeLimited, Check::RouteFound, Check::Answered];

pub(crate) const SESSION_SIGN_IN: &[Check] = &[
    Check::SizeLimited,
    Check::RouteFound,
    Check::OriginAllowed,
    Check::BodyRead,
    Check::AccountLookedUp,
    Check::PasswordVerified,
    Check::AccountActive,
    Check::OldSessionEnded,
    Check::SessionCreated,
    Check::Answered,
];

pub(crate) const SESSION_ME: &[Check] = &[
    Check::SizeLimited,
    Check::RouteFound,
    Check::SessionCookieFound,
    Check::SessionIdWellFormed,
    Check::SessionIdHashed,
    Check::SessionFound,
    Check::IdleTimeout,
    Check::AbsoluteTimeout,
    Check::UserActive,
    Check::LastSeenTouched,
    Check::UserIdentified,
    Check::Answered,
];

pub(crate) const SESSION_SIGN_OUT: &[Check] = &[
    Check::SizeLimited,
    Check::RouteFound,
    Check::OriginAllowed,
    Check::SessionCookieFound,
    Check::SessionIdWellFormed,
    Check::SessionIdHashed,
    Check::SessionEnded,
    Check::Answered,
];

pub(crate) const TOKEN_SIGN_IN: &[Check] = &[
    Check::SizeLimited,
    Check::RouteFound,
    Check::BodyRead,
    Check::AccountLookedUp,
    Check::PasswordVerified,
    Check::AccountActive,
    Check::TokenIssued,
    Check::Answered,
];

pub(crate) const TOKEN_ME: &[Check] = &token_route(Check::UserIdentified);

pub(crate) const TOKEN_SIGN_OUT: &[Check] = &token_route(Check::TokenOutlivesSignOut);

const fn token_route(last: Check) -> [Check; 22] {
    [
        Check::SizeLimited,
        Check::RouteFound,
        Check::BearerFound,
        Check::Token(TokenCheck::Parts),
        Check::Token(TokenCheck::Base64url),
        Check::Token(TokenCheck::HeaderJson),
        Check::Token(TokenCheck::HeaderNamesUnique),
        Check::Token(TokenCheck::CriticalUnderstood),
        Check::Token(TokenCheck::AlgorithmAllowed),
        Check::Token(TokenCheck::KeyFound),
        Check::Token(TokenCheck::KeyFits),
        Check::Token(TokenCheck::KeyLongEnough),
        Check::Token(TokenCheck::Signature),
        Check::Token(TokenCheck::PayloadJson),
        Check::Token(TokenCheck::ClaimNamesUnique),
        Check::Token(TokenCheck::Expiry),
        Check::Token(TokenCheck::NotBefore),
        Check::Token(TokenCheck::Issuer),
        Check::Token(TokenCheck::Audience),
        Check::Token(TokenCheck::Type),
        last,
        Check::Answered,
    ]
}
