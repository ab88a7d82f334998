//! Files that the browser saves, and how much it may keep inside.

use crate::folder::Folder;
use crate::page::Page;

impl Page {
    /// From now on the browser saves files there, and asks nobody.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn save_files_in(&self, folder: &Folder) -> anyhow::Result<()> {
        self.engine.save_files_in(&self.driver, folder).await
    }

    /// From now on the page's site may keep that many octets at most: the disk is full.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn limit_site_data(&self, octets: u64) -> anyhow::Result<()> {
        self.engine
            .limit_site_data(&self.driver, &self.site.origin(), octets)
            .await
    }
}
