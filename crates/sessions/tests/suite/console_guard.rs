//! Statements that must not do what they say: they are refused or stopped, and the server works on as before.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use protocol::SqlProblem;
use sessions::{ObserverAccess, SqliteStore, UserStore};

use crate::console::{run, still, store};
use crate::sample::{MEMBER, member, users};

/// A stopwatch on which each look takes a millisecond.
fn hurried() -> f64 {
    static LOOKS: AtomicU64 = AtomicU64::new(0);
    LOOKS.fetch_add(1, Ordering::Relaxed) as f64 * 1_000.0
}

#[test]
fn what_reaches_beyond_the_database_or_the_statement_is_refused() {
    for (sql, what) in [
        ("ATTACH 'x.sqlite' AS x", "ATTACH"),
        ("attach database ':memory:' as x", "ATTACH"),
        ("ATTACH 'a' || 'b' AS x", "ATTACH"),
        ("SELECT 1; ATTACH '' AS x", "ATTACH"),
        ("EXPLAIN ATTACH 'x' AS x", "ATTACH"),
        ("DETACH main", "DETACH"),
        ("DETACH 'a' || 'b'", "DETACH"),
        ("VACUUM", "VACUUM"),
        ("VACUUM INTO 'copy.sqlite'", "VACUUM"),
        ("PRAGMA journal_mode = OFF", "PRAGMA journal_mode"),
        ("PRAGMA Journal_Mode(MEMORY)", "PRAGMA journal_mode"),
        ("PRAGMA main.foreign_keys = OFF", "PRAGMA foreign_keys"),
        ("PRAGMA foreign_keys(0)", "PRAGMA foreign_keys"),
        (
            "PRAGMA defer_foreign_keys = ON",
            "PRAGMA defer_foreign_keys",
        ),
        (
            "PRAGMA ignore_check_constraints = ON",
            "PRAGMA ignore_check_constraints",
        ),
        ("PRAGMA writable_schema = ON", "PRAGMA writable_schema"),
        ("PRAGMA writable_schema", "PRAGMA writable_schema"),
        ("PRAGMA user_version = 9", "PRAGMA user_version"),
        ("PRAGMA application_id = 9", "PRAGMA application_id"),
        ("PRAGMA cache_size = 1", "PRAGMA cache_size"),
        (
            "PRAGMA temp_store_directory = '/'",
            "PRAGMA temp_store_directory",
        ),
        ("PRAGMA trusted_schema = ON", "PRAGMA trusted_schema"),
        ("PRAGMA hard_heap_limit = 1", "PRAGMA hard_heap_limit"),
        ("PRAGMA locking_mode = NORMAL", "PRAGMA locking_mode"),
        ("PRAGMA wal_checkpoint", "PRAGMA wal_checkpoint"),
        ("PRAGMA optimize", "PRAGMA optimize"),
        ("PRAGMA shrink_memory", "PRAGMA shrink_memory"),
        ("EXPLAIN PRAGMA user_version = 9", "PRAGMA user_version"),
        ("SELECT load_extension('x')", "load_extension"),
        ("SELECT trim('a')", "trim"),
        (
            "CREATE VIEW v AS SELECT LTRIM('a', 'b') AS t; SELECT * FROM v",
            "ltrim",
        ),
        ("CREATE TEMP TABLE sessions (a)", "CREATE TEMP"),
        ("CREATE TABLE temp.sessions (a)", "CREATE TEMP"),
        ("CREATE VIEW temp.users AS SELECT 1", "CREATE TEMP"),
        (
            "CREATE TRIGGER temp.t AFTER DELETE ON main.users BEGIN SELECT 1; END",
            "CREATE TEMP",
        ),
        ("CREATE TABLE temp.t AS SELECT 1", "CREATE TEMP"),
        ("CREATE TEMP VIEW users AS SELECT 1", "CREATE TEMP"),
        (
            "CREATE TEMP TRIGGER t AFTER DELETE ON users BEGIN SELECT 1; END",
            "CREATE TEMP",
        ),
        (
            "CREATE VIRTUAL TABLE t USING fts3(a)",
            "CREATE VIRTUAL TABLE",
        ),
    ] {
        let mut store = store();
        let outcome = store.run_sql(sql, still);
        let refused = SqlProblem::Refused {
            what: what.to_owned(),
        };
        assert_eq!(outcome.result, Err(refused), "{sql}");
        assert_eq!((outcome.changed_rows, outcome.broken), (0, None), "{sql}");
        assert_eq!(set_up(&store), set_up(&self::store()), "{sql}");
    }
}

/// How the server's connection is set up.
fn set_up(store: &SqliteStore) -> Vec<String> {
    [
        "foreign_keys",
        "journal_mode",
        "locking_mode",
        "user_version",
        "application_id",
        "cache_size",
        "synchronous",
        "trusted_schema",
        "ignore_check_constraints",
        "writable_schema",
        "defer_foreign_keys",
    ]
    .map(|name| {
        store
            .connection()
            .pragma_query_value(None, name, |row| {
                row.get_ref(0).map(|value| format!("{value:?}"))
            })
            .expect("SQLite says how it is set")
    })
    .to_vec()
}

#[test]
fn what_never_ends_is_stopped_and_leaves_no_trace() {
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)";
    for sql in [
        format!("{endless} SELECT count(*) FROM n"),
        format!("{endless} SELECT i FROM n WHERE i < 0"),
        format!("{endless} DELETE FROM sessions WHERE id_hash IN (SELECT i FROM n)"),
        format!(
            "{endless} INSERT INTO orders (user_id, item, created_at) SELECT 42, 'Tea', i FROM n"
        ),
        format!("CREATE VIEW v AS {endless} SELECT i FROM n; SELECT count(*) FROM v"),
        "SELECT 1;".repeat(5_000),
    ] {
        let mut store = store();
        let outcome = store.run_sql(&sql, hurried);
        let said = &sql[..sql.len().min(120)];
        assert!(
            matches!(
                outcome.result,
                Err(SqlProblem::TookTooLong {
                    milliseconds: 1_900..
                })
            ),
            "{said}: {:?}",
            outcome.result
        );
        assert!(outcome.microseconds >= 1_900_000.0, "{said}");
        assert_eq!(outcome.changed_rows, 0, "{said}");
        assert_eq!(store.session_count(), Ok(2), "{said}");
        assert_eq!(store.next_order_number(MEMBER), Ok(1), "{said}");
        assert_eq!(store.find_by_account("ada"), Ok(Some(member())), "{said}");
    }
}

/// Nobody looks at the clock for the server's own statements.
#[test]
fn a_view_that_never_ends_does_not_keep_the_server_forever() {
    let mut store = store();
    let outcome = store.run_sql(
        "DROP TABLE orders;
         CREATE VIEW orders AS
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
         SELECT i AS id, i AS user_id, i AS item, i AS created_at FROM n",
        still,
    );
    assert!(outcome.broken.is_some());
    let said = store.next_order_number(MEMBER).expect_err("it never ends");
    assert_eq!(said.to_string(), "the store failed: interrupted");
    assert_eq!(store.find_by_account("ada"), Ok(Some(member())));
}

#[test]
fn deeply_nested_statements_are_refused_by_sqlite_itself() {
    for sql in [
        format!("SELECT {}1{}", "(".repeat(5_000), ")".repeat(5_000)),
        format!("SELECT {}1{}", "(SELECT ".repeat(3_000), ")".repeat(3_000)),
        format!(
            "SELECT * FROM {}users{}",
            "(SELECT * FROM ".repeat(3_000),
            ")".repeat(3_000)
        ),
        format!("SELECT {}1", "NOT ".repeat(10_000)),
        format!("SELECT 1{}", " + 1".repeat(10_000)),
        format!("SELECT 1{}", " UNION SELECT 1".repeat(3_000)),
        format!("SELECT 1{}", ", 1".repeat(10_000)),
    ] {
        let outcome = run(&sql);
        let problem = outcome.result.expect_err("it is too much");
        assert!(matches!(problem, SqlProblem::Sqlite { .. }), "{problem:?}");
    }
}

/// While one function runs, nobody looks at the clock.
#[test]
fn no_call_of_a_function_takes_long() {
    let long = "printf('%.*c', 30000, 'a')";
    let half = "printf('%.*c', 15000, 'a') || 'b'";
    for call in [
        format!("instr({long}, {half})"),
        format!("replace({long}, {half}, 'x')"),
        format!("unhex({long}, {half} || 'c')"),
        format!("{long} LIKE '{}b'", "%a".repeat(400)),
        format!("{long} GLOB '{}b'", "*[ab]".repeat(190)),
        format!("json_patch({long}, {half})"),
    ] {
        let started = Instant::now();
        let outcome = run(&format!("SELECT {call}"));
        assert!(started.elapsed().as_secs() < 5, "{call}: {outcome:?}");
    }
    assert!(run("SELECT printf('%.*c', 40000, 'a')").result.is_err());
}

/// Views of views are written out when a statement is prepared, before any of it runs.
#[test]
fn views_that_double_each_other_are_stopped() {
    let views: String = (1..40)
        .map(|number| {
            let before = number - 1;
            format!("CREATE VIEW v{number} AS SELECT a.i FROM v{before} AS a, v{before} AS b;")
        })
        .collect();
    let mut store = store();
    let made = store.run_sql(&format!("CREATE VIEW v0 AS SELECT 1 AS i; {views}"), still);
    assert!(made.result.is_ok(), "{made:?}");
    let said = "too many references to \"v0\": max 65535";
    let outcome = store.run_sql("SELECT * FROM v39", still);
    let refused = SqlProblem::Sqlite {
        message: said.to_owned(),
        offset: None,
    };
    assert_eq!(outcome.result, Err(refused));
    let outcome = store.run_sql(
        "DROP TABLE orders; CREATE VIEW orders AS SELECT i AS id, i AS user_id FROM v39",
        still,
    );
    assert_eq!(outcome.broken.as_deref(), Some(said));
    let made = vec![String::from("orders"), String::from("orders_by_user")];
    assert_eq!(store.repair(&users()), Ok(made));
}
