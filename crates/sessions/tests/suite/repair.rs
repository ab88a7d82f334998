//! What a repair makes anew, and that it leaves alone what needs none.

use sessions::{
    KeyStore, ObserverAccess, OrderStore, SessionStore, SqliteStore, StoreError, UserStore,
};

use crate::sample::{MEMBER, administrator, at, hash, key, member, session, sqlite_store, users};

/// A store with something in most tables.
fn store() -> SqliteStore {
    let mut store = sqlite_store();
    store.create(&session(1, MEMBER, 1_000)).expect("it is new");
    store.add_key(&key("k1", 1)).expect("it is new");
    store.add_order(MEMBER, "Tea", at(1)).expect("it is hers");
    store
}

fn stays(store: &mut SqliteStore, what: &str) -> bool {
    match what {
        "session" => store.find(&hash(1)) == Ok(Some((session(1, MEMBER, 1_000), member()))),
        "order" => store
            .orders_of(MEMBER)
            .is_ok_and(|orders| orders.len() == 1),
        "key" => store.keys() == Ok(vec![key("k1", 1)]),
        other => unreachable!("{other} is nothing that is kept"),
    }
}

#[test]
fn what_is_missing_or_differs_is_made_and_all_else_stays() {
    let all = ["session", "order", "key"];
    for (damage, made, kept) in [
        ("SELECT 1", &[][..], &all[..]),
        (
            "DROP TABLE sessions",
            &["sessions", "sessions_by_user", "sessions_by_creation"],
            &["order", "key"],
        ),
        (
            "DROP TABLE signing_keys",
            &["signing_keys"],
            &["session", "order"],
        ),
        ("DROP INDEX sessions_by_user", &["sessions_by_user"], &all),
        (
            "DROP INDEX sessions_by_user; CREATE INDEX sessions_by_user ON sessions (role)",
            &["sessions_by_user"],
            &all,
        ),
        (
            "ALTER TABLE orders RENAME COLUMN item TO thing",
            &["orders", "orders_by_user"],
            &["session", "key"],
        ),
        (
            "ALTER TABLE orders ADD COLUMN more TEXT",
            &["orders", "orders_by_user"],
            &["session", "key"],
        ),
        (
            "ALTER TABLE signing_keys RENAME TO old",
            &["signing_keys"],
            &["session", "order"],
        ),
        (
            "ALTER TABLE orders RENAME TO o; ALTER TABLE o RENAME TO orders",
            &[],
            &all,
        ),
        (
            "DROP TABLE orders; CREATE VIEW orders AS SELECT 1 AS id",
            &["orders", "orders_by_user"],
            &["session", "key"],
        ),
        (
            "DROP TABLE orders; CREATE INDEX orders ON sessions (role)",
            &["orders", "orders_by_user"],
            &["session", "key"],
        ),
        (
            "DROP INDEX orders_by_user; CREATE TABLE Orders_By_User (a)",
            &["orders_by_user"],
            &all,
        ),
        (
            "CREATE TRIGGER t AFTER INSERT ON sessions BEGIN DELETE FROM orders; END",
            &[],
            &all,
        ),
        (
            "CREATE UNIQUE INDEX one_each ON sessions (user_id)",
            &[],
            &all,
        ),
        ("CREATE TABLE x (a REFERENCES users (name))", &[], &all),
        ("DELETE FROM users WHERE id = 1", &["grace"], &all),
        (
            "DELETE FROM sessions; DELETE FROM orders; DROP TABLE users",
            &["users", "ada", "grace"],
            &["key"],
        ),
        (
            "PRAGMA foreign_keys = OFF; DROP TABLE users; PRAGMA foreign_keys = ON",
            &["users", "ada", "grace"],
            &all,
        ),
        (
            "PRAGMA foreign_keys = OFF; DELETE FROM users; PRAGMA foreign_keys = ON",
            &["ada", "grace"],
            &all,
        ),
        (
            "PRAGMA user_version = 9; PRAGMA application_id = 9",
            &[],
            &all,
        ),
    ] {
        let mut store = store();
        store.connection().execute_batch(damage).expect(damage);
        let said = store.repair(&users()).expect(damage);
        assert_eq!(said, made, "{damage}");
        for what in all {
            assert_eq!(
                stays(&mut store, what),
                kept.contains(&what),
                "{what} after {damage}"
            );
        }
        assert_eq!(
            store.repair(&users()),
            Ok(vec![]),
            "{damage}: nothing is left to do"
        );

        // It works as a new one.
        assert_eq!(store.broken(), None, "{damage}");
        for number in [7, 8] {
            let next = session(number, MEMBER, 2_000);
            assert_eq!(store.create(&next), Ok(()), "{damage}");
        }
        assert!(store.add_order(MEMBER, "Cup", at(2)).is_ok(), "{damage}");
        let refused = store.create(&session(9, 7, 2_000));
        assert_eq!(
            refused,
            Err(StoreError::UnknownUser { user: 7 }),
            "{damage}"
        );

        // And its file opens.
        let file = store.export().expect(damage);
        assert!(SqliteStore::open_bytes(&file, &[]).is_ok(), "{damage}");
    }
}

#[test]
fn rows_of_users_who_are_gone_go_too() {
    let mut store = store();
    let mut hers = administrator();
    hers.id = 99;
    hers.account = String::from("nobody");
    store
        .connection()
        .execute_batch(
            "INSERT INTO users SELECT 99, 'nobody', name, role, suspended, password_hash FROM users WHERE id = 1;
             UPDATE sessions SET user_id = 99;
             PRAGMA foreign_keys = OFF; DELETE FROM users WHERE id = 99; PRAGMA foreign_keys = ON",
        )
        .expect("it is damaged");
    assert_eq!(store.repair(&users()), Ok(vec![]));
    assert_eq!(store.list_sessions(10), Ok((vec![], 0)));
    assert!(stays(&mut store, "order"));
}

#[test]
fn a_users_change_is_no_damage() {
    let mut store = store();
    let renamed = sessions::User {
        name: String::from("Ada King"),
        ..member()
    };
    assert_eq!(store.update_user(&renamed), Ok(true));
    assert_eq!(store.repair(&users()), Ok(vec![]));
    assert_eq!(store.find_by_account("ada"), Ok(Some(renamed)));
}

/// Starting afresh is the way out where nothing else helps.
#[test]
fn a_reset_starts_afresh_whatever_someone_made() {
    for made in [
        "SELECT 1",
        "DROP TABLE sessions; CREATE VIEW sessions AS SELECT 1 AS id",
        "CREATE VIEW v AS SELECT * FROM users",
        "CREATE TABLE \"no\"\"tes\" (of REFERENCES users (id)); INSERT INTO \"no\"\"tes\" VALUES (42)",
        "CREATE TABLE n (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO n DEFAULT VALUES",
        "CREATE TRIGGER t BEFORE DELETE ON users BEGIN SELECT RAISE(ABORT, 'no'); END",
        "ALTER TABLE users RENAME TO people",
        "DROP TABLE orders; CREATE TABLE orders (id INTEGER REFERENCES orders (no))",
        "ANALYZE",
    ] {
        let mut store = store();
        let outcome = store.run_sql(made, || 0.0);
        assert!(outcome.result.is_ok(), "{made}: {outcome:?}");
        assert_eq!(store.reset(&users()), Ok(()), "{made}");
        assert_eq!(store.broken(), None, "{made}");
        assert_eq!(store.find(&hash(1)), Ok(None), "{made}");
        assert_eq!(store.find_user(MEMBER), Ok(Some(member())), "{made}");
        store.create(&session(1, MEMBER, 1)).expect("it is new");
        let rest = store.run_sql(
            "SELECT count(*) FROM sqlite_schema WHERE type IN ('table', 'view', 'trigger')
                AND name NOT LIKE 'sqlite%'; ",
            || 0.0,
        );
        let rows = rest.result.expect("it runs").rows;
        assert_eq!(rows, vec![vec![protocol::SqlValue::Integer(8)]], "{made}");
        let nobody = sessions::Session {
            user: 9,
            ..session(2, MEMBER, 1)
        };
        let refused = Err(StoreError::UnknownUser { user: 9 });
        assert_eq!(
            store.create(&nobody),
            refused,
            "{made}: foreign keys are kept to"
        );
    }
}
