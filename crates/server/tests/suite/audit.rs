//! What the stateful server writes into its audit log, and that the stateless one writes nothing anywhere.

use proptest::prelude::*;
use protocol::{AuditEvent, Lane, Request};
use rusqlite::Connection;
use server::{SAMPLE_PASSWORD, sample_accounts};
use sessions::{AuditEntry, SessionId, SqliteStore};

use crate::fixture::{
    MEMBER, NOW, World, bearer, cookie, get, member_signs_in, request, sign_in, with, without,
    worlds,
};
use crate::token::good_token;
use crate::token_content::{changes, stateless_store};

/// How the log names a session.
fn subject(id: &SessionId) -> String {
    id.hash().to_string().chars().take(8).collect()
}

/// On either store: the entries that the prepared request adds.
fn entries(lane: Lane, prepare: impl Fn(&mut World) -> Request) -> [Vec<AuditEntry>; 2] {
    worlds().map(|mut world| {
        let request = prepare(&mut world);
        world.send(lane, &request);
        world.audit()
    })
}

#[track_caller]
fn check(
    prepare: impl Fn(&mut World) -> Request,
    event: AuditEvent,
    user: Option<u32>,
    id: Option<&SessionId>,
) {
    let expected = AuditEntry {
        id: 1,
        at: NOW,
        event,
        lane: Some(Lane::A),
        user,
        subject: id.map(subject),
    };
    for entries in entries(Lane::A, prepare) {
        assert_eq!(entries, std::slice::from_ref(&expected));
    }
}

#[test]
fn what_happens_at_the_door_is_written_down() {
    // The fixture's first random bytes are all 1.
    let made = SessionId::from_random([1; 32]);
    let signed_in = AuditEvent::SignedIn;
    check(|_| member_signs_in(), signed_in, Some(MEMBER), Some(&made));
    // An ID that the browser came with is not the one that is written down.
    let planted = |world: &mut World| {
        let old = world.session(9, NOW);
        cookie(member_signs_in(), old.as_str())
    };
    check(planted, signed_in, Some(MEMBER), Some(&made));

    for (account, password, user) in [
        ("member", "wrong", Some(MEMBER)),
        ("nobody", "wrong", None),
        ("suspended", SAMPLE_PASSWORD, Some(13)),
    ] {
        let refused = AuditEvent::SignInRefused;
        check(|_| sign_in(account, password), refused, user, None);
    }

    let id = SessionId::from_random([5; 32]);
    let signs_out = |world: &mut World| {
        let id = world.session(5, NOW);
        cookie(request("POST", "/logout", ""), id.as_str())
    };
    // Signing out looks no user up.
    check(signs_out, AuditEvent::SignedOut, None, Some(&id));
}

#[test]
fn a_refused_request_is_written_down_with_what_is_known() {
    let id = SessionId::from_random([5; 32]);
    let refused = AuditEvent::RequestRefused;
    let unknown = |_: &mut World| cookie(get("/me"), SessionId::from_random([5; 32]).as_str());
    check(unknown, refused, None, Some(&id));
    // The session began so long ago; the moment of the entry is that of the request.
    let began = |seconds: i64, path: &'static str| {
        move |world: &mut World| {
            let id = world.session(5, NOW.plus_seconds(-seconds));
            cookie(get(path), id.as_str())
        }
    };
    check(began(900, "/me"), refused, Some(MEMBER), Some(&id));
    check(began(0, "/admin/users"), refused, Some(MEMBER), Some(&id));
    let too_old = |world: &mut World| {
        let request = began(8 * 3600, "/orders")(world);
        let id = SessionId::from_random([5; 32]);
        let later = NOW.plus_seconds(60);
        world
            .store
            .touch(&id.hash(), NOW, later)
            .expect("it is there");
        request
    };
    check(too_old, refused, Some(MEMBER), Some(&id));
    let suspended = |world: &mut World| {
        world.change_member(|member| member.suspended = true);
        began(0, "/orders")(world)
    };
    check(suspended, refused, Some(MEMBER), Some(&id));
}

/// A log that anyone can fill with noise hides what matters.
#[test]
fn what_is_everyday_or_meaningless_is_not_written_down() {
    let live = |request: Request| {
        move |world: &mut World| {
            let id = world.session(5, NOW);
            cookie(request.clone(), id.as_str())
        }
    };
    let sign_out = request("POST", "/logout", "");
    let gone = SessionId::from_random([7; 32]);
    for prepare in [
        &live(get("/me")) as &dyn Fn(&mut World) -> Request,
        &live(get("/orders")),
        &live(request("POST", "/orders", r#"{"item":"Tea"}"#)),
        &live(request("POST", "/orders", "{")),
        &live(without(request("POST", "/orders", "{}"), "Origin")),
        &live(without(sign_out.clone(), "Origin")),
        &|_| get("/me"),
        &|_| cookie(get("/me"), "garbage"),
        &|_| get("/nothing"),
        &|_| request("PUT", "/login", ""),
        &|_| request("POST", "/login", "{"),
        &|_| request("POST", "/login", &"x".repeat(70_000)),
        &|_| without(member_signs_in(), "Origin"),
        &|_| with(without(member_signs_in(), "Origin"), "Origin", "null"),
        &|_| request("POST", "/logout", ""),
        &|_| cookie(request("POST", "/logout", ""), gone.as_str()),
    ] {
        for entries in entries(Lane::A, prepare) {
            assert_eq!(entries, []);
        }
    }
}

#[test]
fn the_newest_entry_comes_first_and_has_the_clock_of_its_request() {
    for mut world in worlds() {
        let held = world.credential(Lane::A, "admin");
        world.now = NOW.plus_seconds(1);
        world.send(Lane::A, &sign_in("admin", "wrong"));
        world.now = NOW.plus_seconds(2);
        world.send(Lane::A, &held.on(request("POST", "/logout", "")));
        world.now = NOW.plus_seconds(3);
        world.send(Lane::A, &held.on(get("/me")));
        let log: Vec<_> = world.audit().iter().map(|it| (it.at, it.event)).collect();
        assert_eq!(
            log,
            [
                (NOW.plus_seconds(3), AuditEvent::RequestRefused),
                (NOW.plus_seconds(2), AuditEvent::SignedOut),
                (NOW.plus_seconds(1), AuditEvent::SignInRefused),
                (NOW, AuditEvent::SignedIn),
            ]
        );
    }
}

/// Whatever ends however: the tables are those that were there before.
#[test]
fn the_stateless_server_writes_nothing_but_orders() {
    let connection = Connection::open_in_memory().expect("memory is there");
    let mut store = SqliteStore::open(connection, &sample_accounts()).expect("it is empty");
    let before = changes(&store);
    let token = good_token();
    for (request, status) in [
        (member_signs_in(), 200),
        (sign_in("member", "wrong"), 401),
        (sign_in("suspended", SAMPLE_PASSWORD), 403),
        (bearer(get("/me"), &token), 200),
        (bearer(get("/orders"), &token), 200),
        (bearer(get("/admin/users"), &token), 403),
        (bearer(get("/me"), "garbage"), 401),
        (bearer(request("POST", "/orders", "{}"), &token), 400),
        (bearer(request("POST", "/logout", ""), &token), 204),
        (get("/me"), 401),
        (get("/nothing"), 404),
    ] {
        let handled = stateless_store(&mut store, &request);
        assert_eq!(handled.response.status, status, "{request}");
        assert_eq!(changes(&store), before, "{request}");
    }
    // So that it can't hold for want of anything that writes.
    let order = request("POST", "/orders", r#"{"item":"Tea"}"#);
    stateless_store(&mut store, &bearer(order, &token));
    assert_ne!(changes(&store), before);
}

/// Something that ends up in the log, with a secret in it.
#[derive(Clone, Debug)]
enum Deed {
    SignIn { account: String, password: String },
    Send { path: &'static str, post: bool },
}

fn deed() -> impl Strategy<Value = Deed> {
    let account = prop_oneof![Just("member"), Just("suspended"), Just("nobody")];
    prop_oneof![
        1 => (account, "[!-~]{8,40}").prop_map(|(account, password)| Deed::SignIn {
            account: account.to_owned(),
            password,
        }),
        // The secret where it does not belong.
        1 => "[!-~]{8,40}".prop_map(|account| Deed::SignIn {
            account,
            password: String::from(SAMPLE_PASSWORD),
        }),
        1 => Just(Deed::SignIn {
            account: String::from("member"),
            password: String::from(SAMPLE_PASSWORD),
        }),
        4 => (
            prop_oneof![Just("/me"), Just("/orders"), Just("/admin/users"), Just("/logout")],
            any::<bool>(),
        )
            .prop_map(|(path, post)| Deed::Send { path, post }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_entry_holds_any_part_of_a_secret(
        known in any::<[u8; 32]>(),
        unknown in any::<[u8; 32]>(),
        deeds in proptest::collection::vec((deed(), any::<bool>()), 1..10),
    ) {
        for mut world in worlds() {
            let known = world.begin_session(known, NOW);
            let unknown = SessionId::from_random(unknown);
            let mut secrets = vec![
                known.as_str().to_owned(),
                unknown.as_str().to_owned(),
                String::from(SAMPLE_PASSWORD),
            ];
            // What the server itself gives out.
            secrets.extend((1..=10).map(|it| SessionId::from_random([it; 32]).as_str().to_owned()));
            for (deed, knows) in &deeds {
                let sent = match deed {
                    Deed::SignIn { account, password } => {
                        if account.len() > 9 {
                            secrets.push(account.clone());
                        }
                        secrets.push(password.clone());
                        sign_in(account, password)
                    }
                    Deed::Send { path, post: true } => request("POST", path, "{}"),
                    Deed::Send { path, post: false } => get(path),
                };
                let id = if *knows { &known } else { &unknown };
                world.send(Lane::A, &cookie(sent, id.as_str()));
            }
            let log = world.audit();
            prop_assert!(log.len() <= deeds.len());
            for entry in log {
                let subject = entry.subject.unwrap_or_default();
                prop_assert!(subject.is_empty() || subject.len() == 8);
                let hash_of_given = secrets
                    .iter()
                    .filter_map(|secret| SessionId::parse(secret))
                    .any(|id| id.hash().to_string().starts_with(&subject));
                prop_assert!(hash_of_given, "{subject}");
                for secret in &secrets {
                    prop_assert!(subject.is_empty() || !secret.contains(&subject));
                }
            }
        }
    }
}
