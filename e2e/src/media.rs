//! What the system asks of pages: colours, and less motion.

use crate::page::Page;
use crate::wish::{Colours, Wish};

impl Page {
    /// The colours that the system can be let ask for.
    pub fn colours(&self) -> &'static [Colours] {
        self.engine.colours()
    }

    /// Lets the system ask for these colours.
    ///
    /// # Errors
    /// Where the browser can't be told.
    pub async fn prefer(&self, colours: Colours) -> anyhow::Result<()> {
        self.engine.wish(&self.driver, Wish::Colours(colours)).await
    }

    /// Lets the system ask for less motion.
    ///
    /// # Errors
    /// Where the browser can't be told.
    pub async fn prefer_less_motion(&self) -> anyhow::Result<()> {
        self.engine.wish(&self.driver, Wish::LessMotion).await
    }

    /// Lets the system ask for no less motion: what moves costs a processor, so the tests' browser may be told to ask for it.
    ///
    /// # Errors
    /// Where the browser can't be told.
    pub async fn prefer_motion(&self) -> anyhow::Result<()> {
        self.engine.wish(&self.driver, Wish::Motion).await
    }

    /// Lets the system put a few colours of the user's own in the place of the page's.
    ///
    /// # Errors
    /// Where the browser can't be told.
    pub async fn force_colours(&self) -> anyhow::Result<()> {
        self.engine.wish(&self.driver, Wish::ForcedColours).await
    }
}
