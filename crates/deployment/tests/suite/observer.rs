//! What the observer sees, asks and resets.

use protocol::{
    GivenKey, InspectionOptions, KeyProblem, Lane, TokenCheck, TokenOutcome, TokenRejection,
};
use sessions::{KeyStore, SessionId, StoredKey};
use user_agent::Jar;

use crate::browser::{Browser, START, credentials, errand, in_environment, status};

/// Under each name and path that settings and schemes can give one.
const EVERY_COOKIE: [&str; 14] = [
    "sid=; Path=/sub/; Max-Age=0",
    "sid=; Path=/; Max-Age=0",
    "sid=; Path=/sub/admin; Max-Age=0",
    "__Host-sid=; Path=/; Secure; Max-Age=0",
    "access_token_a=; Path=/sub/; Max-Age=0",
    "refresh_token_a=; Path=/sub/refresh; Max-Age=0",
    "balancer=; Path=/sub/; Max-Age=0",
    "sid_b=; Path=/sub/; Max-Age=0",
    "sid_b=; Path=/; Max-Age=0",
    "sid_b=; Path=/sub/admin; Max-Age=0",
    "__Host-sid_b=; Path=/; Secure; Max-Age=0",
    "access_token=; Path=/sub/; Max-Age=0",
    "refresh_token=; Path=/sub/refresh; Max-Age=0",
    "balancer_b=; Path=/sub/; Max-Age=0",
];

fn text_key(text: &str) -> Option<GivenKey> {
    Some(GivenKey {
        text: text.to_owned(),
        ..GivenKey::default()
    })
}

fn failed(browser: &Browser, token: &str, options: &InspectionOptions) -> Option<TokenRejection> {
    let inspection = browser.deployment.inspect(token, options, browser.now);
    assert_eq!(inspection.checks.len(), 17);
    inspection
        .checks
        .into_iter()
        .find_map(|step| match step.outcome {
            TokenOutcome::Failed(rejection) => Some(rejection),
            _ => None,
        })
}

#[test]
fn the_observer_sees_sessions_by_hash_and_keys_without_secrets() {
    let mut browser = Browser::new();
    let empty = browser.deployment.observe(START).expect("it works");
    assert_eq!((empty.sessions.len(), empty.session_count), (0, 0));

    browser.sign_in(Lane::A);
    browser.traced.take();
    let seen = browser.deployment.observe(START).expect("it works");
    assert_eq!(seen.at, START);
    assert_eq!((seen.sessions.len(), seen.session_count), (1, 1));
    let id = SessionId::parse(&browser.session_id()).expect("it is one");
    assert_eq!(seen.sessions[0].id_hash, id.hash().to_string());
    assert_eq!(seen.sessions[0].user, 42);
    let [key] = seen.keys.as_slice() else {
        panic!("{:?}", seen.keys);
    };
    assert_eq!(
        (key.kid.as_str(), key.algorithm.as_str(), key.bits),
        ("1", "HS256", 256)
    );

    // Looking costs no request anything.
    browser.traced.take();
    let exchange = browser.send(Lane::A, "GET", "/me");
    assert_eq!(exchange.ledger.authentication.reads, 1);
}

#[test]
fn a_token_is_inspected_on_the_servers_own_terms_or_others() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::B);
    let token = browser.token.clone().expect("it is signed in");
    let own = InspectionOptions::default();
    let with = |change: fn(&mut InspectionOptions)| {
        let mut options = InspectionOptions::default();
        change(&mut options);
        options
    };
    assert_eq!(failed(&browser, &token, &own), None);
    let inspection = browser.deployment.inspect(&token, &own, START);
    assert!(
        inspection
            .payload
            .is_some_and(|it| it.contains("Mira Lind"))
    );
    assert!(inspection.header.is_some_and(|it| it.contains("at+jwt")));

    let unexpected = |name: &str, found: &str, expected: &str| TokenRejection::Unexpected {
        name: name.to_owned(),
        found: found.to_owned(),
        expected: expected.to_owned(),
    };
    let end = START.plus_seconds(900);
    for (options, expected) in [
        (
            with(|it| it.now = Some(START.plus_seconds(900))),
            Some(TokenRejection::Expired { at: end, now: end }),
        ),
        (
            with(|it| {
                it.now = Some(START.plus_seconds(900));
                it.leeway_seconds = Some(1);
            }),
            None,
        ),
        (
            with(|it| it.issuer = Some(String::from("other"))),
            Some(unexpected("iss", "ticket-or-passport", "other")),
        ),
        (
            with(|it| it.audience = Some(String::from("other"))),
            Some(unexpected("aud", "api", "other")),
        ),
        (
            with(|it| it.algorithms = Some(vec![String::from("HS512")])),
            Some(TokenRejection::AlgorithmNotAllowed {
                name: String::from("HS256"),
                allowed: vec![String::from("HS512")],
            }),
        ),
        (
            with(|it| it.algorithms = Some(vec![])),
            Some(TokenRejection::AlgorithmNotAllowed {
                name: String::from("HS256"),
                allowed: vec![],
            }),
        ),
        (
            with(|it| it.key = text_key("short")),
            Some(TokenRejection::KeyTooShort {
                bits: 40,
                needed: 256,
            }),
        ),
    ] {
        assert_eq!(failed(&browser, &token, &options), expected, "{options:?}");
    }
    let other_key = with(|it| it.key = text_key("0123456789abcdef0123456789abcdef"));
    assert!(matches!(
        failed(&browser, &token, &other_key),
        Some(TokenRejection::SignatureMismatch { .. })
    ));
    assert_eq!(failed(&browser, "", &own), Some(TokenRejection::Empty));
}

#[test]
fn what_is_wrong_with_a_given_key_is_told() {
    let browser = Browser::new();
    for (key, is_known, problems) in [
        (None, false, vec![]),
        (text_key("short"), true, vec![]),
        (text_key(""), false, vec![KeyProblem::Empty]),
    ] {
        let options = InspectionOptions {
            key,
            ..InspectionOptions::default()
        };
        let told = browser.deployment.inspect("a.b.c", &options, START).key;
        assert_eq!(told.format.is_some(), is_known, "{options:?}");
        assert_eq!(told.problems, problems, "{options:?}");
    }
}

/// The verdict beside an editor is the server's own.
#[test]
fn inspection_and_server_agree() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::B);
    let good = browser.token.clone().expect("it is signed in");
    for (token, wait) in [
        (good.clone(), 0),
        (good.clone(), 899),
        (good.clone(), 900),
        (good.replace('.', ""), 0),
        (good[..good.len() - 1].to_owned(), 0),
        (String::from("garbage"), 0),
    ] {
        browser.now = START.plus_seconds(wait);
        browser.token = Some(token.clone());
        let exchange = browser.send(Lane::B, "GET", "/me");
        let refused = failed(&browser, &token, &InspectionOptions::default());
        let expected = refused.map(protocol::Rejection::Token);
        assert_eq!(exchange.rejection(), expected.as_ref());
        assert_eq!(status(&exchange) == 200, expected.is_none());
    }
}

#[test]
fn a_reset_makes_everything_as_new() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    browser.sign_in(Lane::B);
    let (session_id, token) = (browser.session_id(), browser.token.clone());
    let old_keys = browser.deployment.verifier().keys.clone();
    let mut member = sessions::UserStore::find_by_account(browser.deployment.store_mut(), "member")
        .expect("it works")
        .expect("it is there");
    member.suspended = true;
    let updated = sessions::UserStore::update_user(browser.deployment.store_mut(), &member);
    assert_eq!(updated, Ok(true));

    assert_eq!(browser.reset(), EVERY_COOKIE);
    assert_eq!(browser.document_cookie().as_deref(), Some(""));
    assert!(browser.deployment.jar().cookies().is_empty());
    let observed = browser.deployment.observe(START).expect("it works");
    assert_eq!(observed.session_count, 0);
    assert_eq!(observed.keys.len(), 1);
    assert_ne!(browser.deployment.verifier().keys, old_keys);

    // Neither the old ticket nor the old passport is worth anything.
    browser.set_session_id(&session_id);
    browser.token = token;
    let session = browser.send(Lane::A, "GET", "/me");
    assert_eq!((session.number, status(&session)), (1, 401));
    let old_token = browser.send(Lane::B, "GET", "/me");
    assert!(old_token.steps.iter().any(|step| {
        step.check == protocol::Check::Token(TokenCheck::Signature)
            && matches!(step.outcome, protocol::Outcome::Failed(_))
    }));

    // And the member may sign in again.
    browser.sign_in(Lane::A);
    browser.sign_in(Lane::B);
}

/// Where the jar was lost, the browser may still hold cookies of ours.
#[test]
fn a_reset_names_every_cookie_of_ours_even_if_the_jar_knows_none() {
    let mut browser = Browser::new();
    assert_eq!(browser.reset(), EVERY_COOKIE);
}

#[test]
fn a_second_start_on_the_same_store_keeps_sessions_and_keys() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    browser.sign_in(Lane::B);
    let jar = browser.deployment.jar().clone();
    let keys = browser.deployment.verifier().keys.clone();

    let fresh = in_environment(START, &mut 100, |environment| {
        let other = sessions::MemoryStore::new(server::sample_accounts());
        deployment::Deployment::start(other, Jar::default(), environment)
    });
    assert_ne!(fresh.expect("it starts").verifier().keys, keys);

    let stored = browser.deployment.store_mut().keys().expect("it works");
    let mut store = sessions::MemoryStore::new(server::sample_accounts());
    for key in &stored {
        store.add_key(key).expect("it is new");
    }
    let again = in_environment(START, &mut 100, |environment| {
        deployment::Deployment::start(store, jar.clone(), environment)
    });
    let again = again.expect("it starts");
    assert_eq!(again.verifier().keys, keys);
    assert_eq!(again.jar(), &jar);
}

/// A key of an algorithm that is not known is never used as one of another. RFC 8725, 3.1.
#[test]
fn a_stored_key_of_an_unknown_algorithm_verifies_nothing() {
    let mut store = sessions::MemoryStore::new(server::sample_accounts());
    store
        .add_key(&StoredKey {
            kid: String::from("1"),
            algorithm: String::from("RS256"),
            secret: vec![7; 32],
            created: START,
            retired: None,
            distrusted: None,
        })
        .expect("it is new");
    let started = in_environment(START, &mut 0, |environment| {
        deployment::Deployment::start(store, Jar::default(), environment)
    });
    let mut deployment = started.expect("it starts");
    assert!(deployment.verifier().keys.is_empty());
    let page = protocol::PageContext {
        site: Browser::new().site,
        cookie: None,
        bearers: [None, None],
        user_agent: None,
    };
    let sign_in = errand(
        Lane::B,
        "POST",
        "/login",
        &credentials(server::SAMPLE_PASSWORD),
    );
    let carried = in_environment(START, &mut 0, |environment| {
        deployment.carry(&page, &[sign_in], environment)
    });
    assert_eq!(status(&carried.exchanges[0]), 500);
}
