//! Without a network in another language, and from one version to the next.

use crate::offline::{SETUP, is_titled};
use e2e::{Failure, run};

const READY_IN_GERMAN: &str = "Der Server ist bereit.";

#[test]
fn a_chosen_language_is_kept_as_well_and_comes_along_to_the_next_version() -> Result<(), Failure> {
    run(SETUP, async |page| {
        page.expect_error("ERR_FAILED");
        page.expect_error("Failed to fetch");
        page.open().await?;
        page.works_offline().await?;
        page.press("Deutsch").await?;
        page.says(READY_IN_GERMAN).await?;
        page.site().stop();
        page.open().await?;
        page.says(READY_IN_GERMAN).await?;

        page.site().start_again()?;
        page.site().deploy_next()?;
        page.open().await?;
        page.banner("Eine neue Version").await?;
        page.press("Jetzt starten").await?;
        is_titled(page, "Vergleich · Ticket or Passport, als Nächstes").await?;
        page.says("Geht offline").await?;
        page.site().stop();
        page.open().await?;
        page.says(READY_IN_GERMAN).await?;

        // Nothing of it is left, and nothing can be fetched.
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
