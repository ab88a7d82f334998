//! Tables as they are paged through and searched.

use std::sync::atomic::{AtomicU64, Ordering};

use protocol::{SqlValue, Table, TablePage, TableQuery};
use sessions::{
    AuditLog, KeyStore, OrderStore, RefreshStore, RevocationStore, SessionStore, SqliteStore,
};

use crate::sample::{MEMBER, at, key, refresh_token, session, signed_in, sqlite_store};

/// A stopwatch on which no time passes.
fn still() -> f64 {
    0.0
}

/// A stopwatch on which each look takes a fifth of a second.
fn hurried() -> f64 {
    static LOOKS: AtomicU64 = AtomicU64::new(0);
    LOOKS.fetch_add(1, Ordering::Relaxed) as f64 * 200_000.0
}

/// A store with seven rows in most tables.
fn store() -> SqliteStore {
    let mut store = sqlite_store();
    for number in 1..=7 {
        let second = i64::from(number);
        store
            .create(&session(number, MEMBER, second))
            .expect("it is new");
        store
            .add_refresh(&refresh_token(number, 1, MEMBER, second))
            .expect("it is new");
        let lane = if number < 4 {
            protocol::Lane::A
        } else {
            protocol::Lane::B
        };
        store
            .deny(lane, &format!("jti-{number}"), at(second), at(100))
            .expect("it is denied");
        store
            .raise_token_version(lane, second as u32)
            .expect("it is raised");
        store
            .add_key(&key(&format!("k{number}"), second))
            .expect("it is new");
        store
            .add_order(MEMBER, "Tea", at(second))
            .expect("it is hers");
        store.record(&signed_in(second)).expect("it is written");
    }
    store
}

fn query(table: Table) -> TableQuery {
    TableQuery {
        table,
        memory_of: None,
        after: None,
        search: String::new(),
        limit: 3,
    }
}

/// All pages, one after another.
fn pages(store: &SqliteStore, query: &TableQuery) -> Vec<TablePage> {
    let mut query = query.clone();
    let mut pages = Vec::new();
    loop {
        let page = store.read_table(&query, still).expect("it can be read");
        query.after.clone_from(&page.next);
        pages.push(page);
        if query.after.is_none() {
            return pages;
        }
    }
}

fn keys(pages: &[TablePage]) -> Vec<String> {
    let key = |row: &Vec<SqlValue>, columns: u32| {
        row[..columns as usize]
            .iter()
            .map(|value| match value {
                SqlValue::Integer(number) => number.to_string(),
                SqlValue::Text(text) => text.clone(),
                SqlValue::Blob(octets) => octets[0].to_string(),
                other => unreachable!("{other:?} is no key"),
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    pages
        .iter()
        .flat_map(|page| page.rows.iter().map(|row| key(row, page.key_columns)))
        .collect()
}

/// SQLite takes any octets for a text.
#[test]
fn a_key_that_is_no_utf_8_is_passed_as_any_other() {
    let mut store = sqlite_store();
    let made = store.run_sql(
        "INSERT INTO denylist
         SELECT 'a', CAST(value AS TEXT), 0, 0
           FROM (SELECT x'41' AS value UNION SELECT x'ff' UNION SELECT x'ff41' UNION SELECT x'fe')",
        still,
    );
    assert!(made.result.is_ok(), "{made:?}");
    let query = TableQuery {
        limit: 1,
        ..query(Table::Denylist)
    };
    let shown = pages(&store, &query);
    let keys: Vec<_> = shown.iter().map(|page| page.rows[0][1].clone()).collect();
    let expected = ["A", "\u{FFFD}", "\u{FFFD}", "\u{FFFD}A"];
    assert_eq!(keys, expected.map(|text| SqlValue::Text(text.to_owned())));
}

#[test]
fn pages_follow_the_key_and_leave_nothing_out() {
    let store = store();
    let seven = ["1", "2", "3", "4", "5", "6", "7"];
    for (table, expected, sizes) in [
        (Table::Users, &["1", "42"][..], &[2][..]),
        (Table::Sessions, &seven, &[3, 3, 1]),
        (Table::RefreshTokens, &seven, &[3, 3, 1]),
        (
            Table::Denylist,
            &[
                "a jti-1", "a jti-2", "a jti-3", "b jti-4", "b jti-5", "b jti-6", "b jti-7",
            ],
            &[3, 3, 1],
        ),
        (
            Table::TokenVersions,
            &["a 1", "a 2", "a 3", "b 4", "b 5", "b 6", "b 7"],
            &[3, 3, 1],
        ),
        (
            Table::SigningKeys,
            &["k1", "k2", "k3", "k4", "k5", "k6", "k7"],
            &[3, 3, 1],
        ),
        (Table::Orders, &seven, &[3, 3, 1]),
        (
            Table::AuditLog,
            &["7", "6", "5", "4", "3", "2", "1"],
            &[3, 3, 1],
        ),
    ] {
        let pages = pages(&store, &query(table));
        assert_eq!(keys(&pages), expected, "{table:?}");
        let read: Vec<_> = pages.iter().map(|page| page.rows.len()).collect();
        assert_eq!(read, sizes, "{table:?}");
        for page in &pages {
            assert_eq!(
                (page.total, page.gave_up),
                (expected.len() as u64, false),
                "{table:?}"
            );
            assert!(page.rows.iter().all(|row| row.len() == page.columns.len()));
        }
        // A page that is just full is the last one where nothing follows.
        let all = TableQuery {
            limit: expected.len() as u32,
            ..query(table)
        };
        assert_eq!(
            store.read_table(&all, still).expect("it can be read").next,
            None,
            "{table:?}"
        );
    }
}

#[test]
fn columns_are_those_of_the_table_but_for_the_secret() {
    let store = store();
    for (table, columns, key_columns) in [
        (
            Table::Users,
            "id account name role suspended password_hash",
            1,
        ),
        (
            Table::Sessions,
            "id_hash user_id lane device role created_at last_seen_at idle_expires_at absolute_expires_at",
            1,
        ),
        (Table::Denylist, "lane jti denied_at expires_at", 2),
        (Table::TokenVersions, "lane user_id version", 2),
        (
            Table::SigningKeys,
            "kid algorithm created_at retired_at distrusted_at",
            1,
        ),
        (Table::AuditLog, "id at event lane user_id subject place", 1),
    ] {
        let page = store
            .read_table(&query(table), still)
            .expect("it can be read");
        assert_eq!(page.columns.join(" "), columns);
        assert_eq!(page.key_columns, key_columns, "{table:?}");
    }
    store
        .connection()
        .execute_batch("ALTER TABLE orders ADD COLUMN \"a \"\"b\" TEXT DEFAULT 'more'")
        .expect("it can be altered");
    let page = store
        .read_table(&query(Table::Orders), still)
        .expect("it can be read");
    assert_eq!(page.columns.last().map(String::as_str), Some("a \"b"));
    assert_eq!(
        page.rows[0].last(),
        Some(&SqlValue::Text(String::from("more")))
    );
}

#[test]
fn a_search_finds_text_in_any_column_whatever_its_case() {
    let store = store();
    store
        .connection()
        .execute_batch("UPDATE users SET name = 'Ada Äpfel' WHERE id = 42")
        .expect("she is renamed");
    for (table, search, expected) in [
        (Table::Users, "äPFEL", &["42"][..]),
        (Table::Users, "GRACE", &["1"]),
        (Table::Users, "a", &["1", "42"]),
        (Table::Users, "%", &[]),
        (Table::Users, "adaada", &[]),
        (Table::Sessions, "0404", &["4"]),
        (
            Table::Sessions,
            "FIREFOX",
            &["1", "2", "3", "4", "5", "6", "7"],
        ),
        (Table::Sessions, "7000", &["7"]),
        (Table::Orders, "tea", &["1", "2", "3", "4", "5", "6", "7"]),
        (Table::SigningKeys, "k5", &["k5"]),
        (Table::SigningKeys, "a7a7", &[]),
        (
            Table::AuditLog,
            "Signed_In",
            &["7", "6", "5", "4", "3", "2", "1"],
        ),
    ] {
        let query = TableQuery {
            search: search.to_owned(),
            ..query(table)
        };
        let pages = pages(&store, &query);
        assert_eq!(keys(&pages), expected, "{search} in {table:?}");
        assert!(
            pages
                .iter()
                .all(|page| page.next.is_none() || page.rows.len() == 3)
        );
    }
}

#[test]
fn a_search_that_takes_too_long_gives_up_and_can_go_on() {
    let mut store = sqlite_store();
    store
        .fill(None, 3_000, 1, at(1_000_000), still)
        .expect("there is room");
    let last = store
        .sample_hashes(100)
        .expect("it reads")
        .pop()
        .expect("there are some");
    let mut query = TableQuery {
        search: last.to_string(),
        ..query(Table::Sessions)
    };
    let mut given_up = 0;
    let found = loop {
        let page = store.read_table(&query, hurried).expect("it can be read");
        assert_eq!(page.total, 3_000);
        if !page.rows.is_empty() {
            break page.rows;
        }
        assert!(page.gave_up, "it is there");
        given_up += 1;
        query.after = page.next;
    };
    assert_eq!(found.len(), 1);
    assert!(given_up > 0);
}

#[test]
fn no_page_scans_what_is_before_it() {
    let store = store();
    for table in Table::ALL {
        let first = store
            .read_table(&query(table), still)
            .expect("it can be read");
        let after = first.rows[0][..first.key_columns as usize].to_vec();
        let from_second = TableQuery {
            after: Some(after),
            ..query(table)
        };
        let second = store
            .read_table(&from_second, still)
            .expect("it can be read");
        assert_eq!(second.rows[0], first.rows[1], "{table:?}");
    }
    // As long as the key leads there, SQLite counts no step of a scan from the beginning.
    for (table, key) in [
        ("denylist", "lane, jti"),
        ("token_versions", "lane, user_id"),
    ] {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE ({key}) > (?, ?) ORDER BY {key}"
        );
        let plan: String = store
            .connection()
            .query_row(&sql, ["", ""], |row| row.get(3))
            .expect("it has a plan");
        assert!(plan.starts_with("SEARCH"), "{plan}");
    }
}

#[test]
fn what_can_not_be_read_is_said_in_sqlites_words() {
    for (damage, table, words) in [
        (
            "DROP TABLE sessions",
            Table::Sessions,
            "no such table: sessions",
        ),
        (
            "ALTER TABLE orders RENAME COLUMN id TO number",
            Table::Orders,
            "no such column: id",
        ),
    ] {
        let store = store();
        store.connection().execute_batch(damage).expect(damage);
        let said = store.read_table(&query(table), still);
        assert!(said.is_err(), "{damage}");
        if table == Table::Sessions {
            assert_eq!(said, Err(words.to_owned()));
        }
    }
    let wrong_key = TableQuery {
        after: Some(vec![SqlValue::Integer(1)]),
        ..query(Table::Denylist)
    };
    assert!(store().read_table(&wrong_key, still).is_err());
}

#[test]
fn long_values_are_cut_and_their_keys_still_lead_on() {
    let mut store = sqlite_store();
    for end in ["a", "b", "c"] {
        let jti = format!("{}{end}", "x".repeat(3_000));
        store
            .deny(protocol::Lane::A, &jti, at(1), at(2))
            .expect("it is denied");
    }
    let query = TableQuery {
        limit: 1,
        ..query(Table::Denylist)
    };
    let pages = pages(&store, &query);
    assert_eq!(pages.len(), 3);
    assert!(
        pages
            .iter()
            .all(|page| page.rows[0][1] == SqlValue::Text("x".repeat(2_000)))
    );
}
