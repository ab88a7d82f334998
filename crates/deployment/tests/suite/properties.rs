//! What must hold whatever someone tries.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use protocol::{Lane, Rejection};
use sessions::SessionId;

use crate::browser::{Browser, status};

const BASE64URL: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

thread_local! {
    /// Signed in to both lanes once: a password hash costs too much for every case.
    static SIGNED_IN: RefCell<Browser> = RefCell::new({
        let mut browser = Browser::new();
        browser.sign_in(Lane::A);
        browser.sign_in(Lane::B);
        browser
    });
}

/// How a session ends before its time.
#[derive(Clone, Copy, Debug)]
enum End {
    SignOut,
    Kill,
    /// Behind the server's back.
    Store,
}

/// The text with one character changed to another.
fn changed(text: &str, place: usize, shift: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let place = place % bytes.len();
    let index = BASE64URL.iter().position(|it| *it == bytes[place]);
    // A dot becomes any letter.
    let index = index.map_or(shift, |index| index + 1 + shift % (BASE64URL.len() - 1));
    bytes[place] = BASE64URL[index % BASE64URL.len()];
    String::from_utf8(bytes).expect("it is ASCII")
}

fn with_signed_in(
    test: impl FnOnce(&mut Browser) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    SIGNED_IN.with_borrow_mut(test)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_changed_character_of_a_token_is_accepted(place in 0..1000_usize, shift in 0..64_usize) {
        with_signed_in(|browser| {
            let good = browser.token.clone().expect("it is signed in");
            let other = changed(&good, place, shift);
            prop_assert_ne!(&other, &good);
            browser.token = Some(other);
            let refused = browser.send(Lane::B, "GET", "/me");
            browser.token = Some(good);
            prop_assert_eq!(status(&refused), 401);
            prop_assert!(matches!(refused.rejection(), Some(Rejection::Token(_))));
            Ok(())
        })?;
    }

    #[test]
    fn no_changed_character_of_a_session_id_is_accepted(
        place in 0..43_usize,
        shift in 0..64_usize,
    ) {
        with_signed_in(|browser| {
            let good = browser.session_id();
            browser.set_session_id(&changed(&good, place, shift));
            let refused = browser.send(Lane::A, "GET", "/me");
            browser.set_session_id(&good);
            prop_assert_eq!(status(&refused), 401);
            Ok(())
        })?;
    }

    #[test]
    fn no_text_in_cookie_or_storage_makes_anything_panic(
        session_id in "[^;\\x00-\\x1f]{0,60}",
        token in "\\PC{0,60}",
    ) {
        let mut browser = Browser::new();
        browser.set_session_id(&session_id);
        browser.token = Some(token);
        for lane in Lane::BOTH {
            prop_assert_eq!(status(&browser.send(lane, "GET", "/me")), 401);
        }
    }
}

#[test]
fn the_sign_in_that_the_properties_start_from_holds() {
    with_signed_in(|browser| {
        for lane in Lane::BOTH {
            prop_assert_eq!(status(&browser.send(lane, "GET", "/me")), 200);
        }
        Ok(())
    })
    .expect("both are signed in");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// However long someone waits, and whatever is done in between.
    #[test]
    fn a_killed_session_is_never_valid_again(
        waits in proptest::collection::vec(0..40_000_i64, 1..8),
        end in prop_oneof![Just(End::SignOut), Just(End::Kill), Just(End::Store)],
        signs_in_again in any::<bool>(),
    ) {
        let mut browser = Browser::new();
        browser.sign_in(Lane::A);
        let killed = browser.session_id();
        prop_assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 200);
        match end {
            End::SignOut => drop(browser.send(Lane::A, "POST", "/logout")),
            End::Kill => {
                let id = SessionId::parse(&killed).expect("it is one");
                let hash = id.hash().to_string();
                prop_assert_eq!(browser.deployment.kill(&hash, browser.now), Ok(true));
            }
            End::Store => browser.end_all_sessions(),
        }
        if signs_in_again {
            browser.sign_in(Lane::A);
            prop_assert_ne!(browser.session_id(), killed.clone());
        }
        for wait in waits {
            browser.now = browser.now.plus_seconds(wait);
            browser.set_session_id(&killed);
            let exchange = browser.send(Lane::A, "GET", "/me");
            prop_assert_eq!(status(&exchange), 401);
        }
    }
}
