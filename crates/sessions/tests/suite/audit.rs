//! The audit log, in all stores.

use protocol::{Access, Lane};
use sessions::{
    AUDIT_LOG_CAPACITY, AuditEntry, AuditEvent, AuditLog, AuditRecord, ObserverAccess, SqliteStore,
    Store,
};

use crate::sample::{MEMBER, NOBODY, WholeStore, at, on_each, signed_in};
use crate::traced::Traced;

fn record_many(store: &mut (impl AuditLog + ?Sized), count: usize) {
    for _ in 0..count {
        let recorded = store.record(&signed_in(1));
        assert_eq!(recorded, Ok(()));
    }
}

#[test]
fn what_happened_is_kept_newest_first() {
    on_each(|store| {
        let mut expected = Vec::new();
        for (id, event) in (1..).zip(AuditEvent::ALL) {
            // A clock can be set back: the order is that in which it was written down.
            let moment = at(100 - i64::from(id));
            let user = [Some(MEMBER), Some(NOBODY), None][id as usize % 3];
            let subject = [Some("0f007385"), None][id as usize % 2];
            let lane = [Some(Lane::A), Some(Lane::B), None][id as usize % 3];
            let record = AuditRecord {
                at: moment,
                event,
                lane,
                user,
                subject,
            };
            assert_eq!(store.record(&record), Ok(()));
            expected.insert(
                0,
                AuditEntry {
                    id,
                    at: moment,
                    event,
                    lane,
                    user,
                    subject: subject.map(str::to_owned),
                },
            );
        }
        for (limit, shown) in [(0, 0), (1, 1), (6, 6), (usize::MAX, 13)] {
            let listed = store.list_audit(limit);
            assert_eq!(listed, Ok(expected[..shown].to_vec()), "limit {limit}");
        }
    });
}

#[test]
fn an_event_is_read_back_as_it_is_written_and_no_other_way() {
    for event in AuditEvent::ALL {
        let name = event.as_str();
        assert_eq!(AuditEvent::parse(name), Some(event));
        for other in [
            name.to_uppercase(),
            format!("{name} "),
            name[1..].to_owned(),
        ] {
            assert_eq!(AuditEvent::parse(&other), None, "{other:?}");
        }
    }
}

#[test]
fn a_full_log_forgets_the_oldest_and_no_number_comes_twice() {
    on_each(|store: &mut dyn WholeStore| {
        assert_eq!(AUDIT_LOG_CAPACITY, 1_000);
        for (recorded, numbers) in [
            (999, 1..=999),
            (1, 1..=1_000),
            (1, 2..=1_001),
            (4, 6..=1_005),
            (2_000, 2_006..=3_005),
        ] {
            record_many(store, recorded);
            let listed = store.list_audit(usize::MAX).expect("it lists");
            let found: Vec<u32> = listed.iter().map(|entry| entry.id).collect();
            assert_eq!(found, Vec::from_iter(numbers.rev()));
        }
    });
}

/// What SQLite ran, and what the store says of it, for one entry more.
fn one_more(store: &mut SqliteStore, traced: &Traced) -> (Vec<String>, Vec<(Access, u32, u32)>) {
    store.take_operations();
    traced.take();
    record_many(store, 1);
    let logged = store.take_operations();
    let ran = traced.take();
    let statements: Vec<&String> = logged.iter().map(|logged| &logged.statement).collect();
    assert_eq!(statements, Vec::from_iter(&ran), "the very text");
    let counted = logged
        .iter()
        .map(|logged| (logged.access, logged.rows, logged.full_scan_steps));
    (ran, counted.collect())
}

#[test]
fn an_entry_is_one_write_of_one_row_before_the_log_is_full_and_after() {
    let traced = Traced::default();
    let mut store = traced.store();
    let (first, counted) = one_more(&mut store, &traced);
    assert_eq!(first.len(), 1, "one entry, one statement");
    assert_eq!(counted, [(Access::Write, 1, 0)]);
    record_many(&mut store, AUDIT_LOG_CAPACITY);
    assert_eq!(one_more(&mut store, &traced), (first, counted));
}

#[test]
fn an_entry_that_no_build_wrote_is_said_and_not_guessed() {
    let traced = Traced::default();
    let mut store = traced.store();
    record_many(&mut store, 1);
    store
        .connection()
        .execute_batch("PRAGMA ignore_check_constraints = ON; UPDATE audit_log SET event = 'x'")
        .expect("nothing holds it");
    let listed = store.list_audit(10);
    assert!(
        matches!(&listed, Err(sessions::StoreError::Failed { message }) if !message.is_empty()),
        "{listed:?}"
    );
}
