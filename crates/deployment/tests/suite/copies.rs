//! Copies of a credential: sent as they are, by someone who is not this browser.

use protocol::{
    Check, Exchange, Fact, Header, Lane, Outcome, Party, Rejection, Timestamp, TokenCheck,
    TokenRejection,
};
use sessions::SessionId;

use crate::browser::{Browser, START, credentials, errand, status, with_copy};

fn send(browser: &mut Browser, lane: Lane, method: &str, path: &str, copy: &str) -> Exchange {
    browser.send_errand(with_copy(errand(lane, method, path, ""), copy))
}

/// A browser that is signed in to both lanes, and a copy from each.
fn signed_in() -> (Browser, [(Lane, String); 2]) {
    let mut browser = Browser::new();
    let copies = Lane::BOTH.map(|lane| {
        browser.sign_in(lane);
        (lane, browser.copy(lane))
    });
    (browser, copies)
}

fn outcome(exchange: &Exchange, check: Check) -> Option<(Party, &Outcome)> {
    let step = exchange.steps.iter().find(|step| step.check == check)?;
    Some((step.party, &step.outcome))
}

#[test]
fn whoever_has_a_copy_is_the_user_and_no_browser_decides_anything() {
    let (mut browser, copies) = signed_in();
    // A browser without cookies and without a token, as anyone's is.
    browser.cookies = None;
    browser.token = None;
    for (lane, copy) in copies {
        let exchange = send(&mut browser, lane, "GET", "/me", &copy);
        assert_eq!(status(&exchange), 200);
        let first = &exchange.steps[0];
        assert_eq!(
            (first.party, first.check),
            (Party::CopyHolder, Check::CopyPresented)
        );
        let bytes = u32::try_from(copy.len()).expect("it is short");
        assert_eq!(first.outcome, Outcome::Passed(Fact::Copy { bytes }));
        let others = &exchange.steps[1..];
        assert!(
            others
                .iter()
                .all(|it| matches!(it.party, Party::Network | Party::Server(1)))
        );
    }
}

/// What the browser itself holds is not sent along with a copy, and is none the worse for it.
#[test]
fn a_copy_is_sent_in_place_of_what_the_browser_holds() {
    let (mut browser, _) = signed_in();
    for (lane, name, copy, sent) in [
        (Lane::A, "Cookie", "sid=other", "sid=other"),
        (Lane::B, "Authorization", "other", "Bearer other"),
    ] {
        let exchange = send(&mut browser, lane, "GET", "/me", copy);
        assert_eq!(status(&exchange), 401);
        let fields: Vec<_> = exchange
            .request
            .headers
            .iter()
            .filter(|header| ["Cookie", "Authorization"].contains(&header.name.as_str()))
            .collect();
        assert_eq!(fields, [&Header::new(name, sent)]);
        assert_eq!(status(&browser.send(lane, "GET", "/me")), 200);
    }
}

/// The field stands once. RFC 9110, 5.3.
#[test]
fn a_copy_takes_the_place_of_a_field_that_the_page_set() {
    let (mut browser, copies) = signed_in();
    for (lane, copy) in copies {
        let name = match lane {
            Lane::A => "cookie",
            Lane::B => "authorization",
        };
        let mut own = with_copy(errand(lane, "GET", "/me", ""), &copy);
        own.headers = vec![Header::new(name, "mine")];
        let exchange = browser.send_errand(own);
        let count = exchange
            .request
            .headers
            .iter()
            .filter(|header| header.name.eq_ignore_ascii_case(name))
            .count();
        assert_eq!(count, 1, "{name}");
        assert_eq!(status(&exchange), 200);
    }
}

/// The lesson of the page: ASVS 7.4.1 is met by one lane and not by the other.
#[test]
fn after_sign_out_a_sessions_copy_is_refused_and_a_tokens_is_not() {
    let (mut browser, [(_, session), (_, token)]) = signed_in();
    let id = SessionId::parse(&browser.session_id()).expect("it is one");
    for lane in Lane::BOTH {
        assert_eq!(status(&browser.send(lane, "POST", "/logout")), 204);
    }
    browser.token = None;

    let refused = send(&mut browser, Lane::A, "GET", "/me", &session);
    assert_eq!(status(&refused), 401);
    // The copy was sent: it is the server that refuses it.
    assert_eq!(
        refused.request.header("Cookie"),
        Some(session.as_str()),
        "the copy goes over the wire as it is"
    );
    let id_hash = id.hash().to_string();
    let expected = Outcome::Failed(Rejection::SessionUnknown { id_hash });
    assert_eq!(
        outcome(&refused, Check::SessionFound),
        Some((Party::Server(1), &expected))
    );

    let exp = START.plus_seconds(900);
    let last = Timestamp::from_milliseconds(exp.milliseconds() - 1);
    for now in [START, START.plus_seconds(450), last] {
        browser.now = now;
        let accepted = send(&mut browser, Lane::B, "GET", "/me", &token);
        assert_eq!(status(&accepted), 200, "{now:?}");
    }
    for now in [exp, exp.plus_seconds(86_400)] {
        browser.now = now;
        let refused = send(&mut browser, Lane::B, "GET", "/me", &token);
        assert_eq!(status(&refused), 401, "{now:?}");
        let rejection = TokenRejection::Expired { at: exp, now };
        let expected = Outcome::Failed(Rejection::Token(rejection));
        assert_eq!(
            outcome(&refused, Check::Token(TokenCheck::Expiry)),
            Some((Party::Server(1), &expected))
        );
    }
}

#[test]
fn what_answers_a_copy_never_reaches_this_browsers_jar() {
    let password = credentials(server::SAMPLE_PASSWORD);
    for signed_in in [true, false] {
        let mut browser = Browser::new();
        browser.sign_in(Lane::A);
        let copy = browser.copy(Lane::A);
        if !signed_in {
            browser.send(Lane::A, "POST", "/logout");
        }
        let before = (browser.deployment.jar().clone(), browser.document_cookie());
        for (path, body) in [("/login", password.as_str()), ("/logout", "")] {
            let sent = with_copy(errand(Lane::A, "POST", path, body), &copy);
            let carried = browser.carry(&[sent]);
            let exchange = &carried.exchanges[0];
            let response = exchange.response.as_ref().expect("it answered");
            assert!(response.header("Set-Cookie").is_some(), "{path}");
            assert_eq!(exchange.cookies, []);
            assert_eq!(outcome(exchange, Check::CookieStored), None);
            assert!(!carried.jar_changed);
            let after = (browser.deployment.jar().clone(), browser.document_cookie());
            assert_eq!(after, before, "{path}");
        }
    }
}

/// Whoever signs out with a copy ends the session for the browser too; its cookie stays, and is worth nothing.
#[test]
fn a_copy_can_end_the_session_that_it_was_copied_from() {
    let (mut browser, [(_, session), (_, token)]) = signed_in();
    let ended = send(&mut browser, Lane::A, "POST", "/logout", &session);
    assert_eq!(status(&ended), 204);
    let here = browser.send(Lane::A, "GET", "/me");
    assert!(here.request.header("Cookie").is_some());
    assert_eq!(status(&here), 401);

    let ended = send(&mut browser, Lane::B, "POST", "/logout", &token);
    assert_eq!(status(&ended), 204);
    assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
}
