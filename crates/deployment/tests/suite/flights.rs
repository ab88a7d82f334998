//! Requests that are held on their way: what happens meanwhile counts when they arrive.

use protocol::{
    AdminAct, Check, Errand, Exchange, Lane, Presented, Preset, Rejection, Scheme, StorePlace,
    StoreSettings, Timestamp,
};
use server::SAMPLE_PASSWORD;

use crate::browser::{Browser, START, credentials, errand, in_environment, status, with_copy};

fn with_scheme(lane: Lane, scheme: Scheme) -> Browser {
    let mut browser = Browser::new();
    let mut schemes = [Scheme::STATEFUL, Scheme::STATELESS];
    *lane.of_mut(&mut schemes) = scheme;
    browser.deployment.set_schemes(&schemes);
    browser
}

fn depart(browser: &mut Browser, errand: &Errand, at: Timestamp) -> u32 {
    let page = browser.page();
    let (flight, so_far) = in_environment(at, &mut 100, |environment| {
        browser.deployment.depart(&page, errand, environment)
    });
    assert_eq!(so_far.response, None);
    assert_eq!(so_far.at, at);
    flight
}

fn arrive(browser: &mut Browser, flight: u32, at: Timestamp) -> Exchange {
    // No two moments share their chance, so that no two secrets are the same.
    let seconds = at.seconds() - START.seconds();
    let mut random = 50 + 20 * u64::try_from(seconds).expect("it is soon");
    in_environment(at, &mut random, |environment| {
        browser.deployment.arrive(flight, environment)
    })
    .expect("it is on its way")
}

fn deliver(browser: &mut Browser, flight: u32, at: Timestamp) -> Exchange {
    let carried = in_environment(at, &mut 0, |environment| {
        browser.deployment.deliver(flight, environment)
    });
    let mut exchanges = carried.expect("it was answered").exchanges;
    exchanges.remove(0)
}

fn after(seconds: i64) -> Timestamp {
    START.plus_seconds(seconds)
}

#[test]
fn a_request_that_nothing_happens_to_is_one_like_any_other() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    let flight = depart(&mut browser, &errand(Lane::A, "GET", "/me", ""), after(1));
    let arrived = arrive(&mut browser, flight, after(2));
    assert_eq!(status(&arrived), 200);
    let delivered = deliver(&mut browser, flight, after(3));
    assert_eq!(delivered.at, after(1), "it counts from when it left");
    assert_eq!(delivered.number, 2);
    assert_eq!(delivered.steps, arrived.steps);
    assert_eq!(delivered.ledger.network_milliseconds, 40.0);
}

#[test]
fn a_session_can_be_killed_while_its_request_is_on_the_way() {
    for (killed_at, expected) in [(None, 200), (Some(2), 401)] {
        let mut browser = Browser::new();
        browser.sign_in(Lane::A);
        let flight = depart(&mut browser, &errand(Lane::A, "GET", "/me", ""), after(1));
        if let Some(seconds) = killed_at {
            let seen = browser.deployment.observe(START).expect("it works");
            let killed = browser
                .deployment
                .kill(&seen.sessions[0].id_hash, after(seconds));
            assert_eq!(killed, Ok(true));
        }
        let arrived = arrive(&mut browser, flight, after(3));
        assert_eq!(status(&arrived), expected);
    }
}

#[test]
fn a_server_that_restarts_meanwhile_has_lost_what_was_in_its_memory() {
    for (place, expected) in [(StorePlace::Database, 200), (StorePlace::ServerMemory, 401)] {
        let store = StoreSettings {
            place,
            ..StoreSettings::DEFAULT
        };
        let mut browser = with_scheme(
            Lane::A,
            Scheme {
                store,
                ..Scheme::STATEFUL
            },
        );
        browser.sign_in(Lane::A);
        let flight = depart(&mut browser, &errand(Lane::A, "GET", "/me", ""), after(1));
        let lost = in_environment(after(2), &mut 0, |environment| {
            browser.deployment.restart(environment)
        });
        let in_memory = u32::from(place == StorePlace::ServerMemory);
        assert_eq!(lost, Ok(in_memory), "{place:?}");
        assert_eq!(status(&arrive(&mut browser, flight, after(3))), expected);
    }
}

/// Two tabs of one browser ask at once, with the same refresh token.
#[test]
fn of_two_tabs_that_refresh_at_once_one_ends_the_family_unless_there_is_a_grace() {
    for (grace, second, then) in [(0, 401, 401), (5, 200, 200)] {
        let hybrid = Preset::Hybrid.scheme();
        let mut lifetimes = hybrid.lifetimes;
        lifetimes.refresh_grace_seconds = grace;
        let mut browser = with_scheme(
            Lane::B,
            Scheme {
                lifetimes,
                ..hybrid
            },
        );
        browser.sign_in(Lane::B);
        let refresh = errand(Lane::B, "POST", "/refresh", "");
        let flights = [1, 1].map(|seconds| depart(&mut browser, &refresh, after(seconds)));
        assert_eq!(status(&arrive(&mut browser, flights[0], after(2))), 200);
        let late = arrive(&mut browser, flights[1], after(3));
        assert_eq!(status(&late), second);
        assert_eq!(
            matches!(late.rejection(), Some(Rejection::RefreshTokenReused { .. })),
            grace == 0
        );
        deliver(&mut browser, flights[0], after(3));
        deliver(&mut browser, flights[1], after(4));
        // What the first tab got is worth nothing once the family is ended.
        browser.now = after(6);
        assert_eq!(status(&browser.send_errand(refresh)), then);
        // The access token that was issued before goes on either way.
        assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
    }
}

#[test]
fn a_thief_who_is_first_is_found_out_when_the_user_comes() {
    let mut browser = with_scheme(Lane::B, Preset::Hybrid.scheme());
    browser.sign_in(Lane::B);
    let jar = browser.deployment.jar().cookies();
    let stolen = jar
        .iter()
        .find(|cookie| cookie.name == "refresh_token")
        .map(|cookie| format!("refresh_token={}", cookie.value))
        .expect("it is there");
    let refresh = || errand(Lane::B, "POST", "/refresh", "");
    let thief = depart(&mut browser, &with_copy(refresh(), &stolen), after(1));
    let user = depart(&mut browser, &refresh(), after(2));
    assert_eq!(status(&arrive(&mut browser, thief, after(3))), 200);
    let found_out = arrive(&mut browser, user, after(4));
    assert!(matches!(
        found_out.rejection(),
        Some(Rejection::RefreshTokenReused { .. })
    ));
    // The thief's answer never reaches this browser.
    let delivered = deliver(&mut browser, thief, after(5));
    assert!(delivered.cookies.is_empty());
    let seen = browser.deployment.observe(after(5)).expect("it works");
    assert!(!seen.refresh_tokens.is_empty());
    assert!(
        seen.refresh_tokens
            .iter()
            .all(|token| token.ended.is_some())
    );
}

#[test]
fn no_request_arrives_twice_and_none_is_delivered_unanswered() {
    let mut browser = Browser::new();
    let flight = depart(&mut browser, &errand(Lane::A, "GET", "/me", ""), after(1));
    let deliver = |browser: &mut Browser, number| {
        in_environment(after(2), &mut 0, |environment| {
            browser.deployment.deliver(number, environment).is_some()
        })
    };
    let arrive = |browser: &mut Browser, number| {
        in_environment(after(2), &mut 0, |environment| {
            browser.deployment.arrive(number, environment).is_some()
        })
    };
    assert!(!deliver(&mut browser, flight));
    assert!(!arrive(&mut browser, flight + 1));
    assert!(arrive(&mut browser, flight));
    assert!(!arrive(&mut browser, flight));
    assert!(deliver(&mut browser, flight));
    assert!(!deliver(&mut browser, flight));
}

#[test]
fn another_device_has_a_session_of_its_own_and_this_browser_none_of_it() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    let own = browser.session_id();
    let elsewhere = Errand {
        credential: Presented::OtherDevice,
        headers: vec![protocol::Header::new("User-Agent", "Mozilla/5.0 (Android)")],
        ..errand(Lane::A, "POST", "/login", &credentials(SAMPLE_PASSWORD))
    };
    let signed_in = browser.send_errand(elsewhere);
    assert_eq!(status(&signed_in), 200);
    assert_eq!(signed_in.steps[0].check, Check::OtherDeviceAsked);
    assert!(signed_in.cookies.is_empty());
    assert_eq!(browser.session_id(), own);
    let seen = browser.deployment.observe(START).expect("it works");
    assert_eq!(seen.session_count, 2);
    let devices: Vec<&str> = seen
        .sessions
        .iter()
        .map(|session| session.device.as_str())
        .collect();
    assert_ne!(devices[0], devices[1]);

    // Signing the user out ends both.
    let outcome = browser.deployment.administer(
        &AdminAct::SignOutUser {
            lane: Lane::A,
            user: 42,
        },
        START,
    );
    assert_eq!(outcome.map(|it| it.sessions_ended), Ok(2));
}

#[test]
fn a_delivered_answer_says_whether_the_jar_has_to_be_kept() {
    let mut browser = Browser::new();
    let sign_in = errand(Lane::A, "POST", "/login", &credentials(SAMPLE_PASSWORD));
    for (errand, changes) in [(sign_in, true), (errand(Lane::A, "GET", "/me", ""), false)] {
        let flight = depart(&mut browser, &errand, after(1));
        arrive(&mut browser, flight, after(2));
        let carried = in_environment(after(3), &mut 0, |environment| {
            browser.deployment.deliver(flight, environment)
        });
        assert_eq!(carried.map(|it| it.jar_changed), Some(changes));
    }
}

/// With the sixty-fifth, the one that left first is lost.
#[test]
fn no_more_than_sixty_four_are_on_their_way() {
    let mut browser = Browser::new();
    let me = errand(Lane::A, "GET", "/me", "");
    let flights: Vec<u32> = (0..64)
        .map(|_| depart(&mut browser, &me, after(1)))
        .collect();
    let is_there = |browser: &mut Browser, flight| {
        in_environment(after(2), &mut 0, |environment| {
            browser.deployment.arrive(flight, environment).is_some()
        })
    };
    assert!(is_there(&mut browser, flights[1]));
    let last = depart(&mut browser, &me, after(1));
    assert!(!is_there(&mut browser, flights[0]));
    assert!(is_there(&mut browser, flights[2]) && is_there(&mut browser, last));
}
