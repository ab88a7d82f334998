//! No password is ever recorded: histories are shown and exported.

use proptest::prelude::*;
use protocol::{Exchange, Lane};

use crate::browser::{Browser, credentials, errand, status};

/// What every password in these tests contains, and nothing else does.
const MARK: &str = "Zq9XwV";

fn record(lane: Lane, path: &str, body: &str) -> Exchange {
    Browser::new().send_errand(errand(lane, "POST", path, body))
}

fn assert_unrecorded(exchange: &Exchange, body: &str) -> Result<(), TestCaseError> {
    let bytes = postcard::to_stdvec(exchange).expect("postcard carries it");
    let recorded = bytes
        .windows(MARK.len())
        .any(|part| part == MARK.as_bytes());
    prop_assert!(!recorded, "{exchange:#?}");
    prop_assert_eq!(exchange.request.body.len(), body.len());
    prop_assert_eq!(
        exchange.ledger.bytes_up as usize,
        exchange.request.to_string().len()
    );
    Ok(())
}

fn password() -> impl Strategy<Value = String> {
    let around = "[ -~\\n\\t\"\\\\äß字🎫\\u{0}]{0,12}";
    (around, around).prop_map(|(before, after)| format!("{before}{MARK}{after}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_password_of_any_characters_is_hidden(password in password(), stateful in any::<bool>()) {
        let lane = if stateful { Lane::A } else { Lane::B };
        let body = credentials(&password);
        let exchange = record(lane, "/login", &body);
        prop_assert_eq!(status(&exchange), 401);
        assert_unrecorded(&exchange, &body)?;
        // What is left is still the JSON that was sent, but for the password.
        let content: serde_json::Value =
            serde_json::from_str(&exchange.request.body).expect("it is JSON");
        prop_assert_eq!(&content["account"], "member");
        let hidden = content["password"].as_str().unwrap_or_default();
        prop_assert!(hidden.chars().all(|character| character == '*'));
    }
}

proptest! {
    // Nothing is hashed here, so there may be many.
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn content_that_is_not_the_json_needed_is_hidden_whole(
        before in "[ -~]{0,20}",
        after in "[ -~]{0,20}",
        path in prop_oneof![Just("/login"), Just("/logout"), Just("/Login")],
    ) {
        let body = format!("<{before}{MARK}{after}");
        assert_unrecorded(&record(Lane::B, path, &body), &body)?;
    }

    #[test]
    fn content_cut_off_anywhere_is_hidden(end in 0..100_usize, password in password()) {
        let whole = credentials(&password);
        let end = (0..=end.min(whole.len() - 1))
            .rev()
            .find(|end| whole.is_char_boundary(*end))
            .unwrap_or_default();
        let body = &whole[..end];
        assert_unrecorded(&record(Lane::A, "/login", body), body)?;
    }
}

#[test]
fn a_password_in_an_unusual_place_is_hidden_too() {
    for body in [
        format!(r#"{{"account":"member","password":["{MARK}"]}}"#),
        format!(r#"{{"account":"member","password":{{"x":"{MARK}"}}}}"#),
        format!(r#"{{"account":"member","pass\u0077ord":"{MARK}"}}"#),
        format!(r#"{{"account":"member","password":"{MARK}","password":"{MARK}2"}}"#),
        format!(r#"{{"account":"member","Password":"{MARK}"}}"#),
        format!(r#"{{"account":"member","password":"x","Password":"{MARK}"}}"#),
        format!(r#"{{"password":"x","new_password":"{MARK}"}}"#),
        format!(r#"{{"login":{{"account":"member","password":"{MARK}"}}}}"#),
        format!(r#"{{"password":{{"password":"{MARK}"}}}}"#),
        format!(r#"{{"logins":[{{"PassWord":"{MARK}"}}]}}"#),
        format!(r#"{{ "password" : "{MARK}" , "account" : 1 }}"#),
        format!(r#"["member","{MARK}"]"#),
        format!(r#""{MARK}""#),
        format!("account=member&password={MARK}"),
        format!(r#"{{"account":"member","password":"{MARK}"}} {MARK}"#),
    ] {
        for lane in Lane::BOTH {
            let exchange = record(lane, "/login", &body);
            assert_unrecorded(&exchange, &body).expect("it is hidden");
        }
    }
}

#[test]
fn a_password_that_was_a_number_is_not_quoted_by_the_parser() {
    let body = r#"{"account":"member","password":987654321}"#;
    let exchange = record(Lane::A, "/login", body);
    assert_eq!(status(&exchange), 400);
    assert!(!format!("{exchange:?}").contains("987654321"));
}

/// Content that names no password is told as it was sent: the history is there to be read.
#[test]
fn an_order_is_recorded_as_it_was_sent() {
    for body in [r#"{"item":"Tea"}"#, "{}", r#"{"item":"password"}"#] {
        let exchange = record(Lane::A, "/orders", body);
        assert_eq!(exchange.request.body, body);
    }
}
