//! What a request would meet on a fleet: the same server, by the same reason, as it then does.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use protocol::{
    Balancer, Errand, Exchange, Fault, FaultKind, Fleet, FleetKeys, Lane, Preset, Scheme, Step,
    StorePlace, StoreSettings,
};

use crate::browser::{Browser, errand};

/// What a step is, but for how a store words its operations.
fn steps(exchange: &Exchange) -> Vec<Step> {
    let mut steps = exchange.steps.clone();
    for operation in steps.iter_mut().flat_map(|step| &mut step.cost.store) {
        operation.statement.clear();
        (operation.vm_steps, operation.full_scan_steps) = (0, 0);
    }
    steps
}

#[track_caller]
fn check(browser: &mut Browser, errand: &Errand) {
    let fleet_before = browser.deployment.observe_fleet();
    let previewed = browser.preview(errand);
    assert_eq!(browser.preview(errand), previewed, "it is told alike twice");
    assert_eq!(browser.deployment.observe_fleet(), fleet_before);
    let carried = browser.send_errand(errand.clone());
    assert_eq!(previewed.response, carried.response);
    assert_eq!(previewed.cookies, carried.cookies);
    assert_eq!(steps(&previewed), steps(&carried));
}

fn any_fault(servers: u32) -> impl Strategy<Value = Fault> {
    let kind = prop::sample::select(vec![
        FaultKind::ServerDown,
        FaultKind::StoreDown,
        FaultKind::StoreSlow { milliseconds: 300 },
        FaultKind::StoreUnreachable,
        FaultKind::KeyTaken,
        FaultKind::KeyOld,
        FaultKind::ClockOff { seconds: 1_200 },
        FaultKind::ClockOff { seconds: -1_200 },
    ]);
    (kind, 1..=servers, 0..3_u32).prop_map(|(kind, first, more)| Fault {
        kind,
        first,
        last: first + more,
    })
}

fn any_fleet() -> impl Strategy<Value = Fleet> {
    (1..=5_u32).prop_flat_map(|servers| {
        (
            prop::sample::select(Balancer::ALL.to_vec()),
            prop::collection::vec(any_fault(servers), 0..3),
            any::<bool>(),
        )
            .prop_map(move |(balancer, faults, halves)| Fleet {
                servers,
                balancer,
                keys: if halves {
                    FleetKeys::PublicHalves
                } else {
                    FleetKeys::Shared
                },
                faults,
            })
    })
}

thread_local! {
    /// Signed in to both lanes once: a password hash costs too much for every case.
    static SIGNED_IN: RefCell<Browser> = RefCell::new({
        let mut browser = Browser::new();
        browser.sign_in(Lane::A);
        browser.sign_in(Lane::B);
        browser
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_preview_foresees_what_a_fleet_does(
        fleet in any_fleet(),
        requests in prop::collection::vec(
            (
                prop::sample::select(Lane::BOTH.to_vec()),
                prop::sample::select(vec![
                    ("GET", "/me", ""),
                    ("POST", "/orders", r#"{"item":"Tea"}"#),
                    ("GET", "/services/orders", ""),
                    ("POST", "/login", r#"{"account":1}"#),
                    ("GET", "/nowhere", ""),
                ]),
                0..200_i64,
            ),
            1..6,
        ),
        in_memory in any::<bool>(),
        seconds in prop::sample::select(vec![0_u32, 30]),
    ) {
        SIGNED_IN.with_borrow_mut(|browser| -> Result<(), TestCaseError> {
            let store = StoreSettings {
                place: if in_memory { StorePlace::ServerMemory } else { StorePlace::Database },
                session_cache_seconds: seconds,
                ..StoreSettings::DEFAULT
            };
            let stateful = Scheme { store, ..Scheme::STATEFUL };
            browser.deployment.set_schemes(&[stateful, Preset::Stateless.scheme()]);
            browser.deployment.set_fleet(&fleet);
            let now = browser.now;
            for (lane, (method, path, body), wait) in requests {
                browser.now = browser.now.plus_seconds(wait);
                check(browser, &errand(lane, method, path, body));
            }
            browser.now = now;
            Ok(())
        })?;
    }
}
