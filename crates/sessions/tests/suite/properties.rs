//! What holds whatever happens: random operations on all stores and on a plain model of one.

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use protocol::{Access, Lane, StoreOperation, StoreSettings};
use sessions::{KeyStore, ObserverAccess, Rehearsal, ServerMemory, ServerStore, Store};

use crate::asking::{ask, ask_as_server};
use crate::model::Model;
use crate::operation::{Operation, operations};
use crate::sample::{
    MEMBER, WholeStore, at, hash, in_database, in_memory, memory_store, session, sqlite_store,
};
use crate::traced::Traced;

fn count<T>(all: &[T], is: impl Fn(&T) -> bool) -> usize {
    all.iter().filter(|one| is(one)).count()
}

/// Asks a rehearsal, twice, and then the store itself.
fn rehearse<S: Store + KeyStore + ObserverAccess>(
    store: &mut S,
    operation: &Operation,
) -> Result<(), TestCaseError> {
    let observed = |store: &S| {
        let sessions = store.list_sessions(usize::MAX).expect("it lists");
        let audit = store.list_audit(usize::MAX).expect("it lists");
        let tokens = store.list_refresh_tokens(usize::MAX).expect("it lists");
        let denied = store.count_denied().expect("it counts");
        let next = store.next_order_number(MEMBER).expect("there is one");
        (sessions, audit, tokens, denied, next)
    };
    let before = observed(store);
    let mut rehearsal = Rehearsal::new(store);
    let rehearsed = ask_as_server(&mut rehearsal, operation);
    let logged = rehearsal.take_operations();
    prop_assert_eq!(&ask_as_server(&mut rehearsal, operation), &rehearsed);
    prop_assert_eq!(&observed(store), &before, "{:?}", operation);
    prop_assert_eq!(store.take_operations(), vec![]);

    let answer = ask(store, operation);
    let operations = store.take_operations();
    if let Some(rehearsed) = rehearsed {
        prop_assert_eq!(&rehearsed, &answer, "{:?}", operation);
        let sides = |all: &[StoreOperation]| -> Vec<_> {
            all.iter()
                .map(|it| (it.access, it.place, it.purpose, it.rows))
                .collect()
        };
        prop_assert_eq!(sides(&logged), sides(&operations), "{:?}", operation);
    }
    Ok(())
}

const fn sessions_without_cache(settings: StoreSettings) -> StoreSettings {
    StoreSettings {
        session_cache_seconds: 0,
        ..settings
    }
}

proptest! {
    /// What keeps nothing answers, and counts, as what keeps.
    #[test]
    fn a_rehearsal_answers_as_its_store_and_changes_nothing(operations in operations()) {
        let mut memory = memory_store();
        let mut sqlite = sqlite_store();
        for operation in &operations {
            rehearse(&mut memory, operation)?;
            rehearse(&mut sqlite, operation)?;
        }
        for settings in [in_memory(0), in_database(0)] {
            let mut database = memory_store();
            let mut memory = ServerMemory::new();
            let mut server = ServerStore::new(&mut database, &mut memory, settings, at(0));
            for operation in &operations {
                // Whether there is such a user, a memory does not ask, and a rehearsal knows.
                if settings == in_database(0) || !operation.names_nobody() {
                    rehearse(&mut server, operation)?;
                }
            }
        }
    }

    #[test]
    fn all_stores_and_the_model_agree(operations in operations()) {
        let mut model = Model::new();
        let mut memory = memory_store();
        let mut sqlite = sqlite_store();
        for operation in &operations {
            let expected = model.ask(operation);
            prop_assert_eq!(&ask(&mut memory, operation), &expected, "in memory: {:?}", operation);
            prop_assert_eq!(&ask(&mut sqlite, operation), &expected, "in SQLite: {:?}", operation);
            let rows = |store: &mut dyn Store| -> Vec<(Access, u32)> {
                let logged = store.take_operations();
                logged.iter().map(|logged| (logged.access, logged.rows)).collect()
            };
            prop_assert_eq!(rows(&mut memory), rows(&mut sqlite), "{:?}", operation);
        }
    }

    /// Wherever a server keeps credentials' records, and whether or not it has a cache that nothing is read from.
    #[test]
    fn a_servers_store_and_the_model_agree(operations in operations()) {
        for (settings, mut model) in [
            (in_database(0), Model::new()),
            (in_memory(0), Model::apart_from_users()),
        ] {
            let mut database = memory_store();
            let mut memory = ServerMemory::new();
            let mut server = ServerStore::new(&mut database, &mut memory, settings, at(0));
            for operation in &operations {
                let expected = model.ask(operation);
                prop_assert_eq!(&ask(&mut server, operation), &expected, "{:?}", operation);
            }
        }
    }

    /// As long as nobody else writes, a cache shows in the count alone: its own writes reach it.
    #[test]
    fn a_cache_changes_no_answer_as_long_as_the_server_alone_writes(operations in operations()) {
        for settings in [in_database(60), in_memory(60)] {
            let mut with_cache = (memory_store(), ServerMemory::new());
            let mut without = (memory_store(), ServerMemory::new());
            for (operation, now) in operations.iter().zip(0..) {
                if matches!(operation, Operation::Kill(_)) {
                    continue;
                }
                let (database, memory) = &mut with_cache;
                let mut server = ServerStore::new(database, memory, settings, at(now));
                let answer = ask(&mut server, operation);
                let (database, memory) = &mut without;
                let settings = sessions_without_cache(settings);
                let mut server = ServerStore::new(database, memory, settings, at(now));
                prop_assert_eq!(answer, ask(&mut server, operation), "{:?}", operation);
            }
        }
    }

    /// An ID is random and never given out twice: so nothing begins a session of the killed one's hash again.
    #[test]
    fn a_killed_session_is_never_found_again(
        before in operations(),
        after in operations(),
        by_the_observer: bool,
    ) {
        const KILLED: u8 = 0xFF;
        for store in [&mut memory_store() as &mut dyn WholeStore, &mut sqlite_store()] {
            for operation in &before {
                // Refusals are part of what happens.
                let _ = ask(store, operation);
            }
            prop_assert_eq!(store.create(&session(KILLED, MEMBER, 1)), Ok(()));
            prop_assert!(matches!(store.find(&hash(KILLED)), Ok(Some(_))));
            let killed = if by_the_observer {
                store.kill_session(&hash(KILLED))
            } else {
                store.end(Lane::A, &hash(KILLED))
            };
            prop_assert_eq!(killed, Ok(true));
            for operation in &after {
                let _ = ask(store, operation);
                let _ = store.touch(&hash(KILLED), at(50), at(950));
                prop_assert_eq!(store.find(&hash(KILLED)), Ok(None), "after {:?}", operation);
                let (listed, _) = store.list_sessions(usize::MAX).expect("it lists");
                prop_assert!(listed.iter().all(|session| session.id_hash != hash(KILLED)));
            }
        }
    }

    #[test]
    fn the_log_is_what_sqlite_ran(operations in operations()) {
        let traced = Traced::default();
        let mut store = traced.store();
        prop_assert!(!traced.take().is_empty(), "the hook sees the tables being made");
        let mut ran = Vec::new();
        for operation in &operations {
            let _ = ask(&mut store, operation);
            let now = traced.take();
            // What the observer does runs too, and is not the server's.
            if !operation.is_the_observers() {
                prop_assert_eq!(now.len(), 1, "one operation, one statement");
                ran.extend(now);
            }
        }
        let logged = store.take_operations();
        let reads = count(&logged, |operation| operation.access == Access::Read);
        let writes = count(&logged, |operation| operation.access == Access::Write);
        prop_assert_eq!(reads, count(&ran, |sql| sql.starts_with("SELECT")));
        prop_assert_eq!(writes, count(&ran, |sql| !sql.starts_with("SELECT")));
        let statements: Vec<String> = logged.into_iter().map(|logged| logged.statement).collect();
        prop_assert_eq!(statements, ran, "the very text, in order");
    }
}
