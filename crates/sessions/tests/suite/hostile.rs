//! Whatever is typed, pasted or asked for: nothing panics, and the store works afterwards or says why it does not.

use proptest::prelude::*;
use protocol::{SqlValue, Table, TableQuery};
use sessions::{FamilyId, KeyStore, ObserverAccess, RefreshSecret, SessionStore, UserStore};

use crate::console::{still, store};
use crate::sample::{MEMBER, hash, member, session, users};

/// Words that mean something to SQLite, in any order.
fn sql() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "SELECT",
        "*",
        "FROM",
        "sessions",
        "users",
        "orders",
        "DELETE",
        "DROP",
        "TABLE",
        "VIEW",
        "TRIGGER",
        "INDEX",
        "CREATE",
        "TEMP",
        "AS",
        "AFTER",
        "INSTEAD OF",
        "INSERT",
        "INTO",
        "ON",
        "UPDATE",
        "SET",
        "id",
        "id_hash",
        "user_id",
        "=",
        "1",
        "(",
        ")",
        ",",
        ";",
        "BEGIN",
        "END",
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT",
        "s",
        "RELEASE",
        "ALTER",
        "RENAME",
        "TO",
        "COLUMN",
        "ATTACH",
        "':memory:'",
        "DETACH",
        "VACUUM",
        "PRAGMA",
        "foreign_keys",
        "writable_schema",
        "user_version",
        "sqlite_schema",
        "REINDEX",
        "ANALYZE",
        "EXPLAIN",
        "QUERY PLAN",
        "WITH",
        "RECURSIVE",
        "VALUES",
        "NULL",
        "x'00'",
        "'a'",
        "OR REPLACE",
        "RETURNING",
        "--",
        "/*",
        "?1",
        "WHERE",
        "UNION ALL",
        "randomblob(9)",
        "\"",
        "'",
        "\0",
        "é",
    ]);
    prop::collection::vec(word, 0..24).prop_map(|words| words.join(" "))
}

/// Statements that all run, and that a server would not expect.
fn statement() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "DROP TABLE sessions",
        "DROP TABLE users",
        "DROP TABLE IF EXISTS orders; CREATE VIEW orders AS SELECT 1 AS id",
        "CREATE TRIGGER i INSTEAD OF INSERT ON orders BEGIN SELECT 1; END",
        "CREATE TRIGGER t AFTER INSERT ON sessions BEGIN DELETE FROM sessions; END",
        "CREATE TRIGGER d BEFORE DELETE ON sessions BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TABLE n (u REFERENCES users (id)); INSERT INTO n SELECT id FROM users",
        "INSERT INTO users SELECT -1, 'minus', 'M', 'member', 0, '!'",
        "INSERT INTO users SELECT 9000000000, 'large', 'L', 'member', 0, '!'",
        "INSERT INTO users SELECT 1000005, CAST(x'ff' AS TEXT), 'B', 'member', 0, '!'",
        "UPDATE sessions SET user_id = (SELECT max(id) FROM users)",
        "UPDATE sessions SET created_at = 9223372036854775807, idle_expires_at = -9223372036854775807",
        "INSERT INTO audit_log (id, at, event) VALUES (9223372036854775807, 0, 'signed_in')",
        "INSERT INTO signing_keys VALUES (CAST(x'ff' AS TEXT), 'none', x'', 0, NULL, NULL)",
        "INSERT INTO token_versions VALUES ('a', 42, 9223372036854775807)",
        "ALTER TABLE users RENAME TO people",
        "ALTER TABLE sessions RENAME COLUMN lane TO road",
        "BEGIN; DELETE FROM sessions",
    ])
}

fn value() -> impl Strategy<Value = SqlValue> {
    prop_oneof![
        Just(SqlValue::Null),
        any::<i64>().prop_map(SqlValue::Integer),
        any::<f64>().prop_map(SqlValue::Real),
        ".{0,4}".prop_map(SqlValue::Text),
        prop::collection::vec(any::<u8>(), 0..40).prop_map(SqlValue::Blob),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_that_is_run_does_more_than_break_what_can_be_repaired(
        typed in prop::collection::vec(
            prop_oneof![sql(), ".{0,40}", statement().prop_map(str::to_owned)],
            1..6,
        ),
    ) {
        let mut store = store();
        for text in &typed {
            let outcome = store.run_sql(text, still);
            prop_assert!(store.connection().is_autocommit(), "{:?}", text);
            prop_assert_eq!(&outcome.broken, &store.broken(), "{:?}", text);
            // Whatever the server and the observer ask now, they get an answer.
            let _ = store.create(&session(9, MEMBER, 1));
            let _ = (store.find(&hash(9)), store.keys(), store.list_users());
            let _ = (store.list_sessions(10), store.list_audit(10), store.batches());
            let _ = (store.fill(None, 3, 7, session(9, MEMBER, 1).created, still), store.session_count());
            let _ = (store.empty(5, 2, still), store.sample_hashes(2), store.cache_kib());
        }
        let repaired = store.repair(&users());
        prop_assert!(repaired.is_ok(), "{:?} after {:?}", repaired, typed);
        prop_assert_eq!(store.broken(), None, "{:?}", typed);
        prop_assert_eq!(store.reset(&users()), Ok(()), "{:?}", typed);
        prop_assert_eq!(store.find_user(MEMBER), Ok(Some(member())), "{:?}", typed);
        prop_assert_eq!(store.create(&session(9, MEMBER, 1)), Ok(()), "{:?}", typed);
    }

    #[test]
    fn no_page_that_is_asked_for_panics(
        table in prop::sample::select(Table::ALL.to_vec()),
        after in prop::option::of(prop::collection::vec(value(), 0..4)),
        search in ".{0,6}",
        limit: u32,
        before in prop::option::of(statement()),
    ) {
        let mut store = store();
        if let Some(before) = before {
            store.run_sql(before, still);
        }
        let query = TableQuery { table, memory_of: None, after, search, limit };
        if let Ok(page) = store.read_table(&query, still) {
            prop_assert!(page.rows.iter().all(|row| row.len() == page.columns.len()));
            prop_assert!(page.rows.len() <= 1_000);
        }
    }

    /// No two texts are one secret or one family.
    #[test]
    fn no_text_panics_and_each_secret_and_family_has_one(
        text in "(?s).{0,60}|[A-Za-z0-9_-]{42,44}|[0-9a-f]{31,33}|[0-9a-fA-F+]{32}",
    ) {
        if let Some(secret) = RefreshSecret::parse(&text) {
            prop_assert_eq!(secret.as_str(), text.as_str());
        }
        if let Some(family) = FamilyId::from_hex(&text) {
            prop_assert_eq!(family.to_string(), text);
        }
    }

    #[test]
    fn what_is_given_out_is_taken_back(secret: [u8; 32], family: [u8; 16]) {
        let secret = RefreshSecret::from_random(secret);
        prop_assert_eq!(RefreshSecret::parse(secret.as_str()), Some(secret));
        let family = FamilyId::from_bytes(family);
        prop_assert_eq!(FamilyId::from_hex(&family.to_string()), Some(family));
    }
}
