//! Refresh tokens: each is exchanged once for the next of its family, and one that comes a second time ends the family, as
//! one of the two who have it stole it. Access tokens already issued are out of its reach. RFC 9700, 4.14.2.

use protocol::{Check, Fact, Rejection, Request, Response, Site, Timestamp};
use sessions::{CredentialHash, FamilyId, RefreshSecret, RefreshToken, User};
use tokens::Claims;

use crate::claim::malformed;
use crate::cookie_field::seconds_until;
use crate::trace::{Found, Trace, length, store_failed};
use crate::{Server, issuing, refresh_cookie, sign_in};

/// What an exchange does once its origin is allowed, in order.
pub(crate) const PLAN: [Check; 10] = [
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
];

/// Exchanges the request's refresh token for the next one and an access token.
pub(crate) fn carry_out(
    server: &Server,
    request: &Request,
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<Response, Rejection> {
    let token_hash = presented_hash(server, request, trace)?;
    let (token, user) = trace.step(Check::RefreshTokenFound, |trace| {
        find(server, &token_hash, trace)
    })?;
    let now = trace.environment.now;
    trace.step(Check::RefreshFamilyActive, |_| match token.ended {
        Some(at) => Err(Rejection::RefreshFamilyEnded { at, now }),
        None => Ok(((), Found::Passed(Fact::Done))),
    })?;
    trace.step(Check::RefreshTokenExpiry, |_| {
        let at = token.expires;
        if now >= at {
            return Err(Rejection::RefreshTokenExpired { at, now });
        }
        Ok(((), Found::Passed(Fact::Deadline { at, now })))
    })?;
    trace.step(Check::RefreshTokenUnused, |trace| {
        unused(server, &token, site, trace)
    })?;
    let user = trace.step(Check::UserActive, |_| sign_in::active(user))?;
    trace.step(Check::RefreshTokenRotated, |trace| {
        rotate(server, &token, site, trace)
    })?;
    let access_token = issuing::issue(server, &user, Some(token.family), trace)?;
    Ok(issuing::hand_over(server, &user, &access_token, site))
}

/// Begins a family at a sign-in. Its end is bound here, and no rotation moves it.
pub(crate) fn begin_family(
    server: &Server,
    user: &User,
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<FamilyId, Rejection> {
    trace.step(Check::RefreshTokenIssued, |trace| {
        let family = FamilyId::from_bytes(trace.environment.random_bytes());
        let seconds = server.scheme().lifetimes.refresh_token_seconds;
        let expires = trace.environment.now.plus_seconds(i64::from(seconds));
        let token_hash = add(server, family, user.id, expires, site, trace)?;
        let fact = Fact::RefreshTokenIssued {
            family: family.to_string(),
            token_hash: token_hash.to_string(),
            expires,
        };
        Ok((family, Found::Passed(fact)))
    })
}

/// Ends the family that an access token names.
pub(crate) fn end_family(claims: &Claims, trace: &mut Trace<'_, '_>) -> Result<(), Rejection> {
    trace.step(Check::RefreshFamilyEnded, |trace| {
        let family = claims
            .sid
            .as_deref()
            .and_then(FamilyId::from_hex)
            .ok_or_else(|| malformed("sid"))?;
        let now = trace.environment.now;
        let tokens = trace.store.end_family(&family, now).map_err(store_failed)?;
        let fact = Fact::RefreshFamilyEnded {
            family: family.to_string(),
            tokens,
        };
        Ok(((), Found::Passed(fact)))
    })
}

/// The hash of the refresh token that the request carries.
fn presented_hash(
    server: &Server,
    request: &Request,
    trace: &mut Trace<'_, '_>,
) -> Result<CredentialHash, Rejection> {
    let text = trace.step(Check::RefreshCookieFound, |_| {
        refresh_cookie::find(request, server.lane())
    })?;
    let secret = trace.step(Check::RefreshTokenWellFormed, |_| {
        let secret =
            RefreshSecret::parse(text).ok_or_else(|| Rejection::RefreshTokenMalformed {
                bytes: length(text),
                expected: RefreshSecret::LENGTH as u32,
            })?;
        Ok((secret, Found::Passed(Fact::Done)))
    })?;
    trace.step(Check::RefreshTokenHashed, |_| {
        let token_hash = secret.hash();
        let fact = Fact::IdHash(token_hash.to_string());
        Ok((token_hash, Found::Passed(fact)))
    })
}

/// The store's record. One of the other lane is none of this one's: they stand for two sites.
fn find(
    server: &Server,
    token_hash: &CredentialHash,
    trace: &mut Trace<'_, '_>,
) -> Result<((RefreshToken, User), Found), Rejection> {
    let (token, user) = trace
        .store
        .find_refresh(token_hash)
        .map_err(store_failed)?
        .filter(|(token, _)| token.lane == server.lane())
        .ok_or_else(|| Rejection::RefreshTokenUnknown {
            token_hash: token_hash.to_string(),
        })?;
    let fact = Fact::RefreshToken {
        user: token.user,
        family: token.family.to_string(),
        created: token.created,
    };
    Ok(((token, user), Found::Passed(fact)))
}

/// Refuses a token that was used before, unless that was so shortly ago that two tabs may have asked at once.
fn unused(
    server: &Server,
    token: &RefreshToken,
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<((), Found), Rejection> {
    let Some(used) = token.used else {
        return Ok(((), Found::Passed(Fact::Done)));
    };
    let now = trace.environment.now;
    let until = used.plus_seconds(grace_seconds(server));
    // A use that lies ahead is of a clock that was set back: for how long it has been is not known.
    if used <= now && now < until {
        return Ok(((), Found::Noted(Fact::WithinGrace { used, until })));
    }
    Err(reused(server, token, used, site, trace)?)
}

/// Writes the use down and adds the next token. Where another request was quicker, this one comes second.
fn rotate(
    server: &Server,
    token: &RefreshToken,
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<((), Found), Rejection> {
    let now = trace.environment.now;
    if token.used.is_none() {
        let is_first = trace
            .store
            .use_refresh(&token.token_hash, now)
            .map_err(store_failed)?;
        if !is_first && grace_seconds(server) == 0 {
            return Err(reused(server, token, now, site, trace)?);
        }
    }
    let token_hash = add(server, token.family, token.user, token.expires, site, trace)?;
    let fact = Fact::RefreshTokenRotated {
        family: token.family.to_string(),
        token_hash: token_hash.to_string(),
        expires: token.expires,
    };
    Ok(((), Found::Passed(fact)))
}

/// Ends the family of a token that came a second time, and says so.
fn reused(
    server: &Server,
    token: &RefreshToken,
    used: Timestamp,
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<Rejection, Rejection> {
    let now = trace.environment.now;
    let tokens = trace
        .store
        .end_family(&token.family, now)
        .map_err(store_failed)?;
    let cookie = refresh_cookie::cookie(server.lane(), site);
    trace.answer_with([cookie.clearing_header(site)]);
    Ok(Rejection::RefreshTokenReused { used, now, tokens })
}

/// Adds a token to a family, and hands it over in its cookie: its secret is kept nowhere else.
fn add(
    server: &Server,
    family: FamilyId,
    user: u32,
    expires: Timestamp,
    site: &Site,
    trace: &mut Trace<'_, '_>,
) -> Result<CredentialHash, Rejection> {
    let secret = RefreshSecret::from_random(trace.environment.random_bytes());
    let now = trace.environment.now;
    let token = RefreshToken {
        token_hash: secret.hash(),
        family,
        user,
        lane: server.lane(),
        created: now,
        used: None,
        expires,
        ended: None,
    };
    trace.store.add_refresh(&token).map_err(store_failed)?;
    let cookie = refresh_cookie::cookie(server.lane(), site);
    let seconds = seconds_until(expires, now);
    trace.answer_with([cookie.setting_header(site, secret.as_str(), seconds)]);
    Ok(token.token_hash)
}

fn grace_seconds(server: &Server) -> i64 {
    i64::from(server.scheme().lifetimes.refresh_grace_seconds)
}
