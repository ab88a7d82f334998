//! Ending a session from outside, as an administrator would. ASVS 7.4.5.

use protocol::{AuditEvent, AuditRow, Check, Lane, Outcome, Rejection, StoreCost};
use sessions::SessionId;

use crate::browser::{Browser, START, errand, status, with_copy};

fn hash(browser: &Browser) -> String {
    let id = SessionId::parse(&browser.session_id()).expect("it is one");
    id.hash().to_string()
}

/// A browser whose member is signed in on another device too; what that one sends, and its session's hash.
fn two_devices() -> (Browser, String, String) {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    let (copy, other) = (browser.copy(Lane::A), hash(&browser));
    browser.cookies = Some(std::collections::BTreeMap::new());
    browser.sign_in(Lane::A);
    assert_ne!(hash(&browser), other);
    (browser, copy, other)
}

#[test]
fn exactly_that_session_ends_and_its_very_next_request_is_refused() {
    let (mut browser, copy, other) = two_devices();
    let me = || errand(Lane::A, "GET", "/me", "");
    let elsewhere = browser.send_errand(with_copy(me(), &copy));
    assert_eq!(status(&elsewhere), 200);

    assert_eq!(browser.deployment.kill(&other, START), Ok(true));
    let observed = browser.deployment.observe(START).expect("it works");
    let left: Vec<_> = observed.sessions.iter().map(|it| &it.id_hash).collect();
    assert_eq!(left, [&hash(&browser)]);

    let elsewhere = browser.send_errand(with_copy(me(), &copy));
    assert_eq!(status(&elsewhere), 401);
    let id_hash = other;
    let step = elsewhere
        .steps
        .iter()
        .find(|it| it.check == Check::SessionFound);
    let expected = Outcome::Failed(Rejection::SessionUnknown { id_hash });
    assert_eq!(step.map(|it| &it.outcome), Some(&expected));

    // The other session lives on, and what the kill cost is in nobody's ledger.
    let here = browser.send_errand(me());
    assert_eq!(status(&here), 200);
    let (reads, writes) = (1, 0);
    assert_eq!(here.ledger.authentication, StoreCost { reads, writes });
    assert_eq!(here.ledger.application, StoreCost::default());
}

#[test]
fn a_kill_and_the_refusal_that_follows_are_in_the_audit_log() {
    let (mut browser, copy, other) = two_devices();
    let at = START.plus_seconds(7);
    assert_eq!(browser.deployment.kill(&other, at), Ok(true));
    browser.now = START.plus_seconds(19);
    browser.send_errand(with_copy(errand(Lane::A, "GET", "/me", ""), &copy));
    let observed = browser.deployment.observe(browser.now).expect("it works");
    let row = |at, event, user| AuditRow {
        at,
        event,
        lane: Some(Lane::A),
        user,
        subject: Some(other[..8].to_owned()),
    };
    assert_eq!(
        observed.audit[..2],
        [
            row(START.plus_seconds(19), AuditEvent::RequestRefused, None),
            row(at, AuditEvent::SessionKilled, Some(42)),
        ]
    );
}

#[test]
fn what_names_no_session_kills_none_and_leaves_no_trace() {
    let (mut browser, _, other) = two_devices();
    let own = hash(&browser);
    assert_eq!(browser.deployment.kill(&other, START), Ok(true));
    let before = browser.deployment.observe(START).expect("it works");
    for text in [
        "",
        "nonsense",
        // It has ended already.
        &other,
        &own[..8],
        &own[..63],
        &format!("{own}0"),
        &format!(" {own}"),
        &own.to_uppercase(),
        &"0".repeat(64),
        &"g".repeat(64),
        &"ä".repeat(32),
        &"0".repeat(1 << 20),
        // An ID is no hash.
        &browser.session_id(),
        "' OR 1=1 --",
    ] {
        let killed = browser.deployment.kill(text, START);
        assert_eq!(killed, Ok(false), "{text:.80}");
        let after = browser.deployment.observe(START);
        assert_eq!(after.as_ref(), Ok(&before), "{text:.80}");
    }
    assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 200);
}

/// The stateless server has no record of its users: there is nothing to kill, and no kill reaches a token.
#[test]
fn no_kill_reaches_a_token() {
    let mut browser = Browser::new();
    for lane in Lane::BOTH {
        browser.sign_in(lane);
    }
    assert_eq!(browser.deployment.kill(&hash(&browser), START), Ok(true));
    assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 401);
    assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
}
