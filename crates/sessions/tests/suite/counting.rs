//! What a store says it did.

use protocol::{Access, Lane, Purpose, StoreOperation, StorePlace};
use sessions::{
    KeyStore, OPERATION_LOG_CAPACITY, OrderStore, RefreshStore, RevocationStore, Role,
    SessionStore, Store, StoreError, UserStore,
};

use crate::sample::{
    MEMBER, NOBODY, WholeStore, at, family, hash, key, member, memory_store, refresh_token,
    session, signed_in, sqlite_store,
};
use crate::traced::Traced;

/// Each operation once: what it is, and how many rows it touched.
fn each_operation(store: &mut dyn WholeStore) -> Vec<StoreOperation> {
    let refused = StoreError::Duplicate { what: "session" };
    assert_eq!(store.create(&session(1, MEMBER, 1)), Ok(()));
    assert_eq!(store.create(&session(1, MEMBER, 1)), Err(refused));
    assert!(store.find(&hash(1)).is_ok());
    assert!(store.find(&hash(2)).is_ok());
    assert!(store.touch(&hash(1), at(2), at(3)).is_ok());
    assert!(store.touch(&hash(2), at(2), at(3)).is_ok());
    assert_eq!(store.end(Lane::A, &hash(1)), Ok(true));
    assert_eq!(store.end(Lane::A, &hash(1)), Ok(false));
    assert!(store.find_by_account("ada").is_ok());
    assert_eq!(store.update_user(&member()), Ok(true));
    assert_eq!(store.add_key(&key("a", 1)), Ok(()));
    assert_eq!(store.add_key(&key("b", 1)), Ok(()));
    assert!(store.keys().is_ok());
    assert!(store.list_users().is_ok());
    assert!(store.add_order(MEMBER, "Tea", at(1)).is_ok());
    assert!(store.add_order(NOBODY, "Tea", at(1)).is_err());
    assert!(store.orders_of(MEMBER).is_ok());
    assert!(store.orders_of(NOBODY).is_ok());
    assert_eq!(store.record(&signed_in(1)), Ok(()));
    store.take_operations()
}

#[test]
fn each_operation_is_logged_with_its_access_and_rows() {
    use Access::{Read, Write};
    let expected = [
        (Write, 1),
        (Write, 0),
        (Read, 1),
        (Read, 0),
        (Write, 1),
        (Write, 0),
        (Write, 1),
        (Write, 0),
        (Read, 1),
        (Write, 1),
        (Write, 1),
        (Write, 1),
        (Read, 2),
        (Read, 2),
        (Write, 1),
        (Write, 0),
        (Read, 1),
        (Read, 0),
        (Write, 1),
    ];
    for store in [
        &mut memory_store() as &mut dyn WholeStore,
        &mut sqlite_store(),
    ] {
        let logged: Vec<(Access, u32)> = each_operation(store)
            .iter()
            .map(|operation| (operation.access, operation.rows))
            .collect();
        assert_eq!(logged, expected);
        assert_eq!(store.take_operations(), vec![], "they are taken once");
    }
}

#[test]
fn memory_names_its_operations_and_counts_no_steps() {
    let logged = each_operation(&mut memory_store());
    assert_eq!(logged[2].statement, "sessions.get");
    for operation in logged {
        assert_eq!(operation.place, StorePlace::ServerMemory);
        assert_eq!((operation.full_scan_steps, operation.vm_steps), (0, 0));
    }
    for operation in each_operation(&mut sqlite_store()) {
        assert_eq!(operation.place, StorePlace::Database);
    }
}

#[test]
fn the_session_lookup_is_one_select_over_both_tables_without_a_scan() {
    let mut store = sqlite_store();
    for number in 0..200 {
        store
            .create(&session(number, MEMBER, 1))
            .expect("it is new");
    }
    store.take_operations();
    assert!(store.find(&hash(100)).is_ok_and(|found| found.is_some()));
    let logged = store.take_operations();
    let [lookup] = logged.as_slice() else {
        panic!("one operation, not {logged:#?}");
    };
    assert!(lookup.statement.starts_with("SELECT "));
    assert!(lookup.statement.contains("FROM sessions"));
    assert!(lookup.statement.contains("JOIN users"));
    assert!(lookup.statement.ends_with("= ?1"));
    assert_eq!((lookup.rows, lookup.full_scan_steps), (1, 0));
    assert!(lookup.vm_steps > 0);
}

#[test]
fn a_users_orders_are_found_without_a_scan() {
    let mut store = sqlite_store();
    for created in 0..200 {
        let added = store.add_order(MEMBER, "Tea", at(created));
        assert!(added.is_ok());
    }
    store.take_operations();
    let orders = store.orders_of(MEMBER).expect("it lists");
    let logged = store.take_operations();
    assert_eq!((logged[0].rows as usize, logged.len()), (orders.len(), 1));
    assert_eq!(logged[0].full_scan_steps, 0);
}

/// Each statement by which credentials' records are looked for, on tables with many rows.
#[test]
fn credentials_are_found_without_a_scan() {
    let mut store = sqlite_store();
    for number in 0..200 {
        let issued = refresh_token(number, number, MEMBER, 1);
        store
            .create(&session(number, MEMBER, 1))
            .expect("it is new");
        store.add_refresh(&issued).expect("it is new");
        store
            .deny(Lane::B, &format!("j{number}"), at(1), at(2))
            .expect("it is written");
        store
            .raise_token_version(Lane::B, number.into())
            .expect("there is room");
    }
    store.take_operations();
    store.sessions_of(MEMBER, Lane::A).expect("it lists");
    store
        .renew(&hash(1), &hash(201), Role::Member)
        .expect("it is free");
    store
        .end_one_of(MEMBER, Lane::A, &hash(2))
        .expect("it is written");
    store
        .end_all_of(MEMBER, Lane::A, Some(&hash(3)))
        .expect("it is written");
    store.find_refresh(&hash(1)).expect("it reads");
    store.use_refresh(&hash(1), at(2)).expect("it is written");
    store.end_family(&family(7), at(3)).expect("it is written");
    store
        .end_families_of(MEMBER, Lane::B, at(3))
        .expect("it is written");
    store.denied_since(Lane::B, "j1").expect("it reads");
    store.forget_denied(Lane::B, at(3)).expect("it is written");
    store.token_version(Lane::B, MEMBER).expect("it reads");
    store
        .raise_token_version(Lane::B, MEMBER)
        .expect("there is room");
    store.find_user(MEMBER).expect("it reads");
    for logged in store.take_operations() {
        assert_eq!(logged.full_scan_steps, 0, "{}", logged.statement);
        let explained = format!("EXPLAIN QUERY PLAN {}", logged.statement);
        let mut statement = store
            .connection()
            .prepare(&explained)
            .expect("it is good SQL");
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().expect("it explains") {
            let step: String = row.get(3).expect("it is text");
            assert!(!step.starts_with("SCAN"), "{step} in {}", logged.statement);
        }
    }
}

#[test]
fn steps_are_those_of_one_run() {
    let mut store = sqlite_store();
    for kid in ["a", "b", "c"] {
        store.add_key(&key(kid, 1)).expect("it is new");
    }
    store.take_operations();
    for _ in 0..3 {
        assert!(store.keys().is_ok());
    }
    let logged = store.take_operations();
    assert!(logged[0].full_scan_steps > 0, "all keys are read: a scan");
    assert_eq!(logged[0], logged[1]);
    assert_eq!(logged[1], logged[2]);
}

#[test]
fn a_statement_that_fails_is_counted_if_sqlite_began_it() {
    for (what, damage) in [
        ("the table is gone", "DROP TABLE sessions"),
        (
            "what is in the row can't be read",
            "PRAGMA ignore_check_constraints = ON; UPDATE users SET role = 'root'",
        ),
    ] {
        let traced = Traced::default();
        let mut store = traced.store();
        store.create(&session(1, MEMBER, 1)).expect("it is new");
        store
            .connection()
            .execute_batch(damage)
            .expect("nothing holds it");
        store.take_operations();
        traced.take();

        let found = store.find(&hash(1));
        let Err(StoreError::Failed { message }) = found else {
            panic!("{what}: {found:?}");
        };
        assert!(!message.is_empty());
        let logged = store.take_operations();
        let statements: Vec<String> = logged.into_iter().map(|logged| logged.statement).collect();
        assert_eq!(statements, traced.take(), "{what}");
    }
}

#[test]
fn what_has_no_purpose_named_counts_as_authentication() {
    for store in [
        &mut memory_store() as &mut dyn WholeStore,
        &mut sqlite_store(),
    ] {
        let mut purpose_of_operations = |purpose: Option<Purpose>| {
            if let Some(purpose) = purpose {
                store.set_purpose(purpose);
            }
            assert!(store.find(&hash(1)).is_ok());
            assert_eq!(store.record(&signed_in(1)), Ok(()));
            assert!(store.orders_of(MEMBER).is_ok());
            let logged = store.take_operations();
            let purposes: Vec<Purpose> = logged.iter().map(|logged| logged.purpose).collect();
            assert_eq!(
                purposes, [purposes[0]; 3],
                "one purpose for all that follows"
            );
            purposes[0]
        };
        assert_eq!(purpose_of_operations(None), Purpose::Authentication);
        for purpose in [Purpose::Application, Purpose::Authentication] {
            assert_eq!(purpose_of_operations(Some(purpose)), purpose);
            assert_eq!(
                purpose_of_operations(None),
                purpose,
                "until another is named"
            );
        }
    }
}

#[test]
fn the_observer_is_not_counted() {
    for store in [
        &mut memory_store() as &mut dyn WholeStore,
        &mut sqlite_store(),
    ] {
        store.create(&session(1, MEMBER, 1)).expect("it is new");
        store.add_key(&key("k1", 1)).expect("it is new");
        store.take_operations();
        assert!(store.list_sessions(10).is_ok());
        assert!(store.list_audit(10).is_ok());
        assert_eq!(store.kill_session(&hash(1)), Ok(true));
        assert_eq!(store.take_operations(), vec![]);
    }
}

#[test]
fn a_log_that_nobody_takes_keeps_the_last_operations_alone() {
    for store in [
        &mut memory_store() as &mut dyn WholeStore,
        &mut sqlite_store(),
    ] {
        store.create(&session(1, MEMBER, 1)).expect("it is new");
        for _ in 0..2 * OPERATION_LOG_CAPACITY {
            assert!(store.find(&hash(1)).is_ok());
        }
        assert_eq!(store.end(Lane::A, &hash(1)), Ok(true));
        let logged = store.take_operations();
        assert_eq!(logged.len(), OPERATION_LOG_CAPACITY);
        assert_eq!(logged[0].access, Access::Read, "the first is forgotten");
        assert_eq!(logged[OPERATION_LOG_CAPACITY - 1].access, Access::Write);
    }
}
