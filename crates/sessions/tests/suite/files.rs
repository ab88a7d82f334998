//! A database given out as a file, and taken in again; and files that are not taken.

use rusqlite::{Connection, MAIN_DB};
use sessions::{
    KeyStore, OpenError, OrderStore, SCHEMA_VERSION, SessionStore, SqliteStore, UserStore,
};

use crate::sample::{MEMBER, administrator, at, hash, key, member, session, sqlite_store};

fn store() -> SqliteStore {
    let mut store = sqlite_store();
    store.create(&session(1, MEMBER, 1_000)).expect("it is new");
    store.add_key(&key("k1", 1)).expect("it is new");
    store.add_order(MEMBER, "Tea", at(1)).expect("it is hers");
    store
}

/// The file of a store to which that was done.
fn file_after(sql: &str) -> Vec<u8> {
    let mut store = store();
    store.connection().execute_batch(sql).expect(sql);
    store.export().expect("there is room")
}

fn open(file: &[u8]) -> Result<SqliteStore, OpenError> {
    SqliteStore::open_bytes(file, &[])
}

#[test]
fn what_was_given_out_is_taken_in_with_all_that_is_in_it() {
    let file = store().export().expect("there is room");
    assert!(file.starts_with(b"SQLite format 3\0"));
    // Its own users stay, whoever else is named.
    let mut taken = SqliteStore::open_bytes(&file, &[administrator()]).expect("it is whole");
    let found = taken.find(&hash(1));
    assert_eq!(found, Ok(Some((session(1, MEMBER, 1_000), member()))));
    assert_eq!(taken.keys(), Ok(vec![key("k1", 1)]));
    assert_eq!(taken.export().expect("there is room").len(), file.len());

    // It can be written to, and can grow.
    taken
        .fill(None, 10_000, 1, at(1_000_000), || 0.0)
        .expect("there is room");
    assert_eq!(taken.session_count(), Ok(10_001));
    let again = taken.export().expect("there is room");
    assert!(again.len() > file.len());
    let mut again = open(&again).expect("it is whole");
    assert_eq!(again.session_count(), Ok(10_001));
    assert_eq!(again.find_by_account("ada"), Ok(Some(member())));
}

#[test]
fn what_is_no_database_of_ours_is_not_taken() {
    let whole = store().export().expect("there is room");
    let corrupt = |message: &str| OpenError::Corrupt {
        message: message.to_owned(),
    };
    let other_version = |found| OpenError::OtherVersion {
        found,
        expected: SCHEMA_VERSION,
    };
    let with_octets = |at: usize, octets: &[u8]| {
        let mut file = whole.clone();
        file[at..at + octets.len()].copy_from_slice(octets);
        file
    };
    let foreign = {
        let mut connection = Connection::open_in_memory().expect("memory is there");
        connection
            .execute_batch("CREATE TABLE t (a)")
            .expect("it is made");
        connection
            .serialize(MAIN_DB)
            .expect("there is room")
            .to_vec()
    };
    for (what, file, said) in [
        ("nothing", vec![], corrupt("file is not a database")),
        ("a text", b"Hello, world".repeat(100), corrupt("file is not a database")),
        ("the first octets alone", whole[..16].to_vec(), corrupt("it has a write-ahead log, which is not in this file")),
        ("a write-ahead log", with_octets(18, &[2, 2]), corrupt("it has a write-ahead log, which is not in this file")),
        ("the header alone", whole[..100].to_vec(), corrupt("database disk image is malformed")),
        ("another's", foreign, other_version(0)),
        ("one of the version after", file_after("PRAGMA user_version = 4"), other_version(4)),
        ("another's mark", file_after("PRAGMA application_id = 1"), corrupt("it is another program's")),
        (
            "a trigger",
            file_after("CREATE TRIGGER t AFTER INSERT ON sessions BEGIN DELETE FROM users; END"),
            corrupt("it has a trigger t, which is none of the server's"),
        ),
        (
            "a view",
            file_after("CREATE VIEW v AS SELECT 1"),
            corrupt("it has a view v, which is none of the server's"),
        ),
        (
            "a virtual table",
            file_after("CREATE VIRTUAL TABLE v USING fts3(a)"),
            corrupt("it has a table v, which is none of the server's"),
        ),
        ("no sessions", file_after("DROP TABLE sessions"), corrupt("no such table: sessions")),
        (
            "a rule that asks for a gigabyte",
            file_after(
                "CREATE TABLE t (a);
                 INSERT INTO t VALUES (500000000);
                 PRAGMA writable_schema = ON;
                 UPDATE sqlite_schema SET sql = 'CREATE TABLE t (a CHECK (length(hex(zeroblob(a))) > 0))'
                  WHERE name = 't'",
            ),
            corrupt("string or blob too big"),
        ),
        (
            "a broken rule",
            file_after("PRAGMA ignore_check_constraints = ON; UPDATE users SET role = 'root'"),
            corrupt("CHECK constraint failed in users"),
        ),
        (
            "a trigger whose type is hidden",
            file_after(
                "PRAGMA writable_schema = ON;
                 INSERT INTO sqlite_schema VALUES ('view', 'users2', 'users2', 0, 'CREATE VIEW users2 AS SELECT 1')",
            ),
            corrupt("it has a view users2, which is none of the server's"),
        ),
    ] {
        let refused = open(&file).err();
        let Some(refused) = refused else {
            panic!("{what} is taken");
        };
        // SQLite words some of it longer than is told here.
        let (refused, said) = (refused.to_string(), said.to_string());
        assert!(refused.contains(&said), "{what}: {refused}");
    }
    for sql in [
        "CREATE TABLE notes (text)",
        "DELETE FROM sessions",
        "ALTER TABLE orders ADD COLUMN more TEXT",
    ] {
        assert!(open(&file_after(sql)).is_ok(), "{sql}");
    }
}

/// Whatever is in the octets, it is said, or the store works: nothing hangs, and nothing panics.
#[test]
fn a_damaged_file_never_does_harm() {
    let whole = store().export().expect("there is room");
    let mut refused = 0_u32;
    let mut try_out = |file: &[u8]| match open(file) {
        Ok(mut store) => {
            let _ = store.find(&hash(1));
            let _ = store.keys();
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            refused += 1;
        }
    };
    for length in (0..whole.len()).step_by(1_021) {
        try_out(&whole[..length]);
    }
    for offset in (0..200).chain((200..whole.len()).step_by(97)) {
        for damage in [0x01, 0x80, 0xFF] {
            let mut file = whole.clone();
            file[offset] ^= damage;
            try_out(&file);
        }
    }
    assert!(refused > 300, "{refused}");
}
