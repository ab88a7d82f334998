//! Links as they are copied, handed on and followed.

use crate::page::Page;
use crate::wait::until;
use serde_json::json;

/// Takes what the page copies, as whoever pastes it would; or refuses, as browsers may.
const CLIPBOARD: &str = "\
window.copied = [];
Object.defineProperty(navigator, 'clipboard', {
  value: { writeText: async (text) => { if (window.refuses) throw new Error('made to fail'); copied.push(text); } },
});";

impl Page {
    /// From the next load on, what the page copies is kept for [`Page::copied`].
    pub fn catch_copies(&self) {
        self.before_each_load(CLIPBOARD);
    }

    /// From now on the browser lets the page copy nothing.
    ///
    /// # Errors
    /// Where the page does not answer.
    pub async fn refuse_copies(&self) -> anyhow::Result<()> {
        self.script("window.refuses = true", Vec::new()).await?;
        Ok(())
    }

    /// Waits until the page has copied something, and takes it.
    ///
    /// # Errors
    /// Where it never has.
    pub async fn copied(&self) -> anyhow::Result<String> {
        until("something copied", async || {
            let script = "return window.copied.splice(0).at(-1) ?? null";
            let copied = self.script(script, Vec::new()).await?;
            Ok(copied.as_str().map(str::to_owned))
        })
        .await
    }

    /// Follows a link to another place of the page: all of it, or its fragment.
    ///
    /// # Errors
    /// Where the page does not answer.
    pub async fn follow(&self, link: &str) -> anyhow::Result<()> {
        let script = "\
const [link] = arguments;
if (URL.canParse(link)) location.href = link;
else location.hash = link;";
        self.script(script, vec![json!(link)]).await?;
        Ok(())
    }
}
