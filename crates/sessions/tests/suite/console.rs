//! What becomes of statements that someone types, and that the server works on as before.

use protocol::{SqlOutcome, SqlProblem, SqlResult, SqlValue};
use sessions::{ObserverAccess, SessionStore, SqliteStore, Store, UserStore};

use crate::sample::{MEMBER, hash, member, session, sqlite_store, users};

/// A stopwatch on which no time passes.
pub(crate) fn still() -> f64 {
    0.0
}

/// A store with two sessions of Ada's.
pub(crate) fn store() -> SqliteStore {
    let mut store = sqlite_store();
    for number in [1, 2] {
        let session = session(number, MEMBER, 1_000);
        store.create(&session).expect("it is new");
    }
    store.take_operations();
    store
}

pub(crate) fn run(text: &str) -> SqlOutcome {
    store().run_sql(text, still)
}

fn rows(outcome: &SqlOutcome) -> &SqlResult {
    outcome.result.as_ref().expect("it runs")
}

fn text(text: &str) -> SqlValue {
    SqlValue::Text(text.to_owned())
}

fn sqlite(message: &str, offset: impl Into<Option<u32>>) -> SqlProblem {
    SqlProblem::Sqlite {
        message: message.to_owned(),
        offset: offset.into(),
    }
}

#[test]
fn the_last_rows_are_shown_as_sqlite_has_them() {
    use SqlValue::{Blob, Integer, Null, Real};
    for (sql, columns, values, statements) in [
        ("SELECT 1", &["1"][..], vec![vec![Integer(1)]], 1),
        (
            "SELECT NULL AS n, 1.5, 'Ä', x'00ff' AS \"a b\"",
            &["n", "1.5", "'Ä'", "a b"],
            vec![vec![Null, Real(1.5), text("Ä"), Blob(vec![0, 255])]],
            1,
        ),
        (
            "SELECT 1; SELECT 2 AS two; -- end",
            &["two"],
            vec![vec![Integer(2)]],
            2,
        ),
        ("; ; SELECT 3 AS n ;;", &["n"], vec![vec![Integer(3)]], 1),
        (
            "SELECT 4 AS n; DELETE FROM orders",
            &["n"],
            vec![vec![Integer(4)]],
            2,
        ),
        ("SELECT 5 AS n WHERE 0", &["n"], vec![], 1),
        (
            "SELECT ? AS a, :b AS b",
            &["a", "b"],
            vec![vec![Null, Null]],
            1,
        ),
        (
            "SELECT CAST(x'ff41' AS TEXT) AS t",
            &["t"],
            vec![vec![text("\u{FFFD}A")]],
            1,
        ),
        (
            "SELECT name FROM users WHERE id = 42",
            &["name"],
            vec![vec![text("Ada Lovelace")]],
            1,
        ),
        ("DELETE FROM sessions", &[], vec![], 1),
        (
            "DELETE FROM sessions RETURNING user_id",
            &["user_id"],
            vec![vec![Integer(42)], vec![Integer(42)]],
            1,
        ),
        (
            "PRAGMA user_version",
            &["user_version"],
            vec![vec![Integer(3)]],
            1,
        ),
        (
            "pragma Foreign_Keys",
            &["foreign_keys"],
            vec![vec![Integer(1)]],
            1,
        ),
        (
            "SELECT name FROM pragma_table_info('orders') LIMIT 1",
            &["name"],
            vec![vec![text("id")]],
            1,
        ),
        (
            "PRAGMA quick_check",
            &["quick_check"],
            vec![vec![text("ok")]],
            1,
        ),
        (
            "BEGIN; DELETE FROM sessions; COMMIT; SELECT count(*) AS n FROM sessions",
            &["n"],
            vec![vec![Integer(0)]],
            4,
        ),
    ] {
        let outcome = run(sql);
        let result = rows(&outcome);
        assert_eq!(result.columns, columns, "{sql}");
        assert_eq!(result.rows, values, "{sql}");
        assert!(!result.is_cut, "{sql}");
        assert_eq!(outcome.statements, statements, "{sql}");
        assert_eq!(
            (outcome.rolled_back, outcome.broken),
            (false, None),
            "{sql}"
        );
    }
}

#[test]
fn what_is_too_much_is_cut_and_that_is_said() {
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT";
    for (sql, shown, is_cut) in [
        (format!("{many} 1000) SELECT i FROM n"), 1_000, false),
        (format!("{many} 1001) SELECT i FROM n"), 1_000, true),
        (format!("{many} 1000000000) SELECT i FROM n"), 1_000, true),
        (
            format!("{many} 200) SELECT hex(zeroblob(1000)) FROM n"),
            131,
            true,
        ),
        (
            format!("{many} 100) SELECT hex(zeroblob(1000)) FROM n"),
            100,
            false,
        ),
        (String::from("SELECT hex(zeroblob(1000))"), 1, false),
        (String::from("SELECT hex(zeroblob(1000)) || 'x'"), 1, true),
        (String::from("SELECT zeroblob(2001)"), 1, true),
        (format!("SELECT '{}'", "Ä".repeat(2_000)), 1, false),
        (format!("SELECT '{}'", "Ä".repeat(2_001)), 1, true),
    ] {
        let outcome = run(&sql);
        let result = rows(&outcome);
        let said = &sql[..sql.len().min(120)];
        assert_eq!(
            (result.rows.len(), result.is_cut),
            (shown, is_cut),
            "{said}"
        );
        for value in result.rows.iter().flatten() {
            let length = match value {
                SqlValue::Text(text) => text.chars().count(),
                SqlValue::Blob(octets) => octets.len(),
                _ => 0,
            };
            assert!(length <= 2_000, "{said}");
        }
    }
    // One that writes does all of it.
    let mut store = store();
    let sql = format!(
        "{many} 1500) INSERT INTO orders (user_id, item, created_at) SELECT 42, 'Tea', i FROM n RETURNING id"
    );
    let outcome = store.run_sql(&sql, still);
    assert_eq!(
        (rows(&outcome).rows.len(), rows(&outcome).is_cut),
        (1_000, true)
    );
    assert_eq!(outcome.changed_rows, 1_500);
    assert_eq!(store.next_order_number(MEMBER), Ok(1_501));
}

#[test]
fn errors_are_worded_and_placed_as_sqlite_does() {
    for (sql, message, offset) in [
        ("SELEC 1", "near \"SELEC\": syntax error", Some(0)),
        ("SELECT 1; SELECT ä", "no such column: ä", Some(17)),
        (
            "SELECT nowhere FROM users",
            "no such column: nowhere",
            Some(7),
        ),
        (
            "SELECT 1; -- one\nDROP TABLE nowhere",
            "no such table: nowhere",
            None,
        ),
        ("SELECT 'open", "unrecognized token: \"'open\"", Some(7)),
        ("SELECT (1", "incomplete input", None),
        (
            "INSERT INTO users SELECT * FROM users",
            "UNIQUE constraint failed: users.id",
            None,
        ),
        (
            "DELETE FROM users WHERE id = 42",
            "FOREIGN KEY constraint failed",
            None,
        ),
        (
            "INSERT INTO sqlite_schema (sql) VALUES ('')",
            "table sqlite_master may not be modified",
            None,
        ),
        (
            "UPDATE sqlite_schema SET sql = ''",
            "table sqlite_master may not be modified",
            None,
        ),
        (
            "SELECT randomblob(1000000000)",
            "string or blob too big",
            None,
        ),
        ("SELECT zeroblob(300000)", "string or blob too big", None),
        ("COMMIT", "cannot commit - no transaction is active", None),
        (
            "SELECT 1\0; DROP TABLE orders",
            "unrecognized token: \"\\0\"",
            Some(8),
        ),
    ] {
        let outcome = run(sql);
        assert_eq!(outcome.result, Err(sqlite(message, offset)), "{sql}");
        assert_eq!(outcome.broken, None, "{sql}");
    }
    for (sql, expected) in [
        ("", SqlProblem::Empty),
        (" ;; -- nothing\n /* at all */", SqlProblem::Empty),
        (
            &" ".repeat(65_537),
            SqlProblem::TooLong {
                octets: 65_537,
                limit: 65_536,
            },
        ),
    ] {
        assert_eq!(run(sql).result, Err(expected));
    }
}

#[test]
fn a_transaction_left_open_is_rolled_back_and_said() {
    for (sql, is_rolled_back, changed, sessions) in [
        ("BEGIN", true, 0, 2),
        ("BEGIN; DELETE FROM sessions", true, 0, 2),
        ("SAVEPOINT s; DELETE FROM sessions", true, 0, 2),
        ("BEGIN; DELETE FROM sessions; nonsense", true, 0, 2),
        ("BEGIN; DELETE FROM sessions; DELETE FROM users", true, 0, 2),
        (
            "BEGIN; DELETE FROM sessions; INSERT OR ROLLBACK INTO users SELECT * FROM users",
            true,
            0,
            2,
        ),
        ("DELETE FROM sessions; BEGIN", true, 2, 0),
        ("BEGIN; DELETE FROM sessions; ROLLBACK", false, 0, 2),
        ("BEGIN; DELETE FROM sessions; COMMIT", false, 2, 0),
        ("BEGIN IMMEDIATE; DELETE FROM sessions; END", false, 2, 0),
        ("SAVEPOINT s; DELETE FROM sessions; RELEASE s", false, 2, 0),
        ("DELETE FROM sessions; nonsense", false, 2, 0),
        ("UPDATE users SET name = name", false, 2, 2),
    ] {
        let mut store = store();
        let outcome = store.run_sql(sql, still);
        assert_eq!(outcome.rolled_back, is_rolled_back, "{sql}");
        assert_eq!(outcome.changed_rows, changed, "{sql}");
        assert_eq!(store.session_count(), Ok(sessions), "{sql}");
        let next = session(9, MEMBER, 2_000);
        assert_eq!(store.create(&next), Ok(()), "{sql}");
    }
}

#[test]
fn the_plan_of_a_sole_statement_is_told() {
    for (sql, plan) in [
        ("SELECT * FROM users", &["SCAN users"][..]),
        (
            "SELECT * FROM users WHERE account = ?1",
            &["SEARCH users USING INDEX sqlite_autoindex_users_1 (account=?)"],
        ),
        (
            "SELECT 1 UNION SELECT 2",
            &[
                "MERGE (UNION)",
                "  LEFT",
                "    SCAN CONSTANT ROW",
                "  RIGHT",
                "    SCAN CONSTANT ROW",
            ],
        ),
        (
            "DELETE FROM orders WHERE id = 1; -- and no more",
            &["SEARCH orders USING INTEGER PRIMARY KEY (rowid=?)"],
        ),
        ("SELECT * FROM users; SELECT 1", &[]),
        ("EXPLAIN QUERY PLAN SELECT * FROM users", &[]),
        ("EXPLAIN SELECT * FROM users", &[]),
        ("CREATE TABLE t (a)", &[]),
        ("BEGIN", &[]),
        ("nonsense", &[]),
    ] {
        assert_eq!(run(sql).plan, plan, "{sql}");
    }
}

#[test]
fn the_server_works_afterwards_as_it_did_before_or_it_is_said_why_not() {
    let mut untouched = store();
    untouched.find(&hash(1)).expect("it finds");
    let expected = untouched.take_operations();
    for sql in [
        "SELECT 1",
        "ATTACH 'x' AS x",
        "SELECT * FROM sessions",
        "CREATE TABLE notes (a)",
        "CREATE VIEW v AS SELECT * FROM users",
        "BEGIN; DROP TABLE sessions",
    ] {
        let mut store = store();
        store.find(&hash(1)).expect("it finds");
        store.take_operations();
        assert_eq!(store.run_sql(sql, still).broken, None, "{sql}");
        assert_eq!(store.take_operations(), [], "{sql}: no request did it");
        assert!(matches!(store.find(&hash(1)), Ok(Some(_))), "{sql}");
        assert_eq!(store.take_operations(), expected, "{sql}");
        let large = "x".repeat(300_000);
        let read: String = store
            .connection()
            .query_row("SELECT ?1", [&large], |row| row.get(0))
            .expect("the server's limits are its own");
        assert_eq!(read, large, "{sql}");
    }
    for (sql, why) in [
        ("DROP TABLE sessions", "no such table: sessions"),
        ("DROP TABLE denylist", "no such table: denylist"),
        (
            "DELETE FROM sessions; DROP TABLE users",
            "no such table: users",
        ),
        (
            "ALTER TABLE users RENAME COLUMN name TO title",
            "no such column: u.name",
        ),
        (
            "DROP TABLE orders; CREATE VIEW orders AS SELECT 1 AS id, 2 AS user_id, 3 AS item, 4 AS created_at",
            "cannot modify orders because it is a view",
        ),
        (
            "CREATE TABLE x (a REFERENCES users (name))",
            "foreign key mismatch - \"x\" referencing \"users\"",
        ),
    ] {
        let mut store = store();
        let outcome = store.run_sql(sql, still);
        assert_eq!(outcome.broken.as_deref(), Some(why), "{sql}");
        store.repair(&users()).expect("it is made anew");
        assert_eq!(store.broken(), None, "{sql}");
        assert_eq!(store.find_by_account("ada"), Ok(Some(member())), "{sql}");
    }
}
