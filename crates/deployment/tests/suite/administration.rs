//! What an administrator ends of users, counted over lanes and servers.

use protocol::{AdminAct, AdminOutcome, Balancer, Lane, Preset, Scheme, StorePlace, StoreSettings};
use sessions::RevocationStore;

use crate::browser::{Browser, START, status};

fn in_memory(preset: Preset) -> Scheme {
    Scheme {
        store: StoreSettings {
            place: StorePlace::ServerMemory,
            ..StoreSettings::DEFAULT
        },
        ..preset.scheme()
    }
}

fn administer(browser: &mut Browser, act: &AdminAct) -> AdminOutcome {
    let outcome = browser.deployment.administer(act, START);
    outcome.expect("the store works")
}

fn suspend(user: u32, suspended: bool) -> AdminAct {
    AdminAct::Suspend { user, suspended }
}

#[test]
fn a_suspension_counts_what_it_ends_in_both_lanes() {
    use Preset::{Hybrid, Stateful, Stateless, UserVersion};
    let ended = AdminOutcome {
        found: true,
        ..AdminOutcome::default()
    };
    let after = |seconds| Some(START.plus_seconds(seconds));
    let sessions = AdminOutcome {
        sessions_ended: 2,
        ..ended
    };
    let families = AdminOutcome {
        families_ended: 2,
        tokens_outlive: after(300),
        ..ended
    };
    let versions = AdminOutcome {
        versions_raised: 2,
        ..ended
    };
    // The longest-lived tokens count.
    let longest = AdminOutcome {
        families_ended: 1,
        tokens_outlive: after(900),
        ..ended
    };
    for (presets, expected) in [
        ([Stateful, Stateful], sessions),
        ([Hybrid, Hybrid], families),
        ([UserVersion, UserVersion], versions),
        ([Hybrid, Stateless], longest),
        ([Stateless, Hybrid], longest),
    ] {
        for schemes in [presets.map(Preset::scheme), presets.map(in_memory)] {
            let mut browser = Browser::new();
            browser.deploy(3, Balancer::RoundRobin);
            browser.deployment.set_schemes(&schemes);
            // In memory it is the second server that each lane signs in at.
            for lane in Lane::BOTH {
                browser.send(lane, "GET", "/me");
                browser.sign_in(lane);
            }
            let outcome = administer(&mut browser, &suspend(42, true));
            assert_eq!(outcome, expected, "{schemes:?}");
        }
    }
}

#[test]
fn an_account_that_is_restored_stays_signed_in_where_it_is() {
    for scheme in [Preset::Stateful.scheme(), Preset::UserVersion.scheme()] {
        let mut browser = Browser::new();
        browser.deployment.set_schemes(&[scheme, scheme]);
        browser.sign_in(Lane::B);
        let found = AdminOutcome {
            found: true,
            ..AdminOutcome::default()
        };
        assert_eq!(administer(&mut browser, &suspend(42, false)), found);
        assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
    }
}

#[test]
fn of_nobody_nothing_ends() {
    let nobody = 777;
    for scheme in [Preset::UserVersion.scheme(), in_memory(Preset::UserVersion)] {
        let mut browser = Browser::new();
        browser.deploy(2, Balancer::RoundRobin);
        browser.deployment.set_schemes(&[scheme, scheme]);
        let lane = Lane::A;
        for act in [
            suspend(nobody, true),
            suspend(nobody, false),
            AdminAct::SignOutUser { lane, user: nobody },
        ] {
            let outcome = administer(&mut browser, &act);
            assert_eq!(outcome, AdminOutcome::default(), "{act:?}");
        }
        let store = browser.deployment.store_mut();
        assert_eq!(store.token_version(lane, nobody), Ok(0));
    }
}

/// Servers that share a database are told once.
#[test]
fn a_version_is_raised_by_one_however_many_servers_there_are() {
    let scheme = Preset::UserVersion.scheme();
    for servers in [1, 2, 5] {
        let mut browser = Browser::new();
        browser.deploy(servers, Balancer::RoundRobin);
        browser.deployment.set_schemes(&[scheme, scheme]);
        let (lane, user) = (Lane::B, 42);
        administer(&mut browser, &AdminAct::SignOutUser { lane, user });
        let store = browser.deployment.store_mut();
        assert_eq!(store.token_version(lane, user), Ok(1), "{servers} servers");
    }
}
