//! Another scheme for a lane: what makes no sense is left aside, and what servers remember stays as long as it is of use.

use protocol::{
    Balancer, Carrier, Lane, Lifetimes, Preset, Revocation, Scheme, StorePlace, StoreSettings,
};

use crate::browser::{Browser, status};

const IN_MEMORY: StoreSettings = StoreSettings {
    place: StorePlace::ServerMemory,
    ..StoreSettings::DEFAULT
};

#[test]
fn a_scheme_that_makes_no_sense_is_left_aside_and_the_other_lanes_is_not() {
    let nonsense = Scheme {
        revocation: Revocation::Expiry,
        ..Scheme::STATEFUL
    };
    assert!(nonsense.problem().is_some());
    let mut browser = Browser::new();
    let denylist = Preset::Denylist.scheme();
    browser.deployment.set_schemes(&[nonsense, denylist]);
    for (lane, scheme) in [(Lane::A, Scheme::STATEFUL), (Lane::B, denylist)] {
        assert_eq!(browser.send(lane, "GET", "/me").scheme, scheme);
    }
}

#[test]
fn what_a_server_remembers_is_gone_with_credential_or_place_alone() {
    let before = Scheme {
        store: IN_MEMORY,
        ..Scheme::STATEFUL
    };
    let longer = Lifetimes {
        idle_timeout_seconds: 3_600,
        ..Lifetimes::DEFAULT
    };
    for (scheme, left) in [
        (
            Scheme {
                lifetimes: longer,
                ..before
            },
            1,
        ),
        (
            Scheme {
                carrier: Carrier::Memory,
                ..before
            },
            1,
        ),
        (Scheme::STATEFUL, 0),
        (
            Scheme {
                store: IN_MEMORY,
                ..Scheme::STATELESS
            },
            0,
        ),
    ] {
        let mut browser = Browser::with_sessions_in(IN_MEMORY);
        browser.sign_in(Lane::A);
        browser.deployment.set_schemes(&[scheme, Scheme::STATELESS]);
        let view = browser.deployment.observe_fleet();
        assert_eq!(view.lanes[0][0].records, left, "{scheme:?}");
        browser.deployment.set_schemes(&[before, Scheme::STATELESS]);
        let expected = if left == 1 { 200 } else { 401 };
        assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), expected);
    }
}

/// The last server of a fleet can be restarted, and those of other services are none of it.
#[test]
fn a_restart_concerns_the_servers_of_the_fleet_alone() {
    for servers in [1, 3] {
        let mut browser = Browser::with_sessions_in(IN_MEMORY);
        browser.deploy(servers, Balancer::RoundRobin);
        for _ in 1..servers {
            browser.send(Lane::A, "GET", "/me");
        }
        browser.sign_in(Lane::A);
        assert_eq!(browser.deployment.restart_server(servers), 1);
        assert_eq!(browser.deployment.restart_server(0), 0);

        let mut browser = Browser::with_sessions_in(StoreSettings {
            session_cache_seconds: 60,
            ..StoreSettings::DEFAULT
        });
        browser.deploy(servers, Balancer::RoundRobin);
        browser.sign_in(Lane::A);
        let orders =
            |browser: &mut Browser| status(&browser.send(Lane::A, "GET", "/services/orders"));
        assert_eq!(orders(&mut browser), 200);
        browser.end_all_sessions();
        assert_eq!(browser.deployment.restart_server(servers + 1), 0);
        assert_eq!(orders(&mut browser), 200, "it goes on to believe");
    }
}
