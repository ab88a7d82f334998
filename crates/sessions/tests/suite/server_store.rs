//! The store of one server: where each operation ran, and how long a cached session is believed.

use protocol::{Access, Lane, Purpose, StoreOperation, StorePlace, StoreSettings};
use sessions::{
    AuditLog, KeyStore, ObserverAccess, OrderStore, RefreshStore, Rehearsal, RevocationStore, Role,
    ServerMemory, ServerStore, SessionStore, SqliteStore, Store, User, UserStore,
};

use crate::sample::{
    MEMBER, NOBODY, at, family, hash, in_database, in_memory, key, member, refresh_token, session,
    signed_in, sqlite_store,
};

/// A server with its database.
struct Server {
    database: SqliteStore,
    memory: ServerMemory,
    settings: StoreSettings,
}

impl Server {
    fn new(settings: StoreSettings) -> Self {
        Self {
            database: sqlite_store(),
            memory: ServerMemory::new(),
            settings,
        }
    }

    fn at(&mut self, second: i64) -> ServerStore<'_, SqliteStore> {
        let Self {
            database,
            memory,
            settings,
        } = self;
        ServerStore::new(database, memory, *settings, at(second))
    }

    /// Whether a session is found at that second, and by what operations.
    fn finds(&mut self, number: u8, second: i64) -> (bool, Vec<StorePlace>) {
        let mut store = self.at(second);
        let found = store.find(&hash(number)).expect("it reads");
        let logged = store.take_operations();
        assert_eq!(
            store.cached_since().is_some(),
            logged[0].place == StorePlace::SessionCache,
        );
        (found.is_some(), places(&logged))
    }
}

fn places(logged: &[StoreOperation]) -> Vec<StorePlace> {
    logged.iter().map(|logged| logged.place).collect()
}

const CACHE: &[StorePlace] = &[StorePlace::SessionCache];
const DATABASE: &[StorePlace] = &[StorePlace::Database];
/// The session in memory, then its user in the database.
const BOTH: &[StorePlace] = &[StorePlace::ServerMemory, StorePlace::Database];

#[test]
fn each_operation_says_where_it_ran() {
    use StorePlace::{Database, ServerMemory};
    for (settings, credentials) in [(in_database(0), Database), (in_memory(0), ServerMemory)] {
        let mut server = Server::new(settings);
        let mut store = server.at(1);
        assert_eq!(
            (store.place(), store.database_place()),
            (credentials, Database)
        );
        store.create(&session(1, MEMBER, 1)).expect("it is new");
        store.touch(&hash(1), at(2), at(3)).expect("it is written");
        store
            .renew(&hash(1), &hash(2), Role::Member)
            .expect("it is free");
        store.sessions_of(MEMBER, Lane::A).expect("it lists");
        store
            .end_one_of(MEMBER, Lane::A, &hash(2))
            .expect("it is written");
        store
            .end_all_of(MEMBER, Lane::A, None)
            .expect("it is written");
        store.end(Lane::A, &hash(2)).expect("it is written");
        store
            .add_refresh(&refresh_token(1, 7, MEMBER, 1))
            .expect("it is new");
        store.use_refresh(&hash(1), at(2)).expect("it is written");
        store.end_family(&family(7), at(3)).expect("it is written");
        store
            .end_families_of(MEMBER, Lane::B, at(3))
            .expect("it is written");
        store
            .deny(Lane::B, "j1", at(1), at(2))
            .expect("it is written");
        store.denied_since(Lane::B, "j1").expect("it reads");
        store.forget_denied(Lane::B, at(3)).expect("it is written");
        store.token_version(Lane::B, MEMBER).expect("it reads");
        store
            .raise_token_version(Lane::B, MEMBER)
            .expect("there is room");
        let logged = store.take_operations();
        assert_eq!(places(&logged), [credentials; 16]);

        store.find_by_account("ada").expect("it reads");
        store.find_user(MEMBER).expect("it reads");
        store.update_user(&member()).expect("it is written");
        store.list_users().expect("it lists");
        store.add_order(MEMBER, "Tea", at(1)).expect("it is hers");
        store.orders_of(MEMBER).expect("it lists");
        store.record(&signed_in(1)).expect("it is written");
        store.add_key(&key("k1", 1)).expect("it is new");
        store.keys().expect("it lists");
        store.retire_key("k1", at(1), None).expect("it is written");
        assert_eq!(places(&store.take_operations()), [Database; 10]);
    }
}

#[test]
fn a_session_in_memory_is_one_operation_and_its_user_another() {
    let mut server = Server::new(in_memory(0));
    let mut store = server.at(1);
    store.create(&session(1, MEMBER, 1)).expect("it is new");
    store
        .add_refresh(&refresh_token(1, 7, MEMBER, 1))
        .expect("it is new");
    store.take_operations();
    store.set_purpose(Purpose::Application);
    assert_eq!(
        store.find(&hash(1)),
        Ok(Some((session(1, MEMBER, 1), member())))
    );
    let issued = refresh_token(1, 7, MEMBER, 1);
    assert_eq!(store.find_refresh(&hash(1)), Ok(Some((issued, member()))));
    let logged = store.take_operations();
    assert_eq!(places(&logged), [BOTH, BOTH].concat());
    let names = [&logged[0].statement, &logged[2].statement];
    assert_eq!(names, ["sessions.get", "refresh_tokens.get"]);
    for operation in &logged {
        let said = (operation.access, operation.rows, operation.purpose);
        assert_eq!(said, (Access::Read, 1, Purpose::Application));
    }
    assert_eq!(store.find(&hash(2)), Ok(None));
    assert_eq!(
        places(&store.take_operations()),
        [StorePlace::ServerMemory],
        "no user to ask for"
    );
}

#[test]
fn a_record_in_memory_of_nobody_is_not_found() {
    let mut server = Server::new(in_memory(60));
    let mut store = server.at(1);
    assert_eq!(
        store.create(&session(1, NOBODY, 1)),
        Ok(()),
        "a memory knows no users"
    );
    assert_eq!(store.add_refresh(&refresh_token(1, 7, NOBODY, 1)), Ok(()));
    assert_eq!(store.find(&hash(1)), Ok(None));
    assert_eq!(store.find_refresh(&hash(1)), Ok(None));
}

#[test]
fn a_cached_session_is_believed_for_as_long_as_was_set() {
    for (settings, asked) in [(in_database(60), DATABASE), (in_memory(60), BOTH)] {
        for (second, expected) in [
            (1_000, CACHE),
            (1_059, CACHE),
            (1_060, asked),
            (2_000, asked),
            (999, asked), // the clock went back: what is from the future is not believed
            (-1_000, asked),
        ] {
            let mut server = Server::new(settings);
            server
                .at(1)
                .create(&session(1, MEMBER, 1))
                .expect("it is new");
            assert_eq!(
                server.finds(1, 1_000),
                (true, asked.to_vec()),
                "it was not asked before"
            );
            assert_eq!(
                server.finds(1, second),
                (true, expected.to_vec()),
                "at {second}"
            );
            assert_eq!(
                server.finds(1, second),
                (true, CACHE.to_vec()),
                "once more at {second}"
            );
        }
    }
}

#[test]
fn a_kill_from_outside_bites_once_the_cache_has_expired() {
    for settings in [in_database(60), in_memory(60)] {
        let mut server = Server::new(settings);
        server
            .at(1)
            .create(&session(1, MEMBER, 1))
            .expect("it is new");
        server.finds(1, 1_000);
        assert_eq!(server.at(1_001).kill_session(&hash(1)), Ok(true));
        assert_eq!(server.finds(1, 1_059), (true, CACHE.to_vec()));
        assert!(!server.finds(1, 1_060).0);
        assert!(
            !server.finds(1, 1_000).0,
            "it is forgotten, also where the clock goes back"
        );
    }
}

/// What a server does to a session by itself reaches its cache at once.
#[test]
fn the_servers_own_writes_bite_at_once() {
    type Write = fn(&mut ServerStore<'_, SqliteStore>);
    let writes: [(&str, bool, Write); 6] = [
        ("it ends it", false, |store| {
            assert_eq!(store.end(Lane::A, &hash(1)), Ok(true));
        }),
        ("it ends one of the user's", false, |store| {
            assert_eq!(store.end_one_of(MEMBER, Lane::A, &hash(1)), Ok(true));
        }),
        ("it ends all of the user's", false, |store| {
            assert_eq!(store.end_all_of(MEMBER, Lane::A, None), Ok(1));
        }),
        ("it ends the user's others", true, |store| {
            assert_eq!(store.end_all_of(MEMBER, Lane::A, Some(&hash(1))), Ok(0));
        }),
        ("it gives it another ID", false, |store| {
            assert_eq!(
                store.renew(&hash(1), &hash(2), Role::Administrator),
                Ok(true)
            );
        }),
        ("it ends those in the other lane", true, |store| {
            assert_eq!(store.end_one_of(MEMBER, Lane::B, &hash(1)), Ok(false));
            assert_eq!(store.end_all_of(MEMBER, Lane::B, None), Ok(0));
        }),
    ];
    for settings in [in_database(60), in_memory(60)] {
        for (what, is_left, write) in writes {
            let mut server = Server::new(settings);
            server
                .at(1)
                .create(&session(1, MEMBER, 1))
                .expect("it is new");
            server.finds(1, 1_000);
            write(&mut server.at(1_001));
            assert_eq!(server.finds(1, 1_002).0, is_left, "{what}");
        }
    }
}

#[test]
fn a_touch_and_a_changed_user_show_in_what_is_cached() {
    let mut server = Server::new(in_database(60));
    server
        .at(1)
        .create(&session(1, MEMBER, 1))
        .expect("it is new");
    server.finds(1, 1_000);
    let suspended = User {
        suspended: true,
        ..member()
    };
    let mut store = server.at(1_001);
    store
        .touch(&hash(1), at(1_001), at(1_901))
        .expect("it is written");
    store.update_user(&suspended).expect("it is written");
    let (cached, user) = server
        .at(1_002)
        .find(&hash(1))
        .expect("it reads")
        .expect("it is there");
    assert_eq!(
        (cached.last_seen, cached.idle_expires),
        (at(1_001), at(1_901))
    );
    assert_eq!(user, suspended);
    assert_eq!(server.finds(1, 1_002), (true, CACHE.to_vec()));
    let kept = server.database.look_up_session(&hash(1));
    assert_eq!(kept, Ok(Some(cached)), "the store has it too");
}

#[test]
fn without_a_cache_nothing_is_remembered_and_what_was_is_forgotten() {
    let mut server = Server::new(in_database(0));
    server
        .at(1)
        .create(&session(1, MEMBER, 1))
        .expect("it is new");
    for second in [1_000, 1_000, 1_001] {
        assert_eq!(server.finds(1, second), (true, DATABASE.to_vec()));
    }
    assert_eq!(server.memory.cached_sessions().count(), 0);
    server.settings = in_database(60);
    server.finds(1, 1_002);
    assert_eq!(server.memory.cached_since(&hash(1)), Some(at(1_002)));
    server.settings = in_database(0);
    assert_eq!(server.finds(1, 1_003), (true, DATABASE.to_vec()));
    assert_eq!(server.memory.cached_since(&hash(1)), None);
}

#[test]
fn a_rehearsal_is_answered_from_the_cache_and_leaves_it_as_it_is() {
    for settings in [in_database(60), in_memory(60)] {
        let mut server = Server::new(settings);
        server
            .at(1)
            .create(&session(1, MEMBER, 1))
            .expect("it is new");
        server
            .at(1)
            .create(&session(2, MEMBER, 1))
            .expect("it is new");
        server.finds(1, 1_000);
        let Server {
            database, memory, ..
        } = &mut server;
        let mut store = ServerStore::rehearsing(database, memory, settings, at(1_001));
        let mut rehearsal = Rehearsal::new(&mut store);
        assert!(rehearsal.find(&hash(1)).is_ok_and(|found| found.is_some()));
        assert_eq!(rehearsal.cached_since(), Some(at(1_000)));
        assert_eq!(places(&rehearsal.take_operations()), CACHE);
        assert!(rehearsal.find(&hash(2)).is_ok_and(|found| found.is_some()));
        assert_eq!(rehearsal.cached_since(), None);
        assert_eq!(rehearsal.end(Lane::A, &hash(1)), Ok(true));
        assert_eq!(rehearsal.renew(&hash(2), &hash(3), Role::Member), Ok(true));
        assert_eq!(
            server.memory.cached_since(&hash(2)),
            None,
            "it was not remembered"
        );
        assert_eq!(server.memory.cached_since(&hash(1)), Some(at(1_000)));
    }
}

/// What a rehearsal says of a write is said by the store itself, not by what a server remembers.
#[test]
fn a_rehearsed_write_to_a_session_that_was_killed_finds_none() {
    let mut server = Server::new(in_database(60));
    server
        .at(1)
        .create(&session(1, MEMBER, 1))
        .expect("it is new");
    server.finds(1, 1_000);
    server.database.kill_session(&hash(1)).expect("it is there");
    let mut store = server.at(1_001);
    let mut rehearsal = Rehearsal::new(&mut store);
    rehearsal
        .touch(&hash(1), at(1_001), at(1_901))
        .expect("it is tried");
    assert_eq!(rehearsal.end(Lane::A, &hash(1)), Ok(false));
    let rehearsed: Vec<u32> = rehearsal
        .take_operations()
        .iter()
        .map(|it| it.rows)
        .collect();
    store
        .touch(&hash(1), at(1_001), at(1_901))
        .expect("it is written");
    assert_eq!(store.end(Lane::A, &hash(1)), Ok(false));
    let real: Vec<u32> = store.take_operations().iter().map(|it| it.rows).collect();
    assert_eq!((rehearsed, real), (vec![0, 0], vec![0, 0]));
}

#[test]
fn within_a_rehearsal_a_renewed_session_is_known_by_its_new_hash() {
    let mut database = sqlite_store();
    database.create(&session(1, MEMBER, 1)).expect("it is new");
    let mut rehearsal = Rehearsal::new(&mut database);
    assert_eq!(
        rehearsal.renew(&hash(1), &hash(2), Role::Administrator),
        Ok(true)
    );
    rehearsal
        .touch(&hash(2), at(2), at(3))
        .expect("it is tried");
    let rows: Vec<u32> = rehearsal
        .take_operations()
        .iter()
        .map(|it| it.rows)
        .collect();
    assert_eq!(rows, [1, 1]);
    assert_eq!(
        database.look_up_session(&hash(1)),
        Ok(Some(session(1, MEMBER, 1)))
    );
}
