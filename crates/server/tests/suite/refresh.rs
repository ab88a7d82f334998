//! `POST /refresh`: one exchange by itself, and everything that it refuses.

use protocol::{
    Access, AuditEvent, Carrier, Check, Fact, Lane, Outcome, Preset, Rejection, Revocation, Scheme,
    Timestamp,
};
use sessions::{FamilyId, RefreshSecret, RefreshToken, Role};

use crate::client::{Client, refresh, set_cookies, sign_out};
use crate::fixture::{
    MEMBER, NOW, Verdict, World, assert_verdict, get, json, member_signs_in, operations, outcome,
    with, worlds,
};
use crate::scheme_plans as plans;

pub(crate) const HYBRID: Scheme = Preset::Hybrid.scheme();
/// Until when a family goes on that begins now.
pub(crate) const FAMILY_END: Timestamp = NOW.plus_seconds(7 * 24 * 60 * 60);
/// The fixture's first random bytes are all 1: those of the family. The secret's are all 2, the access token's all 3.
pub(crate) const FAMILY: FamilyId = FamilyId::from_bytes([1; 16]);

/// On either store, a world whose lane B is hybrid, with a client that has signed in there.
pub(crate) fn hybrid_worlds(scheme: Scheme) -> impl Iterator<Item = (World, Client)> {
    worlds().into_iter().map(move |mut world| {
        world.schemes[1] = scheme;
        let client = Client::signed_in(&mut world, Lane::B);
        (world, client)
    })
}

pub(crate) fn secret(number: u8) -> RefreshSecret {
    RefreshSecret::from_random([number; 32])
}

/// The refresh tokens, oldest first.
pub(crate) fn tokens(world: &World) -> Vec<RefreshToken> {
    let mut tokens = world.store.list_refresh_tokens(100).expect("it lists");
    tokens.sort_by_key(|token| token.created);
    tokens
}

#[test]
fn a_sign_in_begins_a_family() {
    for mut world in worlds() {
        world.schemes[1] = HYBRID;
        let handled = world.send(Lane::B, &member_signs_in());
        let expected = Fact::RefreshTokenIssued {
            family: FAMILY.to_string(),
            token_hash: secret(2).hash().to_string(),
            expires: FAMILY_END,
        };
        assert_eq!(
            outcome(&handled, Check::RefreshTokenIssued),
            &Outcome::Passed(expected)
        );
        let line = format!(
            "refresh_token={}; HttpOnly; SameSite=Strict; Path=/sub/refresh; Max-Age=604800",
            secret(2).as_str()
        );
        assert_eq!(set_cookies(&handled.response.headers), [line]);
        assert_eq!(json(&handled.response)["expires_in"], 300);
        // The store has its hash, and nothing has the secret.
        let expected = RefreshToken {
            token_hash: secret(2).hash(),
            family: FAMILY,
            user: MEMBER,
            lane: Lane::B,
            created: NOW,
            used: None,
            expires: FAMILY_END,
            ended: None,
        };
        assert_eq!(tokens(&world), [expected]);
        assert!(!format!("{:?}", handled.steps).contains(secret(2).as_str()));
    }
}

#[test]
fn an_exchange_brings_the_next_token_and_moves_no_end() {
    for (mut world, mut client) in hybrid_worlds(HYBRID) {
        let first = client.bearer.clone();
        world.now = Timestamp::from_milliseconds(NOW.milliseconds() + 1);
        let handled = client.refresh(&mut world, Lane::B);
        assert_verdict(world.name, &handled, &plans::refresh(), &Verdict::Done(200));
        let expected = Fact::RefreshTokenRotated {
            family: FAMILY.to_string(),
            token_hash: secret(4).hash().to_string(),
            expires: FAMILY_END,
        };
        assert_eq!(
            outcome(&handled, Check::RefreshTokenRotated),
            &Outcome::Passed(expected)
        );
        let expected = Fact::RefreshToken {
            user: MEMBER,
            family: FAMILY.to_string(),
            created: NOW,
        };
        assert_eq!(
            outcome(&handled, Check::RefreshTokenFound),
            &Outcome::Passed(expected)
        );
        // One read; the use and the next token are written.
        let accesses: Vec<_> = operations(&handled.steps)
            .iter()
            .map(|operation| operation.access)
            .collect();
        assert_eq!(accesses, [Access::Read, Access::Write, Access::Write]);
        // The begun second counts: what is left is rounded up.
        let line = set_cookies(&handled.response.headers)[0];
        assert!(line.ends_with("; Max-Age=604800"), "{line}");
        assert_ne!(client.bearer, first);
        assert_eq!(
            client
                .send(&mut world, Lane::B, &get("/me"))
                .response
                .status,
            200
        );
        let [old, new] = <[RefreshToken; 2]>::try_from(tokens(&world)).expect("there are two");
        assert_eq!((old.used, old.ended), (Some(world.now), None));
        assert_eq!((new.used, new.ended), (None, None));
        assert_eq!((new.family, new.expires), (FAMILY, FAMILY_END));
    }
}

/// The cookie goes with the family: the last one is told how many seconds are left, and never 0.
#[test]
fn the_cookie_ends_with_the_family() {
    for (left, max_age) in [(1_000, 1), (1, 1), (1_001, 2), (60_000, 60)] {
        for (mut world, mut client) in hybrid_worlds(HYBRID) {
            world.now = Timestamp::from_milliseconds(FAMILY_END.milliseconds() - left);
            let handled = client.refresh(&mut world, Lane::B);
            let line = set_cookies(&handled.response.headers)[0].to_owned();
            assert!(line.ends_with(&format!("; Max-Age={max_age}")), "{line}");
        }
    }
}

/// In a cookie, the access token's own cookie is set anew too, and page script is told who the user is.
#[test]
fn an_access_token_in_a_cookie_is_exchanged_in_a_cookie() {
    let scheme = Scheme {
        carrier: Carrier::Cookie,
        ..HYBRID
    };
    for (mut world, mut client) in hybrid_worlds(scheme) {
        let before = client.cookies.clone();
        let handled = client.refresh(&mut world, Lane::B);
        assert_verdict(world.name, &handled, &plans::refresh(), &Verdict::Done(200));
        assert_eq!(
            json(&handled.response),
            serde_json::json!({ "id": 42, "name": "Mira Lind", "role": "member" })
        );
        assert_eq!(client.cookies.len(), 2);
        for (name, value) in &client.cookies {
            assert_ne!(before.get(name), Some(value), "{name}");
        }
        assert_eq!(client.bearer, None);
        assert_eq!(
            client
                .send(&mut world, Lane::B, &get("/me"))
                .response
                .status,
            200
        );
    }
}

/// Each exchange asks for the user anew: that is how often a changed role shows.
#[test]
fn a_changed_role_shows_in_the_next_access_token() {
    for (mut world, mut client) in hybrid_worlds(HYBRID) {
        world.change_member(|member| member.role = Role::Administrator);
        let mut role = |client: &mut Client| {
            let handled = client.send(&mut world, Lane::B, &get("/me"));
            json(&handled.response)["role"].clone()
        };
        assert_eq!(role(&mut client), "member");
        client.refresh(&mut world, Lane::B);
        let handled = client.send(&mut world, Lane::B, &get("/me"));
        assert_eq!(json(&handled.response)["role"], "admin");
    }
}

/// A raised version reaches the access tokens; the family brings one with the new number.
#[test]
fn an_exchange_brings_the_present_version() {
    let scheme = Scheme {
        revocation: Revocation::UserVersion,
        ..HYBRID
    };
    for (mut world, mut client) in hybrid_worlds(scheme) {
        assert_eq!(world.store.raise_token_version(Lane::B, MEMBER), Ok(1));
        let status = |world: &mut World, client: &mut Client| {
            client.send(world, Lane::B, &get("/me")).response.status
        };
        assert_eq!(status(&mut world, &mut client), 401);
        client.refresh(&mut world, Lane::B);
        assert_eq!(status(&mut world, &mut client), 200);
    }
}

/// What is done to world and client, the check that refuses, and why.
type Refusal = (fn(&mut World, &mut Client), Check, Rejection, bool);

#[test]
fn everything_that_is_refused_is_refused_by_the_check_for_it() {
    let name = || String::from("refresh_token");
    let malformed = |bytes| Rejection::RefreshTokenMalformed {
        bytes,
        expected: 43,
    };
    let table: &[Refusal] = &[
        (
            |_, client| client.cookies.clear(),
            Check::RefreshCookieFound,
            Rejection::RefreshCookieMissing { name: name() },
            false,
        ),
        (
            |_, client| {
                let value = client.cookies.remove("refresh_token").expect("it is there");
                client
                    .cookies
                    .insert(String::from("refresh_token_a"), value);
            },
            Check::RefreshCookieFound,
            Rejection::RefreshCookieMissing { name: name() },
            false,
        ),
        (
            |_, client| {
                let cookies = &mut client.cookies;
                cookies.insert(String::from("refresh_token"), String::from("garbage"));
            },
            Check::RefreshTokenWellFormed,
            malformed(7),
            false,
        ),
        (
            |_, client| {
                // The access token is no refresh token.
                let token = client.bearer.clone().expect("it is there");
                let cookies = &mut client.cookies;
                cookies.insert(
                    String::from("refresh_token"),
                    token.chars().take(44).collect(),
                );
            },
            Check::RefreshTokenWellFormed,
            malformed(44),
            false,
        ),
        (
            |_, client| {
                let invented = secret(99).as_str().to_owned();
                client
                    .cookies
                    .insert(String::from("refresh_token"), invented);
            },
            Check::RefreshTokenFound,
            Rejection::RefreshTokenUnknown {
                token_hash: secret(99).hash().to_string(),
            },
            true,
        ),
        (
            |world, _| {
                let at = NOW.plus_seconds(-5);
                assert_eq!(world.store.end_family(&FAMILY, at), Ok(1));
            },
            Check::RefreshFamilyActive,
            Rejection::RefreshFamilyEnded {
                at: NOW.plus_seconds(-5),
                now: NOW,
            },
            true,
        ),
        (
            |world, _| world.now = FAMILY_END,
            Check::RefreshTokenExpiry,
            Rejection::RefreshTokenExpired {
                at: FAMILY_END,
                now: FAMILY_END,
            },
            true,
        ),
        (
            |world, client| {
                client.clone().refresh(world, Lane::B);
            },
            Check::RefreshTokenUnused,
            Rejection::RefreshTokenReused {
                used: NOW,
                now: NOW,
                tokens: 2,
            },
            true,
        ),
        (
            |world, _| world.change_member(|member| member.suspended = true),
            Check::UserActive,
            Rejection::AccountSuspended { user: MEMBER },
            true,
        ),
    ];
    for (prepare, check, rejection, is_recorded) in table {
        for (mut world, mut client) in hybrid_worlds(HYBRID) {
            prepare(&mut world, &mut client);
            let before = tokens(&world);
            let handled = client.refresh(&mut world, Lane::B);
            let status = if *check == Check::UserActive {
                403
            } else {
                401
            };
            let verdict = Verdict::Refused(status, *check, rejection.clone());
            let verdict = match rejection {
                Rejection::RefreshTokenReused { .. } => {
                    verdict.recorded(AuditEvent::RefreshTokenReused)
                }
                _ if *is_recorded => verdict.recorded(AuditEvent::RequestRefused),
                _ => verdict,
            };
            assert_verdict(world.name, &handled, &plans::refresh(), &verdict);
            // Only a token that came a second time ends anything, and only then the cookie goes.
            let is_reuse = *check == Check::RefreshTokenUnused;
            assert_eq!(tokens(&world) != before, is_reuse, "{check:?}");
            let cleared = "refresh_token=; HttpOnly; SameSite=Strict; Path=/sub/refresh; Max-Age=0";
            let expected: &[&str] = if is_reuse { &[cleared] } else { &[] };
            assert_eq!(set_cookies(&handled.response.headers), expected);
            // Whoever has a copy does not learn what gave it away.
            let error = json(&handled.response)["error"].clone();
            let expected = match check {
                Check::UserActive => "suspended",
                Check::RefreshCookieFound => "no_refresh_token",
                _ => "invalid_refresh_token",
            };
            assert_eq!(error, expected);
        }
    }
}

/// At the last millisecond a family still goes on, and its end is never moved by use.
#[test]
fn a_family_ends_at_its_second_however_often_it_was_used() {
    for (mut world, mut client) in hybrid_worlds(HYBRID) {
        for day in 1..7 {
            world.now = NOW.plus_seconds(day * 86_400);
            assert_eq!(client.refresh(&mut world, Lane::B).response.status, 200);
        }
        world.now = Timestamp::from_milliseconds(FAMILY_END.milliseconds() - 1);
        assert_eq!(client.refresh(&mut world, Lane::B).response.status, 200);
        world.now = FAMILY_END;
        assert_eq!(client.refresh(&mut world, Lane::B).response.status, 401);
    }
}

/// Signing out ends the family that the access token names, and no other.
#[test]
fn a_sign_out_ends_its_own_family_alone() {
    for (mut world, mut here) in hybrid_worlds(HYBRID) {
        let mut elsewhere = Client::signed_in(&mut world, Lane::B);
        let handled = here.send(&mut world, Lane::B, &sign_out());
        let expected = Fact::RefreshFamilyEnded {
            family: FAMILY.to_string(),
            tokens: 1,
        };
        assert_eq!(
            outcome(&handled, Check::RefreshFamilyEnded),
            &Outcome::Passed(expected)
        );
        let cleared = "refresh_token=; HttpOnly; SameSite=Strict; Path=/sub/refresh; Max-Age=0";
        assert_eq!(set_cookies(&handled.response.headers), [cleared]);
        assert_eq!(elsewhere.refresh(&mut world, Lane::B).response.status, 200);
        let ended: Vec<_> = tokens(&world)
            .iter()
            .filter(|token| token.ended.is_some())
            .map(|token| token.family)
            .collect();
        assert_eq!(ended, [FAMILY]);
    }
}

/// One cookie name twice: the first counts, as for every cookie.
#[test]
fn of_two_refresh_cookies_the_first_counts() {
    for (mut world, client) in hybrid_worlds(HYBRID) {
        let own = &client.cookies["refresh_token"];
        for (field, status) in [
            (format!("refresh_token={own}; refresh_token=x"), 200),
            (format!("refresh_token=x; refresh_token={own}"), 401),
        ] {
            let handled = world.send(Lane::B, &with(refresh(), "Cookie", &field));
            assert_eq!(handled.response.status, status, "{field}");
        }
    }
}
