//! The session cookie between server, user agent and `document.cookie`.

use protocol::{Check, CookieEffect, Fact, Lane, Outcome, Rejection, Storing};
use sessions::SessionId;

use crate::browser::{Browser, START, credentials, errand, status};

#[test]
fn a_sign_in_gives_page_script_a_line_and_the_next_request_carries_it() {
    let mut browser = Browser::new();
    let signed_in = browser.sign_in(Lane::A);
    let [
        CookieEffect {
            line,
            storing: Storing::Stored(cookie),
            ignored,
            script_line: Some(script_line),
        },
    ] = signed_in.cookies.as_slice()
    else {
        panic!("{:#?}", signed_in.cookies);
    };
    assert_eq!(script_line, line);
    assert!(ignored.is_empty());
    let response = signed_in.response.as_ref().expect("it answered");
    assert_eq!(response.header("Set-Cookie"), Some(line.as_str()));
    assert_eq!(
        (cookie.name.as_str(), cookie.path.as_str()),
        ("sid", "/sub/")
    );
    assert_eq!(cookie.expires, Some(START.plus_seconds(8 * 3600)));
    let last = signed_in.steps.last().expect("there are steps");
    assert_eq!(last.check, Check::CookieStored);

    let exchange = browser.send(Lane::A, "GET", "/me");
    let sent = format!("sid={}", cookie.value);
    assert_eq!(exchange.request.header("Cookie"), Some(sent.as_str()));
    assert_eq!(status(&exchange), 200);
    assert!(exchange.cookies.is_empty());
}

#[test]
fn the_second_errand_of_a_command_carries_what_the_first_one_got() {
    let mut browser = Browser::new();
    let password = credentials(server::SAMPLE_PASSWORD);
    let carried = browser.carry(&[
        errand(Lane::A, "POST", "/login", &password),
        errand(Lane::A, "GET", "/me", ""),
    ]);
    assert!(carried.jar_changed);
    assert_eq!(status(&carried.exchanges[1]), 200);
}

#[test]
fn the_jar_says_when_it_has_to_be_kept() {
    let mut browser = Browser::new();
    let me = [errand(Lane::A, "GET", "/me", "")];
    assert!(!browser.carry(&me).jar_changed);
    browser.sign_in(Lane::A);
    assert!(!browser.carry(&me).jar_changed);
    let cookies = browser.cookies.as_mut().expect("cookies are enabled");
    cookies.clear();
    assert!(browser.carry(&me).jar_changed);
}

/// What someone does to `document.cookie` in the developer tools counts at the next request.
#[test]
fn what_is_changed_in_the_browser_counts() {
    let other = SessionId::from_random([99; 32]);
    for (value, expected) in [
        (
            None,
            Rejection::SessionCookieMissing {
                name: String::from("sid"),
            },
        ),
        (
            Some("edited"),
            Rejection::SessionIdMalformed {
                bytes: 6,
                expected: 43,
            },
        ),
        (
            Some(""),
            Rejection::SessionIdMalformed {
                bytes: 0,
                expected: 43,
            },
        ),
        (
            Some(other.as_str()),
            Rejection::SessionUnknown {
                id_hash: other.hash().to_string(),
            },
        ),
    ] {
        let mut browser = Browser::new();
        browser.sign_in(Lane::A);
        let before = browser.session_id();
        let cookies = browser.cookies.as_mut().expect("cookies are enabled");
        match value {
            None => drop(cookies.remove("sid")),
            Some(value) => drop(cookies.insert(String::from("sid"), value.to_owned())),
        }
        let exchange = browser.send(Lane::A, "GET", "/me");
        assert_eq!(exchange.rejection(), Some(&expected));
        assert_eq!(status(&exchange), 401);

        // And the other way round: what is put back works again.
        browser.set_session_id(&before);
        assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 200);
    }
}

#[test]
fn a_cookie_whose_time_has_come_is_not_sent_and_page_script_removes_it() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    browser.now = START.plus_seconds(8 * 3600);
    let carried = browser.carry(&[errand(Lane::A, "GET", "/me", "")]);
    assert_eq!(carried.removal_lines, ["sid=; Path=/sub/; Max-Age=0"]);
    assert_eq!(carried.exchanges[0].request.header("Cookie"), None);
    assert_eq!(browser.document_cookie().as_deref(), Some(""));
}

#[test]
fn a_cookie_of_another_name_is_sent_and_harms_nothing() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    let cookies = browser.cookies.as_mut().expect("cookies are enabled");
    cookies.insert(String::from("theme"), String::from("dark"));
    let exchange = browser.send(Lane::A, "GET", "/me");
    let sent = exchange
        .request
        .header("Cookie")
        .expect("there are cookies");
    assert!(sent.contains("theme=dark") && sent.contains("sid="));
    assert_eq!(status(&exchange), 200);
}

#[test]
fn where_cookies_are_disabled_none_is_ever_sent() {
    let mut browser = Browser::new();
    browser.cookies = None;
    let password = credentials(server::SAMPLE_PASSWORD);
    let errands = [
        errand(Lane::A, "POST", "/login", &password),
        errand(Lane::A, "GET", "/me", ""),
    ];
    let exchanges = browser.carry(&errands).exchanges;
    assert_eq!(status(&exchanges[0]), 200);
    for exchange in [&exchanges[1], &browser.send(Lane::A, "GET", "/me")] {
        assert_eq!(exchange.request.header("Cookie"), None);
        assert_eq!(exchange.steps[0].check, Check::CookieSelected);
        assert_eq!(exchange.steps[0].outcome, Outcome::Noted(Fact::NoCookie));
        assert_eq!(status(exchange), 401);
    }
    // The token lane does not need any.
    browser.sign_in(Lane::B);
    assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
}

#[test]
fn signing_out_removes_the_cookie_from_jar_and_browser() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    let signed_out = browser.send(Lane::A, "POST", "/logout");
    assert_eq!(
        signed_out.cookies[0].storing,
        Storing::Removed {
            name: String::from("sid"),
            was_there: true
        }
    );
    assert!(browser.deployment.jar().cookies().is_empty());
    assert_eq!(browser.document_cookie().as_deref(), Some(""));
}
