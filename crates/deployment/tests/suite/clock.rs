//! A clock that jumps between requests, as a machine's does when it is set.

use proptest::prelude::*;
use protocol::{Check, Exchange, Lane, Outcome, Rejection};
use std::cell::RefCell;

use crate::browser::{Browser, START, errand, status};

const HOUR: i64 = 3600;

#[test]
fn an_hour_forth_and_back() {
    let mut browser = Browser::new();
    for lane in Lane::BOTH {
        browser.sign_in(lane);
    }
    // Back: both began in what is now the future, and hold.
    for (seconds, expected) in [
        (-HOUR, 200),
        (0, 200),
        // Forth: the session is idle, the token expired.
        (HOUR, 401),
        // What was refused for its time alone was not ended by that.
        (0, 200),
        (-HOUR, 200),
    ] {
        browser.now = START.plus_seconds(seconds);
        for lane in Lane::BOTH {
            let exchange = browser.send(lane, "GET", "/me");
            assert_eq!(status(&exchange), expected, "{lane} at {seconds}");
        }
    }
}

/// A session's end never moves back with the clock: its last use was later.
#[test]
fn a_clock_set_back_writes_no_earlier_last_use() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    let before = browser.deployment.observe(START).expect("it works");
    browser.now = START.plus_seconds(-HOUR);
    assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 200);
    let after = browser.deployment.observe(START).expect("it works");
    assert_eq!(after.sessions, before.sessions);
}

#[test]
fn a_session_that_was_killed_before_the_request_is_not_found() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    browser.end_all_sessions();
    let exchange = browser.send(Lane::A, "GET", "/me");
    assert_eq!(status(&exchange), 401);
    let found = |it: &&protocol::Step| it.check == Check::SessionFound;
    let step = exchange.steps.iter().find(found).expect("it is a step");
    assert!(matches!(
        step.outcome,
        Outcome::Failed(Rejection::SessionUnknown { .. })
    ));
}

thread_local! {
    static SIGNED_IN: RefCell<Browser> = RefCell::new({
        let mut browser = Browser::new();
        browser.sign_in(Lane::A);
        browser.sign_in(Lane::B);
        browser
    });
}

fn deadline(exchange: &Exchange, wanted: Check) -> bool {
    let step = exchange.steps.iter().find(|step| step.check == wanted);
    matches!(step.map(|it| &it.outcome), Some(Outcome::Passed(_)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A request is accepted exactly while what it carries has not ended by the clock of that moment.
    #[test]
    fn whatever_the_clock_does_the_end_alone_decides(
        moments in prop::collection::vec(-2 * HOUR..2 * HOUR, 1..12),
    ) {
        SIGNED_IN.with_borrow_mut(|browser| {
            // The real browser keeps what the clock takes from the model.
            let kept = (browser.cookies.clone(), browser.token.clone());
            for seconds in moments {
                browser.now = START.plus_seconds(seconds);
                let session = browser.deployment.observe(browser.now).expect("it works").sessions[0].clone();
                let exchange = browser.send(Lane::A, "GET", "/me");
                let holds = browser.now < session.idle_expires && browser.now < session.absolute_expires;
                prop_assert_eq!(status(&exchange) == 200, holds);
                prop_assert_eq!(deadline(&exchange, Check::IdleTimeout), browser.now < session.idle_expires);

                let exchange = browser.send_errand(errand(Lane::B, "GET", "/me", ""));
                prop_assert_eq!(status(&exchange) == 200, seconds < 900);
                (browser.cookies, browser.token) = kept.clone();
            }
            Ok(())
        })?;
    }
}
