//! Schemes, statements, the clock and restarts from the browser's console.

use crate::schemes::{ask, sign_in};
use e2e::{Failure, Lane, Page, Setup, run, until};
use serde_json::{Value, json};

/// What someone gets who types this and is refused: the error's name and words.
async fn refused(page: &Page, expression: &str) -> String {
    match page.console(expression).await {
        Ok(value) => panic!("{expression} gave {value}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn schemes_are_read_and_set_and_what_makes_no_sense_is_said() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let first = page.console("playground.schemes()").await?;
        assert_eq!(first["a"], first["presets"]["stateful"], "{first:#}");
        assert_eq!(first["b"], first["presets"]["stateless"], "{first:#}");
        assert_eq!(first["b"]["credential"], "access-token", "{first:#}");
        let presets = first["presets"].as_object().map_or(0, serde_json::Map::len);
        assert_eq!(presets, 6, "{first:#}");

        // A name, the parts of one, or all of it: what is left out stays.
        for (call, heading, part, value) in [
            ("'b', 'hybrid'", "Hybrid", "/carrier", json!("memory")),
            (
                "'b', { lifetimes: { accessToken: 60 } }",
                "Hybrid",
                "/lifetimes/refreshToken",
                json!(604_800),
            ),
            (
                "'stateless', { preset: 'denylist', store: { place: 'server-memory' } }",
                "JWT and denylist",
                "/revocation",
                json!("denylist"),
            ),
            (
                "'b', { carrier: 'session-storage', store: { roundTripMilliseconds: 0.5 } }",
                "Own scheme",
                "/store/place",
                json!("server-memory"),
            ),
            (
                "'b', (await playground.schemes()).presets['token-in-cookie']",
                "JWT in a cookie",
                "/store/roundTripMilliseconds",
                json!(0),
            ),
        ] {
            let given = page
                .console(&format!("playground.configure({call})"))
                .await?;
            assert_eq!(given.pointer(part), Some(&value), "{call}: {given:#}");
            let all = page.console("playground.schemes()").await?;
            assert_eq!(all["b"], given, "{call}");
            assert_eq!(all["a"], first["a"], "{call}: the other lane stays");
            until(&format!("the heading after {call}"), async || {
                let seen = page.answers().await?.stateless.heading;
                anyhow::ensure!(seen.starts_with(heading), "{seen}");
                Ok(Some(()))
            })
            .await?;
        }
        page.newest("In lane B another scheme holds").await?;

        let before = page.console("playground.schemes()").await?;
        for (call, words) in WRONG {
            let error = refused(page, &format!("playground.configure({call})")).await;
            let is_said = error.starts_with("TypeError: ") && error.contains(words);
            assert!(is_said, "{call}: {error}");
        }
        let after = page.console("playground.schemes()").await?;
        assert_eq!(after, before, "nothing wrong has changed anything");
        Ok(())
    })
}

/// What can't be a scheme, and what is said of it.
const WRONG: [(&str, &str); 19] = [
    ("'sideways', 'hybrid'", "The lane is \"a\" or \"b\""),
    ("", "The lane is \"a\" or \"b\""),
    ("'a'", "A scheme is a preset’s name"),
    ("'a', 7", "A scheme is a preset’s name"),
    ("'a', null", "A scheme is a preset’s name"),
    ("'a', ['hybrid']", "A scheme is a preset’s name"),
    ("'a', 10n", "A scheme is a preset’s name"),
    (
        "'a', (() => { const it = {}; it.it = it; return it; })()",
        "A scheme is a preset’s name",
    ),
    ("'a', 'nonsense'", "“preset” is one of stateful, stateless"),
    ("'a', { colour: 'red' }", "A scheme has no “colour”."),
    (
        "'a', { carrier: 'pigeon' }",
        "“carrier” is one of cookie, local-storage",
    ),
    (
        "'a', { revocation: 'expiry' }",
        "A session ID is revoked by deleting its record",
    ),
    (
        "'b', { revocation: 'record' }",
        "An access token has no record that could be deleted",
    ),
    (
        "'b', { store: { sessionCacheSeconds: 5 } }",
        "There is nothing to cache",
    ),
    (
        "'a', { store: { place: 'a cloud' } }",
        "“place” is one of database, server-memory",
    ),
    (
        "'a', { store: { roundTripMilliseconds: 60000 } }",
        "The round trip to the database is ten seconds at most",
    ),
    (
        "'a', { lifetimes: { idleTimeout: 0 } }",
        "The idle timeout is out of range",
    ),
    (
        "'a', { lifetimes: { idleTimeout: 1.5 } }",
        "“idleTimeout” is a whole number of seconds",
    ),
    (
        "'a', { lifetimes: { sliding: 'yes' } }",
        "“sliding” is true or false",
    ),
];

#[test]
fn the_lanes_are_a_and_b_as_well() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        sign_in(page).await?;
        for (letter, name) in [("a", "stateful"), ("b", "stateless")] {
            for lane in [letter, name] {
                let call = format!(
                    "playground.fetch('{lane}', '/me').then(async (it) => [it.status, (await it.json()).user?.id ?? null])"
                );
                let answer = page.console(&call).await?;
                assert_eq!(answer[0], 200, "{lane}: {answer}");
                let last = page.console("playground.exchanges()").await?;
                let last = last.as_array().and_then(|all| all.last());
                let of = last.map_or(Value::Null, |it| it["lane"].clone());
                assert_eq!(of, name, "{lane}");
            }
        }
        let both = page.console("playground.sendToBoth('/me')").await?;
        assert!(both["stateful"].is_object() && both["stateless"].is_object());
        // The scheme stands in what is exported, and where each operation ran.
        let last = page.last_exchange(Lane::Stateful).await?;
        assert_eq!(last["scheme"]["credential"], "session-id", "{last:#}");
        let steps = last["steps"].as_array().into_iter().flatten();
        let mut operations = steps.flat_map(|it| it["store"].as_array().into_iter().flatten());
        let first = operations.next().map(|it| it["place"].clone());
        assert_eq!(first, Some(json!("database")), "{last:#}");
        Ok(())
    })
}

#[test]
fn sql_gives_rows_and_errors_in_sqlites_words() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        sign_in(page).await?;
        for (text, columns, rows, changes) in [
            (
                "SELECT id, role FROM users WHERE account = 'member'",
                json!(["id", "role"]),
                json!([[42, "member"]]),
                0,
            ),
            (
                "SELECT x'00ff' AS b, NULL AS n, 9007199254740993 AS big, 1.5 AS r, 'é' AS t",
                json!(["b", "n", "big", "r", "t"]),
                json!([["00ff", null, "9007199254740993", 1.5, "é"]]),
                0,
            ),
            ("SELECT 1 WHERE 0", json!(["1"]), json!([]), 0),
            (
                "UPDATE users SET name = name WHERE id = 42",
                json!([]),
                json!([]),
                1,
            ),
        ] {
            let given = sql(page, text).await?;
            assert_eq!(given["columns"], columns, "{text}: {given:#}");
            assert_eq!(given["rows"], rows, "{text}: {given:#}");
            assert_eq!(given["changes"], changes, "{text}: {given:#}");
            assert!(given["microseconds"].is_number(), "{text}: {given:#}");
            assert_eq!(given["cut"], false, "{text}: {given:#}");
        }
        let given = sql(page, "SELECT * FROM sessions WHERE user_id = 42").await?;
        let plan = given["plan"].to_string();
        assert!(plan.contains("sessions_by_user"), "{plan}");
        let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5000) SELECT i FROM n";
        let given = sql(page, many).await?;
        let shown = given["rows"].as_array().map_or(0, Vec::len);
        assert_eq!((shown, &given["cut"]), (1000, &json!(true)));
        let given = sql(
            page,
            "BEGIN; UPDATE users SET name = 'Nobody' WHERE id = 42",
        )
        .await?;
        assert_eq!(given["rolledBack"], true, "{given:#}");
        let name = sql(page, "SELECT name FROM users WHERE id = 42").await?;
        assert_eq!(name["rows"], json!([["Mira Lind"]]), "it was rolled back");

        for (typed, words) in [
            ("'SELEC 1'", "Error: near \"SELEC\": syntax error"),
            ("'SELECT * FROM nowhere'", "Error: no such table: nowhere"),
            ("'SELECT (1'", "Error: incomplete input"),
            ("'  -- nothing'", "Error: There is nothing to run."),
            (
                "\"ATTACH 'other' AS other\"",
                "Error: Not allowed here: ATTACH",
            ),
            (
                "'PRAGMA writable_schema = 1'",
                "Error: Not allowed here: PRAGMA",
            ),
            ("'SELECT 1'.repeat(9000)", "octets; 65536 are taken at most"),
            (
                "'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n'",
                "Error: Stopped after 2.",
            ),
            ("", "TypeError: The statements are a text"),
            ("7", "TypeError: The statements are a text"),
        ] {
            let error = refused(page, &format!("playground.sql({typed})")).await;
            assert!(error.contains(words), "{typed}: {error}");
        }
        assert_eq!(
            ask(page).await?.statuses(),
            [200, 200],
            "all that did no harm"
        );
        Ok(())
    })
}

async fn sql(page: &Page, text: &str) -> anyhow::Result<Value> {
    page.console(&format!("playground.sql({})", json!(text)))
        .await
}

#[test]
fn statements_sign_people_out_and_break_the_server() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        sign_in(page).await?;
        assert_eq!(sql(page, "DELETE FROM sessions").await?["changes"], 1);
        until("an empty sessions table", async || {
            let sessions = page.answers().await?.stateful.sessions;
            Ok(sessions.is_empty().then_some(()))
        })
        .await?;
        assert!(
            page.session_id().await?.is_some(),
            "the browser knows nothing of it"
        );
        let seen = ask(page).await?;
        assert_eq!(seen.statuses(), [401, 200], "{seen:#?}");
        let said = &seen.stateful.sentence;
        assert!(said.contains("No session has this ID"), "{said}");

        sign_in(page).await?;
        let given = sql(page, "DROP TABLE sessions").await?;
        let broken = given["broken"].as_str().unwrap_or_default();
        assert!(broken.contains("no such table: sessions"), "{given:#}");
        let seen = ask(page).await?;
        assert_eq!(seen.statuses(), [500, 200], "{seen:#?}");
        let said = &seen.stateful.sentence;
        assert!(said.contains("The server’s store failed"), "{said}");
        let (failed, _) = seen.stateful.failure()?;
        assert!(
            failed.text.contains("no such table: sessions"),
            "{failed:?}"
        );
        let seen = sign_in(page).await?;
        assert_eq!(seen.statuses(), [500, 200], "{seen:#?}");
        // The reason is the observer's: whoever asked is told no more than that it failed.
        page.unfold("Request and response as sent").await?;
        let answered = page.answers().await?.stateful.response;
        assert!(!answered.contains("no such table"), "{answered}");

        page.reload().await?;
        page.console("playground.reset()").await?;
        assert_eq!(sign_in(page).await?.statuses(), [200, 200]);
        assert_eq!(ask(page).await?.statuses(), [200, 200]);
        Ok(())
    })
}

#[test]
fn the_clock_is_set_and_servers_lose_what_was_in_their_memory() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        sign_in(page).await?;
        for (seconds, offset) in [
            ("3600", "+1 h +1 min"),
            // Before the token was issued, and the session made.
            ("-90", "−1 min 30 s +1 min"),
            ("0", ""),
        ] {
            page.console(&format!("playground.clock({seconds})"))
                .await?;
            until(&format!("the clock at {seconds}"), async || {
                let clock = page.clock().await?;
                anyhow::ensure!(clock[8..].trim_start().starts_with(offset), "{clock}");
                Ok(Some(()))
            })
            .await?;
            if seconds != "3600" {
                let seen = ask(page).await?;
                assert_eq!(seen.statuses(), [200, 200], "at {seconds}: {seen:#?}");
            }
        }
        for wrong in ["", "'soon'", "NaN", "Infinity", "1e12", "{}"] {
            let error = refused(page, &format!("playground.clock({wrong})")).await;
            let words = "TypeError: The clock is set by a number of seconds from now.";
            assert!(error.starts_with(words), "{wrong}: {error}");
        }

        let lost = page.console("playground.restart()").await?;
        assert_eq!(lost, json!({ "lost": 0 }), "sessions are in the database");
        page.newest("Their memory held nothing").await?;
        assert_eq!(ask(page).await?.statuses(), [200, 200]);

        page.console("playground.configure('a', { store: { place: 'server-memory' } })")
            .await?;
        let seen = sign_in(page).await?;
        assert_eq!(seen.statuses(), [200, 200], "{seen:#?}");
        page.lane_is(Lane::Stateful, "a session in the server's memory", |seen| {
            let first = seen.sessions.first();
            first.is_some_and(|row| row[0].contains("in memory"))
        })
        .await?;
        assert_eq!(ask(page).await?.statuses(), [200, 200]);
        let lost = page.console("playground.restart()").await?;
        assert_eq!(lost, json!({ "lost": 1 }));
        page.newest("Lost with their memory: 1 session or refresh token")
            .await?;
        let seen = ask(page).await?;
        assert_eq!(seen.statuses(), [401, 200], "{seen:#?}");
        let said = &seen.stateful.sentence;
        assert!(said.contains("No session has this ID"), "{said}");
        assert_eq!(sign_in(page).await?.statuses(), [200, 200]);
        Ok(())
    })
}
