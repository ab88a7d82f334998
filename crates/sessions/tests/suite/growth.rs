//! Batches of sessions: added in slices, removed in slices, and in nobody's way.

use protocol::{Batch, Filled, Lane};
use sessions::{ObserverAccess, OrderStore, SessionStore, SqliteStore, StoreError, UserStore};

use crate::sample::{MEMBER, at, hash, member, session, sqlite_store, users};

/// A stopwatch on which no time passes.
fn still() -> f64 {
    0.0
}

const NOW: i64 = 1_000_000_000;

fn fill(store: &mut SqliteStore, batch: Option<u32>, rows: u32) -> Result<Filled, StoreError> {
    store.fill(batch, rows, 7, at(NOW), still)
}

fn filled(batch: u32, rows: u32, batch_rows: u32, sessions: u64) -> Filled {
    Filled {
        batch,
        rows,
        batch_rows,
        sessions,
        microseconds: 0.0,
    }
}

#[test]
fn batches_are_filled_and_emptied_slice_by_slice() {
    let mut store = sqlite_store();
    store.create(&session(1, MEMBER, NOW)).expect("it is new");
    assert_eq!(store.batches(), Ok(vec![]));
    for (batch, rows, expected) in [
        (None, 100, filled(1, 100, 100, 101)),
        (Some(1), 50, filled(1, 50, 150, 151)),
        (None, 10, filled(2, 10, 10, 161)),
        (Some(1), 0, filled(1, 0, 150, 161)),
        (Some(7), 1, filled(7, 1, 1, 162)),
        (None, 1, filled(8, 1, 1, 163)),
    ] {
        assert_eq!(fill(&mut store, batch, rows), Ok(expected), "{batch:?}");
    }
    let batch = |number, rows| Batch { number, rows };
    let all = vec![batch(1, 150), batch(2, 10), batch(7, 1), batch(8, 1)];
    assert_eq!(store.batches(), Ok(all));
    for (number, rows, expected) in [
        (2, 4, filled(2, 4, 6, 159)),
        (1, 100, filled(1, 100, 50, 59)),
        (1, 100, filled(1, 50, 0, 9)),
        (7, 1, filled(7, 1, 0, 8)),
    ] {
        assert_eq!(store.empty(number, rows, still), Ok(expected), "{number}");
    }
    assert_eq!(store.batches(), Ok(vec![batch(2, 6), batch(8, 1)]));
    for (number, user) in [(1, 1_000_001), (0, 1_000_000), (u32::MAX, u32::MAX)] {
        let refused = Err(StoreError::UnknownUser { user });
        assert_eq!(store.empty(number, 1, still), refused, "{number}");
    }
    for number in [0, 1_000_000] {
        assert!(fill(&mut store, Some(number), 1).is_err(), "{number}");
    }
    let found = store.find(&hash(1));
    assert_eq!(found, Ok(Some((session(1, MEMBER, NOW), member()))));
}

#[test]
fn a_batchs_user_is_suspended_and_its_sessions_look_like_any() {
    let mut store = sqlite_store();
    store.create(&session(1, MEMBER, NOW)).expect("it is new");
    fill(&mut store, None, 5).expect("there is room");
    let user = store
        .find_by_account("batch-1")
        .expect("it reads")
        .expect("it is there");
    assert_eq!((user.id, user.name.as_str()), (1_000_001, "Batch 1"));
    assert!(user.suspended);
    assert_eq!(user.password_hash, "!");
    let (sessions, count) = store.list_sessions(10).expect("it lists");
    assert_eq!((sessions.len(), count), (6, 6));
    assert_eq!(sessions[0], session(1, MEMBER, NOW), "it is the newest");
    for session in &sessions[1..] {
        assert_eq!(session.user, 1_000_001);
        assert!(session.idle_expires > at(NOW) && session.absolute_expires > session.idle_expires);
    }
    store.empty(1, 5, still).expect("it is there");
    assert_eq!(store.find_by_account("batch-1"), Ok(None));
}

#[test]
fn the_same_seed_gives_the_same_sessions_and_slices_differ() {
    let listed = |seed| {
        let mut store = sqlite_store();
        for _ in 0..2 {
            store
                .fill(Some(1), 10, seed, at(NOW), still)
                .expect("there is room");
        }
        store.list_sessions(100).expect("it lists")
    };
    assert_eq!(listed(1), listed(1));
    assert_eq!(listed(1).1, 20);
    assert_ne!(listed(1), listed(2));
}

/// Something that changes the store.
type Step = fn(&mut SqliteStore);

/// What is said to be there is what is there.
#[track_caller]
fn counted(store: &SqliteStore, what: &str) {
    let said = (store.session_count(), store.batches());
    let count: i64 = store
        .connection()
        .query_row("SELECT count(*) FROM sessions", [], |row| row.get(0))
        .expect("it counts");
    let batches: Vec<_> = store
        .connection()
        .prepare("SELECT u.id - 1000000, (SELECT count(*) FROM sessions WHERE user_id = u.id) FROM users AS u WHERE u.id > 1000000 ORDER BY 1")
        .and_then(|mut statement| {
            statement
                .query_map([], |row| Ok(Batch { number: row.get(0)?, rows: row.get(1)? }))?
                .collect()
        })
        .expect("it lists");
    assert_eq!(said, (Ok(count as u64), Ok(batches)), "{what}");
}

/// Counting is done again where, and only where, it has to be: what is said is always what is there.
#[test]
fn the_count_is_right_whoever_changes_what() {
    let mut store = sqlite_store();
    fill(&mut store, None, 20).expect("there is room");
    let steps: [(&str, Step); 13] = [
        ("nothing", |_| {}),
        ("a sign-in", |store| {
            store.create(&session(1, MEMBER, NOW)).expect("it is new");
        }),
        ("the same again", |store| {
            store
                .create(&session(1, MEMBER, NOW))
                .expect_err("it is there");
        }),
        ("a use", |store| {
            store
                .touch(&hash(1), at(NOW), at(NOW))
                .expect("it is there");
        }),
        ("a new ID", |store| {
            store
                .renew(&hash(1), &hash(2), sessions::Role::Member)
                .expect("it is there");
        }),
        ("a sign-out", |store| {
            assert_eq!(store.end(Lane::A, &hash(2)), Ok(true));
        }),
        ("another", |store| {
            assert_eq!(store.end(Lane::A, &hash(2)), Ok(false));
        }),
        ("a kill in a batch", |store| {
            let hash = store.sample_hashes(1).expect("it reads")[0];
            assert_eq!(store.kill_session(&hash), Ok(true));
        }),
        ("an end in a batch", |store| {
            let hash = store.sample_hashes(1).expect("it reads")[0];
            assert_eq!(store.end(Lane::A, &hash), Ok(true));
        }),
        ("a fill", |store| {
            fill(store, Some(1), 5).expect("there is room");
        }),
        ("a statement by hand", |store| {
            store
                .run_sql("DELETE FROM sessions WHERE id_hash > x'80'", still)
                .result
                .expect("it runs");
        }),
        ("all of a batch's", |store| {
            store
                .end_all_of(1_000_001, protocol::Lane::A, None)
                .expect("it ends");
        }),
        ("a reset", |store| {
            store.reset(&users()).expect("it is emptied");
        }),
    ];
    for (what, step) in steps {
        step(&mut store);
        counted(&store, what);
        counted(&store, what);
    }
}

/// Triggers that someone made change rows that no statement of the server's tells of.
#[test]
fn what_is_counted_is_what_is_there_whatever_triggers_do() {
    let last = "id_hash = (SELECT max(id_hash) FROM sessions)";
    for trigger in [
        format!("AFTER INSERT ON sessions BEGIN DELETE FROM sessions WHERE {last}; END"),
        String::from("AFTER INSERT ON sessions BEGIN DELETE FROM sessions WHERE user_id = 42; END"),
        String::from("BEFORE INSERT ON sessions BEGIN SELECT RAISE(IGNORE); END"),
        String::from("BEFORE DELETE ON sessions BEGIN SELECT RAISE(IGNORE); END"),
        String::from(
            "AFTER INSERT ON orders BEGIN INSERT INTO sessions
             SELECT randomblob(32), user_id, lane, device, role, 1, 1, 1, 1 FROM sessions; END",
        ),
    ] {
        let mut store = sqlite_store();
        store.create(&session(1, MEMBER, NOW)).expect("it is new");
        fill(&mut store, None, 100).expect("there is room");
        counted(&store, &trigger);
        let made = store.run_sql(&format!("CREATE TRIGGER t {trigger}"), still);
        assert_eq!(made.broken, None, "{trigger}");
        counted(&store, &trigger);
        for _ in 0..2 {
            let _ = store.create(&session(2, MEMBER, NOW));
            counted(&store, &trigger);
            store.add_order(MEMBER, "Tea", at(NOW)).expect("it is hers");
            counted(&store, &trigger);
            for adds in [true, false] {
                let done = if adds {
                    fill(&mut store, Some(1), 5)
                } else {
                    store.empty(1, 7, still)
                };
                // Two slices of the same seed may have the same hashes.
                if let Ok(done) = done {
                    assert_eq!(Ok(done.sessions), store.session_count(), "{trigger}");
                }
                counted(&store, &trigger);
            }
            counted(&store, &trigger);
            let _ = store.end(Lane::A, &hash(1));
            counted(&store, &trigger);
        }
    }
}

#[test]
fn a_full_database_keeps_what_it_had_and_no_part_of_a_slice() {
    let mut store = sqlite_store();
    store.create(&session(1, MEMBER, NOW)).expect("it is new");
    fill(&mut store, None, 1_000).expect("there is room");
    store
        .connection()
        .execute_batch("PRAGMA max_page_count = 100")
        .expect("it can be set");
    for batch in [Some(1), None] {
        assert_eq!(fill(&mut store, batch, 10_000), Err(StoreError::Full));
        assert_eq!(store.session_count(), Ok(1_001));
        let left = Batch {
            number: 1,
            rows: 1_000,
        };
        assert_eq!(store.batches(), Ok(vec![left]));
    }
    assert_eq!(store.create(&session(2, MEMBER, NOW)), Ok(()));
    let emptied = store.empty(1, 1_000, still).expect("that needs no room");
    assert_eq!(emptied, filled(1, 1_000, 0, 2));
}

#[test]
fn samples_are_spread_over_all_sessions() {
    let mut store = sqlite_store();
    assert_eq!(store.sample_hashes(10), Ok(vec![]));
    store.create(&session(9, MEMBER, NOW)).expect("it is new");
    assert_eq!(store.sample_hashes(3), Ok(vec![hash(9); 3]));
    fill(&mut store, None, 10_000).expect("there is room");
    let mut samples = store.sample_hashes(256).expect("it reads");
    assert_eq!(samples.len(), 256);
    let first_octets = samples.iter().map(|hash| hash.as_bytes()[0]);
    assert!(first_octets.clone().any(|octet| octet < 0x20));
    assert!(first_octets.clone().any(|octet| octet > 0xE0));
    for hash in &samples {
        assert!(matches!(store.find(hash), Ok(Some(_))), "{hash}");
    }
    samples.sort_unstable();
    samples.dedup();
    assert!(samples.len() > 200, "{}", samples.len());
}

#[test]
fn the_cache_is_as_large_as_is_said() {
    let store = sqlite_store();
    assert_eq!(store.cache_kib(), Ok(65_536));
    store
        .connection()
        .execute_batch("PRAGMA cache_size = 100")
        .expect("it can be set");
    assert_eq!(store.cache_kib(), Ok(400));
}
