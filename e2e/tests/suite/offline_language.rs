//! Without a network in another language, and from one version to the next.

use crate::offline::SETUP;
use e2e::{Failure, Page, run};

const READY_IN_GERMAN: &str = "Der Server ist bereit.";

/// Opens the page, and chooses German once it is kept.
async fn keep_german(page: &Page) -> anyhow::Result<()> {
    page.open().await?;
    page.works_offline().await?;
    page.press("Deutsch").await?;
    page.says(READY_IN_GERMAN).await
}

#[test]
fn a_chosen_language_is_kept_as_well_and_comes_along_to_the_next_version() -> Result<(), Failure> {
    run(SETUP, async |page| {
        keep_german(page).await?;
        page.site().stop();
        page.open().await?;
        page.says(READY_IN_GERMAN).await?;

        page.site().start_again()?;
        page.site().deploy_next()?;
        page.open().await?;
        page.banner("Eine neue Version").await?;
        page.press("Jetzt starten").await?;
        page.is_titled("Vergleich · Ticket or Passport, als Nächstes")
            .await?;
        page.says("Geht offline").await?;
        page.site().stop();
        page.open().await?;
        page.says(READY_IN_GERMAN).await
    })
}

#[test]
fn a_language_of_which_nothing_is_left_is_said_to_be_gone_and_comes_back() -> Result<(), Failure> {
    run(SETUP, async |page| {
        page.expect_error("ERR_FAILED");
        page.expect_error("Failed to fetch");
        keep_german(page).await?;
        page.site().stop();
        let forget = "(async () => { for (const name of await caches.keys()) {
            const kept = await caches.open(name);
            for (const file of await kept.keys()) if (file.url.includes('/language/')) await kept.delete(file);
        } })()";
        page.console(forget).await?;
        page.open().await?;
        page.says("The other language could not be loaded.").await?;
        page.says("The server is ready.").await?;
        page.site().start_again()?;
        page.press("Deutsch").await?;
        page.says(READY_IN_GERMAN).await
    })
}

#[test]
fn texts_of_another_build_are_neither_spoken_nor_kept() -> Result<(), Failure> {
    run(SETUP, async |page| {
        page.expect_error("ERR_FAILED");
        page.expect_error("digest");
        page.expect_error("Failed to fetch");
        page.open().await?;
        page.works_offline().await?;
        page.site().alter(".json");
        page.press("Deutsch").await?;
        page.says("The other language could not be loaded.").await?;
        page.says("The server is ready.").await?;
        assert!(!are_kept(page, ".json").await?);

        page.site().find_again();
        page.press("Deutsch").await?;
        page.says(READY_IN_GERMAN).await?;
        assert!(are_kept(page, ".json").await?);
        Ok(())
    })
}

/// Whether files of other languages are kept whose names end so.
async fn are_kept(page: &Page, ending: &str) -> anyhow::Result<bool> {
    let look = format!(
        "(async () => {{ for (const name of await caches.keys()) {{
            const kept = await caches.open(name);
            for (const {{ url }} of await kept.keys()) if (url.includes('/language/') && url.endsWith('{ending}')) return true;
        }} return false; }})()"
    );
    Ok(page.console(&look).await? == true)
}
