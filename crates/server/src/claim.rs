//! What the server reads of a token's claims. One that is missing, or of another form than the server gives out, refuses it.

use protocol::{Rejection, TokenRejection};
use tokens::Claims;

/// The number of the user whom a token is about.
pub(crate) fn subject(claims: &Claims) -> Result<u32, Rejection> {
    claims
        .sub
        .as_deref()
        .and_then(|subject| subject.parse().ok())
        .ok_or_else(|| malformed("sub"))
}

/// What tells the token from others.
pub(crate) fn token_id(claims: &Claims) -> Result<&str, Rejection> {
    claims.jti.as_deref().ok_or_else(|| malformed("jti"))
}

pub(crate) fn malformed(claim: &str) -> Rejection {
    Rejection::Token(TokenRejection::Malformed {
        name: claim.to_owned(),
    })
}
