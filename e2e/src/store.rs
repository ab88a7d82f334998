//! The scene Store: the way there, and what stands in several of its sections.

use crate::page::Page;
use crate::part::{Part, PartView};
use serde_json::Value;

impl Page {
    /// Goes to the scene Store by the header's link.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn go_to_store(&self) -> anyhow::Result<()> {
        self.go_to_scene("Store").await?;
        self.part("Growth").says("Fill to 10,000").await?;
        Ok(())
    }

    /// What can be set of a lane there: `A` or `B`.
    pub fn scheme_of(&self, lane: &str) -> Part<'_> {
        self.part("Schemes").group(&format!("Lane {lane}"))
    }

    /// Both lanes' schemes, as the console gives them.
    ///
    /// # Errors
    /// Where the page does not answer.
    pub async fn schemes(&self) -> anyhow::Result<Value> {
        self.console("playground.schemes()").await
    }

    /// Types a statement over what is in the SQL console.
    ///
    /// # Errors
    /// Where there is no place to type it.
    pub async fn type_sql(&self, text: &str) -> anyhow::Result<()> {
        self.paste_over("Statements", text).await
    }

    /// Types a statement into the SQL console, runs it, and waits for these words beside it; then all of the section.
    ///
    /// # Errors
    /// Where they never come.
    pub async fn run_sql(&self, text: &str, words: &str) -> anyhow::Result<PartView> {
        self.type_sql(text).await?;
        let console = self.part("SQL console");
        console.press("Run").await?;
        console.says(words).await
    }

    /// What the last errands of the console came to, newest last.
    ///
    /// # Errors
    /// Where the page does not answer.
    pub async fn exchanges(&self) -> anyhow::Result<Vec<Value>> {
        let all = self.console("playground.exchanges()").await?;
        Ok(all.as_array().cloned().unwrap_or_default())
    }

    /// Both lanes' statuses of a request that is typed into the console.
    ///
    /// # Errors
    /// Where the page does not answer.
    pub async fn statuses_of(&self, path: &str) -> anyhow::Result<[u64; 2]> {
        let both = self
            .console(&format!("playground.sendToBoth('{path}')"))
            .await?;
        Ok(["stateful", "stateless"].map(|lane| both[lane]["status"].as_u64().unwrap_or_default()))
    }

    /// Signs the member in to both lanes by the console.
    ///
    /// # Errors
    /// Where a lane refuses.
    pub async fn sign_member_in(&self) -> anyhow::Result<()> {
        let both = self
            .console("playground.signIn('member', 'sample-password')")
            .await?;
        for lane in ["stateful", "stateless"] {
            anyhow::ensure!(both[lane]["status"] == 200, "{both:#}");
        }
        Ok(())
    }
}
