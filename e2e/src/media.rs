//! What the system asks of pages: colours, and less motion.

use crate::page::Page;
use serde_json::json;

/// What the system asks pages to look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colours {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Colours {
    /// As CSS says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Page {
    /// Lets the system ask for these colours.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn prefer(&self, colours: Colours) -> anyhow::Result<()> {
        self.ask_for("prefers-color-scheme", colours.name()).await
    }

    /// Lets the system ask for less motion.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn prefer_less_motion(&self) -> anyhow::Result<()> {
        self.ask_for("prefers-reduced-motion", "reduce").await
    }

    async fn ask_for(&self, name: &str, value: &str) -> anyhow::Result<()> {
        let features = json!([{ "name": name, "value": value }]);
        self.developer_tools(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await?;
        Ok(())
    }
}
