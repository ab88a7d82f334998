//! The checks that each route is promised to run, in order. Written out once more: whoever takes a check out of the
//! server, or adds one, has to say so here.
//!
//! What the stateful server writes into its audit log comes after the plan, and depends on how the request ends: each
//! test says it with its verdict.

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

/// The checks by which a session is known, with those that come before and after.
macro_rules! session_route {
    ([$($before:expr),*], [$($after:expr),*]) => {
        &[
            Check::SizeLimited,
            Check::RouteFound,
            $($before,)*
            Check::SessionCookieFound,
            Check::SessionIdWellFormed,
            Check::SessionIdHashed,
            Check::SessionFound,
            Check::IdleTimeout,
            Check::AbsoluteTimeout,
            Check::UserActive,
            Check::SessionRenewed,
            Check::LastSeenTouched,
            Check::UserIdentified,
            $($after,)*
            Check::Answered,
        ]
    };
}

pub(crate) const SESSION_ME: &[Check] = session_route!([], []);

pub(crate) const SESSION_ORDERS: &[Check] = session_route!([], [Check::OrdersRead]);

pub(crate) const SESSION_PLACE_ORDER: &[Check] = session_route!(
    [Check::OriginAllowed],
    [Check::BodyRead, Check::OrderPlaced]
);

pub(crate) const SESSION_USERS: &[Check] =
    session_route!([], [Check::RoleAllowed, Check::UsersRead]);

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

/// The checks by which a token is known, with those that come after.
macro_rules! token_route {
    ($($after:expr),+) => {
        &[
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
            $($after,)+
            Check::Answered,
        ]
    };
}

pub(crate) const TOKEN_ME: &[Check] = token_route!(Check::UserIdentified);

pub(crate) const TOKEN_SIGN_OUT: &[Check] = token_route!(Check::TokenOutlivesSignOut);

pub(crate) const TOKEN_ORDERS: &[Check] = token_route!(Check::UserIdentified, Check::OrdersRead);

pub(crate) const TOKEN_PLACE_ORDER: &[Check] =
    token_route!(Check::UserIdentified, Check::BodyRead, Check::OrderPlaced);

pub(crate) const TOKEN_USERS: &[Check] =
    token_route!(Check::UserIdentified, Check::RoleAllowed, Check::UsersRead);
