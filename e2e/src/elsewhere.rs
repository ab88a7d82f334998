//! Pages that are not on the site: what the benchmark measures is on hosts of its own. In Chromium alone.

use crate::page::Page;
use serde_json::json;

impl Page {
    /// Goes to another address.
    ///
    /// # Errors
    /// Where the browser does not go.
    pub async fn go_elsewhere(&self, url: &str) -> anyhow::Result<()> {
        let developer_tools = self.driver.cdp();
        developer_tools
            .send_raw("Page.navigate", json!({ "url": url }))
            .await?;
        Ok(())
    }

    /// From now on every page in this tab runs this script before its own, wherever it comes from.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn before_all_pages(&self, script: &str) -> anyhow::Result<()> {
        let developer_tools = self.driver.cdp();
        developer_tools
            .send_raw(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": script }),
            )
            .await?;
        Ok(())
    }
}
