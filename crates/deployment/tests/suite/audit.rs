//! The audit log as the observer sees it, and a key's secret for those who ask.

use protocol::{AuditEvent, AuditRow, Lane, Timestamp};
use sessions::SessionId;

use crate::browser::{Browser, START, credentials, errand, status};

fn log(browser: &mut Browser) -> Vec<AuditRow> {
    let observed = browser.deployment.observe(browser.now);
    observed.expect("the store works").audit
}

#[test]
fn the_observer_reads_what_the_stateful_server_wrote_newest_first() {
    let mut browser = Browser::new();
    assert_eq!(log(&mut browser), []);
    let mut expected = Vec::new();
    let mut row = |at: Timestamp, event, user, subject: Option<&String>| {
        let subject = subject.cloned();
        let row = AuditRow {
            at,
            event,
            lane: Some(Lane::A),
            user,
            subject,
        };
        expected.insert(0, row);
    };
    browser.sign_in(Lane::A);
    let id = SessionId::parse(&browser.session_id()).expect("it is one");
    let hash = id.hash().to_string();
    let subject = hash[..8].to_owned();
    row(START, AuditEvent::SignedIn, Some(42), Some(&subject));

    browser.now = START.plus_seconds(1);
    browser.send(Lane::A, "GET", "/admin/users");
    row(
        browser.now,
        AuditEvent::RequestRefused,
        Some(42),
        Some(&subject),
    );

    browser.now = START.plus_seconds(2);
    browser.send_errand(errand(Lane::A, "POST", "/login", &credentials("wrong")));
    row(browser.now, AuditEvent::SignInRefused, Some(42), None);

    browser.now = START.plus_seconds(3);
    browser.send(Lane::A, "POST", "/logout");
    row(browser.now, AuditEvent::SignedOut, None, Some(&subject));

    browser.sign_in(Lane::A);
    let id = SessionId::parse(&browser.session_id()).expect("it is one");
    let hash = id.hash().to_string();
    let subject = hash[..8].to_owned();
    row(browser.now, AuditEvent::SignedIn, Some(42), Some(&subject));

    browser.now = START.plus_seconds(4);
    let now = browser.now;
    assert_eq!(browser.deployment.kill(&hash, now), Ok(true));
    row(now, AuditEvent::SessionKilled, Some(42), Some(&subject));

    browser.send(Lane::A, "GET", "/me");
    row(now, AuditEvent::RequestRefused, None, Some(&subject));
    assert_eq!(log(&mut browser), expected);

    browser.reset();
    assert_eq!(log(&mut browser), []);
}

#[test]
fn the_stateless_server_leaves_the_log_as_it_was() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::B);
    for (method, path, body) in [
        ("POST", "/login", credentials("wrong")),
        ("GET", "/me", String::new()),
        ("GET", "/admin/users", String::new()),
        ("POST", "/orders", String::from(r#"{"item":"Tea"}"#)),
        ("POST", "/logout", String::new()),
    ] {
        browser.send_errand(errand(Lane::B, method, path, &body));
        assert_eq!(log(&mut browser), [], "{method} {path}");
    }
    browser.token = Some(String::from("garbage"));
    assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 401);
    assert_eq!(log(&mut browser), []);
}

#[test]
fn of_a_long_log_the_newest_twenty_are_shown() {
    let mut browser = Browser::new();
    browser.set_session_id(SessionId::from_random([77; 32]).as_str());
    for second in 0..25 {
        browser.now = START.plus_seconds(second);
        assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 401);
    }
    let moments: Vec<_> = log(&mut browser).iter().map(|row| row.at).collect();
    let newest = (5..25).rev().map(|second| START.plus_seconds(second));
    assert_eq!(moments, Vec::from_iter(newest));
}

/// Everything that the page is shown of the server, whoever signs in and however: it holds hashes, and no secret.
#[test]
fn what_the_observer_sees_holds_no_session_id_and_no_password() {
    let mut browser = Browser::new();
    let mut ids = Vec::new();
    for _ in 0..2 {
        browser.sign_in(Lane::A);
        ids.push(browser.session_id());
        browser.send(Lane::A, "GET", "/admin/users");
        browser.send_errand(errand(Lane::A, "POST", "/login", &credentials("Zq9XwV")));
        browser.send(Lane::A, "POST", "/logout");
        browser.set_session_id(&ids[ids.len() - 1]);
        browser.send(Lane::A, "GET", "/me");
    }
    let mut observed = browser.deployment.observe(START).expect("it works");
    assert_eq!(observed.audit.len(), 10);
    // The user agent does hold the ID that it sends.
    observed.jar.clear();
    let shown = format!("{observed:?}");
    for secret in ids
        .iter()
        .map(String::as_str)
        .chain(["Zq9XwV", server::SAMPLE_PASSWORD])
    {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn a_keys_secret_is_told_by_its_exact_id_alone() {
    let mut browser = Browser::new();
    let told = |browser: &Browser, kid| browser.deployment.reveal_key(kid);
    let first = told(&browser, "1").expect("it is there");
    assert_eq!(first.len(), 43, "32 octets as base64url");
    for kid in ["", "0", "2", " 1", "1 ", "01", "' OR 1=1 --"] {
        assert_eq!(told(&browser, kid), None, "{kid:?}");
    }
    browser.reset();
    assert!(told(&browser, "1").is_some_and(|now| now != first));
}
