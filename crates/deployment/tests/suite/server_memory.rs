//! What a server remembers by itself: its sessions, where they are kept there, and those it has looked up before.

use protocol::{
    Access, AdminAct, Balancer, Check, Exchange, Fact, Lane, Outcome, Preset, Scheme, SqlValue,
    StorePlace, StoreSettings, Table, TableQuery,
};
use rusqlite::Connection;
use sessions::SqliteStore;

use crate::browser::{Browser, START, in_environment, status};

const IN_MEMORY: StoreSettings = StoreSettings {
    place: StorePlace::ServerMemory,
    ..StoreSettings::DEFAULT
};

/// Where each operation of this check ran.
fn places(exchange: &Exchange, check: Check) -> Vec<(Access, StorePlace)> {
    let steps = exchange.steps.iter().filter(|step| step.check == check);
    steps
        .flat_map(|step| &step.cost.store)
        .map(|operation| (operation.access, operation.place))
        .collect()
}

fn query(table: Table, lane: Lane) -> TableQuery {
    TableQuery {
        table,
        memory_of: Some(lane),
        after: None,
        search: String::new(),
        limit: 10,
    }
}

#[test]
fn a_session_in_memory_is_looked_up_there_and_its_user_in_the_database() {
    use StorePlace::{Database, ServerMemory};
    let mut browser = Browser::with_sessions_in(IN_MEMORY);
    let signed_in = browser.sign_in(Lane::A);
    assert_eq!(
        places(&signed_in, Check::SessionCreated),
        [(Access::Write, ServerMemory)]
    );
    let asked = browser.send(Lane::A, "GET", "/me");
    assert_eq!(
        places(&asked, Check::SessionFound),
        [(Access::Read, ServerMemory), (Access::Read, Database)]
    );
    let seen = browser.deployment.observe(START).expect("it works");
    assert_eq!(seen.sessions[0].place, ServerMemory);
    assert_eq!(seen.session_count, 1);

    // The services' servers have memories of their own.
    let elsewhere = browser.send(Lane::A, "GET", "/services/orders");
    assert_eq!(status(&elsewhere), 401);
}

#[test]
fn a_servers_memory_reads_like_a_table() {
    let mut browser = Browser::with_sessions_in(IN_MEMORY);
    browser.sign_in(Lane::A);
    let read = |browser: &Browser, lane, search: &str| {
        let query = TableQuery {
            search: search.to_owned(),
            ..query(Table::Sessions, lane)
        };
        browser.deployment.read_memory(lane, &query)
    };
    let page = read(&browser, Lane::A, "");
    assert_eq!((page.total, page.rows.len(), page.next), (1, 1, None));
    assert_eq!(page.columns.len(), page.rows[0].len());
    assert_eq!(read(&browser, Lane::A, "MEMBER").rows.len(), 1);
    assert_eq!(read(&browser, Lane::A, "nobody").rows.len(), 0);
    assert_eq!(read(&browser, Lane::B, "").rows.len(), 0);
    let users = browser
        .deployment
        .read_memory(Lane::A, &query(Table::Users, Lane::A));
    assert_eq!((users.columns.len(), users.total), (0, 0));
}

#[test]
fn pages_of_a_memory_follow_each_other() {
    for servers in [1, 3] {
        let mut browser = Browser::with_sessions_in(IN_MEMORY);
        browser.deploy(servers, Balancer::RoundRobin);
        for _ in 0..5 {
            browser.sign_in(Lane::A);
            // A browser without the cookie: its session goes on.
            browser.cookies = Some(std::collections::BTreeMap::new());
        }
        check_pages(&browser, servers);
    }
}

/// Five sessions in pages of two. Of several servers, each row says in whose memory it is.
fn check_pages(browser: &Browser, servers: u32) {
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let query = TableQuery {
            after,
            limit: 2,
            ..query(Table::Sessions, Lane::A)
        };
        let page = browser.deployment.read_memory(Lane::A, &query);
        assert_eq!(page.total, 5);
        seen.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen.len(), 5);
    if servers > 1 {
        let numbers: Vec<&SqlValue> = seen.iter().map(|row| &row[0]).collect();
        let by_turns = [1, 1, 2, 2, 3].map(SqlValue::Integer);
        assert_eq!(numbers, by_turns.iter().collect::<Vec<_>>());
    }
    let query = TableQuery {
        limit: 0,
        ..query(Table::Sessions, Lane::A)
    };
    let page = browser.deployment.read_memory(Lane::A, &query);
    assert_eq!((page.rows.len(), page.next.is_some()), (1, true));
}

#[test]
fn a_kill_bites_once_the_cache_has_ended() {
    let mut browser = Browser::with_sessions_in(StoreSettings {
        session_cache_seconds: 30,
        ..StoreSettings::DEFAULT
    });
    browser.sign_in(Lane::A);
    assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 200);
    let seen = browser.deployment.observe(START).expect("it works");
    assert_eq!(seen.sessions[0].cached_since, Some(START));
    let killed = browser
        .deployment
        .kill(&seen.sessions[0].id_hash, START.plus_seconds(1));
    assert_eq!(killed, Ok(true));

    browser.now = START.plus_seconds(29);
    let believed = browser.send(Lane::A, "GET", "/me");
    assert_eq!(status(&believed), 200);
    assert_eq!(
        places(&believed, Check::SessionFound),
        [(Access::Read, StorePlace::SessionCache)]
    );
    // What a server remembers asked no store.
    assert_eq!(believed.ledger.authentication.reads, 0);
    let found = believed.steps.iter().find_map(|step| match &step.outcome {
        Outcome::Passed(Fact::Session { cached_since, .. }) => *cached_since,
        _ => None,
    });
    assert_eq!(found, Some(START));

    browser.now = START.plus_seconds(30);
    assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 401);
}

#[test]
fn the_way_to_the_database_takes_its_modelled_time() {
    for (round_trip_microseconds, expected) in [(0, 40.0), (500, 40.5), (150_000, 190.0)] {
        let mut browser = Browser::with_sessions_in(StoreSettings {
            round_trip_microseconds,
            ..StoreSettings::DEFAULT
        });
        browser.sign_in(Lane::A);
        let asked = browser.send(Lane::A, "GET", "/me");
        assert_eq!(asked.ledger.network_milliseconds, expected);
    }
}

#[test]
fn a_restart_loses_memory_alone() {
    for (scheme, expected) in [
        (Scheme::STATEFUL, 200),
        (
            Scheme {
                store: IN_MEMORY,
                ..Scheme::STATEFUL
            },
            401,
        ),
        (
            Scheme {
                store: IN_MEMORY,
                ..Preset::Hybrid.scheme()
            },
            200,
        ),
    ] {
        let mut browser = Browser::new();
        browser.deployment.set_schemes(&[scheme, Scheme::STATELESS]);
        browser.sign_in(Lane::A);
        browser.sign_in(Lane::B);
        let restarted = in_environment(START, &mut 0, |environment| {
            browser.deployment.restart(environment)
        });
        assert!(restarted.is_ok());
        assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), expected);
        assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
    }
}

/// A key that no longer signs goes on to verify, or does not.
#[test]
fn a_rotation_signs_everyone_out_unless_the_keys_overlap() {
    for (overlap, expected) in [(true, 200), (false, 401)] {
        let mut browser = Browser::new();
        browser.sign_in(Lane::B);
        let key = protocol::GivenKey {
            text: "another secret of more than 256 bits".to_owned(),
            ..protocol::GivenKey::default()
        };
        let rotation = browser
            .deployment
            .rotate_key(&key, overlap, START)
            .expect("the key is long enough");
        assert_eq!(rotation.signs.kid, "2");
        assert_eq!(rotation.retired[0].retired, Some(START));
        assert_eq!(rotation.retired[0].distrusted.is_some(), !overlap);
        assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), expected);
        browser.sign_in(Lane::B);
        assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
        // It is so after a restart, too.
        let restarted = in_environment(START, &mut 0, |environment| {
            browser.deployment.restart(environment)
        });
        assert!(restarted.is_ok());
        assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
    }
}

/// The lanes stand for two sites: what one gave is none of the other's.
#[test]
fn no_cookie_of_one_lane_travels_in_the_other() {
    let mut browser = Browser::new();
    browser
        .deployment
        .set_schemes(&[Scheme::STATEFUL, Scheme::STATEFUL]);
    let names = |exchange: &Exchange| {
        let field = exchange.request.header("Cookie").unwrap_or_default();
        field
            .split("; ")
            .map(|pair| pair.split('=').next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    for lane in Lane::BOTH {
        browser.sign_in(lane);
    }
    assert_eq!(names(&browser.send(Lane::A, "GET", "/me")), ["sid"]);
    assert_eq!(names(&browser.send(Lane::B, "GET", "/me")), ["sid_b"]);
    browser.send(Lane::A, "POST", "/logout");
    assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 401);
    assert_eq!(status(&browser.send(Lane::B, "GET", "/me")), 200);
}

/// What the database still has of an earlier scheme would come back with it. ASVS 7.4.2.
#[test]
fn what_an_earlier_scheme_left_in_the_database_ends_with_the_rest() {
    let suspend = |suspended| AdminAct::Suspend {
        user: 42,
        suspended,
    };
    let sign_out = AdminAct::SignOutUser {
        lane: Lane::A,
        user: 42,
    };
    let hybrid = Preset::Hybrid.scheme();
    for (scheme, path, method) in [
        (Scheme::STATEFUL, "/me", "GET"),
        (hybrid, "/refresh", "POST"),
    ] {
        for acts in [vec![sign_out.clone()], vec![suspend(true), suspend(false)]] {
            let mut browser = Browser::with_sessions_in(StoreSettings::DEFAULT);
            let schemes = |store| [Scheme { store, ..scheme }, Scheme::STATELESS];
            browser
                .deployment
                .set_schemes(&schemes(StoreSettings::DEFAULT));
            assert_eq!(status(&browser.sign_in(Lane::A)), 200);
            browser.deployment.set_schemes(&schemes(IN_MEMORY));
            for act in &acts {
                let outcome = browser.deployment.administer(act, START);
                let outcome = outcome.expect("the store works");
                assert!(outcome.found);
                let ended = outcome.sessions_ended + outcome.families_ended;
                let ends = !matches!(
                    act,
                    AdminAct::Suspend {
                        suspended: false,
                        ..
                    }
                );
                assert_eq!(ended, u32::from(ends), "{act:?}");
            }
            browser
                .deployment
                .set_schemes(&schemes(StoreSettings::DEFAULT));
            let asked = browser.send(Lane::A, method, path);
            assert_eq!(status(&asked), 401, "{path} after {acts:?}");
        }
    }
}

#[test]
fn a_store_that_fails_takes_no_ones_place() {
    let mut browser = Browser::with_sessions_in(StoreSettings::DEFAULT);
    browser.sign_in(Lane::A);
    let store = |sql: &str| {
        let connection = Connection::open_in_memory().expect("memory is there");
        let store = SqliteStore::open(connection, &server::sample_accounts());
        let store = store.expect("an empty database takes the schema");
        store.connection().execute_batch(sql).expect(sql);
        store
    };
    let broken = store(
        "DROP TABLE signing_keys;
         CREATE TABLE signing_keys (kid, algorithm, secret, created_at, retired_at, distrusted_at);
         INSERT INTO signing_keys VALUES ('1', 'HS256', x'00', 'long ago', NULL, NULL)",
    );
    let replaced = |browser: &mut Browser, store| {
        in_environment(START, &mut 7, |environment| {
            let replaced = browser.deployment.replace_store(store, environment);
            replaced.map(drop)
        })
    };
    let refused = replaced(&mut browser, broken).expect_err("its keys can't be read");
    let said = format!("the server could not start: {}", refused.message);
    assert_eq!(refused.to_string(), said);
    assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 200);
    assert_eq!(replaced(&mut browser, store("")), Ok(()));
    assert_eq!(status(&browser.send(Lane::A, "GET", "/me")), 401);
}
