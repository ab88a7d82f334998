//! Which ways requests take among servers: the same in each run, and in each version.

use protocol::{
    Balancer, Carrier, ChosenBy, Exchange, Fact, Fleet, FleetKeys, Lane, NewKey, Outcome, Preset,
    Scheme, ServerAlgorithm,
};

use crate::browser::{Browser, START, errand, picked, with_copy};
use crate::services::made;

fn reason(exchange: &Exchange) -> Option<ChosenBy> {
    exchange.steps.iter().find_map(|step| match step.outcome {
        Outcome::Passed(Fact::ServerPicked { by, .. }) => Some(by),
        _ => None,
    })
}

fn pinned(exchange: &Exchange) -> Option<u32> {
    exchange.steps.iter().find_map(|step| match step.outcome {
        Outcome::Passed(Fact::Pinned { server }) => Some(server),
        _ => None,
    })
}

/// SplitMix64 from one seed on: what was told of requests holds when they are sent again.
#[test]
fn chance_takes_the_ways_that_it_always_took() {
    for (servers, expected) in [
        (4, [1, 2, 4, 4, 1, 4, 4, 2, 3, 3]),
        (1_000, [135, 445, 810, 926, 1, 977, 860, 337, 503, 565]),
    ] {
        let mut browser = Browser::new();
        browser.deploy(servers, Balancer::Random);
        let chosen = expected.map(|_| picked(&browser.send(Lane::A, "GET", "/me")));
        assert_eq!(chosen, expected.map(Some));
    }
    let mut browser = Browser::new();
    browser.deploy(1_000, Balancer::TwoChoices);
    for (first, other) in [(135, 445), (810, 926), (1, 977), (860, 337)] {
        let me = browser.send(Lane::A, "GET", "/me");
        let by = ChosenBy::TwoChoices {
            other,
            under_way: 0,
            other_under_way: 0,
        };
        assert_eq!((picked(&me), reason(&me)), (Some(first), Some(by)));
    }
}

/// Whose turn it is, the balancer knows by the servers that there were: after the last of them comes the first.
#[test]
fn servers_that_are_added_after_a_whole_turn_wait_for_theirs() {
    let mut browser = Browser::new();
    let mut chosen = Vec::new();
    for (servers, requests) in [(3, 3), (5, 6), (2, 3)] {
        browser.deploy(servers, Balancer::RoundRobin);
        for _ in 0..requests {
            chosen.extend(picked(&browser.send(Lane::A, "GET", "/me")));
        }
    }
    assert_eq!(chosen, [1, 2, 3, 1, 2, 3, 4, 5, 1, 2, 1, 2]);
}

/// FNV-1a of the ID, and rendezvous hashing.
#[test]
fn a_hash_leads_where_it_always_led() {
    for (servers, expected) in [
        (10, [9, 3, 10, 5, 7, 9, 6, 3, 5, 7]),
        (1_000, [984, 323, 46, 15, 451, 788, 645, 281, 466, 262]),
    ] {
        let mut browser = Browser::new();
        browser.deploy(servers, Balancer::HashOfId);
        for (user, server) in (0..).zip(expected) {
            let copy = format!("sid=of-user-{user}");
            let me = with_copy(errand(Lane::A, "GET", "/me", ""), &copy);
            assert_eq!(picked(&browser.send_errand(me)), Some(server), "{user}");
        }
    }
}

/// Only what needs a signature goes to the one server that can give it.
#[test]
fn only_sign_ins_and_refreshes_go_to_the_one_that_signs() {
    use FleetKeys::{PublicHalves, Shared};
    let hybrid = Preset::Hybrid.scheme();
    for (scheme, keys, method, path, alone) in [
        (Scheme::STATELESS, PublicHalves, "POST", "/login", true),
        (
            Scheme::STATELESS,
            PublicHalves,
            "POST",
            "/login?next=1",
            true,
        ),
        (hybrid, PublicHalves, "POST", "/refresh", true),
        (Scheme::STATELESS, PublicHalves, "GET", "/login", false),
        (Scheme::STATELESS, PublicHalves, "POST", "/logout", false),
        (Scheme::STATELESS, PublicHalves, "GET", "/me", false),
        (Scheme::STATELESS, Shared, "POST", "/login", false),
        (Scheme::STATEFUL, PublicHalves, "POST", "/login", false),
    ] {
        let mut browser = Browser::new();
        let algorithm = ServerAlgorithm::EdDsa;
        let key = made(NewKey::Ed25519);
        let adopted = browser.deployment.adopt_key(algorithm, &key, START);
        assert_eq!(adopted, Ok(()));
        browser.deployment.set_token_algorithm(algorithm);
        browser.deployment.set_schemes(&[Scheme::STATEFUL, scheme]);
        browser.deployment.set_fleet(&Fleet {
            servers: 3,
            keys,
            ..Fleet::default()
        });
        browser.send(Lane::B, "GET", "/me");
        let sent = browser.send(Lane::B, method, path);
        let expected = if alone {
            (Some(1), Some(ChosenBy::SignsAlone))
        } else {
            (Some(2), Some(ChosenBy::Turn))
        };
        let what = format!("{keys:?} {method} {path}");
        assert_eq!((picked(&sent), reason(&sent)), expected, "{what}");
    }
}

/// Page script omits cookies but where a refresh token is given out or taken.
#[test]
fn the_balancers_cookie_is_set_where_it_can_come_back() {
    let hybrid = Preset::Hybrid.scheme();
    let in_cookie = Scheme {
        carrier: Carrier::Cookie,
        ..hybrid
    };
    for (scheme, method, path, is_set) in [
        (hybrid, "POST", "/login", true),
        (hybrid, "POST", "/refresh", true),
        (hybrid, "GET", "/me", false),
        (hybrid, "POST", "/logout", false),
        (in_cookie, "GET", "/me", true),
        (Scheme::STATELESS, "POST", "/login", false),
        (Scheme::STATELESS, "POST", "/refresh", false),
        (Scheme::STATEFUL, "GET", "/me", true),
    ] {
        let mut browser = Browser::new();
        browser.deployment.set_schemes(&[Scheme::STATEFUL, scheme]);
        browser.deploy(3, Balancer::StickyCookie);
        let sent = browser.send(Lane::B, method, path);
        assert_eq!(pinned(&sent), is_set.then_some(1), "{method} {path}");
    }
}

/// Where the site has TLS, the cookie goes nowhere else.
#[test]
fn the_balancers_cookie_is_secure_where_the_site_is() {
    for (origin, attributes) in [
        ("https://example.org", "; SameSite=Lax; Secure; Path=/sub/"),
        ("http://localhost:8080", "; SameSite=Lax; Path=/sub/"),
    ] {
        let mut browser = Browser::new();
        browser.site.origin = origin.to_owned();
        browser.deploy(3, Balancer::StickyCookie);
        let me = browser.send(Lane::A, "GET", "/me");
        let response = me.response.as_ref().expect("it answered");
        let lines = response.headers.iter().map(|header| &header.value);
        let line = format!("balancer=1{attributes}");
        assert_eq!(lines.filter(|value| **value == line).count(), 1);
    }
}
