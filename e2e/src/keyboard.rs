//! Without a mouse: keys go wherever the focus is, and the focus is what one sees of it.

use crate::forms::as_keys;
use crate::page::Page;
use anyhow::{Context, bail};
use serde::Deserialize;
use thirtyfour::{Key, TypingData};

/// How often Tab is pressed before a place counts as out of reach.
const STOPS: u32 = 120;

/// Where the focus is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Focus {
    /// The element's name in HTML.
    pub element: String,
    /// What a screen reader calls it.
    pub name: String,
    /// Whether an outline shows it, inside the window.
    pub is_visible: bool,
}

/// Which way the focus goes.
#[derive(Clone, Copy)]
enum Way {
    Forwards,
    Backwards,
}

/// Read once it is inside the window: scrolling there may take some frames.
const READ: &str = r"
const done = arguments[arguments.length - 1];
const settle = (frames) => {
  const seen = read();
  if (seen.is_visible || frames === 0) done(seen);
  else requestAnimationFrame(() => settle(frames - 1));
};
settle(120);
function read() {
  const node = document.activeElement;
  if (!node || node === document.body) return { element: 'body', name: '', is_visible: false };
  const text = (it) => (it ? it.textContent.replace(/\s+/g, ' ').trim() : '');
  const name = node.getAttribute('aria-label') || text(node.labels?.[0]) || text(node);
  const { outlineStyle, outlineWidth } = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  return {
    element: node.tagName.toLowerCase(), name,
    is_visible: inside && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1,
  };
}
";

impl Page {
    /// Presses a key, wherever the focus is.
    ///
    /// # Errors
    /// Where the browser takes none.
    pub async fn press_key(&self, key: Key) -> anyhow::Result<()> {
        match key {
            Key::Tab => self.move_focus(Way::Forwards).await,
            _ => Ok(self.driver.action_chain().send_keys(key).perform().await?),
        }
    }

    /// Presses Tab, or Shift and Tab.
    async fn move_focus(&self, way: Way) -> anyhow::Result<()> {
        let keys = self.driver.action_chain();
        let pressed = match way {
            Way::Forwards => keys.send_keys(Key::Tab),
            Way::Backwards => keys
                .key_down(Key::Shift)
                .send_keys(Key::Tab)
                .key_up(Key::Shift),
        };
        pressed.perform().await?;
        self.engine.come_round(&self.driver).await
    }

    /// Presses keys together, such as Ctrl and Z, wherever the focus is.
    ///
    /// # Errors
    /// Where the browser takes none.
    pub async fn type_keys(&self, keys: impl Into<TypingData>) -> anyhow::Result<()> {
        let element = self.driver.active_element().await?;
        Ok(element.send_keys(keys).await?)
    }

    /// Types a text, wherever the focus is.
    ///
    /// # Errors
    /// Where the browser takes none.
    pub async fn type_text(&self, text: &str) -> anyhow::Result<()> {
        let keys = as_keys(text);
        Ok(self.driver.action_chain().send_keys(keys).perform().await?)
    }

    /// Where the focus is.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn focus(&self) -> anyhow::Result<Focus> {
        let seen = self.async_script(READ, Vec::new()).await?;
        serde_json::from_value(seen).context("the focus reads otherwise than it should")
    }

    /// Presses Tab until the focus is on what has this name, or begins so where it ends in `…`.
    ///
    /// # Errors
    /// Where it never gets there.
    pub async fn tab_to(&self, name: &str) -> anyhow::Result<Focus> {
        self.walk_to(name, Way::Forwards).await
    }

    /// The same backwards.
    ///
    /// # Errors
    /// Where it never gets there.
    pub async fn tab_back_to(&self, name: &str) -> anyhow::Result<Focus> {
        self.walk_to(name, Way::Backwards).await
    }

    async fn walk_to(&self, name: &str, way: Way) -> anyhow::Result<Focus> {
        let is_it = |focus: &Focus| match name.strip_suffix('…') {
            Some(start) => focus.name.starts_with(start),
            None => focus.name == name,
        };
        let mut seen = Vec::new();
        for _ in 0..STOPS {
            self.move_focus(way).await?;
            let focus = self.focus().await?;
            if is_it(&focus) {
                return Ok(focus);
            }
            seen.push(focus.name);
        }
        bail!("{STOPS} presses of Tab don't lead to “{name}”, but to {seen:#?}")
    }
}
