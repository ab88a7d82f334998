//! Fields and lists, found by their labels, and what is written in them.

use crate::page::Page;
use crate::wait::until;
use thirtyfour::{By, Key, WebElement};

impl Page {
    /// Chooses from the list of that label, by the start of an option's name.
    ///
    /// # Errors
    /// Where there is no such list, or none of that name in it.
    pub async fn choose(&self, label: &str, option: &str) -> anyhow::Result<()> {
        let list = self.labelled(label).await?;
        let by = By::XPath(format!(
            ".//option[starts-with(normalize-space(), '{option}')]"
        ));
        list.find(by).await?.click().await?;
        Ok(())
    }

    /// Types over what is in the field of that label.
    ///
    /// # Errors
    /// Where there is no such field.
    pub async fn fill(&self, label: &str, text: &str) -> anyhow::Result<()> {
        retype(&self.labelled(label).await?, text).await
    }

    /// What is in the field of that label.
    ///
    /// # Errors
    /// Where there is no such field.
    pub async fn filled(&self, label: &str) -> anyhow::Result<String> {
        let value = self.labelled(label).await?.value().await?;
        Ok(value.unwrap_or_default())
    }

    /// Chooses an account by the start of its name in the list.
    ///
    /// # Errors
    /// Where the list has none of that name.
    pub async fn choose_account(&self, name: &str) -> anyhow::Result<()> {
        self.choose("Account", name).await
    }

    /// Types an account that is not in the list.
    ///
    /// # Errors
    /// Where there is no place to type it.
    pub async fn type_account(&self, name: &str) -> anyhow::Result<()> {
        self.choose_account("another").await?;
        self.fill("Account name", name).await
    }

    /// Types another password.
    ///
    /// # Errors
    /// Where there is no place to type it.
    pub async fn type_password(&self, password: &str) -> anyhow::Result<()> {
        self.fill("Password", password).await
    }

    /// Chooses one of the requests that the page offers, such as `GET /orders`.
    ///
    /// # Errors
    /// Where it does not offer it.
    pub async fn choose_request(&self, request: &str) -> anyhow::Result<()> {
        self.choose("Request", request).await
    }

    /// What is said of what was typed; empty where nothing is wrong with it.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn alerts(&self) -> anyhow::Result<String> {
        let script = "return [...document.querySelectorAll('[role=alert]')].map((it) => it.innerText).join('').trim()";
        let said = self.script(script, Vec::new()).await?;
        Ok(said.as_str().unwrap_or_default().to_owned())
    }

    /// What has that label, whether it is text beside it or for a screen reader alone.
    pub(crate) async fn labelled(&self, label: &str) -> anyhow::Result<WebElement> {
        let by = format!(
            "//*[@id=//label[normalize-space()='{label}']/@for] | \
             //label[normalize-space()='{label}']/input | \
             //*[(self::input or self::select or self::textarea) and @aria-label='{label}']"
        );
        until(&format!("the field “{label}”"), async || {
            Ok(Some(self.driver.find(By::XPath(by.clone())).await?))
        })
        .await
    }
}

/// Selects what is there, and types over it.
pub(crate) async fn retype(field: &WebElement, text: &str) -> anyhow::Result<()> {
    field.send_keys(Key::Control + "a").await?;
    field.send_keys(Key::Backspace + "").await?;
    if text.is_empty() {
        return Ok(());
    }
    Ok(field.send_keys(as_keys(text)).await?)
}

/// Each new line is the key Enter: WebKit takes no other.
pub(crate) fn as_keys(text: &str) -> String {
    text.replace('\n', &char::from(Key::Enter).to_string())
}
