//! Responses: what the client is told.

use protocol::{Carrier, Header, Rejection, Response, TokenRejection};
use serde_json::{Value, json};

/// The realm that the challenges name. RFC 9110, 11.5.
const REALM: &str = "ticket-or-passport";

/// A response with JSON content.
pub(crate) fn json_response(status: u16, content: &Value) -> Response {
    let body = content.to_string();
    Response {
        status,
        headers: vec![
            Header::new("Content-Type", "application/json"),
            Header::new("Content-Length", body.len().to_string()),
            Header::new("Cache-Control", "no-store"),
        ],
        body,
    }
}

/// A set of public keys, which anyone may keep for a while. RFC 7517, 8.5.2.
pub(crate) fn key_set_response(body: String) -> Response {
    Response {
        status: 200,
        headers: vec![
            Header::new("Content-Type", "application/jwk-set+json"),
            Header::new("Content-Length", body.len().to_string()),
            Header::new("Cache-Control", "max-age=300"),
        ],
        body,
    }
}

/// A response without content.
pub(crate) fn empty_response(status: u16) -> Response {
    Response {
        status,
        headers: vec![Header::new("Cache-Control", "no-store")],
        body: String::new(),
    }
}

/// What a refusal tells the client: enough to act on, and nothing that helps to guess. The challenge names how the
/// server's credential travels.
pub fn refusal(rejection: &Rejection, carrier: Carrier) -> Response {
    let (status, error, message) = explain(rejection);
    let mut response = json_response(status, &json!({ "error": error, "message": message }));
    if let Rejection::MethodNotAllowed { allowed } = rejection {
        response.headers.push(Header::new("Allow", allowed.clone()));
    }
    if status == 401 {
        let challenge = challenge(rejection, carrier, message);
        response
            .headers
            .push(Header::new("WWW-Authenticate", challenge));
    }
    response
}

/// A 401 carries a challenge. RFC 9110, 15.5.2; RFC 6750, 3 and 3.1: where there was no token no error is named. No
/// scheme for cookies is registered, so that one is ours.
fn challenge(rejection: &Rejection, carrier: Carrier, message: &str) -> String {
    let travels_in_cookie = !carrier.is_bearer()
        || matches!(
            rejection,
            Rejection::RefreshCookieMissing { .. }
                | Rejection::RefreshTokenMalformed { .. }
                | Rejection::RefreshTokenUnknown { .. }
                | Rejection::RefreshFamilyEnded { .. }
                | Rejection::RefreshTokenExpired { .. }
                | Rejection::RefreshTokenReused { .. }
        );
    if travels_in_cookie {
        return format!("Cookie realm=\"{REALM}\"");
    }
    match rejection {
        Rejection::AuthorizationMissing
        | Rejection::AuthorizationNotBearer { .. }
        | Rejection::CredentialsWrong => format!("Bearer realm=\"{REALM}\""),
        _ => format!(
            "Bearer realm=\"{REALM}\", error=\"invalid_token\", error_description=\"{message}\""
        ),
    }
}

fn explain(rejection: &Rejection) -> (u16, &'static str, &'static str) {
    match rejection {
        Rejection::FieldsTooLarge { .. } => (431, "fields_too_large", "The fields are too large."),
        Rejection::ContentTooLarge { .. } => {
            (413, "content_too_large", "The content is too large.")
        }
        Rejection::NoRoute { .. } => (404, "not_found", "There is nothing at this path."),
        Rejection::MethodNotAllowed { .. } => (405, "method_not_allowed", "Not with this method."),
        Rejection::OriginMissing | Rejection::OriginForeign { .. } => (
            403,
            "origin_refused",
            "Only this site's own pages may do this.",
        ),
        Rejection::ContentMalformed { .. } => (
            400,
            "malformed",
            "The content is not the JSON that is needed.",
        ),
        Rejection::CredentialsWrong => (401, "credentials_wrong", "Account or password is wrong."),
        Rejection::AccountSuspended { .. } => (403, "suspended", "The account is suspended."),
        Rejection::RoleMissing { .. } => (403, "role_missing", "The role does not allow it."),
        Rejection::SessionCookieMissing { .. } => (401, "no_session", "Sign in first."),
        Rejection::SessionIdMalformed { .. }
        | Rejection::SessionUnknown { .. }
        | Rejection::SessionIdle { .. }
        | Rejection::SessionTooOld { .. } => (401, "no_session", "There is no such session."),
        Rejection::AuthorizationMissing => (401, "no_token", "Sign in first."),
        Rejection::AuthorizationNotBearer { .. } => (401, "no_token", "A bearer token is needed."),
        Rejection::Token(TokenRejection::Expired { .. }) => {
            (401, "invalid_token", "The token has expired.")
        }
        Rejection::Token(_) => (401, "invalid_token", "The token is not valid."),
        Rejection::AccessCookieMissing { .. } => (401, "no_token", "Sign in first."),
        Rejection::TokenDenied { .. } | Rejection::TokenVersionOld { .. } => {
            (401, "invalid_token", "The token was revoked.")
        }
        Rejection::RefreshCookieMissing { .. } => (401, "no_refresh_token", "Sign in first."),
        // Whoever has a copy does not learn what gave it away.
        Rejection::RefreshTokenMalformed { .. }
        | Rejection::RefreshTokenUnknown { .. }
        | Rejection::RefreshFamilyEnded { .. }
        | Rejection::RefreshTokenExpired { .. }
        | Rejection::RefreshTokenReused { .. } => (
            401,
            "invalid_refresh_token",
            "The refresh token is not valid.",
        ),
        Rejection::NoSuchSession { .. } => (404, "no_such_session", "You have no such session."),
        Rejection::NoSuchUser { .. } => (404, "no_such_user", "There is no such user."),
        Rejection::NoServer { .. } | Rejection::StoreUnreachable => {
            (503, "unavailable", "Try again later.")
        }
        Rejection::Cookie(_) | Rejection::StoreFailed { .. } | Rejection::SigningFailed { .. } => {
            (500, "server_error", "The server could not answer.")
        }
    }
}
