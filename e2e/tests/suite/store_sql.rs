//! Store, the SQL console: what runs, what is refused, what it does to those who are signed in.

use e2e::{Failure, Lane, Page, Setup, run};
use serde_json::json;
use thirtyfour::Key;

const CONSOLE: &str = "SQL console";

async fn open(page: &Page) -> anyhow::Result<()> {
    page.open().await?;
    page.go_to_store().await
}

/// What is marked in the statement as the place of an error.
async fn marked(page: &Page) -> anyhow::Result<String> {
    let script = "return document.querySelector('[role=alert] mark')?.textContent ?? ''";
    let seen = page.script(script, Vec::new()).await?;
    Ok(seen.as_str().unwrap_or_default().to_owned())
}

#[test]
fn a_statement_gives_a_table_a_plan_and_its_time_or_sqlites_own_words() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        let seen = page
            .run_sql(
                "SELECT id, account, NULL AS gone FROM users ORDER BY account LIMIT 2",
                "The result: 2 rows",
            )
            .await?;
        let table = seen.table("The result")?;
        assert_eq!(table.columns, ["id", "account", "gone"]);
        assert_eq!(table.column("account")?, ["admin", "member"]);
        assert_eq!(table.column("gone")?, ["NULL", "NULL"]);
        assert!(seen.says("1 statement ran to the end in"), "{seen:#?}");
        assert!(
            seen.says("(measured); no rows changed (counted)"),
            "{seen:#?}"
        );
        assert!(seen.text.contains("EXPLAIN QUERY PLAN"), "{}", seen.text);
        assert!(seen.text.contains("SCAN users"), "{}", seen.text);

        for (statement, words, place) in [
            (
                "SELECT missing FROM users",
                "SQLite: no such column: missing",
                "missing",
            ),
            ("SELEC 1", "SQLite: near \"SELEC\": syntax error", "SELEC"),
            (
                "SELECT 'ü', missing FROM users",
                "SQLite: no such column: missing",
                "missing",
            ),
            ("SELECT 1; SELECT * FROM", "SQLite: incomplete input", ""),
            (
                "SELECT * FROM nowhere",
                "SQLite: no such table: nowhere",
                "",
            ),
            (
                "INSERT INTO users (id) VALUES (1)",
                "SQLite: NOT NULL constraint failed",
                "",
            ),
            ("", "There is nothing to run.", ""),
            ("-- nothing", "There is nothing to run.", ""),
        ] {
            let seen = page.run_sql(statement, words).await?;
            assert!(seen.says(words), "{statement}: {seen:#?}");
            assert!(seen.tables.is_empty(), "{statement}: {seen:#?}");
            assert_eq!(marked(page).await?, place, "{statement}");
        }
        let several = "INSERT INTO orders (user_id, item, created_at) VALUES (42, 'a', 1), (42, 'b', 2); SELECT item FROM orders ORDER BY id";
        let seen = page.run_sql(several, "2 statements ran to the end").await?;
        assert!(seen.says("2 rows changed"), "{seen:#?}");
        assert_eq!(seen.table("The result")?.column("item")?, ["a", "b"]);
        Ok(())
    })
}

#[test]
fn what_reaches_further_takes_too_long_or_is_left_open_is_stopped() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        page.sign_member_in().await?;
        for statement in [
            "ATTACH ':memory:' AS other",
            "DETACH main",
            "PRAGMA writable_schema = 1",
            "PRAGMA foreign_keys = OFF",
            "PRAGMA journal_mode = OFF",
            "PRAGMA user_version = 7",
            "VACUUM INTO 'elsewhere'",
        ] {
            page.run_sql(statement, "is refused here").await?;
        }
        page.run_sql("PRAGMA table_info(users)", "The result: 6 rows")
            .await?;

        let console = page.part(CONSOLE);
        console.press("An endless query").await?;
        console.press("Run").await?;
        console.says("and was stopped").await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);

        let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i FROM n";
        let cut = "The result: the first 100 of 1000 rows";
        let seen = page.run_sql(many, cut).await?;
        assert!(seen.text.contains("The result is cut"), "{}", seen.text);
        console.press("Show more rows").await?;
        let seen = console.says("the first 200 of 1000 rows").await?;
        assert_eq!(seen.table("The result")?.rows.len(), 200);
        let long = "SELECT hex(zeroblob(5000)) AS long";
        let seen = page.run_sql(long, "The result: 1 row").await?;
        assert!(seen.text.contains("The result is cut"), "{seen:#?}");
        page.run_sql("SELECT zeroblob(1000000000)", "SQLite: ")
            .await?;

        let open =
            "BEGIN; INSERT INTO orders (user_id, item, created_at) VALUES (42, 'left open', 1)";
        page.run_sql(open, "It was rolled back").await?;
        page.run_sql("SELECT * FROM orders", "No rows.").await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        Ok(())
    })
}

#[test]
fn what_was_run_before_comes_back_by_arrow_up() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        let field = "Statements";
        let console = page.part(CONSOLE);
        for (statement, rows) in [
            ("SELECT 1 AS first", "first"),
            ("SELECT 2 AS second\nUNION SELECT 3", "second"),
        ] {
            page.type_sql(statement).await?;
            page.type_keys(Key::Control + Key::Enter).await?;
            console
                .is("the result", |seen| {
                    seen.tables.first().is_some_and(|it| it.columns == [rows])
                })
                .await?;
        }
        page.type_sql("SELECT half").await?;
        for (key, text) in [
            (Key::Up, "SELECT 2 AS second\nUNION SELECT 3"),
            (Key::Up, "SELECT 2 AS second\nUNION SELECT 3"),
            (Key::Up, "SELECT 1 AS first"),
            (Key::Up, "SELECT 1 AS first"),
            (Key::Down, "SELECT 2 AS second\nUNION SELECT 3"),
            (Key::Down, "SELECT half"),
            (Key::Down, "SELECT half"),
        ] {
            page.type_keys(key).await?;
            page.holds(field, text).await?;
        }
        Ok(())
    })
}

#[test]
fn deleting_the_sessions_really_signs_everyone_out() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        page.sign_member_in().await?;
        let console = page.part(CONSOLE);
        // A role that is set by hand is a role: the next request shows it, under a new ID.
        console.press("UPDATE users SET role").await?;
        console.press("Run").await?;
        console.says("1 row changed").await?;
        assert_eq!(page.statuses_of("/admin/users").await?, [200, 403]);

        console.press("DELETE FROM sessions").await?;
        console.press("Run").await?;
        console
            .is("what was deleted", |seen| {
                seen.says("1 row changed") && !seen.text.contains("The result:")
            })
            .await?;
        page.part("Tables").says("sessions").await?;
        assert_eq!(page.statuses_of("/me").await?, [401, 200]);
        assert_eq!(page.console("playground.sessions()").await?, json!([]));
        Ok(())
    })
}

#[test]
fn a_dropped_table_breaks_the_server_until_it_is_repaired() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        page.sign_member_in().await?;
        let console = page.part(CONSOLE);
        console.press("DROP TABLE sessions").await?;
        console.press("Run").await?;
        let seen = console
            .says("The server can’t work with its database")
            .await?;
        assert!(seen.says("no such table: sessions"), "{seen:#?}");
        page.part("Tables").says("The table can’t be read").await?;

        page.go_to_scene("Compare").await?;
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), [500, 200], "{answers:#?}");
        let failed = answers
            .stateful
            .steps
            .iter()
            .find(|it| it.outcome == "refused");
        let failed = failed.map(|it| it.text.clone()).unwrap_or_default();
        assert!(failed.contains("no such table: sessions"), "{answers:#?}");

        page.go_to_store().await?;
        console.press("Repair").await?;
        let seen = console.says("Made anew: ").await?;
        assert!(seen.says("sessions"), "{seen:#?}");
        assert!(!seen.text.contains("can’t work with"), "{seen:#?}");
        page.part("Tables").says("No sessions").await?;
        page.go_to_scene("Compare").await?;
        let answers = page.send().await?;
        assert_eq!(
            answers.statuses(),
            [401, 200],
            "{:?}",
            answers.lane(Lane::Stateful)
        );
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);

        // Everything at once, and the accounts with it.
        page.go_to_store().await?;
        let all = "DROP TABLE audit_log; DROP TABLE orders; DROP TABLE token_versions; DROP TABLE denylist; \
                   DROP TABLE refresh_tokens; DROP TABLE sessions; DROP TABLE signing_keys; DROP TABLE users";
        page.run_sql(all, "can’t work with").await?;
        let signed_in = page
            .console("playground.signIn('member', 'sample-password')")
            .await?;
        assert_eq!(signed_in["stateful"]["status"], 500, "{signed_in:#}");
        console.press("Repair").await?;
        console.says("Made anew: ").await?;
        page.sign_member_in().await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        Ok(())
    })
}
