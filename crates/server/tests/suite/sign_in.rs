//! Signing in, in both lanes.

use protocol::{AuditEvent, Check, Fact, Lane, Outcome, Purpose, Rejection};
use server::{Handled, SAMPLE_PASSWORD, sample_accounts};
use sessions::SessionId;

use crate::fixture::{
    NOW, ORIGIN, Verdict, assert_verdict, check, cookie, get, json, member_signs_in, operations,
    outcome, request, sign_in, with, without, worlds,
};
use crate::plans::{NO_ROUTE, SESSION_ME, SESSION_SIGN_IN, TOKEN_SIGN_IN};

const PLANS: [(Lane, &[protocol::Check]); 2] =
    [(Lane::A, SESSION_SIGN_IN), (Lane::B, TOKEN_SIGN_IN)];

fn hashes(handled: &Handled) -> u32 {
    let costs = handled.steps.iter().map(|step| &step.cost);
    costs.map(|cost| cost.password_hashes).sum()
}

#[test]
fn the_sample_password_signs_in() {
    for (lane, plan) in PLANS {
        for mut world in worlds() {
            let handled = world.send(lane, &member_signs_in());
            let verdict = Verdict::Done(200).recorded_if_stateful(lane, AuditEvent::SignedIn);
            assert_verdict(world.name, &handled, plan, &verdict);
            assert_eq!(hashes(&handled), 1);
            // All of it is for knowing the user, but for the entry in the audit log.
            for step in &handled.steps {
                let purpose = match step.check {
                    Check::EventRecorded => Purpose::Application,
                    _ => Purpose::Authentication,
                };
                assert!(step.cost.store.iter().all(|it| it.purpose == purpose));
            }
        }
    }
}

#[test]
fn who_may_not_sign_in_is_refused() {
    for (lane, plan) in PLANS {
        for (account, password, status, refused_at, rejection) in [
            (
                "member",
                "wrong",
                401,
                Check::PasswordVerified,
                Rejection::CredentialsWrong,
            ),
            (
                "nobody",
                SAMPLE_PASSWORD,
                401,
                Check::PasswordVerified,
                Rejection::CredentialsWrong,
            ),
            (
                "MEMBER",
                SAMPLE_PASSWORD,
                401,
                Check::PasswordVerified,
                Rejection::CredentialsWrong,
            ),
            (
                "suspended",
                SAMPLE_PASSWORD,
                403,
                Check::AccountActive,
                Rejection::AccountSuspended { user: 13 },
            ),
            // Whoever does not know the password is not told of the suspension.
            (
                "suspended",
                "wrong",
                401,
                Check::PasswordVerified,
                Rejection::CredentialsWrong,
            ),
        ] {
            let verdict = Verdict::Refused(status, refused_at, rejection)
                .recorded_if_stateful(lane, AuditEvent::SignInRefused);
            check(lane, |_| sign_in(account, password), plan, &verdict);
        }
    }
}

#[test]
fn a_wrong_password_and_an_unknown_account_look_and_cost_the_same() {
    for lane in Lane::BOTH {
        for mut world in worlds() {
            let wrong = world.send(lane, &sign_in("member", "wrong"));
            let unknown = world.send(lane, &sign_in("nobody", "wrong"));
            assert_eq!(wrong.response, unknown.response);
            assert_eq!((hashes(&wrong), hashes(&unknown)), (1, 1));
            assert_eq!(
                operations(&wrong.steps).len(),
                operations(&unknown.steps).len()
            );
            let challenge = wrong.response.header("WWW-Authenticate");
            let scheme = match lane {
                Lane::A => "Cookie ",
                Lane::B => "Bearer ",
            };
            assert!(challenge.is_some_and(|it| it.starts_with(scheme)));
            assert!(world.sessions().is_empty());
        }
    }
}

/// A hash that can't be read would cost nothing, and give unknown accounts away by the time.
#[test]
fn an_unknown_accounts_hash_is_really_computed() {
    let started = std::time::Instant::now();
    let [mut world, _] = worlds();
    let handled = world.send(Lane::A, &sign_in("nobody", "wrong"));
    assert_eq!(handled.response.status, 401);
    assert!(started.elapsed().as_micros() > 2_000);
}

#[test]
fn what_is_said_of_the_hash_is_what_the_accounts_hashes_name() {
    for account in sample_accounts() {
        let begins_right = account
            .password_hash
            .starts_with("$argon2id$v=19$m=19456,t=2,p=1$");
        assert!(begins_right, "{}", account.account);
    }
    let [mut world, _] = worlds();
    let handled = world.send(Lane::A, &member_signs_in());
    assert_eq!(
        outcome(&handled, Check::PasswordVerified),
        &Outcome::Passed(Fact::PasswordHash {
            memory_kib: 19_456,
            passes: 2,
            lanes: 1
        })
    );
}

#[test]
fn content_that_is_not_the_json_needed_is_refused_unread() {
    for (lane, plan) in PLANS {
        for (body, message) in [
            ("", "EOF while parsing a value at line 1 column 0"),
            (
                "{\"account\":",
                "EOF while parsing a value at line 1 column 11",
            ),
            ("account=member", "expected value at line 1 column 1"),
            (
                r#"{"account":"member"}"#,
                "missing field `password` at line 1 column 20",
            ),
            (
                r#"{"password":"x"}"#,
                "missing field `account` at line 1 column 16",
            ),
            (
                r#"{"account":"member","password":"\ud800"}"#,
                "unexpected end of hex escape at line 1 column 39",
            ),
            // What is of the wrong type is not repeated: it may be the password.
            (
                r#"{"account":"member","password":4711}"#,
                "account and password must be there once each, as text: line 1, column 35",
            ),
            (
                r#""s3cret""#,
                "account and password must be there once each, as text: line 1, column 8",
            ),
            (
                r#"{"account":"member","password":"x","password":"y"}"#,
                "account and password must be there once each, as text: line 1, column 45",
            ),
        ] {
            let rejection = Rejection::ContentMalformed {
                message: message.to_owned(),
            };
            let verdict = Verdict::Refused(400, Check::BodyRead, rejection);
            check(lane, |_| request("POST", "/login", body), plan, &verdict);
        }
    }
}

#[test]
fn content_over_the_limit_is_refused_before_anything_else() {
    let body = format!(
        r#"{{"account":"member","password":"{}"}}"#,
        "x".repeat(100_000)
    );
    let octets = u32::try_from(body.len()).expect("it is 100 KB");
    for lane in Lane::BOTH {
        let rejection = Rejection::ContentTooLarge {
            octets,
            limit: 64 * 1024,
        };
        let verdict = Verdict::Refused(413, Check::SizeLimited, rejection);
        check(
            lane,
            |_| request("POST", "/login", &body),
            NO_ROUTE,
            &verdict,
        );
    }
}

/// Only the session lane needs it: its credential is attached by the browser. ASVS 3.5.1.
#[test]
fn the_session_lane_signs_in_from_its_own_origin_alone() {
    let elsewhere = |origin: &str| with(without(member_signs_in(), "Origin"), "Origin", origin);
    for origin in [
        "https://evil.example",
        "null",
        "http://localhost:8081",
        "https://localhost:8080",
        "http://localhost:8080.evil.example",
        "",
    ] {
        let rejection = Rejection::OriginForeign {
            origin: origin.to_owned(),
        };
        let verdict = Verdict::Refused(403, Check::OriginAllowed, rejection);
        check(Lane::A, |_| elsewhere(origin), SESSION_SIGN_IN, &verdict);
    }
    let verdict = Verdict::Refused(403, Check::OriginAllowed, Rejection::OriginMissing);
    let nowhere = |_: &mut _| without(member_signs_in(), "Origin");
    check(Lane::A, nowhere, SESSION_SIGN_IN, &verdict);
    check(Lane::B, nowhere, TOKEN_SIGN_IN, &Verdict::Done(200));
    assert_eq!(member_signs_in().header("Origin"), Some(ORIGIN));
}

/// OWASP Session Management cheat sheet: an ID that comes from outside is never taken over. ASVS 7.2.4.
#[test]
fn an_id_from_the_browser_is_never_adopted_and_its_session_ends() {
    for mut world in worlds() {
        let planted = world.session(7, NOW);
        let request = cookie(member_signs_in(), planted.as_str());
        let handled = world.send(Lane::A, &request);
        let verdict = Verdict::Done(200).recorded(AuditEvent::SignedIn);
        assert_verdict(world.name, &handled, SESSION_SIGN_IN, &verdict);
        assert_eq!(
            outcome(&handled, Check::OldSessionEnded),
            &Outcome::Passed(Fact::SessionEnded {
                id_hash: planted.hash().to_string(),
                was_there: true
            })
        );
        let sessions = world.sessions();
        assert_eq!(sessions.len(), 1);
        assert_ne!(sessions[0].id_hash, planted.hash());

        let reuse = world.send(Lane::A, &cookie(get("/me"), planted.as_str()));
        let rejection = Rejection::SessionUnknown {
            id_hash: planted.hash().to_string(),
        };
        let verdict = Verdict::Refused(401, Check::SessionFound, rejection)
            .recorded(AuditEvent::RequestRefused);
        assert_verdict(world.name, &reuse, SESSION_ME, &verdict);
    }
}

#[test]
fn an_id_that_the_server_never_gave_out_is_not_adopted_either() {
    for mut world in worlds() {
        let invented = SessionId::from_random([9; 32]);
        let request = cookie(member_signs_in(), invented.as_str());
        let handled = world.send(Lane::A, &request);
        assert_eq!(
            outcome(&handled, Check::OldSessionEnded),
            &Outcome::Passed(Fact::SessionEnded {
                id_hash: invented.hash().to_string(),
                was_there: false
            })
        );
        assert_eq!(world.sessions().len(), 1);
        assert_ne!(world.sessions()[0].id_hash, invented.hash());
    }
}

#[test]
fn a_refused_sign_in_leaves_the_browsers_session_alone() {
    for mut world in worlds() {
        let id = world.session(7, NOW);
        let before = world.sessions();
        world.send(Lane::A, &cookie(sign_in("member", "wrong"), id.as_str()));
        world.send(
            Lane::A,
            &cookie(sign_in("suspended", SAMPLE_PASSWORD), id.as_str()),
        );
        assert_eq!(world.sessions(), before);
    }
}

#[test]
fn each_sign_in_makes_another_session() {
    for mut world in worlds() {
        let first = world.send(Lane::A, &member_signs_in());
        let second = world.send(Lane::A, &member_signs_in());
        assert_ne!(
            first.response.header("Set-Cookie"),
            second.response.header("Set-Cookie")
        );
        assert_eq!(world.sessions().len(), 2);
        assert_eq!(
            json(&first.response),
            serde_json::json!({ "id": 42, "name": "Mira Lind", "role": "member" })
        );
    }
}
