//! Why a request was refused.

use protocol::Rejection;

use super::said::Said;
use super::short_hash::short_hash;
use super::time::{ago, counted, octets};
use super::{cookie, key, token};

/// The refusal in one sentence.
pub(crate) fn rejection(rejection: &Rejection) -> String {
    say(rejection).sentence
}

/// The refusal with what there is to see.
pub(super) fn say(rejection: &Rejection) -> Said {
    match rejection {
        Rejection::FieldsTooLarge { octets: n, limit } => Said::of(format!(
            "The request’s fields have {}. The server takes {limit} at most.",
            octets(*n)
        )),
        Rejection::ContentTooLarge { octets: n, limit } => Said::of(format!(
            "The request’s content has {}. The server takes {limit} at most.",
            octets(*n)
        )),
        Rejection::NoRoute { path } => Said::with("There is nothing at this path.", path.clone()),
        Rejection::MethodNotAllowed { allowed } => Said::of(format!(
            "This path does not take the method. It takes {allowed}."
        )),
        Rejection::OriginMissing => Said::of(
            "The request would change something and names no origin: any site could have caused it.",
        ),
        Rejection::OriginForeign { origin } => Said::with(
            "The request would change something and comes from another site.",
            origin.clone(),
        ),
        Rejection::ContentMalformed { message } => Said::with(
            "The content is not the JSON that the server needs.",
            message.clone(),
        ),
        Rejection::CredentialsWrong => Said::with(
            "Account or password is wrong.",
            "The answer never says which of the two.",
        ),
        Rejection::AccountSuspended { user } => {
            Said::of(format!("The account of user #{user} is suspended."))
        }
        Rejection::RoleMissing { role, needed } => Said::with(
            format!(
                "The server knows who you are, and your role does not allow this: it takes `{needed}`."
            ),
            format!("role = {role}"),
        ),
        Rejection::SessionCookieMissing { name } => {
            Said::of(format!("The request carries no cookie `{name}`."))
        }
        Rejection::SessionIdMalformed { bytes, expected } => Said::of(format!(
            "The cookie holds {bytes} characters that are not a session ID. Ours have {expected}, base64url. The store was not asked."
        )),
        Rejection::SessionUnknown { .. } => Said::of("No session has this ID here."),
        Rejection::SessionIdle { at, now } => Said::of(format!(
            "The session was not used for too long. It ended {}.",
            ago(*at, *now)
        )),
        Rejection::SessionTooOld { at, now } => Said::of(format!(
            "The session reached its greatest age {}.",
            ago(*at, *now)
        )),
        Rejection::AuthorizationMissing => {
            Said::of("The request carries no `Authorization` field.")
        }
        Rejection::AuthorizationNotBearer { scheme } => Said::with(
            "The `Authorization` field is not a bearer token.",
            scheme.clone(),
        ),
        Rejection::Token(rejection) => token::rejection(rejection),
        Rejection::AccessCookieMissing { name } | Rejection::RefreshCookieMissing { name } => {
            Said::of(format!("The request carries no cookie `{name}`."))
        }
        Rejection::TokenDenied { jti, .. } => Said::with(
            "The token is on the list of those that are refused.",
            format!("jti = {jti}"),
        ),
        Rejection::TokenVersionOld { token, user } => Said::of(format!(
            "The token carries version {token} and the user is at {user}: all older tokens are refused."
        )),
        Rejection::RefreshTokenMalformed { bytes, expected } => Said::of(format!(
            "The cookie holds {bytes} characters that are not a refresh token. Ours have {expected}, base64url. The store was not asked."
        )),
        Rejection::RefreshTokenUnknown { .. } => Said::of("No refresh token has this hash here."),
        Rejection::RefreshFamilyEnded { at, now } => Said::of(format!(
            "The family of this refresh token was ended {}.",
            ago(*at, *now)
        )),
        Rejection::RefreshTokenExpired { at, now } => Said::of(format!(
            "The family of this refresh token reached its end {}.",
            ago(*at, *now)
        )),
        Rejection::RefreshTokenReused { used, now, tokens } => Said::with(
            format!(
                "This refresh token was used before, {}: someone has a copy. Its whole family is ended.",
                ago(*used, *now)
            ),
            counted(*tokens, "refresh token"),
        ),
        Rejection::NoSuchSession { session } => {
            Said::with("You have no such session to end.", short_hash(session))
        }
        Rejection::NoSuchUser { user } => Said::of(format!("There is no user #{user}.")),
        Rejection::Cookie(rule) => Said::of(cookie::refused(rule)),
        Rejection::SigningFailed { problem } => key::signing_problem(problem),
        Rejection::NoServer { servers: 1 } => Said::of("The server does not answer: it is down."),
        Rejection::NoServer { servers } => Said::of(format!(
            "None of the {servers} servers answers: all are down."
        )),
        Rejection::StoreUnreachable => {
            Said::of("The store does not answer, so the server can’t say who this is.")
        }
        Rejection::StoreFailed { message } => Said::with(
            "The server’s store failed: see the scene Store.",
            message.clone(),
        ),
    }
}
