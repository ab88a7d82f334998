//! What one server remembers by itself.

use protocol::{Lane, StorePlace};
use sessions::{
    RefreshStore, RevocationStore, SESSION_CACHE_CAPACITY, ServerMemory, ServerStore, Session,
    SessionStore, SqliteStore, Store,
};

use crate::sample::{
    ADMINISTRATOR, MEMBER, at, hash, in_database, in_memory, refresh_token, session, sqlite_store,
};

#[test]
fn a_restart_forgets_all_and_says_what_was_lost() {
    let mut database = sqlite_store();
    let mut memory = ServerMemory::default();
    let mut server = ServerStore::new(&mut database, &mut memory, in_memory(60), at(1));
    server.create(&session(1, MEMBER, 1)).expect("it is new");
    server.create(&session(2, MEMBER, 2)).expect("it is new");
    server
        .add_refresh(&refresh_token(3, 7, MEMBER, 1))
        .expect("it is new");
    server
        .deny(Lane::A, "j1", at(1), at(2))
        .expect("it is written");
    server
        .raise_token_version(Lane::B, MEMBER)
        .expect("there is room");
    assert!(server.find(&hash(1)).is_ok_and(|found| found.is_some()));

    assert_eq!(memory.list_sessions(1), (vec![session(2, MEMBER, 2)], 2));
    assert_eq!(
        memory.list_refresh_tokens(9),
        [refresh_token(3, 7, MEMBER, 1)]
    );
    assert_eq!(memory.count_denied(), [1, 0]);
    assert_eq!(
        Vec::from_iter(memory.denied()),
        [(Lane::A, "j1", at(1), at(2))]
    );
    assert_eq!(
        Vec::from_iter(memory.token_versions()),
        [(Lane::B, MEMBER, 1)]
    );
    assert_eq!(memory.cached_since(&hash(1)), Some(at(1)));

    assert_eq!(memory.clear(), 3, "two sessions and a refresh token");
    assert_eq!(memory.list_sessions(9), (vec![], 0));
    assert_eq!(memory.list_refresh_tokens(9), []);
    assert_eq!(memory.count_denied(), [0, 0]);
    assert_eq!(memory.token_versions().count(), 0);
    assert_eq!(memory.cached_sessions().count(), 0);
    assert_eq!(memory.clear(), 0);
    assert_eq!(
        database_sessions(&database),
        0,
        "none of it was in the database"
    );
}

fn database_sessions(database: &SqliteStore) -> u32 {
    let counted = database
        .connection()
        .query_row("SELECT count(*) FROM sessions", [], |row| row.get(0));
    counted.expect("there is such a table")
}

#[test]
fn a_session_that_is_killed_in_memory_is_gone_and_what_is_cached_stays() {
    let mut database = sqlite_store();
    let mut memory = ServerMemory::new();
    let mut server = ServerStore::new(&mut database, &mut memory, in_memory(60), at(1));
    server.create(&session(1, MEMBER, 1)).expect("it is new");
    server.find(&hash(1)).expect("it reads");
    assert!(memory.kill_session(&hash(1)));
    assert!(!memory.kill_session(&hash(1)), "it ends once");
    for (seconds, expected) in [(60, true), (0, false)] {
        let mut server = ServerStore::new(&mut database, &mut memory, in_memory(seconds), at(2));
        let found = server.find(&hash(1)).expect("it reads");
        assert_eq!(found.is_some(), expected, "believed for {seconds} seconds");
    }
}

#[test]
fn a_full_cache_forgets_the_oldest() {
    let mut database = sqlite_store();
    let mut memory = ServerMemory::new();
    let hash = |number: u32| {
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&number.to_be_bytes());
        sessions::CredentialHash::from_bytes(bytes)
    };
    let many = SESSION_CACHE_CAPACITY as u32 + 5;
    database
        .connection()
        .execute_batch("BEGIN")
        .expect("nothing is open");
    for number in 0..many {
        let mut begun = session(0, MEMBER, 1);
        begun.id_hash = hash(number);
        database.create(&begun).expect("it is new");
    }
    database
        .connection()
        .execute_batch("COMMIT")
        .expect("it is open");
    for number in 0..many {
        // Whatever the clock says: the oldest is the one that was cached first.
        let now = at(1_000_000 - i64::from(number));
        let mut server = ServerStore::new(&mut database, &mut memory, in_database(60), now);
        assert!(
            server
                .find(&hash(number))
                .is_ok_and(|found| found.is_some())
        );
    }
    assert_eq!(SESSION_CACHE_CAPACITY, 10_000);
    assert_eq!(memory.cached_sessions().count(), SESSION_CACHE_CAPACITY);
    for (number, is_cached) in [(0, false), (4, false), (5, true), (many - 1, true)] {
        assert_eq!(
            memory.cached_since(&hash(number)).is_some(),
            is_cached,
            "the {number}th"
        );
    }
}

#[test]
fn rows_of_it_say_where_they_are() {
    let row = session(1, MEMBER, 1).to_row(StorePlace::ServerMemory, None, None);
    assert_eq!(
        (row.place, row.cached_since),
        (StorePlace::ServerMemory, None)
    );
}

/// What a user ends, the server's cache forgets, and nothing else: nobody else's next request costs a lookup for it.
#[test]
fn the_cache_forgets_what_was_ended_and_nothing_else() {
    let other_lane = Session {
        lane: Lane::B,
        ..session(3, MEMBER, 1)
    };
    let all = [
        session(1, MEMBER, 1),
        session(2, MEMBER, 1),
        other_lane,
        session(4, ADMINISTRATOR, 1),
    ];
    type End = fn(&mut ServerStore<'_, SqliteStore>);
    let ends: [(End, &[u8]); 3] = [
        (
            |it| assert_eq!(it.end_one_of(MEMBER, Lane::A, &hash(1)), Ok(true)),
            &[1],
        ),
        (
            |it| assert_eq!(it.end_all_of(MEMBER, Lane::A, Some(&hash(2))), Ok(1)),
            &[1],
        ),
        (
            |it| assert_eq!(it.end_all_of(MEMBER, Lane::A, None), Ok(2)),
            &[1, 2],
        ),
    ];
    for (end, ended) in ends {
        let mut database = sqlite_store();
        let mut memory = ServerMemory::new();
        let mut server = ServerStore::new(&mut database, &mut memory, in_database(60), at(1));
        for session in &all {
            server.create(session).expect("it is new");
            assert!(server.find(&session.id_hash).is_ok_and(|it| it.is_some()));
        }
        end(&mut server);
        server.take_operations();
        for number in 1..=4 {
            let is_there = server.find(&hash(number)).expect("it reads").is_some();
            let place = server.take_operations()[0].place;
            let is_ended = ended.contains(&number);
            assert_eq!(is_there, !is_ended, "{number}");
            assert_eq!(place == StorePlace::SessionCache, !is_ended, "{number}");
        }
    }
}
