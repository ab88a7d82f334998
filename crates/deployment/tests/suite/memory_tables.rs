//! What servers remember by themselves, read as tables.

use protocol::{
    Balancer, Lane, Preset, Revocation, Scheme, SqlValue, StorePlace, StoreSettings, Table,
    TablePage, TableQuery,
};

use crate::browser::{Browser, START, status};

/// A browser whose right lane keeps its records in the memories of so many servers.
fn browser(servers: u32, scheme: Scheme) -> Browser {
    let mut browser = Browser::new();
    let store = StoreSettings {
        place: StorePlace::ServerMemory,
        ..StoreSettings::DEFAULT
    };
    let schemes = [Scheme::STATEFUL, Scheme { store, ..scheme }];
    browser.deployment.set_schemes(&schemes);
    browser.deploy(servers, Balancer::RoundRobin);
    browser
}

fn query(table: Table) -> TableQuery {
    TableQuery {
        table,
        memory_of: Some(Lane::B),
        after: None,
        search: String::new(),
        limit: 10,
    }
}

fn read(browser: &Browser, query: &TableQuery) -> TablePage {
    browser.deployment.read_memory(Lane::B, query)
}

#[test]
fn of_several_servers_each_row_begins_with_a_number_and_of_one_none_does() {
    for (table, own, key) in [
        (Table::Sessions, 9, 1),
        (Table::RefreshTokens, 8, 1),
        (Table::Denylist, 4, 2),
        (Table::TokenVersions, 3, 2),
        (Table::Users, 0, 0),
        (Table::SigningKeys, 0, 0),
        (Table::Orders, 0, 0),
        (Table::AuditLog, 0, 0),
    ] {
        for servers in [1, 2] {
            let browser = browser(servers, Scheme::STATELESS);
            let page = read(&browser, &query(table));
            let numbering = u32::from(servers > 1 && own > 0);
            assert_eq!(page.columns.len(), own + numbering as usize, "{table:?}");
            assert_eq!(page.key_columns, key + numbering);
            let first = page.columns.first().map(String::as_str);
            assert_eq!(first == Some("server"), numbering == 1, "{table:?}");
            assert_eq!((page.rows, page.next, page.total), (vec![], None, 0));
        }
    }
}

fn word(text: &str) -> SqlValue {
    SqlValue::Text(text.to_owned())
}

fn after(seconds: i64) -> SqlValue {
    SqlValue::Integer(START.plus_seconds(seconds).milliseconds())
}

#[test]
fn a_table_holds_what_a_server_wrote_down() {
    let hybrid = Scheme {
        revocation: Revocation::Denylist,
        ..Preset::Hybrid.scheme()
    };
    let mut browser = browser(1, hybrid);
    browser.sign_in(Lane::B);
    browser.now = START.plus_seconds(7);
    assert_eq!(status(&browser.send(Lane::B, "POST", "/refresh")), 200);
    let tokens = read(&browser, &query(Table::RefreshTokens)).rows;
    let user = SqlValue::Integer(42);
    let week = 7 * 24 * 3_600;
    let mut used: Vec<_> = tokens.iter().map(|row| &row[2..]).collect();
    used.sort_by_key(|row| row[3] == SqlValue::Null);
    let token = |created, used| {
        [
            user.clone(),
            word("b"),
            after(created),
            used,
            after(week),
            SqlValue::Null,
        ]
    };
    assert_eq!(
        used,
        [&token(0, after(7))[..], &token(7, SqlValue::Null)[..]]
    );
    assert_eq!(tokens[0][1], tokens[1][1], "of one family");

    assert_eq!(status(&browser.send(Lane::B, "POST", "/logout")), 204);
    let denied = read(&browser, &query(Table::Denylist)).rows;
    let [row] = denied.as_slice() else {
        panic!("{denied:?}");
    };
    assert_eq!(
        (&row[0], &row[2..]),
        (&word("b"), &[after(7), after(307)][..])
    );
    let ended = read(&browser, &query(Table::RefreshTokens)).rows;
    assert!(ended.iter().all(|row| row[7] == after(7)), "{ended:?}");
}

#[test]
fn versions_of_tokens_are_records_too() {
    let mut browser = browser(1, Preset::UserVersion.scheme());
    browser.sign_in(Lane::B);
    assert_eq!(status(&browser.send(Lane::B, "POST", "/logout")), 204);
    let versions = read(&browser, &query(Table::TokenVersions)).rows;
    let row = vec![word("b"), SqlValue::Integer(42), SqlValue::Integer(1)];
    assert_eq!(versions, [row]);
    let view = browser.deployment.observe_fleet();
    assert_eq!(view.lanes[1][0].records, 1);
}

#[test]
fn rows_are_searched_by_what_is_shown_of_them() {
    let mut browser = browser(1, Preset::Stateful.scheme());
    browser.sign_in(Lane::B);
    let seen = browser.deployment.observe(START).expect("it works");
    let hash = seen.sessions[0].id_hash.clone();
    let expires = START.plus_seconds(900).milliseconds().to_string();
    for (search, found) in [
        (hash.as_str(), 1),
        (&hash.to_uppercase(), 1),
        (&hash[10..20], 1),
        ("42", 1),
        (&expires, 1),
        ("Member", 1),
        ("xyzzy", 0),
        (&"f".repeat(64), 0),
    ] {
        let search = search.to_owned();
        let page = read(
            &browser,
            &TableQuery {
                search,
                ..query(Table::Sessions)
            },
        );
        assert_eq!(page.rows.len(), found);
        assert_eq!(page.total, 1);
    }
}

/// The lane, then the token: the key of a denylist has two columns, and on several servers three.
#[test]
fn pages_of_a_key_of_several_columns_follow_each_other() {
    for servers in [1, 2] {
        let mut browser = browser(servers, Preset::Denylist.scheme());
        for _ in 0..3 {
            browser.sign_in(Lane::B);
            assert_eq!(status(&browser.send(Lane::B, "POST", "/logout")), 204);
        }
        let mut rows = Vec::new();
        let mut after = None;
        loop {
            let page = read(
                &browser,
                &TableQuery {
                    after,
                    limit: 1,
                    ..query(Table::Denylist)
                },
            );
            let next = page
                .rows
                .first()
                .map(|row| row[..page.key_columns as usize].to_vec());
            rows.extend(page.rows);
            if page.next.is_none() {
                break;
            }
            assert_eq!(page.next, next);
            after = page.next;
        }
        assert_eq!(rows, read(&browser, &query(Table::Denylist)).rows);
        assert_eq!(rows.len(), 3);
    }
}

/// Each lane's own, in the database and in every server's memory.
#[test]
fn refused_tokens_are_counted_wherever_they_are_written_down() {
    let mut browser = browser(2, Preset::Denylist.scheme());
    let refuse = |browser: &mut Browser, lane| {
        browser.sign_in(lane);
        assert_eq!(status(&browser.send(lane, "POST", "/logout")), 204);
        let seen = browser.deployment.observe(START);
        seen.expect("it works").denied
    };
    assert_eq!(refuse(&mut browser, Lane::B), [0, 1]);
    // The other server's turn.
    let in_memory = browser.send(Lane::B, "GET", "/me").scheme;
    assert_eq!(refuse(&mut browser, Lane::B), [0, 2]);
    let in_database = Preset::Denylist.scheme();
    browser.deployment.set_schemes(&[in_database, in_memory]);
    assert_eq!(refuse(&mut browser, Lane::A), [1, 2]);
}
