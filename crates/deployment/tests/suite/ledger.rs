//! The ledger against SQLite's own account of what ran.

use proptest::prelude::*;
use protocol::{Errand, Exchange, Lane};

use crate::browser::{Browser, credentials, errand};

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
        (Lane::A, (1, 1), (1, 0), (0, 1)),
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
