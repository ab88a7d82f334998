//! Pictures, for people to look at: of each state at each width, and of whatever failed.

use crate::page::Page;
use std::path::PathBuf;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/artefacts");

impl Page {
    /// Keeps a picture of the whole page under that name. Where it is.
    ///
    /// # Errors
    /// Where it can't be taken or written.
    pub async fn picture(&self, name: &str) -> anyhow::Result<PathBuf> {
        let picture = self.engine.picture(&self.driver).await?;
        std::fs::create_dir_all(FOLDER)?;
        let file = PathBuf::from(FOLDER).join(format!("{name}.png"));
        std::fs::write(&file, picture)?;
        Ok(file)
    }

    /// Keeps a file that the page gave, to be looked at.
    ///
    /// # Errors
    /// Where it can't be written.
    pub fn keep(&self, name: &str, content: &[u8]) -> anyhow::Result<()> {
        std::fs::create_dir_all(FOLDER)?;
        Ok(std::fs::write(PathBuf::from(FOLDER).join(name), content)?)
    }

    /// Tells what is known of a failure.
    pub(crate) async fn report_failure(&self, test: &str) {
        let name = format!("failed-{}", test.replace("::", "-"));
        match self.picture(&name).await {
            Ok(file) => eprintln!("what it looked like: {}", file.display()),
            Err(error) => eprintln!("there is no picture: {error:#}"),
        }
        eprintln!("banners: {:?}", self.banners().await.unwrap_or_default());
        for error in self.console_errors().await.unwrap_or_default() {
            eprintln!("console: {error}");
        }
        eprintln!("asked for: {:#?}", self.site.requests());
    }
}
