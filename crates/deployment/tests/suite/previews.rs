//! What a request would meet: told by the code that carries requests out, and nothing is kept of it.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use protocol::{
    Access, Check, CookieEffect, CookieSettings, Errand, Exchange, Fact, Lane, Observation,
    Outcome, Presented, Rejection, StoreOperation, Storing,
};
use server::SAMPLE_PASSWORD;
use sessions::{SessionId, Store};

use crate::browser::{Browser, credentials, errand, status, with_copy};

/// All that a preview could have changed.
fn state(browser: &mut Browser) -> (Observation, String) {
    let observed = browser.deployment.observe(browser.now).expect("it works");
    let jar = format!("{:?}", browser.deployment.jar());
    (observed, jar)
}

/// What the operations are for, and what they touch; how a store words them is its own.
fn sides(operations: &[StoreOperation]) -> Vec<(Access, protocol::Purpose, u32)> {
    operations
        .iter()
        .map(|it| (it.access, it.purpose, it.rows))
        .collect()
}

/// A preview, held against the exchange that follows: the same checks with the same outcomes and costs. Only the number
/// is another, and the network's octets are as many.
#[track_caller]
fn assert_same(previewed: &Exchange, carried: &Exchange) {
    assert_eq!(previewed.number, 0);
    assert_eq!(previewed.response, carried.response);
    assert_eq!(previewed.cookies, carried.cookies);
    assert_eq!(previewed.request, carried.request);
    assert_eq!(previewed.ledger, carried.ledger);
    assert_eq!(previewed.steps.len(), carried.steps.len());
    for (one, other) in previewed.steps.iter().zip(&carried.steps) {
        assert_eq!(one.party, other.party);
        assert_eq!((one.check, &one.outcome), (other.check, &other.outcome));
        assert_eq!(
            sides(&one.cost.store),
            sides(&other.cost.store),
            "{:?}",
            one.check
        );
    }
}

/// Previews, twice, and then carries out.
#[track_caller]
fn check(browser: &mut Browser, errand: &Errand) -> Exchange {
    let before = state(browser);
    browser.traced.take();
    let previewed = browser.preview(errand);
    assert_eq!(browser.preview(errand), previewed);
    assert_eq!(state(browser), before);
    assert_eq!(browser.deployment.store_mut().take_operations(), []);
    let (_, writes) = browser.traced.take();
    assert_eq!(writes, 0, "SQLite itself saw a write");

    let carried = browser.send_errand(errand.clone());
    assert_same(&previewed, &carried);
    carried
}

#[test]
fn every_route_is_previewed_as_it_is_carried_out() {
    let sign_in = credentials(SAMPLE_PASSWORD);
    let mut browser = Browser::new();
    for (method, path, body, stateful, stateless) in [
        ("GET", "/me", "", 401, 401),
        ("POST", "/login", credentials("wrong").as_str(), 401, 401),
        ("POST", "/login", "{", 400, 400),
        ("POST", "/login", &sign_in, 200, 200),
        ("GET", "/me", "", 200, 200),
        // The session that the browser came with ends.
        ("POST", "/login", &sign_in, 200, 200),
        ("GET", "/orders", "", 200, 200),
        ("POST", "/orders", r#"{"item":"Tea"}"#, 201, 201),
        ("POST", "/orders", r#"{"item":"Milk"}"#, 201, 201),
        ("GET", "/orders", "", 200, 200),
        ("GET", "/admin/users", "", 403, 403),
        ("GET", "/nowhere", "", 404, 404),
        ("PUT", "/me", "", 405, 405),
        ("POST", "/logout", "", 204, 204),
        ("POST", "/logout", "", 401, 204),
    ] {
        for (lane, expected) in [(Lane::A, stateful), (Lane::B, stateless)] {
            let errand = errand(lane, method, path, body);
            let carried = check(&mut browser, &errand);
            assert_eq!(status(&carried), expected, "{lane} {method} {path}");
        }
    }
}

/// The write that keeps a session alive is told, and not made.
#[test]
fn a_touch_that_is_due_is_previewed_and_stays_due() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    browser.now = browser.now.plus_seconds(60);
    let carried = check(&mut browser, &errand(Lane::A, "GET", "/me", ""));
    assert!(carried.steps.iter().any(|step| {
        step.check == Check::LastSeenTouched && matches!(step.outcome, Outcome::Passed(_))
    }));
}

/// Whoever holds the key may sign a token for a user who does not exist: no order can be theirs.
#[test]
fn what_the_store_refuses_it_refuses_in_a_preview_too() {
    let mut browser = Browser::new();
    let verifier = browser.deployment.verifier();
    let claims = tokens::Claims {
        iss: verifier.issuer.clone(),
        aud: verifier.audience.iter().cloned().collect(),
        sub: Some(String::from("777")),
        exp: browser.now.plus_seconds(900),
        ..tokens::Claims::default()
    };
    let token = tokens::sign(
        &claims,
        "at+jwt",
        &verifier.keys[0],
        tokens::Algorithm::Hs256,
    );
    browser.token = Some(token.expect("the key is long enough"));
    let place = errand(Lane::B, "POST", "/orders", r#"{"item":"Tea"}"#);
    assert_eq!(status(&check(&mut browser, &place)), 500);
}

#[test]
fn a_copy_is_previewed_like_what_the_browser_holds() {
    let mut browser = Browser::new();
    for lane in Lane::BOTH {
        browser.sign_in(lane);
        let copy = browser.copy(lane);
        let me = with_copy(errand(lane, "GET", "/me", ""), &copy);
        assert_eq!(status(&check(&mut browser, &me)), 200);
    }
}

/// What is edited in the browser is met as if it were there, and the jar does not take it over.
#[test]
fn a_cookie_that_is_only_typed_leaves_the_jar_alone() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    let good = browser.session_id();
    let before = state(&mut browser);
    browser.set_session_id("typed");
    let previewed = browser.preview(&errand(Lane::A, "GET", "/me", ""));
    let (bytes, expected) = (5, 43);
    let rejection = Rejection::SessionIdMalformed { bytes, expected };
    assert_eq!(previewed.rejection(), Some(&rejection));
    assert_eq!(state(&mut browser), before);
    browser.set_session_id(&good);
    let exchange = browser.send(Lane::A, "GET", "/me");
    assert_eq!((exchange.number, status(&exchange)), (2, 200));
}

/// A megabyte that someone pastes comes back as its start, with the verdict on all of it.
#[test]
fn long_texts_are_refused_at_the_door_and_shown_by_their_start() {
    let mut browser = Browser::new();
    let megabyte = "ä".repeat(1 << 19);
    browser.token = Some(megabyte.clone());
    let mut long = errand(Lane::B, "GET", "/me", "");
    long.body.clone_from(&megabyte);
    long.path = format!("/me?{megabyte}");
    let previewed = browser.preview(&long);
    assert_eq!(status(&previewed), 431);
    assert!(previewed.ledger.bytes_up > 1 << 21);
    let field = previewed
        .request
        .header("Authorization")
        .expect("it is sent");
    assert!(field.starts_with("Bearer ä") && field.len() > 4000);
    let bytes = postcard::to_stdvec(&previewed).expect("it is carried");
    assert!(bytes.len() < 20_000, "{}", bytes.len());
}

#[test]
fn settings_count_in_a_preview() {
    let mut browser = Browser::new();
    browser.set_cookie(|it| it.same_site = protocol::SameSite::None);
    let sign_in = errand(Lane::A, "POST", "/login", &credentials(SAMPLE_PASSWORD));
    let previewed = browser.preview(&sign_in);
    let [CookieEffect { storing, .. }] = previewed.cookies.as_slice() else {
        panic!("{:?}", previewed.cookies);
    };
    let rule = protocol::CookieRule::NoneWithoutSecure;
    assert_eq!(storing, &Storing::Refused(rule));
}

thread_local! {
    /// Signed in to both lanes once: a password hash costs too much for every case.
    static SIGNED_IN: RefCell<Browser> = RefCell::new({
        let mut browser = Browser::new();
        browser.sign_in(Lane::A);
        browser.sign_in(Lane::B);
        browser
    });
}

fn any_errand() -> impl Strategy<Value = Errand> {
    let method = prop::sample::select(vec!["GET", "HEAD", "POST", "PUT", "", "G T"]);
    let path = prop_oneof![
        prop::sample::select(vec![
            "/me",
            "/orders",
            "/admin/users",
            "/logout",
            "/nowhere",
            ""
        ])
        .prop_map(String::from),
        "\\PC{0,12}",
    ];
    let body = prop_oneof![
        Just(String::new()),
        Just(String::from(r#"{"item":"Tea"}"#)),
        "\\PC{0,20}",
    ];
    let credential = prop_oneof![
        3 => Just(Presented::FromBrowser),
        1 => "\\PC{0,60}".prop_map(Presented::Copy),
        1 => Just(Presented::Copy(format!("sid={}", SessionId::from_random([9; 32]).as_str()))),
    ];
    (
        prop::sample::select(Lane::BOTH.to_vec()),
        method,
        path,
        body,
        credential,
    )
        .prop_map(|(lane, method, path, body, credential)| Errand {
            credential,
            path,
            ..errand(lane, method, "", &body)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_preview_keeps_nothing_and_tells_what_follows(
        errand in any_errand(),
        session_id in prop::option::of("[^;\\x00-\\x1f]{0,50}"),
        token in prop::option::of("\\PC{0,60}"),
        wait in 0..1000_i64,
        http_only in any::<bool>(),
    ) {
        SIGNED_IN.with_borrow_mut(|browser| -> Result<(), TestCaseError> {
            browser.deployment.set_session_cookie(&CookieSettings { http_only, ..CookieSettings::default() });
            if state(browser).0.session_count == 0 {
                // An earlier case has signed out.
                browser.sign_in(Lane::A);
            }
            let kept = (browser.cookies.clone(), browser.token.clone(), browser.now);
            if let Some(session_id) = &session_id {
                browser.set_session_id(session_id);
            }
            if let Some(token) = token {
                browser.token = Some(token);
            }
            browser.now = browser.now.plus_seconds(wait);
            check(browser, &errand);
            (browser.cookies, browser.token, browser.now) = kept;
            Ok(())
        })?;
    }
}

/// The facts of a preview are those of the request that it stands for.
#[test]
fn a_previewed_sign_in_keeps_no_session() {
    let mut browser = Browser::new();
    let sign_in = errand(Lane::A, "POST", "/login", &credentials(SAMPLE_PASSWORD));
    let previewed = browser.preview(&sign_in);
    let made = previewed.steps.iter().find_map(|step| match &step.outcome {
        Outcome::Passed(Fact::SessionCreated { id_hash, .. }) => Some(id_hash),
        _ => None,
    });
    assert!(made.is_some());
    let (observed, _) = state(&mut browser);
    assert_eq!((observed.session_count, observed.audit.len()), (0, 0));
    assert!(browser.deployment.jar().cookies().is_empty());
}
