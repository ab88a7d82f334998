//! Store, the SQL console without a mouse.

use e2e::{Failure, Page, Setup, run};
use thirtyfour::Key;

/// Goes on to that stop, which must be seen.
async fn stop_at(page: &Page, name: &str) -> anyhow::Result<()> {
    let focus = page.tab_to(name).await?;
    anyhow::ensure!(focus.is_visible, "no one sees the focus: {focus:?}");
    Ok(())
}

#[test]
fn all_of_the_sql_console_can_be_done_by_keys() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            page.open().await?;
            page.go_to_store().await?;
            // The list of sections leads there.
            stop_at(page, "SQL console").await?;
            page.press_key(Key::Enter).await?;
            let focus = page.focus().await?;
            assert_eq!(focus.element, "h2", "{focus:?}");
            assert!(focus.name.starts_with("SQL console"), "{focus:?}");

            stop_at(page, "Statements").await?;
            page.type_keys(Key::Control + "a").await?;
            page.type_text("SELECT id, account FROM users").await?;
            page.type_keys(Key::Control + Key::Enter).await?;
            let console = page.part("SQL console");
            console.says("The result: 3 rows").await?;
            assert_eq!(page.focus().await?.name, "Statements");
            page.type_text(" LIMIT 2").await?;
            stop_at(page, "Run").await?;
            page.press_key(Key::Enter).await?;
            console.says("The result: 2 rows").await?;
            stop_at(page, "DROP TABLE sessions").await?;
            page.press_key(Key::Space).await?;
            page.holds("Statements", "DROP TABLE sessions").await?;
            // What scrolls by itself can be scrolled by keys.
            stop_at(page, "The result: …").await?;
            stop_at(page, "Export the database").await?;
            stop_at(page, "Import a database").await?;
            page.tab_back_to("Run").await?;
            page.holds("Statements", "DROP TABLE sessions").await?;
            page.press_key(Key::Space).await?;
            console.says("The server can’t work with").await?;
            page.tab_back_to("Repair").await?;
            page.press_key(Key::Enter).await?;
            console.says("Made anew: ").await?;
        }
        Ok(())
    })
}
