//! Why a request was refused.

use serde::{Deserialize, Serialize};

use crate::{CookieRule, SigningProblem, Timestamp, TokenRejection};

/// Why a check did not hold. Strings that the request supplied are cut after 200 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rejection {
    /// The field lines are larger than the server takes.
    FieldsTooLarge {
        /// Their octets.
        octets: u32,
        /// The limit.
        limit: u32,
    },
    /// The content is larger than the server takes.
    ContentTooLarge {
        /// Its octets.
        octets: u32,
        /// The limit.
        limit: u32,
    },
    /// No route has this path.
    NoRoute {
        /// The path.
        path: String,
    },
    /// The route has other methods.
    MethodNotAllowed {
        /// Those it has.
        allowed: String,
    },
    /// A request that changes something names no origin.
    OriginMissing,
    /// A request that changes something comes from another site.
    OriginForeign {
        /// The site.
        origin: String,
    },
    /// The content is not the JSON that the route needs.
    ContentMalformed {
        /// What the parser says.
        message: String,
    },
    /// No such account, or another password. Which of the two is never said to the client.
    CredentialsWrong,
    /// The account is suspended.
    AccountSuspended {
        /// Its user.
        user: u32,
    },
    /// The user is known, but has another role than the request needs.
    RoleMissing {
        /// The user's.
        role: String,
        /// The one that is needed.
        needed: String,
    },
    /// The request carries no session cookie.
    SessionCookieMissing {
        /// Its name.
        name: String,
    },
    /// What the cookie holds is not a session ID that this server gives out.
    SessionIdMalformed {
        /// The value's length.
        bytes: u32,
        /// The length of a session ID.
        expected: u32,
    },
    /// The store has no session of this hash.
    SessionUnknown {
        /// SHA-256 of the ID, hex.
        id_hash: String,
    },
    /// The session was not used for too long.
    SessionIdle {
        /// When it ended.
        at: Timestamp,
        /// The clock at the check.
        now: Timestamp,
    },
    /// The session has reached its greatest age.
    SessionTooOld {
        /// When it ended.
        at: Timestamp,
        /// The clock at the check.
        now: Timestamp,
    },
    /// The request carries no `Authorization` field.
    AuthorizationMissing,
    /// The `Authorization` field is of another kind than `Bearer`.
    AuthorizationNotBearer {
        /// Its scheme.
        scheme: String,
    },
    /// The request carries no cookie with an access token.
    AccessCookieMissing {
        /// Its name.
        name: String,
    },
    /// A check of the token did not hold.
    Token(TokenRejection),
    /// The token is on the list of those that are refused.
    TokenDenied {
        /// Its `jti`.
        jti: String,
        /// Since when.
        since: Timestamp,
    },
    /// The token carries an older version number than the user has.
    TokenVersionOld {
        /// The token's.
        token: u32,
        /// The user's.
        user: u32,
    },
    /// The request carries no refresh token.
    RefreshCookieMissing {
        /// The cookie's name.
        name: String,
    },
    /// What the cookie holds is not a refresh token that this server gives out.
    RefreshTokenMalformed {
        /// The value's length.
        bytes: u32,
        /// The length of a refresh token.
        expected: u32,
    },
    /// The store has no refresh token of this hash.
    RefreshTokenUnknown {
        /// SHA-256 of the token, hex.
        token_hash: String,
    },
    /// The token's family was ended.
    RefreshFamilyEnded {
        /// When.
        at: Timestamp,
        /// The clock at the check.
        now: Timestamp,
    },
    /// The token's family has reached its end.
    RefreshTokenExpired {
        /// When.
        at: Timestamp,
        /// The clock at the check.
        now: Timestamp,
    },
    /// The token was used before: one of two has a copy. The family is ended.
    RefreshTokenReused {
        /// When it was used.
        used: Timestamp,
        /// The clock at the check.
        now: Timestamp,
        /// How many refresh tokens ended with it.
        tokens: u32,
    },
    /// The user has no session of this name to end.
    NoSuchSession {
        /// The name.
        session: String,
    },
    /// There is no user of this number.
    NoSuchUser {
        /// The number.
        user: u32,
    },
    /// The user agent refused a cookie.
    Cookie(CookieRule),
    /// No token could be signed.
    SigningFailed {
        /// Why.
        problem: SigningProblem,
    },
    /// None of the servers answers.
    NoServer {
        /// How many there are.
        servers: u32,
    },
    /// The server does not reach the store.
    StoreUnreachable,
    /// The store failed.
    StoreFailed {
        /// What the store says.
        message: String,
    },
}
