//! What single operations cost, by a stopwatch that the tests hold.

use std::cell::Cell;
use std::sync::{Arc, Mutex};

use deployment::{StoreSize, calibrate, measure_growth};
use protocol::{CalibratedCost, Calibration, Lane};
use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use server::Environment;
use sessions::{SessionId, SqliteStore};

use crate::browser::{Browser, START, in_environment, ticking};

fn measure(browser: &mut Browser, grain: f64, stopwatch: &dyn Fn() -> f64) -> Calibration {
    let mut environment = Environment {
        now: START,
        random: &mut |bytes| bytes.fill(3),
        stopwatch,
    };
    calibrate(&mut browser.deployment, grain, &mut environment)
}

fn costs(calibration: &Calibration) -> [CalibratedCost; 4] {
    [
        calibration.session_id_hash,
        calibration.session_lookup,
        calibration.signature_check,
        calibration.token_checks,
    ]
}

#[test]
fn every_operation_has_a_cost() {
    let mut browser = Browser::new();
    for cost in costs(&measure(&mut browser, 5.0, &ticking(600.0))) {
        assert_eq!(cost.microseconds, 600.0);
        assert_eq!(cost.runs, 9);
    }
}

/// A browser compiles an operation when it first runs: that one run outlasts any batch, and must not decide how many
/// runs a batch has. Otherwise all others are shorter than the timer's grain, and the median reads 0.
#[test]
fn a_slow_first_run_does_not_decide_the_size_of_a_batch() {
    let mut browser = Browser::new();
    let readings = Cell::new(0_u32);
    let now = Cell::new(0.0);
    let stopwatch = || {
        readings.set(readings.get() + 1);
        // Every second reading ends a batch, and nine batches make a median.
        now.set(
            now.get()
                + match readings.get() {
                    1..=2 => 1_000_000.0,
                    3..=18 => 0.0,
                    _ => 600.0,
                },
        );
        now.get()
    };
    let [first, others @ ..] = costs(&measure(&mut browser, 5.0, &stopwatch));
    assert_eq!((first.microseconds, first.runs), (300.0, 18));
    for cost in others {
        assert_eq!((cost.microseconds, cost.runs), (600.0, 9));
    }
}

/// A coarse timer needs long batches: twenty grains.
#[test]
fn a_batch_lasts_many_grains_of_the_timer() {
    let mut browser = Browser::new();
    let real = std::time::Instant::now();
    let grain = 100.0;
    let coarse = || (real.elapsed().as_nanos() as f64 / 1000.0 / grain).floor() * grain;
    let calibration = measure(&mut browser, grain, &coarse);
    for cost in costs(&calibration) {
        assert!(cost.microseconds > 0.0, "{calibration:?}");
        let batch = cost.microseconds * f64::from(cost.runs / 9);
        assert!(batch >= 20.0 * grain - 0.001, "{calibration:?}");
    }
}

#[test]
fn calibrating_changes_nothing_and_is_in_no_ledger() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    let before = browser.deployment.observe(START).expect("it works");
    measure(&mut browser, 5.0, &ticking(600.0));
    assert_eq!(browser.deployment.observe(START).expect("it works"), before);
    let exchange = browser.send(Lane::A, "GET", "/me");
    assert_eq!(exchange.ledger.authentication.reads, 1);
}

/// Batches differ: it is the one in the middle that counts.
#[test]
fn the_median_of_nine_batches_counts() {
    let mut browser = Browser::new();
    let batches = [
        900.0, 500.0, 700.0, 1_300.0, 800.0, 600.0, 1_000.0, 1_100.0, 1_200.0,
    ];
    let (readings, now) = (Cell::new(0_usize), Cell::new(0.0));
    let stopwatch = || {
        // Every second reading ends a batch; between batches no time passes.
        let reading = readings.replace(readings.get() + 1);
        if reading % 2 == 1 {
            now.set(now.get() + batches[reading / 2 % batches.len()]);
        }
        now.get()
    };
    for cost in costs(&measure(&mut browser, 5.0, &stopwatch)) {
        assert_eq!((cost.microseconds, cost.runs), (900.0, 9));
    }
}

#[test]
fn at_each_size_sessions_are_looked_up_one_after_another() {
    let mut browser = Browser::new();
    browser.sign_in(Lane::A);
    let there = SessionId::parse(&browser.session_id()).expect("it is one");
    let hashes = [there.hash(), SessionId::from_random([9; 32]).hash()];
    for (hashes, lookups) in [(&hashes[..], 9), (&[], 0)] {
        browser.traced.take();
        let mut environment = Environment {
            now: START,
            random: &mut |bytes| bytes.fill(3),
            stopwatch: &ticking(600.0),
        };
        let size = StoreSize {
            hashes,
            sessions: 2_000,
            cache_kib: 512,
        };
        let point = measure_growth(&mut browser.deployment, size, 5.0, &mut environment);
        assert_eq!((point.sessions, point.cache_kib), (2_000, 512));
        for cost in [point.lookup, point.token_checks] {
            assert_eq!((cost.microseconds, cost.runs), (600.0, 9));
        }
        assert_eq!(browser.traced.take(), (lookups, 0));
    }
    // None of it is in a ledger.
    let exchange = browser.send(Lane::A, "GET", "/me");
    assert_eq!(exchange.ledger.authentication.reads, 1);
}

/// A lookup that finds nothing would be another measure.
#[test]
fn a_session_that_is_there_is_looked_up() {
    let mut browser = Browser::new();
    let asked = Arc::new(Mutex::new(String::new()));
    let mut connection = Connection::open_in_memory().expect("memory is there");
    let hook = {
        let asked = Arc::clone(&asked);
        move |event: TraceEvent<'_>| {
            if let TraceEvent::Stmt(statement, _) = event {
                let statement = statement.expanded_sql().unwrap_or_default();
                asked.lock().expect("nothing panics").push_str(&statement);
            }
        }
    };
    connection
        .trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(hook))
        .expect("SQLite can trace");
    let store = SqliteStore::open(connection, &server::sample_accounts());
    let store = store.expect("an empty database opens");
    let replaced = in_environment(START, &mut 7, |environment| {
        browser.deployment.replace_store(store, environment)
    });
    assert!(replaced.is_ok());
    browser.sign_in(Lane::A);
    let id = SessionId::parse(&browser.session_id()).expect("it is one");
    asked.lock().expect("nothing panics").clear();
    measure(&mut browser, 5.0, &ticking(600.0));
    let asked = asked.lock().expect("nothing panics").to_lowercase();
    assert_eq!(asked.matches(&id.hash().to_string()).count(), 9);
}
