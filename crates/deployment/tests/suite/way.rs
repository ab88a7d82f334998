//! The parties in the order in which a request meets them, and what it costs.

use protocol::{Check, Fact, Lane, Outcome, Party, Rejection, StoreCost};

use crate::browser::{Browser, START, status};

#[test]
fn every_party_says_its_part_in_order() {
    let mut browser = Browser::new();
    for (lane, first) in [
        (Lane::A, (Party::UserAgent, Check::CookieSelected)),
        (Lane::B, (Party::PageScript, Check::BearerAttached)),
    ] {
        browser.sign_in(lane);
        let exchange = browser.send(lane, "GET", "/me");
        let parties: Vec<_> = exchange
            .steps
            .iter()
            .map(|it| (it.party, it.check))
            .collect();
        assert_eq!(parties[0], first);
        assert_eq!(parties[1], (Party::Network, Check::RequestTravelled));
        let end = parties.len() - 1;
        assert_eq!(parties[end], (Party::Network, Check::ResponseTravelled));
        assert!(
            parties[2..end]
                .iter()
                .all(|(party, _)| *party == Party::Server(1))
        );
        assert_eq!(parties[end - 1].1, Check::Answered);
        assert_eq!(status(&exchange), 200);
        assert_eq!(exchange.at, START);
        assert_eq!(exchange.path, "/me");
        assert_eq!(exchange.request.target, "/sub/me");
    }
}

/// The claim that the whole page is about.
#[test]
fn a_session_costs_a_read_and_a_token_a_signature_check() {
    let mut browser = Browser::new();
    for (lane, reads, signature_checks) in [(Lane::A, 1, 0), (Lane::B, 0, 1)] {
        let signed_in = browser.sign_in(lane).ledger;
        let writes = 1 - signature_checks;
        assert_eq!(signed_in.authentication.reads, 1);
        assert_eq!(signed_in.password_hashes, 1);
        assert_eq!(signed_in.signatures_made, signature_checks);
        assert_eq!(signed_in.authentication.writes, writes);

        let ledger = browser.send(lane, "GET", "/me").ledger;
        assert_eq!(ledger.authentication, StoreCost { reads, writes: 0 });
        assert_eq!(ledger.application, StoreCost::default());
        assert_eq!(ledger.signature_checks, signature_checks);
        assert_eq!(ledger.signatures_made, 0);
        assert_eq!(ledger.password_hashes, 0);
        assert_eq!(ledger.network_milliseconds, 40.0);
        assert!(ledger.server_microseconds > 0.0);
    }
}

#[test]
fn octets_are_those_of_the_text_on_the_wire() {
    let mut browser = Browser::new();
    for lane in Lane::BOTH {
        for exchange in [
            browser.sign_in(lane),
            browser.send(lane, "GET", "/me"),
            browser.send(lane, "GET", "/nothing"),
            browser.send(lane, "POST", "/logout"),
        ] {
            let up = exchange.request.to_string().len();
            let response = exchange.response.as_ref().expect("it answered");
            let down = response.to_string().len();
            assert_eq!(exchange.ledger.bytes_up as usize, up);
            assert_eq!(exchange.ledger.bytes_down as usize, down);
            let said: Vec<_> = exchange
                .steps
                .iter()
                .filter_map(|step| match step.outcome {
                    Outcome::Passed(Fact::Octets(octets)) => Some(octets as usize),
                    _ => None,
                })
                .collect();
            // The network's count, the server's, and the network's again.
            assert_eq!(said, [up, up, down]);
        }
    }
}

#[test]
fn exchanges_are_numbered_and_stand_in_the_order_of_the_errands() {
    let mut browser = Browser::new();
    let errands =
        [Lane::B, Lane::A, Lane::B].map(|lane| crate::browser::errand(lane, "GET", "/me", ""));
    for first in [1, 4] {
        let exchanges = browser.carry(&errands).exchanges;
        let numbered: Vec<_> = exchanges.iter().map(|it| (it.number, it.lane)).collect();
        assert_eq!(
            numbered,
            [(first, Lane::B), (first + 1, Lane::A), (first + 2, Lane::B)]
        );
    }
    assert!(browser.carry(&[]).exchanges.is_empty());
}

#[test]
fn signing_out_ends_a_session_and_no_token() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    browser.sign_in(Lane::B);
    let copies = (browser.session_id(), browser.token.clone());
    for lane in Lane::BOTH {
        assert_eq!(status(&browser.send(lane, "POST", "/logout")), 204);
    }
    assert_eq!(browser.document_cookie().as_deref(), Some(""));

    // Whoever kept a copy.
    browser.set_session_id(&copies.0);
    browser.token = copies.1;
    let session = browser.send(Lane::A, "GET", "/me");
    assert_eq!(status(&session), 401);
    assert!(matches!(
        session.rejection(),
        Some(Rejection::SessionUnknown { .. })
    ));
    assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
}

#[test]
fn methods_that_change_something_name_origin_and_length() {
    let mut browser = Browser::new();
    for (method, origin, length) in [
        ("GET", None, None),
        ("HEAD", None, None),
        ("POST", Some("http://localhost:8080"), Some("0")),
        ("DELETE", Some("http://localhost:8080"), None),
    ] {
        let request = browser.send(Lane::A, method, "/logout").request;
        assert_eq!(request.header("Origin"), origin, "{method}");
        assert_eq!(request.header("Content-Length"), length, "{method}");
        assert_eq!(request.header("Host"), Some("localhost:8080"));
    }
}
