//! Pictures, for people to look at: of each state at each width, and of whatever failed.

use crate::page::Page;
use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use std::path::PathBuf;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/artefacts");

impl Page {
    /// Keeps a picture of the whole page under that name. Where it is.
    ///
    /// # Errors
    /// Where it can't be taken or written.
    pub async fn picture(&self, name: &str) -> anyhow::Result<PathBuf> {
        let options = json!({ "format": "png", "captureBeyondViewport": true });
        let answer = self
            .developer_tools("Page.captureScreenshot", options)
            .await?;
        let data = answer["data"].as_str().context("there is no picture")?;
        std::fs::create_dir_all(FOLDER)?;
        let file = PathBuf::from(FOLDER).join(format!("{name}.png"));
        std::fs::write(&file, STANDARD.decode(data)?)?;
        Ok(file)
    }

    /// Tells what is known of a failure.
    pub(crate) async fn report_failure(&self, test: &str) {
        let name = format!("failed-{}", test.replace("::", "-"));
        match self.picture(&name).await {
            Ok(file) => eprintln!("what it looked like: {}", file.display()),
            Err(error) => eprintln!("there is no picture: {error:#}"),
        }
        eprintln!("banners: {:?}", self.banners().await.unwrap_or_default());
        for entry in self.driver.browser_log().await.unwrap_or_default() {
            eprintln!("console {}: {}", entry.level, entry.message);
        }
        eprintln!("asked for: {:#?}", self.site.requests());
    }
}
