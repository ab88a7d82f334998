//! What a browser keeps of the page, and what it says of it.

use crate::page::Page;
use crate::wait::until;
use anyhow::Context;
use serde_json::Value;

/// What takes everything away that a service worker has, as a user does who clears what the site has kept.
const CLEAR: &str = "\
const done = arguments[arguments.length - 1];
(async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
})().then(done, (error) => done(String(error)));";

/// Whether no version is on its way or waits.
const TAKEN_OVER: &str = "\
const done = arguments[arguments.length - 1];
navigator.serviceWorker.getRegistrations().then((all) => done(all.every((one) => !one.installing && !one.waiting)));";

impl Page {
    /// Opens an address that begins with the page's, and waits until its server runs. Firefox's driver reloads past service
    /// workers, as no user does: this is what stands for it.
    ///
    /// # Errors
    /// Where it does not come up.
    pub async fn open_at(&self, rest: &str) -> anyhow::Result<()> {
        let address = format!("{}{rest}", self.site.url());
        self.driver.goto(address).await?;
        self.running().await
    }

    /// Waits until it says that it works offline; of how many files it is.
    ///
    /// # Errors
    /// Where it never says so.
    pub async fn works_offline(&self) -> anyhow::Result<usize> {
        self.says("Works offline: all").await?;
        let said = self.script(
            "return document.querySelector('footer').innerText",
            Vec::new(),
        );
        let said = said.await?;
        let number = said.as_str().and_then(|said| {
            let mut words = said.split(' ');
            words.find_map(|word| word.parse().ok())
        });
        number.with_context(|| format!("no number: {said}"))
    }

    /// The names of all that is kept at the page's origin, oldest first.
    ///
    /// # Errors
    /// Where the browser does not say.
    pub async fn caches(&self) -> anyhow::Result<Vec<String>> {
        let names = self.console("caches.keys()").await?;
        Ok(serde_json::from_value(names)?)
    }

    /// Takes away all that is kept for a start without a network, and the service worker itself.
    ///
    /// # Errors
    /// Where the browser does not.
    pub async fn clear_what_is_kept(&self) -> anyhow::Result<()> {
        let cleared = self.async_script(CLEAR, Vec::new()).await?;
        anyhow::ensure!(cleared.is_null(), "{cleared}");
        Ok(())
    }

    /// Lets the page think that its tab was brought to the front.
    ///
    /// # Errors
    /// Where the page does not answer.
    pub async fn looked_at_again(&self) -> anyhow::Result<()> {
        let script =
            "document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); return null";
        self.script(script, Vec::new()).await?;
        Ok(())
    }

    /// Leaves for a page of the same origin above the folder, so that no tab shows ours if this is the only one, and waits
    /// until a newer version has taken over: between leaving and coming back a person gives the browser that time.
    ///
    /// # Errors
    /// Where the browser does not go, or the older version stays.
    pub async fn leave_the_site(&self) -> anyhow::Result<()> {
        self.expect_error("404");
        let above = format!("{}/above", self.site.origin());
        self.driver.goto(above).await?;
        until("the newer version to take over", async || {
            Ok((self.async_script(TAKEN_OVER, Vec::new()).await? == true).then_some(()))
        })
        .await
    }

    /// What the tab is called.
    ///
    /// # Errors
    /// Where the browser does not say.
    pub async fn title(&self) -> anyhow::Result<String> {
        Ok(self.driver.title().await?)
    }

    /// Why the browser would not install the page; `None` in an engine that does not tell.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn not_installable(&self) -> anyhow::Result<Option<Vec<Value>>> {
        self.engine.not_installable(&self.driver).await
    }
}
