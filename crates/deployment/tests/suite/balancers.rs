//! Which server gets a request, and why.

use std::collections::BTreeSet;

use protocol::{Balancer, ChosenBy, Exchange, Fact, Fault, FaultKind, Fleet, Lane, Outcome, Party};

use crate::browser::{Browser, errand, in_environment, picked, status, with_copy};

/// Why the balancer chose as it did.
fn reason(exchange: &Exchange) -> Option<ChosenBy> {
    exchange.steps.iter().find_map(|step| match step.outcome {
        Outcome::Passed(Fact::ServerPicked { by, .. }) => Some(by),
        _ => None,
    })
}

/// The servers that so many requests of this lane got to.
fn servers(browser: &mut Browser, lane: Lane, requests: usize) -> Vec<u32> {
    (0..requests)
        .filter_map(|_| picked(&browser.send(lane, "GET", "/me")))
        .collect()
}

/// Which of the servers are dead.
fn with_dead(browser: &mut Browser, servers: u32, balancer: Balancer, dead: &[u32]) {
    let fault = |server: &u32| Fault {
        kind: FaultKind::ServerDown,
        first: *server,
        last: *server,
    };
    browser.deployment.set_fleet(&Fleet {
        servers,
        balancer,
        faults: dead.iter().map(fault).collect(),
        ..Fleet::default()
    });
}

/// The servers that a request found dead.
fn tried(exchange: &Exchange) -> Vec<u32> {
    let steps = exchange.steps.iter();
    let tried = steps.filter_map(|step| match step.outcome {
        Outcome::Noted(Fact::ServerDown(server)) => Some(server),
        _ => None,
    });
    tried.collect()
}

#[test]
fn a_fleet_of_one_has_no_balancer() {
    for balancer in Balancer::ALL {
        let mut browser = Browser::new();
        browser.deploy(1, balancer);
        let exchange = browser.sign_in(Lane::A);
        assert!(
            exchange
                .steps
                .iter()
                .all(|step| step.party != Party::Balancer)
        );
        assert!(
            exchange
                .steps
                .iter()
                .any(|step| step.party == Party::Server(1))
        );
    }
}

#[test]
fn the_lanes_take_turns_of_their_own() {
    let mut browser = Browser::new();
    browser.deploy(3, Balancer::RoundRobin);
    assert_eq!(servers(&mut browser, Lane::A, 5), [1, 2, 3, 1, 2]);
    assert_eq!(servers(&mut browser, Lane::B, 4), [1, 2, 3, 1]);
    let me = browser.send(Lane::A, "GET", "/me");
    assert_eq!(reason(&me), Some(ChosenBy::Turn));
    let by_server = me
        .steps
        .iter()
        .filter(|step| matches!(step.party, Party::Server(_)));
    for step in by_server {
        assert_eq!(step.party, Party::Server(3));
    }
}

/// The other services' servers stand apart, with the numbers that follow.
#[test]
fn the_other_services_have_the_numbers_after_the_fleets() {
    for servers in [1, 2, 10] {
        let mut browser = Browser::new();
        browser.deploy(servers, Balancer::RoundRobin);
        browser.sign_in(Lane::B);
        for (path, number) in [("/services/orders", 1), ("/services/billing", 2)] {
            let exchange = browser.send(Lane::B, "GET", path);
            assert_eq!(status(&exchange), 200);
            let number = servers + number;
            let chosen = Outcome::Passed(Fact::ServerChosen(number));
            assert!(exchange.steps.iter().any(|step| step.outcome == chosen));
            let answered = exchange.steps.iter().rev();
            let mut parties = answered.map(|step| step.party);
            assert!(parties.any(|party| party == Party::Server(number)));
        }
    }
}

#[test]
fn chance_gets_to_every_server_and_repeats_itself() {
    let run = || {
        let mut browser = Browser::new();
        browser.deploy(4, Balancer::Random);
        servers(&mut browser, Lane::A, 200)
    };
    let chosen = run();
    assert_eq!(run(), chosen);
    for server in 1..=4 {
        let times = chosen.iter().filter(|it| **it == server).count();
        assert!((30..=70).contains(&times), "server {server}: {times}");
    }
    let mut browser = Browser::new();
    browser.deploy(4, Balancer::Random);
    servers(&mut browser, Lane::A, 7);
    browser.reset();
    browser.deploy(4, Balancer::Random);
    assert_eq!(
        servers(&mut browser, Lane::A, 200),
        chosen,
        "a reset starts anew"
    );
}

/// Lets a request leave and arrive, and holds its answer. Gives its number, where it went and why.
fn hold(browser: &mut Browser) -> (u32, Option<u32>, Option<ChosenBy>) {
    let page = browser.page();
    let me = errand(Lane::A, "GET", "/me", "");
    in_environment(browser.now, &mut 7, |environment| {
        let (flight, _) = browser.deployment.depart(&page, &me, environment);
        let so_far = browser.deployment.arrive(flight, environment);
        let so_far = so_far.expect("it is on its way");
        (flight, picked(&so_far), reason(&so_far))
    })
}

fn deliver(browser: &mut Browser, flight: u32) {
    in_environment(browser.now, &mut 7, |environment| {
        assert!(browser.deployment.deliver(flight, environment).is_some());
    });
}

#[test]
fn the_least_busy_server_has_the_fewest_answers_under_way() {
    let mut browser = Browser::new();
    browser.deploy(3, Balancer::LeastBusy);
    let fewest = |under_way| Some(ChosenBy::FewestUnderWay { under_way });
    let held: Vec<_> = (0..4).map(|_| hold(&mut browser)).collect();
    let chosen: Vec<_> = held.iter().map(|(_, server, by)| (*server, *by)).collect();
    assert_eq!(
        chosen,
        [
            (Some(1), fewest(0)),
            (Some(2), fewest(0)),
            (Some(3), fewest(0)),
            (Some(1), fewest(1)),
        ]
    );
    // Server 2 has answered what it had.
    deliver(&mut browser, held[1].0);
    let next = hold(&mut browser);
    assert_eq!((next.1, next.2), (Some(2), fewest(0)));
    let next = hold(&mut browser);
    assert_eq!(
        (next.1, next.2),
        (Some(3), fewest(1)),
        "by turns among equals"
    );
    // One of the two at server 1 is answered, the other is still under way.
    deliver(&mut browser, held[0].0);
    let next = hold(&mut browser);
    assert_eq!((next.1, next.2), (Some(1), fewest(1)));
}

/// A dead server has little under way, and is asked first; then the rest are compared among themselves.
#[test]
fn the_least_busy_of_those_that_live_answers() {
    let mut browser = Browser::new();
    browser.deploy(3, Balancer::LeastBusy);
    let held: Vec<_> = (0..6).map(|_| hold(&mut browser)).collect();
    deliver(&mut browser, held[0].0);
    with_dead(&mut browser, 3, Balancer::LeastBusy, &[1]);
    let (_, server, by) = hold(&mut browser);
    let fewest = ChosenBy::FewestUnderWay { under_way: 2 };
    assert_eq!((server, by), (Some(2), Some(fewest)));
}

#[test]
fn of_two_that_chance_picks_the_less_busy_one_answers() {
    let mut browser = Browser::new();
    browser.deploy(2, Balancer::TwoChoices);
    let (_, first, by) = hold(&mut browser);
    let first = first.expect("one answers");
    let other = 3 - first;
    let two = |other, under_way, other_under_way| {
        Some(ChosenBy::TwoChoices {
            other,
            under_way,
            other_under_way,
        })
    };
    assert_eq!(by, two(other, 0, 0));
    let (_, second, by) = hold(&mut browser);
    assert_eq!((second, by), (Some(other), two(first, 0, 1)));
}

#[test]
fn the_one_that_lives_answers_and_no_other_is_asked_twice() {
    let down = |first, last| Fault {
        kind: FaultKind::ServerDown,
        first,
        last,
    };
    for balancer in Balancer::ALL {
        let mut browser = Browser::new();
        browser.deployment.set_fleet(&Fleet {
            servers: 200,
            balancer,
            faults: vec![down(1, 76), down(78, 200)],
            ..Fleet::default()
        });
        for _ in 0..5 {
            let me = browser.send(Lane::A, "GET", "/me");
            assert_eq!(picked(&me), Some(77), "{balancer:?}");
            let tried = tried(&me);
            let each: BTreeSet<_> = tried.iter().collect();
            assert_eq!(each.len(), tried.len(), "{balancer:?}");
        }
    }
}

#[test]
fn the_balancers_cookie_keeps_a_browser_at_its_server() {
    let mut browser = Browser::new();
    browser.deploy(10, Balancer::StickyCookie);
    let signed_in = browser.sign_in(Lane::A);
    assert_eq!(reason(&signed_in), Some(ChosenBy::TurnWithoutCookie));
    let pinned = Outcome::Passed(Fact::Pinned { server: 1 });
    assert!(signed_in.steps.iter().any(|step| step.outcome == pinned));
    let response = signed_in.response.as_ref().expect("it answered");
    let lines = response.headers.iter().map(|header| header.value.as_str());
    let lines: Vec<_> = lines.filter(|line| line.starts_with("balancer=")).collect();
    assert_eq!(lines, ["balancer=1; SameSite=Lax; Path=/sub/"]);
    for _ in 0..3 {
        let me = browser.send(Lane::A, "GET", "/me");
        assert_eq!(
            (picked(&me), reason(&me)),
            (Some(1), Some(ChosenBy::Cookie))
        );
        assert!(me.cookies.is_empty(), "it has the cookie");
    }
}

/// Page script sends tokens and has the browser omit cookies: none could come back.
#[test]
fn where_no_cookie_could_come_back_none_is_set() {
    let mut browser = Browser::new();
    browser.deploy(3, Balancer::StickyCookie);
    let signed_in = browser.sign_in(Lane::B);
    assert!(signed_in.cookies.is_empty());
    assert_eq!(servers(&mut browser, Lane::B, 3), [2, 3, 1]);
    let me = browser.send(Lane::B, "GET", "/me");
    assert_eq!(reason(&me), Some(ChosenBy::TurnWithoutCookie));
}

#[test]
fn a_cookie_that_names_no_server_is_none() {
    for value in [
        "0",
        "11",
        "4294967296",
        "-1",
        "+1",
        "01",
        "1 ",
        "two",
        "",
        "1;1",
    ] {
        let mut browser = Browser::new();
        browser.deploy(10, Balancer::StickyCookie);
        let copy = format!("sid=nonsense; balancer={value}");
        let me = with_copy(errand(Lane::A, "GET", "/me", ""), &copy);
        let exchange = browser.send_errand(me);
        let by = match value {
            // Blanks around a value and what follows a semicolon are no part of it. RFC 6265bis, 5.7.
            "1 " | "1;1" => ChosenBy::Cookie,
            _ => ChosenBy::TurnWithoutCookie,
        };
        assert_eq!(reason(&exchange), Some(by), "{value:?}");
    }
}

#[test]
fn a_hash_leads_to_the_same_server_until_that_is_dead() {
    let mut browser = Browser::new();
    browser.deploy(10, Balancer::HashOfId);
    let by_hash = |browser: &mut Browser| -> Vec<u32> {
        (0..100)
            .map(|user| {
                let copy = format!("sid=of-user-{user}");
                let me = with_copy(errand(Lane::A, "GET", "/me", ""), &copy);
                let exchange = browser.send_errand(me);
                assert_eq!(reason(&exchange), Some(ChosenBy::Hash));
                picked(&exchange).expect("one answers")
            })
            .collect()
    };
    let before = by_hash(&mut browser);
    assert_eq!(by_hash(&mut browser), before);
    for server in 1..=10 {
        let users = before.iter().filter(|it| **it == server).count();
        assert!((2..=20).contains(&users), "server {server}: {users}");
    }
    with_dead(&mut browser, 10, Balancer::HashOfId, &[4]);
    let after = by_hash(&mut browser);
    for (before, after) in before.iter().zip(&after) {
        assert!(*before == 4 || before == after, "only its own users move");
        assert_ne!(*after, 4);
    }
    let bare = browser.send(Lane::A, "GET", "/me");
    assert_eq!(reason(&bare), Some(ChosenBy::TurnWithoutId));
}

#[test]
fn a_dead_server_is_tried_and_the_next_one_answers() {
    for balancer in Balancer::ALL {
        let mut browser = Browser::new();
        with_dead(&mut browser, 3, balancer, &[1, 3]);
        for _ in 0..6 {
            let me = browser.send(Lane::A, "GET", "/me");
            assert_eq!(picked(&me), Some(2), "{balancer:?}");
            let found = tried(&me);
            assert!(found.iter().all(|server| [1, 3].contains(server)));
            assert_eq!(status(&me), 401);
        }
    }
    let mut browser = Browser::new();
    with_dead(&mut browser, 3, Balancer::RoundRobin, &[1, 3]);
    let found: Vec<_> = (0..3)
        .map(|_| tried(&browser.send(Lane::A, "GET", "/me")))
        .collect();
    assert_eq!(found, [vec![1], vec![3, 1], vec![3, 1]]);
}

#[test]
fn where_all_are_dead_the_balancer_answers() {
    for balancer in Balancer::ALL {
        for servers in [1, 3, 1_000] {
            let mut browser = Browser::new();
            let dead = Fault {
                kind: FaultKind::ServerDown,
                first: 1,
                last: servers,
            };
            browser.deployment.set_fleet(&Fleet {
                servers,
                balancer,
                faults: vec![dead],
                ..Fleet::default()
            });
            let me = browser.send(Lane::A, "GET", "/me");
            assert_eq!(status(&me), 503);
            let rejection = protocol::Rejection::NoServer { servers };
            assert_eq!(me.rejection(), Some(&rejection));
            assert_eq!(tried(&me).len(), servers.min(8) as usize);
            assert!(
                me.steps
                    .iter()
                    .all(|step| !matches!(step.party, Party::Server(_)))
            );
        }
    }
}

#[test]
fn the_server_that_the_cookie_names_is_dead_and_the_cookie_names_another() {
    let mut browser = Browser::new();
    browser.deploy(3, Balancer::StickyCookie);
    browser.sign_in(Lane::A);
    with_dead(&mut browser, 3, Balancer::StickyCookie, &[1]);
    let me = browser.send(Lane::A, "GET", "/me");
    assert_eq!(tried(&me), [1]);
    let by = ChosenBy::TurnAsPinnedIsDown { pinned: 1 };
    assert_eq!((picked(&me), reason(&me)), (Some(2), Some(by)));
    browser.deploy(3, Balancer::StickyCookie);
    let me = browser.send(Lane::A, "GET", "/me");
    assert_eq!(
        (picked(&me), reason(&me)),
        (Some(2), Some(ChosenBy::Cookie))
    );
}
