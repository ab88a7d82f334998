//! A server that does not reach its database: what needs it fails, what the server remembers by itself does not.

use protocol::{Lane, StoreSettings};
use sessions::{
    ObserverAccess, RefreshStore, Rehearsal, Role, ServerMemory, ServerStore, SessionStore,
    SqliteStore, Store, StoreError,
};

use crate::sample::{
    MEMBER, at, family, hash, in_database, in_memory, member, refresh_token, session, signed_in,
    sqlite_store,
};

/// What each operation comes to: whether it worked, and whether it could not reach the database.
type Came = Vec<(&'static str, Result<(), StoreError>)>;

/// All that concerns credentials' records alone.
fn records(store: &mut dyn Store) -> Came {
    vec![
        ("touch", store.touch(&hash(1), at(2), at(3))),
        ("sessions_of", store.sessions_of(MEMBER, Lane::A).map(drop)),
        (
            "end_one_of",
            store.end_one_of(MEMBER, Lane::A, &hash(2)).map(drop),
        ),
        (
            "end_all_of",
            store.end_all_of(MEMBER, Lane::A, Some(&hash(1))).map(drop),
        ),
        (
            "renew",
            store.renew(&hash(1), &hash(1), Role::Member).map(drop),
        ),
        ("end", store.end(Lane::A, &hash(2)).map(drop)),
        ("end_family", store.end_family(&family(7), at(3)).map(drop)),
        (
            "end_families_of",
            store.end_families_of(MEMBER, Lane::B, at(3)).map(drop),
        ),
        ("deny", store.deny(Lane::B, "j1", at(1), at(2))),
        ("denied_since", store.denied_since(Lane::B, "j1").map(drop)),
        (
            "forget_denied",
            store.forget_denied(Lane::B, at(3)).map(drop),
        ),
        (
            "token_version",
            store.token_version(Lane::B, MEMBER).map(drop),
        ),
        (
            "raise_token_version",
            store.raise_token_version(Lane::B, MEMBER).map(drop),
        ),
    ]
}

/// All that needs what only the database knows, with the users of records.
fn users(store: &mut dyn Store) -> Came {
    vec![
        ("find", store.find(&hash(1)).map(drop)),
        ("find_refresh", store.find_refresh(&hash(1)).map(drop)),
        ("find_by_account", store.find_by_account("member").map(drop)),
        ("find_user", store.find_user(MEMBER).map(drop)),
        ("update_user", store.update_user(&member()).map(drop)),
        ("list_users", store.list_users().map(drop)),
        ("add_order", store.add_order(MEMBER, "Tea", at(1)).map(drop)),
        ("orders_of", store.orders_of(MEMBER).map(drop)),
        ("record", store.record(&signed_in(1))),
    ]
}

/// A database and a memory that hold one session and one refresh token, wherever the settings keep them.
fn filled(settings: StoreSettings) -> (SqliteStore, ServerMemory) {
    let (mut database, mut memory) = (sqlite_store(), ServerMemory::new());
    let mut store = ServerStore::new(&mut database, &mut memory, settings, at(1));
    store.create(&session(1, MEMBER, 1)).expect("it is new");
    store
        .add_refresh(&refresh_token(1, 7, MEMBER, 1))
        .expect("it is new");
    (database, memory)
}

#[track_caller]
fn check(came: Came, expected: &Result<(), StoreError>) {
    for (operation, came) in came {
        assert_eq!(&came, expected, "{operation}");
    }
}

#[test]
fn what_needs_the_database_fails_and_what_is_remembered_is_there() {
    let unreachable = Err(StoreError::Unreachable);
    for (settings, of_records) in [
        (in_database(0), unreachable.clone()),
        (in_memory(0), Ok(())),
    ] {
        for is_rehearsed in [false, true] {
            let (mut database, mut memory) = filled(settings);
            let store = ServerStore::new(&mut database, &mut memory, settings, at(2));
            let mut store = store.cut_off(true);
            assert_eq!(store.reach_database(), unreachable);
            if is_rehearsed {
                let mut store = Rehearsal::new(&mut store);
                check(users(&mut store), &unreachable);
                check(records(&mut store), &of_records);
            } else {
                check(users(&mut store), &unreachable);
                assert_eq!(store.take_operations().len(), {
                    // The two records were found in memory before their users were not.
                    if of_records.is_ok() { 2 } else { 0 }
                });
                check(records(&mut store), &of_records);
            }
            // Nothing has come through to the database.
            let (sessions, _) = database.list_sessions(9).expect("it lists");
            assert_eq!(sessions.len(), usize::from(of_records.is_err()));
            assert_eq!(database.list_audit(9), Ok(Vec::new()));
        }
    }
}

#[test]
fn a_session_that_is_believed_needs_no_database() {
    let settings = in_database(60);
    let (mut database, mut memory) = filled(settings);
    for (is_cut_off, second, expected) in [
        (true, 2, Err(StoreError::Unreachable)),
        (false, 2, Ok(true)),
        (true, 61, Ok(true)),
        (true, 62, Err(StoreError::Unreachable)),
    ] {
        let store = ServerStore::new(&mut database, &mut memory, settings, at(second));
        let found = store.cut_off(is_cut_off).find(&hash(1));
        let found = found.map(|found| found.is_some());
        assert_eq!(found, expected, "second {second}");
    }
}
