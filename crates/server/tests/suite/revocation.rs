//! What ends an access token before it expires, to the letter: the list of those that are refused, and the user's version.

use protocol::{
    Access, AuditEvent, Check, Fact, Lane, Outcome, Preset, Rejection, Scheme, TokenRejection,
};
use tokens::Claims;

use crate::client::{Client, sign_out};
use crate::fixture::{
    MEMBER, NOW, SECRET, Verdict, World, assert_verdict, bearer, get, operations, outcome, worlds,
};
use crate::scheme_plans as plans;

/// On either store, a world whose lane B has this scheme.
fn worlds_of(scheme: Scheme) -> impl Iterator<Item = World> {
    worlds().into_iter().map(move |mut world| {
        world.schemes[1] = scheme;
        world
    })
}

fn accesses(handled: &server::Handled, check: Check) -> Vec<Access> {
    let steps = handled.steps.iter().filter(|step| step.check == check);
    steps
        .flat_map(|step| &step.cost.store)
        .map(|operation| operation.access)
        .collect()
}

/// The member's token with these claims beside the usual ones, signed as the server signs.
fn token(change: impl FnOnce(&mut Claims)) -> String {
    let mut claims = Claims {
        iss: Some(String::from("ticket-or-passport")),
        sub: Some(MEMBER.to_string()),
        aud: vec![String::from("api")],
        exp: NOW.plus_seconds(900),
        jti: Some(String::from("t1")),
        ver: Some(0),
        ..Claims::default()
    };
    change(&mut claims);
    let key = tokens::Key::secret(SECRET).with_kid("k1");
    tokens::sign(&claims, "at+jwt", &key, tokens::Algorithm::Hs256).expect("it is long enough")
}

#[test]
fn a_signed_out_token_is_listed_until_it_would_expire_anyway() {
    for mut world in worlds_of(Preset::Denylist.scheme()) {
        world.schemes[1].lifetimes.leeway_seconds = 30;
        let mut client = Client::signed_in(&mut world, Lane::B);
        let copy = client.clone();
        world.now = NOW.plus_seconds(10);
        let handled = client.send(&mut world, Lane::B, &sign_out());
        // With the leeway, as so long it would be taken.
        let until = NOW.plus_seconds(900 + 30);
        // The fixture's first random bytes are all 1.
        let jti = String::from("AQEBAQEBAQEBAQEB");
        let expected = Fact::TokenDenied {
            jti: jti.clone(),
            until,
        };
        assert_eq!(
            outcome(&handled, Check::TokenDenied),
            &Outcome::Passed(expected)
        );
        let cost = accesses(&handled, Check::TokenDenied);
        assert_eq!(cost, [Access::Write, Access::Write]);

        let ask = |world: &mut World, seconds_left: i64| {
            world.now = until.plus_seconds(-seconds_left);
            world.send(Lane::B, &copy.on(Lane::B, get("/me")))
        };
        let handled = ask(&mut world, 1);
        let rejection = Rejection::TokenDenied {
            jti,
            since: NOW.plus_seconds(10),
        };
        let verdict = Verdict::Refused(401, Check::TokenNotDenied, rejection)
            .recorded(AuditEvent::RequestRefused);
        let plan = plans::reading(&world.schemes[1], &[]);
        assert_verdict(world.name, &handled, &plan, &verdict);
        assert_eq!(accesses(&handled, Check::TokenNotDenied), [Access::Read]);
        let challenge = handled.response.header("WWW-Authenticate");
        assert!(challenge.is_some_and(|it| it.contains("The token was revoked.")));
        assert_eq!(world.store.count_denied(), Ok([0, 1]));

        // By then expiry refuses it, and the next sign-out drops it.
        let handled = ask(&mut world, 0);
        assert_eq!(
            handled
                .response
                .header("WWW-Authenticate")
                .map(|it| it.contains("expired")),
            Some(true)
        );
        let mut next = Client::signed_in(&mut world, Lane::B);
        next.send(&mut world, Lane::B, &sign_out());
        assert_eq!(world.store.count_denied(), Ok([0, 1]));
    }
}

/// Only the very token ends: another device of the same user goes on.
#[test]
fn the_list_ends_one_token_and_the_version_all() {
    for (preset, elsewhere_goes_on) in [(Preset::Denylist, true), (Preset::UserVersion, false)] {
        for mut world in worlds_of(preset.scheme()) {
            let mut here = Client::signed_in(&mut world, Lane::B);
            let mut elsewhere = Client::signed_in(&mut world, Lane::B);
            let mut other_user = Client::signed_in_to(&mut world, Lane::B, "admin");
            here.send(&mut world, Lane::B, &sign_out());
            let expected = if elsewhere_goes_on { 200 } else { 401 };
            for (client, status) in [
                (&mut here, 401),
                (&mut elsewhere, expected),
                (&mut other_user, 200),
            ] {
                let handled = client.send(&mut world, Lane::B, &get("/me"));
                assert_eq!(handled.response.status, status, "{preset:?}");
            }
            // A new sign-in is not touched by what was ended before.
            let mut again = Client::signed_in(&mut world, Lane::B);
            let handled = again.send(&mut world, Lane::B, &get("/me"));
            assert_eq!(handled.response.status, 200, "{preset:?}");
        }
    }
}

#[test]
fn each_sign_out_raises_the_version_by_one() {
    for mut world in worlds_of(Preset::UserVersion.scheme()) {
        for to in 1..4 {
            let mut client = Client::signed_in(&mut world, Lane::B);
            let handled = client.send(&mut world, Lane::B, &sign_out());
            assert_eq!(
                outcome(&handled, Check::TokenVersionRaised),
                &Outcome::Passed(Fact::TokenVersionRaised { to })
            );
            let cost = accesses(&handled, Check::TokenVersionRaised);
            assert_eq!(cost, [Access::Write]);
        }
        // The other lane's version is its own.
        assert_eq!(world.store.token_version(Lane::A, MEMBER), Ok(0));
    }
}

/// A token that can't be ended is refused where tokens are to be ended, however well it is signed.
#[test]
fn a_token_without_what_ends_it_is_refused() {
    let malformed = |name: &str| {
        Rejection::Token(TokenRejection::Malformed {
            name: name.to_owned(),
        })
    };
    let old = |token, user| Rejection::TokenVersionOld { token, user };
    for (preset, token, refused) in [
        (Preset::Denylist, token(|_| ()), None),
        (
            Preset::Denylist,
            token(|it| it.jti = None),
            Some(malformed("jti")),
        ),
        (Preset::UserVersion, token(|_| ()), None),
        (
            Preset::UserVersion,
            token(|it| it.ver = None),
            Some(malformed("ver")),
        ),
        (
            Preset::UserVersion,
            token(|it| it.sub = Some(String::from("mira"))),
            Some(malformed("sub")),
        ),
        // Ahead of the store: it lost what it knew, and that is no reason to believe a token.
        (
            Preset::UserVersion,
            token(|it| it.ver = Some(1)),
            Some(old(1, 0)),
        ),
        (
            Preset::UserVersion,
            token(|it| it.ver = Some(u32::MAX)),
            Some(old(u32::MAX, 0)),
        ),
        // Where nothing ends a token, neither is asked for.
        (
            Preset::Stateless,
            token(|it| (it.jti, it.ver) = (None, None)),
            None,
        ),
    ] {
        for mut world in worlds_of(preset.scheme()) {
            let handled = world.send(Lane::B, &bearer(get("/me"), &token));
            let plan = plans::reading(&preset.scheme(), &[]);
            let check = match preset {
                Preset::Denylist => Check::TokenNotDenied,
                _ => Check::TokenVersionCurrent,
            };
            let verdict = match &refused {
                None => Verdict::Done(200),
                Some(rejection @ Rejection::TokenVersionOld { .. }) => {
                    Verdict::Refused(401, check, rejection.clone())
                        .recorded(AuditEvent::RequestRefused)
                }
                Some(rejection) => Verdict::Refused(401, check, rejection.clone()),
            };
            assert_verdict(world.name, &handled, &plan, &verdict);
        }
    }
}

/// Without the sign-in that it names, a token can't end it.
#[test]
fn a_sign_out_needs_the_family_that_it_ends() {
    let scheme = Preset::Hybrid.scheme();
    for sid in [
        None,
        Some("garbage"),
        Some("0101010101010101010101010101010"),
    ] {
        for mut world in worlds_of(scheme) {
            let token = token(|it| it.sid = sid.map(str::to_owned));
            let handled = world.send(Lane::B, &bearer(sign_out(), &token));
            let rejection = Rejection::Token(TokenRejection::Malformed {
                name: String::from("sid"),
            });
            let verdict = Verdict::Refused(401, Check::RefreshFamilyEnded, rejection);
            assert_verdict(world.name, &handled, &plans::sign_out(&scheme), &verdict);
        }
    }
}

/// What is to be ended is looked up after the token has held: who sends garbage costs the store nothing.
#[test]
fn the_store_is_not_asked_about_a_token_that_does_not_hold() {
    for preset in [Preset::Denylist, Preset::UserVersion] {
        for mut world in worlds_of(preset.scheme()) {
            let token = token(|it| it.exp = NOW);
            for text in [token.as_str(), "garbage", ""] {
                let handled = world.send(Lane::B, &bearer(get("/me"), text));
                assert_eq!(handled.response.status, 401);
                assert!(operations(&handled.steps).is_empty(), "{preset:?} {text}");
            }
        }
    }
}
