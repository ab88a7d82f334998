//! My sessions: listing them, ending one, ending the others.

use protocol::{
    AuditEvent, Carrier, Check, Fact, Lane, Outcome, Purpose, Rejection, Request, Scheme,
};
use server::SAMPLE_PASSWORD;
use sessions::DEVICE_CHARACTERS;

use crate::client::{Client, set_cookies};
use crate::fixture::{
    MEMBER, NOW, Verdict, World, assert_verdict, get, json, member_signs_in, outcome, request,
    sign_in, with, worlds,
};
use crate::scheme_plans as plans;

const AGAIN: &[Check] = &[
    Check::BodyRead,
    Check::UserLookedUp,
    Check::PasswordVerified,
    Check::AccountActive,
    Check::SessionsEnded,
];

/// Both carriers, in both lanes, on either store: two devices of the member's, and one of the administrator's.
fn each(test: impl Fn(&mut World, Lane, &Scheme, [Client; 3])) {
    for carrier in [Carrier::Cookie, Carrier::SessionStorage] {
        let scheme = Scheme {
            carrier,
            ..Scheme::STATEFUL
        };
        for lane in Lane::BOTH {
            for mut world in worlds() {
                *lane.of_mut(&mut world.schemes) = scheme;
                let mut number = 0;
                let clients = ["member", "member", "admin"].map(|account| {
                    number += 1;
                    world.now = NOW.plus_seconds(number);
                    let mut client = Client::default();
                    let device = format!("Device {number}");
                    let sent = with(sign_in(account, SAMPLE_PASSWORD), "User-Agent", &device);
                    client.send(&mut world, lane, &sent);
                    client
                });
                world.now = NOW.plus_seconds(10);
                test(&mut world, lane, &scheme, clients);
            }
        }
    }
}

fn list(world: &mut World, lane: Lane, client: &mut Client) -> Vec<serde_json::Value> {
    let handled = client.send(world, lane, &get("/sessions"));
    assert_eq!(handled.response.status, 200);
    json(&handled.response)
        .as_array()
        .expect("it is a list")
        .clone()
}

fn named(world: &mut World, lane: Lane, client: &mut Client) -> String {
    let sessions = list(world, lane, client);
    let current = sessions.iter().find(|it| it["current"] == true);
    let name = current.and_then(|it| it["session"].as_str());
    name.expect("it is listed").to_owned()
}

fn end(session: &str, password: &str) -> Request {
    let body = serde_json::json!({ "session": session, "password": password });
    request("POST", "/sessions/end", &body.to_string())
}

fn end_others(password: &str) -> Request {
    let body = serde_json::json!({ "password": password });
    request("POST", "/sessions/end-others", &body.to_string())
}

#[test]
fn i_see_my_sessions_the_last_used_first_and_nobody_elses() {
    each(|world, lane, scheme, [mut first, ..]| {
        let handled = first.send(world, lane, &get("/sessions"));
        let plan = plans::reading(scheme, &[Check::SessionsListed]);
        assert_verdict(world.name, &handled, &plan, &Verdict::Done(200));
        assert_eq!(
            outcome(&handled, Check::SessionsListed),
            &Outcome::Passed(Fact::Rows(2))
        );
        // Knowing who it is asked no more than any other request does.
        let steps = handled.steps.iter();
        let asked = steps
            .filter(|step| step.check == Check::SessionsListed)
            .flat_map(|step| &step.cost.store);
        let purposes: Vec<_> = asked.map(|it| it.purpose).collect();
        assert_eq!(purposes, [Purpose::Application]);
        let listed = json(&handled.response);
        let devices: Vec<_> = (0..2).map(|place| &listed[place]["device"]).collect();
        assert_eq!(devices, ["Device 2", "Device 1"]);
        let began = NOW.seconds() + 1;
        assert_eq!(
            listed[1],
            serde_json::json!({
                "session": listed[1]["session"],
                "device": "Device 1",
                "created": began,
                "last_seen": began,
                "idle_expires": began + 900,
                "absolute_expires": began + 8 * 3600,
                "current": true,
            })
        );
        // The name is the hash: it lets nobody in.
        for text in first.cookies.values().chain(&first.bearer) {
            assert!(!handled.response.body.contains(text));
        }

        // Use brings it to the front; what is over is not listed.
        world.now = NOW.plus_seconds(100);
        first.send(world, lane, &get("/me"));
        let listed = list(world, lane, &mut first);
        assert_eq!(listed[0]["device"], "Device 1");
        assert_eq!(listed[0]["last_seen"], NOW.seconds() + 100);
        assert_eq!(list(world, lane, &mut first).len(), 2);
        world.now = NOW.plus_seconds(100 + 899);
        assert_eq!(list(world, lane, &mut first).len(), 1);
    });
}

#[test]
fn i_end_one_of_mine_with_my_password() {
    each(|world, lane, scheme, [mut first, mut second, _]| {
        let name = named(world, lane, &mut second);
        let handled = first.send(world, lane, &end(&name, SAMPLE_PASSWORD));
        let verdict = Verdict::Done(204).recorded(AuditEvent::SessionEnded);
        let plan = plans::changing(scheme, AGAIN);
        assert_verdict(world.name, &handled, &plan, &verdict);
        let id_hash = name.clone();
        let was_there = true;
        assert_eq!(
            outcome(&handled, Check::SessionsEnded),
            &Outcome::Passed(Fact::SessionEnded { id_hash, was_there })
        );
        let entry = world.audit().remove(0);
        assert_eq!(entry.subject.as_deref(), name.get(..8));
        assert_eq!((entry.user, entry.lane), (Some(MEMBER), Some(lane)));
        assert_eq!(second.send(world, lane, &get("/me")).response.status, 401);
        assert_eq!(first.send(world, lane, &get("/me")).response.status, 200);
        // It is gone: there is nothing to end twice.
        let handled = first.send(world, lane, &end(&name, SAMPLE_PASSWORD));
        assert_eq!(handled.response.status, 404);
    });
}

#[test]
fn what_is_not_mine_or_not_known_to_be_me_ends_nothing() {
    each(
        |world, lane, scheme, [mut first, mut second, mut other_user]| {
            let mine = named(world, lane, &mut second);
            let anothers = named(world, lane, &mut other_user);
            let before = world.sessions();
            let no_such = |session: &str| Rejection::NoSuchSession {
                session: session.to_owned(),
            };
            let wrong = || Rejection::CredentialsWrong;
            let malformed = |message: &str| Rejection::ContentMalformed {
                message: message.to_owned(),
            };
            let upper_case = mine.to_uppercase();
            for (sent, status, check, rejection, is_recorded) in [
                (
                    end(&mine, "wrong"),
                    401,
                    Check::PasswordVerified,
                    wrong(),
                    true,
                ),
                (
                    end_others("wrong"),
                    401,
                    Check::PasswordVerified,
                    wrong(),
                    true,
                ),
                // Nor does it tell whether there is such a session.
                (
                    end(&anothers, "wrong"),
                    401,
                    Check::PasswordVerified,
                    wrong(),
                    true,
                ),
                (
                    end(&anothers, SAMPLE_PASSWORD),
                    404,
                    Check::SessionsEnded,
                    no_such(&anothers),
                    true,
                ),
                (
                    end(&upper_case, SAMPLE_PASSWORD),
                    404,
                    Check::SessionsEnded,
                    no_such(&upper_case),
                    true,
                ),
                (
                    end("", SAMPLE_PASSWORD),
                    404,
                    Check::SessionsEnded,
                    no_such(""),
                    true,
                ),
                (
                    request("POST", "/sessions/end", r#"{"password":"x"}"#),
                    400,
                    Check::BodyRead,
                    malformed("missing field `session` at line 1 column 16"),
                    false,
                ),
                (
                    request("POST", "/sessions/end-others", r#"{"password":4711}"#),
                    400,
                    Check::BodyRead,
                    malformed("password must be there once, as text: line 1, column 16"),
                    false,
                ),
            ] {
                let handled = first.send(world, lane, &sent);
                let verdict = Verdict::Refused(status, check, rejection);
                let verdict = if is_recorded {
                    verdict.recorded(AuditEvent::RequestRefused)
                } else {
                    verdict
                };
                let plan = plans::changing(scheme, AGAIN);
                assert_verdict(world.name, &handled, &plan, &verdict);
                assert_eq!(world.sessions(), before);
            }
        },
    );
}

#[test]
fn i_end_all_others_of_mine() {
    each(
        |world, lane, scheme, [mut first, mut second, mut other_user]| {
            let plan = plans::changing(scheme, AGAIN);
            for (ended, event) in [(1, Some(AuditEvent::SessionEnded)), (0, None)] {
                let handled = first.send(world, lane, &end_others(SAMPLE_PASSWORD));
                let verdict = match event {
                    Some(event) => Verdict::Done(200).recorded(event),
                    None => Verdict::Done(200),
                };
                assert_verdict(world.name, &handled, &plan, &verdict);
                assert_eq!(
                    outcome(&handled, Check::SessionsEnded),
                    &Outcome::Passed(Fact::SessionsEnded(ended))
                );
                assert_eq!(
                    json(&handled.response),
                    serde_json::json!({ "ended": ended })
                );
            }
            for (client, status) in [
                (&mut first, 200),
                (&mut second, 401),
                (&mut other_user, 200),
            ] {
                let handled = client.send(world, lane, &get("/me"));
                assert_eq!(handled.response.status, status);
            }
        },
    );
}

/// Ending the session that asks is a sign-out: the browser is rid of its cookie.
#[test]
fn ending_my_own_session_signs_me_out() {
    each(|world, lane, scheme, [mut first, ..]| {
        let name = named(world, lane, &mut first);
        let handled = first.send(world, lane, &end(&name, SAMPLE_PASSWORD));
        assert_eq!(handled.response.status, 204);
        let cleared = set_cookies(&handled.response.headers).len();
        assert_eq!(cleared, usize::from(scheme.carrier == Carrier::Cookie));
        assert!(first.cookies.is_empty());
        assert_eq!(first.send(world, lane, &get("/me")).response.status, 401);
    });
}

/// What the device calls itself is kept in part alone, and is nobody's word for anything.
#[test]
fn a_device_is_kept_as_it_names_itself() {
    let long = "ä".repeat(5_000);
    let cut = "ä".repeat(DEVICE_CHARACTERS);
    for (sent, kept) in [
        (None, ""),
        (Some(""), ""),
        (Some("Mozilla/5.0 (X11)"), "Mozilla/5.0 (X11)"),
        (
            Some("<b>'); DROP TABLE sessions"),
            "<b>'); DROP TABLE sessions",
        ),
        (Some(long.as_str()), cut.as_str()),
    ] {
        for mut world in worlds() {
            let request = match sent {
                Some(device) => with(member_signs_in(), "User-Agent", device),
                None => member_signs_in(),
            };
            assert_eq!(world.send(Lane::A, &request).response.status, 200);
            assert_eq!(world.sessions()[0].device, kept);
        }
    }
}
