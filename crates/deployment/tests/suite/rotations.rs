//! Which keys a rotation concerns, and which it leaves as they were.

use protocol::{GivenKey, KeyRow, Lane, NewKey, Rotation, ServerAlgorithm, Timestamp};

use crate::browser::{Browser, START, errand, status, with_copy};
use crate::services::made;

fn secret(number: u8) -> GivenKey {
    GivenKey {
        text: format!("secret {number} of more than 256 bits, or 32 octets"),
        ..GivenKey::default()
    }
}

fn rotate(browser: &mut Browser, number: u8, overlap: bool, at: Timestamp) -> Rotation {
    let rotated = browser.deployment.rotate_key(&secret(number), overlap, at);
    rotated.expect("the key is long enough")
}

fn kids(keys: &[KeyRow]) -> Vec<&str> {
    keys.iter().map(|key| key.kid.as_str()).collect()
}

/// Since when each key signs no more, and since when it is not trusted, in seconds from the start.
fn ends(browser: &mut Browser) -> Vec<(Option<i64>, Option<i64>)> {
    let seen = browser.deployment.observe(START).expect("it works");
    let since = |at: Option<Timestamp>| at.map(|at| at.seconds() - START.seconds());
    seen.keys
        .iter()
        .map(|key| (since(key.retired), since(key.distrusted)))
        .collect()
}

#[test]
fn keys_of_another_algorithm_go_on_to_sign() {
    let mut browser = Browser::new();
    let es256 = ServerAlgorithm::Es256;
    let adopted = browser
        .deployment
        .adopt_key(es256, &made(NewKey::P256), START);
    assert_eq!(adopted, Ok(()));
    let rotation = rotate(&mut browser, 1, false, START.plus_seconds(5));
    assert_eq!(rotation.signs.kid, "3");
    assert_eq!(kids(&rotation.retired), ["1"]);
    assert_eq!(
        ends(&mut browser),
        [(Some(5), Some(5)), (None, None), (None, None)]
    );
    browser.deployment.set_token_algorithm(es256);
    browser.sign_in(Lane::B);
    assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
}

/// Each rotation says of those keys alone that were still trusted what becomes of them.
#[test]
fn a_key_that_was_given_up_is_not_trusted_again() {
    let mut browser = Browser::new();
    let mut tokens = Vec::new();
    let mut accepted = |browser: &mut Browser| -> Vec<u16> {
        browser.sign_in(Lane::B);
        tokens.push(browser.copy(Lane::B));
        let mut met = Vec::new();
        for token in &tokens {
            let me = with_copy(errand(Lane::B, "GET", "/me", ""), token);
            met.push(status(&browser.send_errand(me)));
        }
        met
    };
    assert_eq!(accepted(&mut browser), [200]);
    for (number, overlap, met, expected) in [
        (1, false, vec![401, 200], vec![(Some(1), Some(1))]),
        (
            2,
            true,
            vec![401, 200, 200],
            vec![(Some(1), Some(1)), (Some(2), None)],
        ),
        (
            3,
            false,
            vec![401, 401, 401, 200],
            vec![(Some(1), Some(1)), (Some(2), Some(3)), (Some(3), Some(3))],
        ),
    ] {
        let at = START.plus_seconds(i64::from(number));
        rotate(&mut browser, number, overlap, at);
        assert_eq!(accepted(&mut browser), met, "rotation {number}");
        let mut ends = ends(&mut browser);
        assert_eq!(ends.pop(), Some((None, None)), "the newest signs");
        assert_eq!(ends, expected, "rotation {number}");
    }
}
