//! How the server sets its session cookie: the switches, and the way of the last cookie from the server to page script.

use crate::page::Page;
use crate::wait::until;
use anyhow::Context;
use serde::Deserialize;
use thirtyfour::By;

const PLACE: &str = "//fieldset[legend[normalize-space()='How the server sets this cookie']]";

/// What became of a `Set-Cookie` line.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct CookieWay {
    /// The line as the server sent it.
    pub sent: String,
    /// What the model of the browser did.
    pub model: String,
    /// What this browser did.
    pub browser: String,
    /// What page script sees.
    pub script: String,
}

const READ: &str = r"
const text = (node) => (node ? node.textContent.replace(/\s+/g, ' ').trim() : '');
return [...document.querySelectorAll('fieldset dl')].map((list) => {
  const [sent, model, browser, script] = [...list.querySelectorAll('dd')].map(text);
  return { sent, model, browser, script };
});
";

impl Page {
    /// Presses the switch of that attribute, and waits until the history says so.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn switch(&self, attribute: &str) -> anyhow::Result<()> {
        let switch = self.driver.find(switch_of(attribute)).await?;
        switch.scroll_into_view().await?;
        let before = self.answers().await?.number;
        self.click(&switch).await?;
        self.answers_after(before).await?;
        Ok(())
    }

    /// Whether the switch of that attribute is on.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn is_switched_on(&self, attribute: &str) -> anyhow::Result<bool> {
        let switch = self.driver.find(switch_of(attribute)).await?;
        Ok(switch.is_selected().await?)
    }

    /// Chooses what an attribute is to be, another than it is, and waits until the history says so.
    ///
    /// # Errors
    /// Where there is no such attribute, or it can't be that.
    pub async fn set_attribute(&self, attribute: &str, option: &str) -> anyhow::Result<()> {
        let list = self.driver.find(By::XPath(choice_of(attribute))).await?;
        let by = format!("./option[normalize-space()='{option}']");
        let option = list.find(By::XPath(by)).await?;
        let before = self.answers().await?.number;
        // As a press on the list does. WebKit compares the choice with what the list was when it got the focus, and tells
        // of none that is the same.
        list.focus().await?;
        option.click().await?;
        self.answers_after(before).await?;
        Ok(())
    }

    /// What an attribute is chosen to be.
    ///
    /// # Errors
    /// Where there is no such attribute.
    pub async fn attribute(&self, attribute: &str) -> anyhow::Result<String> {
        let list = self.driver.find(By::XPath(choice_of(attribute))).await?;
        let script = "return arguments[0].selectedOptions[0].textContent";
        let chosen = self.driver.execute(script, vec![list.to_json()?]).await?;
        Ok(chosen.json().as_str().unwrap_or_default().to_owned())
    }

    /// Signs in again, so that the server sets the cookie anew; then what became of it.
    ///
    /// # Errors
    /// Where that is not offered, or nothing becomes of it.
    pub async fn sign_in_again(&self) -> anyhow::Result<CookieWay> {
        let before = self.answers().await?.number;
        self.press("Sign in again").await?;
        self.answers_after(before).await?;
        self.cookie_way().await
    }

    /// What became of the cookie that the server set last.
    ///
    /// # Errors
    /// Where nothing is said of it.
    pub async fn cookie_way(&self) -> anyhow::Result<CookieWay> {
        until("the way of the cookie", async || {
            let seen = self.script(READ, Vec::new()).await?;
            let ways: Vec<CookieWay> = serde_json::from_value(seen)?;
            Ok(Some(ways.into_iter().next().context("no cookie was set")?))
        })
        .await
    }
}

fn switch_of(attribute: &str) -> By {
    By::XPath(format!(
        "{PLACE}//label[normalize-space()='{attribute}']/input"
    ))
}

fn choice_of(attribute: &str) -> String {
    format!("{PLACE}//label[code[normalize-space()='{attribute}']]/select")
}
