//! Signing in, asking, and signing out, under each scheme that makes sense.

use protocol::{
    Access, AuditEvent, Carrier, Check, Credential, Fact, Lane, Outcome, Purpose, Rejection,
    Request, Revocation, Scheme,
};
use sessions::SessionId;

use crate::client::{Client, refresh, sign_out};
use crate::fixture::{
    NOW, ORIGIN, Verdict, World, assert_verdict, get, json, member_signs_in, operations, outcome,
    request, with, without, worlds,
};
use crate::plans::NO_ROUTE;
use crate::scheme_plans::{self as plans, schemes};

/// Each scheme in each lane, on either store.
fn each(test: impl Fn(&mut World, Lane, &Scheme)) {
    for scheme in schemes() {
        for lane in Lane::BOTH {
            for mut world in worlds() {
                *lane.of_mut(&mut world.schemes) = scheme;
                test(&mut world, lane, &scheme);
            }
        }
    }
}

/// Whether its server writes down what happened.
fn keeps_a_log(scheme: &Scheme) -> bool {
    (scheme.credential, scheme.revocation) != (Credential::AccessToken, Revocation::Expiry)
}

fn recorded(verdict: Verdict, scheme: &Scheme, event: AuditEvent) -> Verdict {
    if keeps_a_log(scheme) {
        verdict.recorded(event)
    } else {
        verdict
    }
}

fn order() -> Request {
    request("POST", "/orders", r#"{"item":"Tea"}"#)
}

/// Reads and writes for knowing the user.
fn cost(handled: &server::Handled) -> (usize, usize) {
    let count = |access| {
        let operations = operations(&handled.steps);
        let counted = operations
            .iter()
            .filter(|it| it.purpose == Purpose::Authentication && it.access == access);
        counted.count()
    };
    (count(Access::Read), count(Access::Write))
}

#[test]
fn a_sign_in_and_what_follows_run_exactly_their_checks() {
    each(|world, lane, scheme| {
        let name = world.name;
        let mut client = Client::default();
        let handled = client.send(world, lane, &member_signs_in());
        let verdict = recorded(Verdict::Done(200), scheme, AuditEvent::SignedIn);
        assert_verdict(name, &handled, &plans::sign_in(scheme), &verdict);
        let in_cookie = scheme.carrier == Carrier::Cookie;
        assert_eq!(client.bearer.is_some(), !in_cookie, "{scheme:?}");
        let has_family = scheme.credential == Credential::AccessAndRefresh;
        let cookies = usize::from(in_cookie) + usize::from(has_family);
        assert_eq!(client.cookies.len(), cookies, "{scheme:?}");

        let handled = client.send(world, lane, &get("/me"));
        let plan = plans::reading(scheme, &[]);
        assert_verdict(name, &handled, &plan, &Verdict::Done(200));
        assert_eq!(
            json(&handled.response),
            serde_json::json!({ "id": 42, "name": "Mira Lind", "role": "member" })
        );
        // The claim of the whole comparison: what a request asks of the store.
        let reads = match (scheme.credential, scheme.revocation) {
            (Credential::SessionId, _) | (_, Revocation::Denylist | Revocation::UserVersion) => 1,
            _ => 0,
        };
        assert_eq!(cost(&handled), (reads, 0), "{scheme:?}");

        let handled = client.send(world, lane, &order());
        let plan = plans::changing(scheme, &[Check::BodyRead, Check::OrderPlaced]);
        assert_verdict(name, &handled, &plan, &Verdict::Done(201));
        let handled = client.send(world, lane, &get("/admin/users"));
        let plan = plans::reading(scheme, &[Check::RoleAllowed, Check::UsersRead]);
        let rejection = Rejection::RoleMissing {
            role: String::from("member"),
            needed: String::from("admin"),
        };
        let refused = Verdict::Refused(403, Check::RoleAllowed, rejection);
        let verdict = recorded(refused, scheme, AuditEvent::RequestRefused);
        assert_verdict(name, &handled, &plan, &verdict);

        let handled = client.send(world, lane, &sign_out());
        let verdict = recorded(Verdict::Done(204), scheme, AuditEvent::SignedOut);
        assert_verdict(name, &handled, &plans::sign_out(scheme), &verdict);
        assert!(client.cookies.is_empty(), "{scheme:?}");
    });
}

/// Whoever kept a copy: what becomes of it is what the schemes differ in.
#[test]
fn after_a_sign_out_a_copy_works_only_where_nothing_can_end_it() {
    each(|world, lane, scheme| {
        let mut client = Client::signed_in(world, lane);
        let mut copy = client.clone();
        world.now = NOW.plus_seconds(1);
        client.send(world, lane, &sign_out());
        world.now = NOW.plus_seconds(2);
        let handled = world.send(lane, &copy.on(lane, get("/me")));
        let plan = plans::reading(scheme, &[]);
        let refused = |check, rejection| {
            Verdict::Refused(401, check, rejection).recorded(AuditEvent::RequestRefused)
        };
        let verdict = match scheme.revocation {
            Revocation::Expiry => Verdict::Done(200),
            Revocation::Record => {
                let text = copy.bearer.as_ref().or(copy.cookies.values().next());
                let id = text.and_then(|text| SessionId::parse(text));
                let id_hash = id.expect("it is one").hash().to_string();
                refused(Check::SessionFound, Rejection::SessionUnknown { id_hash })
            }
            Revocation::Denylist => {
                let Outcome::Failed(rejection) = outcome(&handled, Check::TokenNotDenied) else {
                    panic!("it is refused: {:#?}", handled.steps);
                };
                let since = NOW.plus_seconds(1);
                assert!(
                    matches!(rejection, Rejection::TokenDenied { since: it, .. } if *it == since)
                );
                refused(Check::TokenNotDenied, rejection.clone())
            }
            Revocation::UserVersion => refused(
                Check::TokenVersionCurrent,
                Rejection::TokenVersionOld { token: 0, user: 1 },
            ),
        };
        assert_verdict(world.name, &handled, &plan, &verdict);

        // The refresh token is a record, and is ended under each revocation.
        if scheme.credential == Credential::AccessAndRefresh {
            let handled = copy.refresh(world, lane);
            let rejection = Rejection::RefreshFamilyEnded {
                at: NOW.plus_seconds(1),
                now: NOW.plus_seconds(2),
            };
            let verdict = refused(Check::RefreshFamilyActive, rejection);
            assert_verdict(world.name, &handled, &plans::refresh(), &verdict);
        }
    });
}

#[test]
fn a_token_that_nothing_ends_says_until_when_it_goes_on() {
    each(|world, lane, scheme| {
        if scheme.revocation != Revocation::Expiry {
            return;
        }
        lane.of_mut(&mut world.schemes).lifetimes.leeway_seconds = 30;
        let mut client = Client::signed_in(world, lane);
        let copy = client.clone();
        let handled = client.send(world, lane, &sign_out());
        let until = NOW.plus_seconds(i64::from(scheme.lifetimes.access_token_seconds) + 30);
        assert_eq!(
            outcome(&handled, Check::TokenOutlivesSignOut),
            &Outcome::Noted(Fact::TokenOutlives { until })
        );
        for (seconds, status) in [(-1, 200), (0, 401)] {
            world.now = until.plus_seconds(seconds);
            let handled = world.send(lane, &copy.on(lane, get("/me")));
            assert_eq!(handled.response.status, status, "{scheme:?}");
        }
    });
}

/// Where the browser attaches the credential by itself, or is given a cookie, another site can't cause a change.
/// ASVS 3.5.1.
#[test]
fn another_site_changes_nothing_where_cookies_are() {
    let elsewhere = |request: Request| {
        let request = without(request, "Origin");
        with(request, "Origin", "https://evil.example")
    };
    let nowhere = |request: Request| without(request, "Origin");
    each(|world, lane, scheme| {
        // The store has no part in it, and passwords take their time.
        if world.name != "memory" {
            return;
        }
        let in_cookie = scheme.carrier == Carrier::Cookie;
        let has_family = scheme.credential == Credential::AccessAndRefresh;
        for (sent, asked, status) in [
            (member_signs_in(), in_cookie || has_family, 200),
            (order(), in_cookie, 201),
            (refresh(), true, 200),
            (sign_out(), in_cookie, 204),
        ] {
            if sent.path().ends_with("/refresh") && !has_family {
                continue;
            }
            let expected = if asked { 403 } else { status };
            for (sent, expected) in [
                (elsewhere(sent.clone()), expected),
                (nowhere(sent.clone()), expected),
                (sent, status),
            ] {
                let client = Client::signed_in(world, lane);
                let handled = world.send(lane, &client.on(lane, sent.clone()));
                assert_eq!(handled.response.status, expected, "{scheme:?} {sent}");
                // Nor is anything cleared.
                let is_foreign = sent.header("Origin") != Some(ORIGIN);
                if is_foreign && status == 204 {
                    assert_eq!(handled.response.header("Set-Cookie"), None, "{scheme:?}");
                }
            }
        }
    });
}

/// RFC 9110, 15.5.2; RFC 6750, 3 and 3.1.
#[test]
fn challenges_name_how_the_credential_travels() {
    each(|world, lane, scheme| {
        let realm = |name| format!("{name} realm=\"ticket-or-passport\"");
        let expected = realm(if scheme.carrier == Carrier::Cookie {
            "Cookie"
        } else {
            "Bearer"
        });
        let handled = world.send(lane, &get("/me"));
        assert_eq!(
            handled.response.header("WWW-Authenticate"),
            Some(&*expected)
        );

        let mut client = Client::signed_in(world, lane);
        for text in client.cookies.values_mut().chain(&mut client.bearer) {
            text.insert(0, 'x');
        }
        let handled = client.send(world, lane, &get("/me"));
        let named = handled.response.header("WWW-Authenticate").unwrap_or("");
        let error = match scheme.carrier {
            Carrier::Cookie => "",
            _ => ", error=\"invalid_token\"",
        };
        assert!(named.starts_with(&format!("{expected}{error}")), "{named}");
        if scheme.credential == Credential::AccessAndRefresh {
            let handled = client.refresh(world, lane);
            let named = handled.response.header("WWW-Authenticate");
            assert_eq!(named, Some(&*realm("Cookie")));
        }
    });
}

#[test]
fn a_scheme_has_its_own_routes_and_no_others() {
    each(|world, lane, scheme| {
        let client = Client::signed_in(world, lane);
        let is_session = scheme.credential == Credential::SessionId;
        let has_family = scheme.credential == Credential::AccessAndRefresh;
        for (sent, is_there) in [
            (get("/.well-known/jwks.json"), !is_session),
            (refresh(), has_family),
            (get("/sessions"), is_session),
            (request("POST", "/sessions/end", "{}"), is_session),
            (request("POST", "/sessions/end-others", "{}"), is_session),
        ] {
            let path = sent.path().trim_start_matches("/sub").to_owned();
            let handled = world.send(lane, &client.on(lane, sent));
            if is_there {
                assert_ne!(handled.response.status, 404, "{scheme:?} {path}");
            } else {
                let rejection = Rejection::NoRoute { path };
                let verdict = Verdict::Refused(404, Check::RouteFound, rejection);
                assert_verdict(world.name, &handled, NO_ROUTE, &verdict);
            }
        }
    });
}

/// A clock that was set back finds credentials that were issued in the future: they hold, and nothing overflows.
#[test]
fn a_clock_before_the_issue_still_knows_the_user() {
    each(|world, lane, _| {
        let mut client = Client::signed_in(world, lane);
        for back in [1, 3600, 86_400 * 365 * 60] {
            world.now = NOW.plus_seconds(-back);
            let handled = client.send(world, lane, &get("/me"));
            assert_eq!(handled.response.status, 200);
        }
        if client.cookies.contains_key(lane.names().refresh_cookie) {
            assert_eq!(client.refresh(world, lane).response.status, 200);
        }
        world.now = protocol::Timestamp::from_milliseconds(i64::MIN);
        assert_eq!(client.send(world, lane, &get("/me")).response.status, 200);
        world.now = protocol::Timestamp::from_milliseconds(i64::MAX);
        assert_eq!(client.send(world, lane, &get("/me")).response.status, 401);
    });
}

/// Steps are shown to the observer and the log is kept: neither gives a credential away, nor does an answer repeat one
/// that came in.
#[test]
fn nothing_that_is_written_down_holds_a_credential() {
    each(|world, lane, scheme| {
        let mut client = Client::default();
        let mut secrets = Vec::new();
        let mut written = String::new();
        let mut sent = vec![member_signs_in(), get("/me"), order()];
        if scheme.credential == Credential::AccessAndRefresh {
            sent.extend([refresh(), get("/me")]);
        }
        sent.push(sign_out());
        for request in sent {
            let handled = client.send(world, lane, &request);
            for secret in &secrets {
                let answer = handled.response.to_string();
                assert!(!answer.contains(secret), "{scheme:?}: {answer}");
            }
            secrets.extend(client.cookies.values().chain(&client.bearer).cloned());
            secrets.sort();
            secrets.dedup();
            written.push_str(&format!("{:?}", handled.steps));
        }
        written.push_str(&format!("{:?}", world.audit()));
        assert!(!secrets.is_empty());
        for secret in &secrets {
            assert!(!written.contains(secret), "{scheme:?}");
        }
    });
}
