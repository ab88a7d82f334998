//! Making access tokens, and handing them over as the scheme's carrier wants it. It never stores one.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::{
    Check, Credential, Fact, Rejection, Response, Revocation, SigningProblem, Site, Timestamp,
};
use serde_json::json;
use sessions::{FamilyId, User};
use tokens::Claims;

use crate::accounts::sample_accounts;
use crate::answer::json_response;
use crate::policy::TOKEN_TYPE;
use crate::trace::{Claimed, Found, Trace, length, store_failed};
use crate::{Server, access_cookie, sign_in};

/// A token for this user, of the sign-in that the family stands for.
pub(crate) fn issue(
    server: &Server,
    user: &User,
    family: Option<FamilyId>,
    trace: &mut Trace<'_, '_>,
) -> Result<String, Rejection> {
    trace.step(Check::TokenIssued, |trace| {
        let algorithm = server.algorithm();
        trace.store.note_key_use();
        let key = server.signing_key().ok_or(Rejection::SigningFailed {
            problem: SigningProblem::NoKey,
        })?;
        let now = trace.environment.now;
        let mut claims = claims(server, user, now, trace.environment.random_bytes());
        claims.sid = family.map(|family| family.to_string());
        if server.scheme().revocation == Revocation::UserVersion {
            let version = trace.store.token_version(server.lane(), user.id);
            claims.ver = Some(version.map_err(store_failed)?);
        }
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
        trace.claim(Claimed {
            user: Some(user.id),
            token_id: claims.jti,
        });
        Ok((token, Found::Passed(fact)))
    })
}

/// The answer that brings the token: in a cookie, or in the content for page script to keep. RFC 6749, 5.1.
pub(crate) fn hand_over(server: &Server, user: &User, token: &str, site: &Site) -> Response {
    let seconds = server.scheme().lifetimes.access_token_seconds;
    if server.scheme().carrier.is_bearer() {
        return json_response(
            200,
            &json!({
                "access_token": token,
                "token_type": "Bearer",
                "expires_in": seconds,
            }),
        );
    }
    let mut response = json_response(200, &sign_in::describe(user));
    let cookie = access_cookie::cookie(server.lane(), site);
    let header = cookie.setting_header(site, token, i64::from(seconds));
    response.headers.push(header);
    response
}

/// A member's token, as large as a real one, for measuring what its checks cost.
pub(crate) fn sample_token(server: &Server, now: Timestamp) -> Option<String> {
    let user = sample_accounts().into_iter().next()?;
    let scheme = server.scheme();
    let mut claims = claims(server, &user, now, [0; 12]);
    claims.ver = (scheme.revocation == Revocation::UserVersion).then_some(0);
    claims.sid = (scheme.credential == Credential::AccessAndRefresh)
        .then(|| FamilyId::from_bytes([0; FamilyId::BYTES]).to_string());
    tokens::sign(
        &claims,
        TOKEN_TYPE,
        server.signing_key()?,
        server.algorithm(),
    )
    .ok()
}

/// What each token says of a user.
fn claims(server: &Server, user: &User, now: Timestamp, token_id: [u8; 12]) -> Claims {
    let seconds = i64::from(server.scheme().lifetimes.access_token_seconds);
    Claims {
        iss: Some(server.policy().issuer.clone()),
        sub: Some(user.id.to_string()),
        aud: vec![server.lane().audience().to_owned()],
        iat: Some(now),
        exp: now.plus_seconds(seconds),
        jti: Some(URL_SAFE_NO_PAD.encode(token_id)),
        ver: None,
        sid: None,
        role: Some(user.role.as_str().to_owned()),
        name: Some(user.name.clone()),
    }
}
