//! What is wrong with single servers, and what their users meet.

use protocol::{
    Balancer, Check, Errand, Exchange, Fact, Fault, FaultKind, Fleet, Lane, Outcome, Party, Preset,
    Rejection, Scheme, StorePlace, StoreSettings, TokenRejection,
};
use server::SAMPLE_PASSWORD;

use crate::browser::{Browser, credentials, errand, picked, status, with_copy};

/// Three servers by turns, and what is wrong with them.
pub(crate) fn deploy(browser: &mut Browser, faults: &[(FaultKind, u32, u32)]) {
    let faults = faults.iter().map(|(kind, first, last)| Fault {
        kind: *kind,
        first: *first,
        last: *last,
    });
    browser.deployment.set_fleet(&Fleet {
        servers: 3,
        faults: faults.collect(),
        ..Fleet::default()
    });
}

/// What the next three requests meet, by the number of their server.
pub(crate) fn round(browser: &mut Browser, lane: Lane) -> [u16; 3] {
    let mut met = [0; 3];
    for _ in 0..3 {
        let me = browser.send(lane, "GET", "/me");
        let server = picked(&me).expect("one answers") as usize;
        met[server - 1] = status(&me);
    }
    met
}

pub(crate) fn sign_in_at(browser: &mut Browser, server: u32) -> Exchange {
    let content = credentials(SAMPLE_PASSWORD);
    send_at(browser, server, errand(Lane::B, "POST", "/login", &content))
}

/// Sends others before it, until it is that server's turn.
fn send_at(browser: &mut Browser, server: u32, what: Errand) -> Exchange {
    loop {
        let exchange = browser.preview(&errand(Lane::B, "GET", "/me", ""));
        if picked(&exchange) == Some(server) {
            break;
        }
        browser.send(Lane::B, "GET", "/me");
    }
    browser.send_errand(what)
}

pub(crate) fn notes(exchange: &Exchange, party: Party) -> Vec<(Check, Outcome)> {
    let steps = exchange.steps.iter().filter(|step| step.party == party);
    let notes = steps.filter(|step| matches!(step.outcome, Outcome::Noted(_)));
    notes
        .map(|step| (step.check, step.outcome.clone()))
        .collect()
}

#[test]
fn what_is_wrong_with_a_server_its_users_meet_and_no_others() {
    let in_memory = StoreSettings {
        place: StorePlace::ServerMemory,
        ..StoreSettings::DEFAULT
    };
    let denylist = Preset::Denylist.scheme();
    let slow = FaultKind::StoreSlow { milliseconds: 250 };
    for (kind, stateful, stateless, with_list) in [
        (FaultKind::StoreUnreachable, 503, 200, 503),
        (slow, 200, 200, 200),
        (FaultKind::KeyTaken, 200, 401, 401),
        (FaultKind::KeyOld, 200, 401, 401),
        (FaultKind::ClockOff { seconds: 60 }, 200, 200, 200),
        (FaultKind::ClockOff { seconds: 3_600 }, 401, 401, 401),
    ] {
        for (lane, scheme, expected) in [
            (Lane::A, Scheme::STATEFUL, stateful),
            (Lane::B, Scheme::STATELESS, stateless),
            (Lane::B, denylist, with_list),
            // The list in its own memory needs no store.
            (
                Lane::B,
                Scheme {
                    store: in_memory,
                    ..denylist
                },
                stateless,
            ),
        ] {
            let mut browser = Browser::new();
            let mut schemes = [Scheme::STATEFUL, Scheme::STATELESS];
            *lane.of_mut(&mut schemes) = scheme;
            browser.deployment.set_schemes(&schemes);
            deploy(&mut browser, &[]);
            browser.sign_in(lane);
            assert_eq!(round(&mut browser, lane), [200; 3]);
            deploy(&mut browser, &[(kind, 2, 2)]);
            let met = round(&mut browser, lane);
            assert_eq!(met, [200, expected, 200], "{kind:?} {scheme:?}");
            deploy(&mut browser, &[]);
            assert_eq!(round(&mut browser, lane), [200; 3], "it is over");
        }
    }
}

#[test]
fn a_server_that_reaches_no_store_says_so_and_no_more() {
    let mut browser = Browser::new();
    deploy(&mut browser, &[]);
    browser.sign_in(Lane::A);
    deploy(&mut browser, &[(FaultKind::StoreUnreachable, 1, 3)]);
    browser.traced.take();
    let me = browser.send(Lane::A, "GET", "/me");
    assert_eq!(me.rejection(), Some(&Rejection::StoreUnreachable));
    assert_eq!(browser.traced.take(), (0, 0), "SQLite was not asked");
    let response = me.response.as_ref().expect("it answered");
    assert!(response.body.contains("Try again later."));
    let sign_in = errand(Lane::A, "POST", "/login", &credentials(SAMPLE_PASSWORD));
    assert_eq!(status(&browser.send_errand(sign_in)), 503);
}

#[test]
fn a_dead_store_is_dead_for_the_other_services_and_a_split_is_not() {
    for (kind, expected) in [
        (FaultKind::StoreDown, 503),
        (FaultKind::StoreUnreachable, 200),
    ] {
        let mut browser = Browser::new();
        browser.sign_in(Lane::B);
        deploy(&mut browser, &[(kind, 1, 3)]);
        let orders = browser.send(Lane::B, "GET", "/services/orders");
        assert_eq!(status(&orders), expected, "{kind:?}");
    }
}

/// There is one store: a fault of it that names a server is no fault of that server.
#[test]
fn a_dead_store_is_dead_for_every_server() {
    for (first, last) in [(1, 1), (2, 2), (1, 3)] {
        let mut browser = Browser::new();
        deploy(&mut browser, &[]);
        browser.sign_in(Lane::A);
        browser.sign_in(Lane::B);
        deploy(&mut browser, &[(FaultKind::StoreDown, first, last)]);
        assert_eq!(round(&mut browser, Lane::A), [503; 3], "{first} to {last}");
        assert_eq!(round(&mut browser, Lane::B), [200; 3], "{first} to {last}");
        deploy(&mut browser, &[]);
        assert_eq!(round(&mut browser, Lane::A), [200; 3], "it is over");
    }
}

#[test]
fn a_slow_store_takes_its_time_at_each_operation() {
    let mut browser = Browser::new();
    deploy(
        &mut browser,
        &[(FaultKind::StoreSlow { milliseconds: 250 }, 3, 3)],
    );
    browser.sign_in(Lane::A);
    let me = browser.send(Lane::A, "GET", "/me");
    let found = me.steps.iter().find(|it| it.check == Check::SessionFound);
    let found = found.expect("it was looked up");
    assert_eq!(found.cost.store.len(), 1);
    assert!((found.cost.network_milliseconds - 250.0).abs() < 1e-9);
    assert!((me.ledger.network_milliseconds - 290.0).abs() < 1e-9);
}

#[test]
fn a_clock_that_is_off_is_said_and_counts_for_all() {
    let mut browser = Browser::new();
    deploy(&mut browser, &[]);
    browser.sign_in(Lane::B);
    let ahead = FaultKind::ClockOff { seconds: 900 };
    deploy(&mut browser, &[(ahead, 2, 2)]);
    let me = browser.send(Lane::B, "GET", "/me");
    assert_eq!(picked(&me), Some(2));
    let of_server: Vec<_> = me
        .steps
        .iter()
        .filter(|step| step.party == Party::Server(2))
        .collect();
    assert_eq!(of_server[0].check, Check::ClockRead);
    assert_eq!(of_server[0].outcome, Outcome::Noted(Fact::ClockOff(900)));
    assert_eq!(of_server[1].check, Check::SizeLimited);
    let expired = TokenRejection::Expired {
        at: browser.now.plus_seconds(900),
        now: browser.now.plus_seconds(900),
    };
    assert_eq!(me.rejection(), Some(&Rejection::Token(expired)));
    assert_eq!(me.at, browser.now, "the browser's clock is right");

    // What it refuses at the door lists the rest of the door as not reached.
    deploy(&mut browser, &[(ahead, 1, 3)]);
    let mut large = errand(Lane::B, "GET", "/me", "");
    large.path = format!("/me?{}", "a".repeat(20_000));
    let refused = browser.send_errand(large);
    assert_eq!(status(&refused), 431);
    let checks: Vec<_> = refused
        .steps
        .iter()
        .filter(|step| matches!(step.party, Party::Server(_)))
        .map(|step| step.check)
        .collect();
    assert_eq!(
        checks,
        [
            Check::ClockRead,
            Check::SizeLimited,
            Check::RouteFound,
            Check::Answered
        ]
    );
}

/// A server whose clock is ahead signs tokens that live too long, and one that is behind, tokens that are over at once.
#[test]
fn a_token_lives_by_the_clock_of_whoever_signed_it() {
    for (seconds, expected) in [(-1_000, [401, 200, 401]), (1_000, [200; 3])] {
        let mut browser = Browser::new();
        deploy(&mut browser, &[(FaultKind::ClockOff { seconds }, 2, 2)]);
        assert_eq!(status(&sign_in_at(&mut browser, 2)), 200);
        assert_eq!(round(&mut browser, Lane::B), expected, "{seconds}");
    }
}

/// What has expired is the store's clock to say: else a sign-out at one server would let a token in again at all.
#[test]
fn a_server_whose_clock_is_ahead_takes_no_token_off_the_list() {
    let mut browser = Browser::new();
    let schemes = [Scheme::STATEFUL, Preset::Denylist.scheme()];
    browser.deployment.set_schemes(&schemes);
    let ahead = FaultKind::ClockOff { seconds: 3_600 };
    deploy(&mut browser, &[(ahead, 2, 2)]);
    let sign_out = || errand(Lane::B, "POST", "/logout", "");
    sign_in_at(&mut browser, 1);
    let copy = browser.copy(Lane::B);
    assert_eq!(status(&send_at(&mut browser, 1, sign_out())), 204);
    for _ in 0..2 {
        let copied = with_copy(errand(Lane::B, "GET", "/me", ""), &copy);
        assert_eq!(status(&send_at(&mut browser, 1, copied)), 401);
        assert_eq!(status(&sign_in_at(&mut browser, 2)), 200);
        assert_eq!(status(&send_at(&mut browser, 2, sign_out())), 204);
    }
}

#[test]
fn a_server_that_dies_forgets_and_one_that_is_cut_off_does_not() {
    let store = StoreSettings {
        place: StorePlace::ServerMemory,
        ..StoreSettings::DEFAULT
    };
    for (kind, after) in [
        (FaultKind::ServerDown, 401),
        (FaultKind::StoreUnreachable, 200),
    ] {
        let mut browser = Browser::with_sessions_in(store);
        browser.deploy(3, Balancer::StickyCookie);
        browser.sign_in(Lane::A);
        let mut fleet = Fleet {
            servers: 3,
            balancer: Balancer::StickyCookie,
            faults: vec![Fault {
                kind,
                first: 1,
                last: 1,
            }],
            ..Fleet::default()
        };
        browser.deployment.set_fleet(&fleet);
        fleet.faults.clear();
        browser.deployment.set_fleet(&fleet);
        let me = browser.send(Lane::A, "GET", "/me");
        assert_eq!((picked(&me), status(&me)), (Some(1), after), "{kind:?}");
    }
}
