//! Many servers: what those that share nothing refuse, what cures it, and what the observer sees.

use protocol::{
    AdminAct, Balancer, Check, Exchange, Fact, Fleet, Lane, Outcome, Party, Preset, Rejection,
    Revocation, Scheme, StorePlace, StoreSettings,
};

use crate::browser::{Browser, START, errand, picked, status, with_copy};

/// A browser whose left lane keeps its sessions in each server's own memory.
fn private() -> Browser {
    Browser::with_sessions_in(StoreSettings {
        place: StorePlace::ServerMemory,
        ..StoreSettings::DEFAULT
    })
}

/// What came of requests for the user's own data: which server, and what it said.
fn answers(browser: &mut Browser, lane: Lane, requests: usize) -> Vec<(u32, u16)> {
    (0..requests)
        .map(|_| {
            let me = browser.send(lane, "GET", "/me");
            (picked(&me).unwrap_or(1), status(&me))
        })
        .collect()
}

/// The observer's lines.
fn observed(exchange: &Exchange) -> Vec<(Check, Outcome)> {
    let steps = exchange.steps.iter();
    let lines = steps.filter(|step| step.party == Party::Observer);
    lines
        .map(|step| (step.check, step.outcome.clone()))
        .collect()
}

#[test]
fn servers_that_share_nothing_refuse_each_others_sessions() {
    let mut browser = private();
    browser.deploy(10, Balancer::RoundRobin);
    let signed_in = browser.sign_in(Lane::A);
    assert_eq!(picked(&signed_in), Some(1));
    for server in 2..=10 {
        let me = browser.send(Lane::A, "GET", "/me");
        assert_eq!((picked(&me), status(&me)), (Some(server), 401));
        assert!(matches!(
            me.rejection(),
            Some(Rejection::SessionUnknown { .. })
        ));
        let line = Outcome::Noted(Fact::SessionIn { server: 1 });
        assert_eq!(observed(&me), [(Check::SessionLocated, line)]);
        let observer = me.steps.iter().find(|it| it.party == Party::Observer);
        assert!(observer.is_some_and(|step| step.cost == protocol::Cost::default()));
    }
    assert_eq!(answers(&mut browser, Lane::A, 1), [(1, 200)]);
    let seen = browser.deployment.observe(START).expect("it works");
    assert_eq!(seen.sessions[0].server, Some(1));
    // What nobody has is nowhere to be seen.
    let copy = format!("sid={}", "A".repeat(43));
    let stranger = with_copy(errand(Lane::A, "GET", "/me", ""), &copy);
    assert_eq!(observed(&browser.send_errand(stranger)), []);
}

#[test]
fn a_sticky_cookie_cures_it_until_its_server_dies() {
    let mut browser = private();
    browser.deploy(10, Balancer::StickyCookie);
    browser.sign_in(Lane::A);
    assert_eq!(answers(&mut browser, Lane::A, 3), [(1, 200); 3]);
    assert_eq!(browser.deployment.restart_server(2), 0);
    assert_eq!(answers(&mut browser, Lane::A, 1), [(1, 200)]);
    assert_eq!(browser.deployment.restart_server(1), 1);
    assert_eq!(answers(&mut browser, Lane::A, 2), [(1, 401); 2]);
    assert_eq!(browser.deployment.restart_server(11), 0, "there is none");
}

#[test]
fn a_store_that_all_share_cures_it() {
    let mut browser = Browser::new();
    browser.deploy(10, Balancer::RoundRobin);
    browser.sign_in(Lane::A);
    for (number, (server, status)) in (2..).zip(answers(&mut browser, Lane::A, 9)) {
        assert_eq!((server, status), (number, 200));
    }
    let seen = browser.deployment.observe(START).expect("it works");
    assert_eq!(seen.sessions[0].server, None);
}

#[test]
fn a_thousand_servers_know_one_token() {
    let mut browser = Browser::new();
    browser.deploy(1_000, Balancer::RoundRobin);
    browser.sign_in(Lane::B);
    for (number, answer) in (2..).zip(answers(&mut browser, Lane::B, 999)) {
        assert_eq!(answer, (number, 200));
    }
    let view = browser.deployment.observe_fleet();
    for lane in &view.lanes {
        assert_eq!(lane.len(), 1_000);
    }
    assert!(view.lanes[1].iter().all(|server| server.answered == 1));
    assert!(view.lanes[0].iter().all(|server| server.answered == 0));
}

/// Whatever a server would lose with its memory is counted: refresh tokens, and the tokens that it refuses.
#[test]
fn all_that_a_memory_holds_is_counted() {
    let mut browser = Browser::new();
    let refreshing = Scheme {
        revocation: Revocation::Denylist,
        store: StoreSettings {
            place: StorePlace::ServerMemory,
            ..StoreSettings::DEFAULT
        },
        ..Preset::Hybrid.scheme()
    };
    browser
        .deployment
        .set_schemes(&[Scheme::STATEFUL, refreshing]);
    let records = |browser: &Browser| browser.deployment.observe_fleet().lanes[1][0].records;
    assert_eq!(records(&browser), 0);
    browser.sign_in(Lane::B);
    assert_eq!(records(&browser), 1);
    let signed_out = browser.send(Lane::B, "POST", "/logout");
    assert_eq!(status(&signed_out), 204);
    assert_eq!(records(&browser), 2);
}

#[test]
fn servers_that_are_added_leave_the_others_as_they_are() {
    let mut browser = private();
    browser.deploy(2, Balancer::StickyCookie);
    browser.sign_in(Lane::A);
    let records = |browser: &Browser| -> Vec<u32> {
        let view = browser.deployment.observe_fleet();
        view.lanes[0].iter().map(|server| server.records).collect()
    };
    assert_eq!(records(&browser), [1, 0]);
    browser.deploy(4, Balancer::StickyCookie);
    assert_eq!(records(&browser), [1, 0, 0, 0]);
    assert_eq!(answers(&mut browser, Lane::A, 1), [(1, 200)]);
    browser.deploy(1, Balancer::HashOfId);
    assert_eq!(records(&browser), [1]);
    assert_eq!(answers(&mut browser, Lane::A, 1), [(1, 200)]);

    // The second server of two goes, and what it remembered with it.
    let mut browser = private();
    browser.deploy(2, Balancer::RoundRobin);
    browser.send(Lane::A, "GET", "/me");
    browser.sign_in(Lane::A);
    assert_eq!(records(&browser), [0, 1]);
    browser.deploy(1, Balancer::RoundRobin);
    browser.deploy(2, Balancer::RoundRobin);
    assert_eq!(records(&browser), [0, 0]);
}

#[test]
fn a_fleet_that_makes_no_sense_is_left_aside() {
    let mut browser = Browser::new();
    browser.deploy(3, Balancer::RoundRobin);
    for servers in [0, 1_001] {
        browser.deploy(servers, Balancer::RoundRobin);
        let view = browser.deployment.observe_fleet();
        assert_eq!(view.lanes.map(|lane| lane.len()), [3, 3]);
    }
}

#[test]
fn a_reset_leaves_one_server() {
    let mut browser = private();
    browser.deploy(5, Balancer::StickyCookie);
    browser.sign_in(Lane::A);
    browser.reset();
    assert_eq!(browser.document_cookie().as_deref(), Some(""));
    let view = browser.deployment.observe_fleet();
    for lane in view.lanes {
        let [server] = lane.as_slice() else {
            panic!("one server is left");
        };
        assert_eq!((server.answered, server.records), (0, 0));
        assert!(server.can_sign && server.has_newest_key && server.reaches_store);
    }
}

#[test]
fn whoever_ends_a_session_from_outside_reaches_each_memory() {
    let sign_out = AdminAct::SignOutUser {
        lane: Lane::A,
        user: 42,
    };
    for by_administrator in [false, true] {
        let mut browser = private();
        browser.deploy(3, Balancer::RoundRobin);
        browser.send(Lane::A, "GET", "/me");
        browser.sign_in(Lane::A);
        let seen = browser.deployment.observe(START).expect("it works");
        let [session] = seen.sessions.as_slice() else {
            panic!("there is one session");
        };
        assert_eq!(session.server, Some(2));
        if by_administrator {
            let outcome = browser.deployment.administer(&sign_out, START);
            assert_eq!(outcome.map(|outcome| outcome.sessions_ended), Ok(1));
        } else {
            assert_eq!(browser.deployment.kill(&session.id_hash, START), Ok(true));
        }
        let after = answers(&mut browser, Lane::A, 3);
        assert!(after.iter().all(|(_, status)| *status == 401), "{after:?}");
    }
}

/// Refresh tokens in memory are met by one server alone, too, and the balancer's cookie travels with them.
#[test]
fn a_refresh_token_in_memory_is_known_where_it_was_given_out() {
    for (balancer, expected) in [(Balancer::RoundRobin, 401), (Balancer::StickyCookie, 200)] {
        let mut browser = Browser::new();
        let store = StoreSettings {
            place: StorePlace::ServerMemory,
            ..StoreSettings::DEFAULT
        };
        let hybrid = Scheme {
            store,
            ..Preset::Hybrid.scheme()
        };
        browser.deployment.set_schemes(&[hybrid, Scheme::STATELESS]);
        browser.deploy(3, balancer);
        browser.sign_in(Lane::A);
        // Tokens are known everywhere.
        assert!(
            answers(&mut browser, Lane::A, 3)
                .iter()
                .all(|(_, status)| *status == 200)
        );
        browser.send(Lane::A, "GET", "/me");
        let refreshed = browser.send(Lane::A, "POST", "/refresh");
        assert_eq!(status(&refreshed), expected, "{balancer:?}");
        let line = Outcome::Noted(Fact::RefreshTokenIn { server: 1 });
        let lines = match balancer {
            Balancer::RoundRobin => vec![(Check::RefreshTokenLocated, line)],
            _ => Vec::new(),
        };
        assert_eq!(observed(&refreshed), lines);
    }
}

/// What one server has in its cache, the others do not believe.
#[test]
fn each_server_has_a_cache_of_its_own() {
    let mut browser = Browser::with_sessions_in(StoreSettings {
        session_cache_seconds: 60,
        ..StoreSettings::DEFAULT
    });
    browser.deploy(2, Balancer::RoundRobin);
    browser.sign_in(Lane::A);
    assert_eq!(answers(&mut browser, Lane::A, 1), [(2, 200)]);
    let view = browser.deployment.observe_fleet();
    let cached = view.lanes[0].iter().map(|server| server.cached);
    assert_eq!(cached.collect::<Vec<_>>(), [0, 1]);
    browser.end_all_sessions();
    assert_eq!(
        answers(&mut browser, Lane::A, 2),
        [(1, 401), (2, 200)],
        "the second server goes on to believe"
    );
}

/// Two thousand servers stand within a moment, and a request costs about the same among them.
#[test]
fn a_fleet_of_a_thousand_is_deployed_at_once() {
    let mut browser = Browser::new();
    let started = std::time::Instant::now();
    for servers in [1_000, 999, 1_000] {
        browser.deployment.set_fleet(&Fleet {
            servers,
            ..Fleet::default()
        });
    }
    assert!(
        started.elapsed().as_millis() < 1_500,
        "{:?}",
        started.elapsed()
    );
}
