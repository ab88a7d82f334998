//! What else a person does with a part of a scene: reads what stands there, follows a link in it, looks at one fieldset.

use crate::page::Page;
use crate::part::{Part, PartView};
use crate::wait::until;
use thirtyfour::By;

impl Page {
    /// Leaves for a page of another site.
    ///
    /// # Errors
    /// Where the browser does not go.
    pub async fn leave_for(&self, url: &str) -> anyhow::Result<()> {
        Ok(self.driver.goto(url).await?)
    }

    /// Looks into the first frame of the page that is shown: from then on it is as if that were all.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn enter_frame(&self) -> anyhow::Result<()> {
        until("a frame", async || {
            self.driver.enter_frame(0).await?;
            Ok(Some(()))
        })
        .await
    }
}

impl<'a> Part<'a> {
    /// Waits until these words stand there, whether they are read out or not.
    ///
    /// # Errors
    /// Where they never do.
    pub async fn shows(&self, words: &str) -> anyhow::Result<PartView> {
        self.is(&format!("“{words}”"), |seen| seen.text.contains(words))
            .await
    }

    /// Follows the first link whose text begins so.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn follow(&self, start: &str) -> anyhow::Result<()> {
        let by = format!(
            "{}//a[starts-with(normalize-space(), '{start}')]",
            self.place
        );
        until(
            &format!("the link “{start}” in “{}”", self.heading),
            async || {
                let link = self.page.driver.find(By::XPath(&by)).await?;
                link.scroll_into_view().await?;
                self.page.click(&link).await?;
                Ok(Some(()))
            },
        )
        .await
    }

    /// The fieldset within it of that legend.
    pub fn fieldset(&self, legend: &str) -> Part<'a> {
        Part {
            page: self.page,
            heading: format!("{}, {legend}", self.heading),
            place: format!(
                "{}//fieldset[./legend[normalize-space()='{legend}']]",
                self.place
            ),
        }
    }
}
