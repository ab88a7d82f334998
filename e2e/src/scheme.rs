//! The scheme of a lane, and where the browser keeps what belongs to it.

use crate::Lane;
use crate::hands::section;
use crate::page::Page;
use crate::wait::until;
use anyhow::{Context, ensure};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use thirtyfour::By;

/// What page script finds in the browser, name by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// `document.cookie`.
    pub cookies: BTreeMap<String, String>,
    /// `localStorage`.
    pub local: BTreeMap<String, String>,
    /// `sessionStorage`.
    pub session: BTreeMap<String, String>,
}

const READ: &str = "\
const all = (storage) => Object.fromEntries(Object.keys(storage).map((key) => [key, storage.getItem(key)]));
const pairs = document.cookie.split('; ').filter(Boolean).map((pair) => {
  const end = pair.indexOf('=');
  return [pair.slice(0, end), pair.slice(end + 1)];
});
return [Object.fromEntries(pairs), all(localStorage), all(sessionStorage)];";

impl Page {
    /// Chooses another scheme for a lane by its name, and waits until the history has it.
    ///
    /// # Errors
    /// Where the lane does not offer it.
    pub async fn choose_scheme(&self, lane: Lane, name: &str) -> anyhow::Result<()> {
        if self.scheme(lane).await? == name {
            return Ok(());
        }
        let before = self.answers().await?.number;
        let option = format!(
            "{}//option[normalize-space()='{name}']",
            scheme_select(lane)
        );
        let option = self.driver.find(By::XPath(option)).await;
        option
            .with_context(|| format!("no scheme “{name}”"))?
            .click()
            .await?;
        until(&format!("“{name}” in the history"), async || {
            let newest = self.answers().await?;
            let said = newest.row.get(1).is_some_and(|it| it.contains(name));
            Ok((newest.number > before && said).then_some(()))
        })
        .await
    }

    /// The name of the scheme that is chosen in a lane.
    ///
    /// # Errors
    /// Where the lane has none to choose.
    pub async fn scheme(&self, lane: Lane) -> anyhow::Result<String> {
        let select = self.driver.find(By::XPath(scheme_select(lane))).await?;
        let chosen = self
            .driver
            .execute(
                "return arguments[0].selectedOptions[0]?.textContent.trim() ?? ''",
                vec![select.to_json()?],
            )
            .await?;
        Ok(chosen.json().as_str().unwrap_or_default().to_owned())
    }

    /// What page script finds in the browser.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn kept(&self) -> anyhow::Result<Kept> {
        let seen = self.script(READ, Vec::new()).await?;
        let [cookies, local, session] =
            serde_json::from_value(seen).context("storage reads otherwise than it should")?;
        Ok(Kept {
            cookies,
            local,
            session,
        })
    }

    /// Leaves a text under a key of `localStorage`.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn leave_in_storage(&self, key: &str, text: &str) -> anyhow::Result<()> {
        let script = "localStorage.setItem(arguments[0], arguments[1])";
        self.script(script, vec![json!(key), json!(text)]).await?;
        Ok(())
    }

    /// The last exchange of a lane as the console gives it.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn last_exchange(&self, lane: Lane) -> anyhow::Result<Value> {
        let name = lane.heading().to_lowercase();
        let expression =
            format!("(await playground.exchanges()).filter((it) => it.lane === '{name}').at(-1)");
        let last = self.console(&expression).await?;
        ensure!(last.is_object(), "there is no exchange in {name}");
        Ok(last)
    }
}

fn scheme_select(lane: Lane) -> String {
    format!(
        "{}//select[@id=//label[normalize-space()='Scheme']/@for]",
        section(lane)
    )
}
