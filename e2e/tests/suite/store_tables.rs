//! Store, tables: what SQLite and the servers' memory hold, as it comes and goes.

use e2e::{Failure, Page, Setup, run};
use serde_json::json;

const TABLES: &str = "Tables";

/// That many orders of the member's, each with its number in its name.
async fn order(page: &Page, count: u32) -> anyhow::Result<()> {
    let statement = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) \
         INSERT INTO orders (user_id, item, created_at) SELECT 42, 'item ' || i, i FROM n"
    );
    page.console(&format!("playground.sql({})", json!(statement)))
        .await?;
    Ok(())
}

#[test]
fn rows_come_and_go_before_ones_eyes() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_store().await?;
        let tables = page.part(TABLES);
        tables.says("No sessions. A sign-in in a lane").await?;
        page.sign_member_in().await?;
        let seen = tables.says("sessions: 1 row (counted)").await?;
        let first = seen.table("sessions")?.clone();
        assert_eq!(first.marks(), ["new"], "{seen:#?}");
        assert_eq!(first.column("user_id")?, ["42"]);
        let hash = page.console("playground.sessions()").await?[0]["idHash"].clone();
        let hash = hash.as_str().unwrap_or_default();
        let cell = first.column("id_hash")?[0];
        assert!(cell.contains(hash), "all of it can be read: {cell}");
        // A moment stands with the local time beside it.
        let created = first.column("created_at")?[0];
        assert!(created.contains(':'), "{created}");

        // Its use is written down after a minute: the row is changed, and nothing else is.
        page.console("playground.clock(61)").await?;
        page.statuses_of("/me").await?;
        tables
            .is("the row as changed", |seen| {
                seen.tables
                    .first()
                    .is_some_and(|it| it.marks() == ["changed"])
            })
            .await?;

        page.part("Session care")
            .group("Lane A")
            .press("Sign in on another device")
            .await?;
        let seen = tables.says("sessions: 2 rows").await?;
        let mut marks = seen.table("sessions")?.marks();
        marks.sort_unstable();
        assert_eq!(marks, ["", "new"], "{seen:#?}");

        let short = format!("Kill the session {} {}…", &hash[..4], &hash[4..8]);
        tables.press(&short).await?;
        let seen = tables.says("sessions: 1 row").await?;
        let mut marks = seen.table("sessions")?.marks();
        marks.sort_unstable();
        assert_eq!(marks, ["", "gone"], "{seen:#?}");
        assert_eq!(page.statuses_of("/me").await?, [401, 200]);
        tables.choose("Table", "audit_log").await?;
        let seen = tables.says("session_killed").await?;
        assert!(
            seen.table("audit_log")?
                .column("event")?
                .contains(&"signed_in")
        );
        Ok(())
    })
}

#[test]
fn long_tables_are_read_page_by_page_and_searched() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        order(page, 60).await?;
        page.go_to_store().await?;
        let tables = page.part(TABLES);
        tables.choose("Table", "orders").await?;
        let seen = tables.says("orders: 60 rows").await?;
        assert_eq!(seen.table("orders")?.column("id")?.len(), 25);
        assert!(tables.is_idle("Previous").await? && tables.is_idle("First").await?);
        for (button, first, page_said) in [
            ("Next", "item 26", "Page 2"),
            ("Next", "item 51", "Page 3"),
            ("Previous", "item 26", "Page 2"),
            ("Next", "item 51", "Page 3"),
            ("First", "item 1", "Page 1"),
        ] {
            tables.press(button).await?;
            let seen = tables
                .is(first, |seen| {
                    let items = seen.tables.first().and_then(|it| it.column("item").ok());
                    items.is_some_and(|items| items.first() == Some(&first))
                })
                .await?;
            assert!(seen.text.contains(page_said), "{}", seen.text);
            assert_eq!(tables.is_idle("Next").await?, page_said == "Page 3");
        }

        tables.press("Next").await?;
        tables.says("Page 2").await?;
        for (search, items) in [
            (
                "ITEM 5",
                vec![
                    "item 5", "item 50", "item 51", "item 52", "item 53", "item 54", "item 55",
                    "item 56", "item 57", "item 58", "item 59",
                ],
            ),
            ("item 60", vec!["item 60"]),
        ] {
            tables.fill("Rows with", search).await?;
            let seen = tables
                .says(&format!("orders: rows with “{search}” of 60"))
                .await?;
            assert_eq!(seen.table("orders")?.column("item")?, items);
            assert!(seen.text.contains("Page 1"), "{}", seen.text);
        }
        tables.fill("Rows with", "%_'\"; DROP TABLE orders").await?;
        tables.says("No row has that in it.").await?;
        tables.fill("Rows with", "").await?;
        tables.says("orders: 60 rows").await?;
        Ok(())
    })
}

#[test]
fn every_table_can_be_read_and_keeps_its_secrets() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.console("playground.configure('b', 'hybrid')").await?;
        page.go_to_store().await?;
        let tables = page.part(TABLES);
        page.sign_member_in().await?;
        for (table, columns) in [
            (
                "users",
                vec![
                    "id",
                    "account",
                    "name",
                    "role",
                    "suspended",
                    "password_hash",
                ],
            ),
            (
                "refresh_tokens",
                vec![
                    "token_hash",
                    "family",
                    "user_id",
                    "lane",
                    "created_at",
                    "used_at",
                    "expires_at",
                    "ended_at",
                ],
            ),
            (
                "signing_keys",
                vec![
                    "kid",
                    "algorithm",
                    "created_at",
                    "retired_at",
                    "distrusted_at",
                ],
            ),
        ] {
            tables.choose("Table", table).await?;
            let seen = tables.says(&format!("{table}: ")).await?;
            assert_eq!(seen.table(table)?.columns, columns);
            assert!(!seen.table(table)?.rows.is_empty(), "{table}");
        }
        for (table, teaches) in [
            ("denylist", "Nothing is denied."),
            ("token_versions", "No version was raised."),
            ("orders", "No orders."),
        ] {
            tables.choose("Table", table).await?;
            let seen = tables.says(&format!("{table}: empty")).await?;
            assert!(seen.text.contains(teaches), "{}", seen.text);
        }

        // What a server has in its memory stands apart.
        let a = page.scheme_of("A");
        a.pick("Store", "the server’s memory").await?;
        a.is("the store", |seen| {
            seen.offered("Store").1 == "the server’s memory"
        })
        .await?;
        let memory = "memory of lane A’s server: sessions";
        tables.choose("Table", memory).await?;
        tables.says(&format!("{memory}: empty")).await?;
        page.sign_member_in().await?;
        let seen = tables.says(&format!("{memory}: 1 row")).await?;
        assert_eq!(seen.table(memory)?.marks(), ["new"], "{seen:#?}");
        page.part("Schemes").press("Restart the servers").await?;
        tables.says(&format!("{memory}: empty")).await?;
        Ok(())
    })
}

#[test]
fn html_in_a_value_is_text() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let hostile = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>";
        let statement = format!(
            "INSERT INTO orders (user_id, item, created_at) VALUES (42, '{hostile}', 9223372036854775807)"
        );
        page.console(&format!("playground.sql({})", json!(statement)))
            .await?;
        page.go_to_store().await?;
        let tables = page.part(TABLES);
        tables.choose("Table", "orders").await?;
        let seen = tables.says("orders: 1 row").await?;
        let item = seen.table("orders")?.column("item")?[0];
        assert!(item.contains(hostile), "{item}");
        tables
            .fill("Rows with", "<img src=x onerror=window.hacked=1>")
            .await?;
        tables.says("rows with “<img src=x").await?;
        let answer = page
            .run_sql(
                "SELECT item AS '<b>bold</b>' FROM orders",
                "The result: 1 row",
            )
            .await?;
        assert_eq!(answer.table("The result")?.columns, ["<b>bold</b>"]);
        page.run_sql("SELECT '<u>' FROM \"<i>nowhere</i>\"", "<i>nowhere</i>")
            .await?;
        let made = page
            .script(
                "return [window.hacked ?? null, document.querySelectorAll('main img, main script, main u, main i').length]",
                Vec::new(),
            )
            .await?;
        assert_eq!(made, json!([null, 0]));
        Ok(())
    })
}
