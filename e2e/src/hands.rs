//! What a person does: everything is found by the name that a person, or a screen reader, finds it by.

use crate::page::Page;
use crate::reading::Answers;
use crate::wait::until;
use serde_json::{Value, json};
use thirtyfour::{By, Key, WebElement};

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
    /// Presses the button of that name.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn press(&self, button: &str) -> anyhow::Result<()> {
        until(&format!("the button “{button}”"), async || {
            let by = By::XPath(format!("//button[normalize-space()='{button}']"));
            self.driver.find(by).await?.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Presses the button of that name, and waits for what both lanes answer.
    ///
    /// # Errors
    /// Where there is no such button, or no answer.
    pub async fn press_for_answers(&self, button: &str) -> anyhow::Result<Answers> {
        let before = self.answers().await?.number;
        self.press(button).await?;
        self.answers_after(before).await
    }

    /// Types something into the console that sends requests, and waits for what the screen shows of them.
    ///
    /// # Errors
    /// Where it rejects, or nothing shows.
    pub async fn console_for_answers(&self, expression: &str) -> anyhow::Result<(Value, Answers)> {
        let before = self.answers().await?.number;
        let value = self.console(expression).await?;
        Ok((value, self.answers_after(before).await?))
    }

    /// Waits for answers newer than those of that number.
    ///
    /// # Errors
    /// Where none come.
    pub async fn answers_after(&self, number: u64) -> anyhow::Result<Answers> {
        until("the answers", async || {
            let answers = self.answers().await?;
            Ok((answers.number > number).then_some(answers))
        })
        .await
    }

    /// Presses “Sign in to both”.
    ///
    /// # Errors
    /// Where no answer comes.
    pub async fn sign_in(&self) -> anyhow::Result<Answers> {
        self.press_for_answers("Sign in to both").await
    }

    /// Presses “Send to both”.
    ///
    /// # Errors
    /// Where no answer comes.
    pub async fn send(&self) -> anyhow::Result<Answers> {
        self.press_for_answers("Send to both").await
    }

    /// Presses “Sign out of both”.
    ///
    /// # Errors
    /// Where no answer comes.
    pub async fn sign_out(&self) -> anyhow::Result<Answers> {
        self.press_for_answers("Sign out of both").await
    }

    /// Chooses an account by the start of its name in the list.
    ///
    /// # Errors
    /// Where the list has none of that name.
    pub async fn choose_account(&self, name: &str) -> anyhow::Result<()> {
        let list = self.labelled("Account").await?;
        let by = By::XPath(format!(
            ".//option[starts-with(normalize-space(), '{name}')]"
        ));
        list.find(by).await?.click().await?;
        Ok(())
    }

    /// Types an account that is not in the list.
    ///
    /// # Errors
    /// Where there is no place to type it.
    pub async fn type_account(&self, name: &str) -> anyhow::Result<()> {
        self.choose_account("another").await?;
        let field = until("the field “Account name”", async || {
            let by = By::Css("input[aria-label='Account name']");
            Ok(Some(self.driver.find(by).await?))
        });
        retype(&field.await?, name).await
    }

    /// Types another password.
    ///
    /// # Errors
    /// Where there is no place to type it.
    pub async fn type_password(&self, password: &str) -> anyhow::Result<()> {
        retype(&self.labelled("Password").await?, password).await
    }

    /// Unfolds everything of that summary.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn unfold(&self, summary: &str) -> anyhow::Result<()> {
        let by = By::XPath(format!("//summary[normalize-space()='{summary}']"));
        let summaries = self.driver.find_all(by).await?;
        anyhow::ensure!(!summaries.is_empty(), "there is no summary “{summary}”");
        for summary in summaries {
            summary.click().await?;
        }
        Ok(())
    }

    /// Presses a key, wherever the focus is.
    ///
    /// # Errors
    /// Where the browser takes none.
    pub async fn press_key(&self, key: Key) -> anyhow::Result<()> {
        Ok(self.driver.action_chain().send_keys(key).perform().await?)
    }

    /// Presses Tab until the focus is on the button of that name.
    ///
    /// # Errors
    /// Where it never gets there.
    pub async fn tab_to(&self, button: &str) -> anyhow::Result<()> {
        const STOPS: u32 = 60;
        for _ in 0..STOPS {
            self.press_key(Key::Tab).await?;
            let focused = self.driver.active_element().await?;
            if focused.tag_name().await? == "button" && focused.text().await? == button {
                return Ok(());
            }
        }
        anyhow::bail!("{STOPS} presses of Tab don't lead to “{button}”")
    }

    /// Lets the system ask for these colours.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn prefer(&self, colours: Colours) -> anyhow::Result<()> {
        let features = json!([{ "name": "prefers-color-scheme", "value": colours.name() }]);
        self.developer_tools(
            "Emulation.setEmulatedMedia",
            json!({ "features": features }),
        )
        .await?;
        Ok(())
    }

    /// What the label of that text belongs to.
    async fn labelled(&self, label: &str) -> anyhow::Result<WebElement> {
        let by = By::XPath(format!(
            "//*[@id=//label[normalize-space()='{label}']/@for]"
        ));
        Ok(self.driver.find(by).await?)
    }
}

/// Selects what is there, and types over it.
async fn retype(field: &WebElement, text: &str) -> anyhow::Result<()> {
    field.send_keys(Key::Control + "a").await?;
    field.send_keys(Key::Backspace + "").await?;
    field.send_keys(text).await?;
    Ok(())
}
