//! The ledger against SQLite's own account of what ran.

use proptest::prelude::*;
use protocol::{Errand, Exchange, Lane, StoreCost};

use crate::browser::{Browser, credentials, errand, status};

/// One thing that a user does.
#[derive(Clone, Debug)]
enum Deed {
    Send(Errand),
    Wait { seconds: i64 },
    DeleteCookie,
    LoseToken,
}

fn deed() -> impl Strategy<Value = Deed> {
    let lane = prop_oneof![Just(Lane::A), Just(Lane::B)];
    let route = prop_oneof![
        6 => Just(("GET", "/me", String::new())),
        1 => Just(("POST", "/logout", String::new())),
        1 => Just(("POST", "/login", credentials(server::SAMPLE_PASSWORD))),
        1 => Just(("POST", "/login", String::from("{"))),
        1 => Just(("POST", "/login", credentials("wrong"))),
        2 => Just(("GET", "/orders", String::new())),
        2 => Just(("POST", "/orders", String::from(r#"{"item":"Tea"}"#))),
        1 => Just(("POST", "/orders", String::new())),
        1 => Just(("GET", "/admin/users", String::new())),
        1 => Just(("DELETE", "/me", String::new())),
        1 => Just(("GET", "/nothing", String::new())),
    ];
    prop_oneof![
        8 => (lane, route)
            .prop_map(|(lane, (method, path, body))| Deed::Send(errand(lane, method, path, &body))),
        3 => (1_i64..1000).prop_map(|seconds| Deed::Wait { seconds }),
        1 => Just(Deed::DeleteCookie),
        1 => Just(Deed::LoseToken),
    ]
}

fn totals(exchange: &Exchange) -> (u32, u32) {
    let ledger = &exchange.ledger;
    (
        ledger.authentication.reads + ledger.application.reads,
        ledger.authentication.writes + ledger.application.writes,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn reads_and_writes_are_sqlites_own_count(
        deeds in proptest::collection::vec(deed(), 1..16),
    ) {
        let mut browser = Browser::new();
        browser.sign_in(Lane::A);
        browser.sign_in(Lane::B);
        browser.traced.take();
        for deed in deeds {
            match deed {
                Deed::Send(errand) => {
                    let exchange = browser.send_errand(errand);
                    prop_assert_eq!(totals(&exchange), browser.traced.take());
                }
                Deed::Wait { seconds } => browser.now = browser.now.plus_seconds(seconds),
                Deed::DeleteCookie => browser.cookies = Some(std::collections::BTreeMap::new()),
                Deed::LoseToken => browser.token = None,
            }
        }
    }
}

/// So that the property can't hold for want of anything to count.
#[test]
fn sqlite_counts_what_both_lanes_do() {
    let mut browser = Browser::new();
    for (lane, signed_in, known, signed_out) in [
        // With the entries in the audit log.
        (Lane::A, (1, 2), (1, 0), (0, 2)),
        (Lane::B, (1, 0), (0, 0), (0, 0)),
    ] {
        browser.sign_in(lane);
        assert_eq!(browser.traced.take(), signed_in);
        browser.send(lane, "GET", "/me");
        assert_eq!(browser.traced.take(), known);
        let exchange = browser.send(lane, "POST", "/logout");
        assert_eq!(browser.traced.take(), signed_out);
        assert_eq!(totals(&exchange), signed_out);
    }
}

#[test]
fn the_touch_that_is_due_is_in_the_ledger() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    browser.now = browser.now.plus_seconds(60);
    browser.traced.take();
    let exchange = browser.send(Lane::A, "GET", "/me");
    assert_eq!(totals(&exchange), (1, 1));
    assert_eq!(browser.traced.take(), (1, 1));
}

/// What the application reads and writes is the same in both lanes, and does not blur what knowing the user costs.
#[test]
fn the_application_has_a_column_of_its_own() {
    let cost = |reads, writes| StoreCost { reads, writes };
    let mut browser = Browser::new();
    for (lane, known, refused) in [
        // The refusal is written into the audit log.
        (Lane::A, cost(1, 0), cost(0, 1)),
        (Lane::B, cost(0, 0), cost(0, 0)),
    ] {
        let recorded = refused;
        assert_eq!(browser.sign_in(lane).ledger.application, recorded);
        for (method, path, body, expected_status, application) in [
            ("GET", "/me", "", 200, cost(0, 0)),
            ("POST", "/orders", r#"{"item":"Tea"}"#, 201, cost(0, 1)),
            ("GET", "/orders", "", 200, cost(1, 0)),
            ("POST", "/orders", "{}", 400, cost(0, 0)),
            ("GET", "/admin/users", "", 403, refused),
        ] {
            browser.traced.take();
            let exchange = browser.send_errand(errand(lane, method, path, body));
            assert_eq!(status(&exchange), expected_status, "{method} {path}");
            assert_eq!(exchange.ledger.authentication, known, "{method} {path}");
            assert_eq!(exchange.ledger.application, application, "{method} {path}");
            assert_eq!(totals(&exchange), browser.traced.take());
        }
    }
}
