//! The editors of what the browser holds: typing over a text at once, and what is said of it meanwhile.

use crate::Lane;
use crate::page::Page;
use crate::wait::until;
use anyhow::Context;
use serde::Deserialize;
use serde_json::json;
use thirtyfour::Key;

/// What the next `GET /me` would meet, as a lane says it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct NextRequest {
    /// Mark and status, such as `✓ 200 OK`.
    pub status: String,
    /// The sentence.
    pub sentence: String,
}

impl NextRequest {
    /// All of it.
    pub fn text(&self) -> String {
        format!("{} {}", self.status, self.sentence)
    }
}

const READ: &str = r"
const text = (node) => (node ? node.textContent.replace(/\s+/g, ' ').trim() : '');
const lane = [...document.querySelectorAll('section')].find((it) => text(it.querySelector('h2')).startsWith(arguments[0]));
const place = [...lane.querySelectorAll('[role=status]')].find((it) => text(it).startsWith('The next GET /me would meet'));
const status = place?.querySelector('b');
return { status: text(status), sentence: text(status?.nextElementSibling) };
";

impl Page {
    /// Puts the caret into the field of that label.
    ///
    /// # Errors
    /// Where there is no such field.
    pub async fn enter(&self, label: &str) -> anyhow::Result<()> {
        let field = self.labelled(label).await?;
        field.scroll_into_view().await?;
        self.click(&field).await
    }

    /// Replaces all that is in the field of that label at once, as pasting does. Any characters, and any number.
    ///
    /// # Errors
    /// Where there is no such field.
    pub async fn paste_over(&self, label: &str, text: &str) -> anyhow::Result<()> {
        self.enter(label).await?;
        let field = self.labelled(label).await?;
        field.send_keys(Key::Control + "a").await?;
        if text.is_empty() {
            return Ok(field.send_keys(Key::Backspace + "").await?);
        }
        self.paste(text).await
    }

    /// Puts a text where the caret is, at once.
    ///
    /// # Errors
    /// Where the browser takes none.
    pub async fn paste(&self, text: &str) -> anyhow::Result<()> {
        let script = "return document.execCommand('insertText', false, arguments[0])";
        let taken = self.script(script, vec![json!(text)]).await?;
        anyhow::ensure!(taken == true, "nothing there takes a text");
        Ok(())
    }

    /// Waits until the field of that label holds this very text.
    ///
    /// # Errors
    /// Where it never does.
    pub async fn holds(&self, label: &str, text: &str) -> anyhow::Result<()> {
        until(&format!("another text in “{label}”"), async || {
            let seen = self.filled(label).await?;
            anyhow::ensure!(seen == text, "{seen:?}, and not {text:?}");
            Ok(Some(()))
        })
        .await
    }

    /// Presses “Put it into the browser” in that lane, and waits until the history says so.
    ///
    /// # Errors
    /// Where it never does.
    pub async fn put_into_browser(&self, lane: Lane) -> anyhow::Result<()> {
        let before = self.answers().await?.number;
        self.press_in(lane, "Put it into the browser").await?;
        self.answers_after(before).await?;
        Ok(())
    }

    /// What the next request would meet now, in that lane.
    ///
    /// # Errors
    /// Where the lane says nothing of it.
    pub async fn next_request(&self, lane: Lane) -> anyhow::Result<NextRequest> {
        let seen = self.script(READ, vec![json!(lane.heading())]).await?;
        serde_json::from_value(seen).context("the next request reads otherwise than it should")
    }

    /// Waits until the next request would meet this; then all that is said of it.
    ///
    /// # Errors
    /// Where it never would.
    pub async fn would_meet(&self, lane: Lane, words: &str) -> anyhow::Result<NextRequest> {
        until(&format!("“{words}” for the next request"), async || {
            let next = self.next_request(lane).await?;
            anyhow::ensure!(next.text().contains(words), "it is {next:?}");
            Ok(Some(next))
        })
        .await
    }

    /// Waits until the panel of what the browser holds says this, in that lane; then all of it.
    ///
    /// # Errors
    /// Where it never does.
    pub async fn browser_panel(&self, lane: Lane, words: &str) -> anyhow::Result<String> {
        until(
            &format!("“{words}” of what the browser holds"),
            async || {
                let panel = self.answers().await?.lane(lane).in_the_browser.clone();
                anyhow::ensure!(panel.contains(words), "it says {panel:?}");
                Ok(Some(panel))
            },
        )
        .await
    }
}
