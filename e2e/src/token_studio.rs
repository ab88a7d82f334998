//! The token scene: what is said of a token, of its claims and its key, and what came of sending it.

use crate::page::Page;
use crate::reading::Step;
use crate::wait::until;
use anyhow::Context;
use serde::Deserialize;

/// The scene as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TokenStudio {
    /// The verdict's mark, word and sentence.
    pub verdict: String,
    /// The checks, in order.
    pub steps: Vec<Step>,
    /// The rows of the table of header and claims.
    pub claims: Vec<Vec<String>>,
    /// The name of the claim that is pointed at.
    pub pointed: Option<String>,
    /// What is marked as it in the compact token, the header and the payload; empty where nothing is.
    pub marked: [String; 3],
    /// What is marked as wrong there.
    pub trouble: [String; 3],
    /// What is said of how the token came here.
    pub notice: String,
    /// All that stands beside each heading, by the heading.
    pub terms: String,
    /// The same of the key.
    pub key: String,
    /// The same of sending.
    pub sending: String,
    /// The same of the edit's reach.
    pub blast: String,
    /// The same of who holds which key.
    pub holders: String,
}

const READ: &str = r"
const text = (node) => (node ? node.textContent.replace(/\s+/g, ' ').trim() : '');
const section = (name) => [...document.querySelectorAll('main section')].find((it) => text(it.querySelector('h2')).startsWith(name));
const said = (name) => (section(name)?.innerText ?? '').replace(/\s+/g, ' ').trim();
const rows = [...(section('What it says')?.querySelectorAll('tbody tr') ?? [])];
const cells = (row) => [...row.querySelectorAll('td')].map(text);
const pressed = rows.find((row) => row.querySelector('[aria-pressed=true]'));
const words = { '✓': 'held', '✕': 'refused', '–': 'not reached', '○': 'left out' };
const layer = (name) => {
  const label = [...document.querySelectorAll('label')].find((it) => text(it) === name);
  return document.getElementById(label?.htmlFor)?.parentElement.querySelector('[aria-hidden=true]');
};
const marks = (kind) => ['Token', 'Header', 'Payload'].map((name) =>
  [...(layer(name)?.querySelectorAll(`.${kind}-mark`) ?? [])].map((it) => it.textContent).join(''));
return {
  verdict: (document.querySelector(`.studio-verdict`)?.innerText ?? '').replace(/\s+/g, ' ').trim(),
  steps: [...(section('The checks')?.querySelectorAll('ol > li') ?? [])].map((it) => ({
    outcome: words[text(it.querySelector('[aria-hidden=true]'))] ?? '', text: text(it), sql: [],
  })),
  claims: rows.map(cells),
  pointed: pressed ? cells(pressed)[0] : null,
  marked: marks('claim'),
  trouble: marks('trouble'),
  notice: text(section('Start from')?.querySelector('[role=status]')),
  terms: said('Terms'), key: said('Key'), sending: said('Send it'), blast: said('Blast'), holders: said('Who holds'),
};
";

impl TokenStudio {
    /// The first check that was refused, and those after it.
    ///
    /// # Errors
    /// Where none was.
    pub fn failure(&self) -> anyhow::Result<(&Step, &[Step])> {
        let position = self.steps.iter().position(|it| it.outcome == "refused");
        let position = position.with_context(|| format!("none was refused: {:#?}", self.steps))?;
        Ok((&self.steps[position], &self.steps[position + 1..]))
    }

    /// The row of that claim or header parameter.
    ///
    /// # Errors
    /// Where there is none.
    pub fn claim(&self, name: &str) -> anyhow::Result<&[String]> {
        let row = self.claims.iter().find(|row| row[0] == name);
        Ok(row.with_context(|| format!("no “{name}”: {:?}", self.claims))?)
    }
}

impl Page {
    /// Goes to the token scene by the header's link.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn go_to_token(&self) -> anyhow::Result<()> {
        self.go_to_scene("Token").await?;
        self.says("Who holds which key").await
    }

    /// The token scene as it is.
    ///
    /// # Errors
    /// Where the page does not show it.
    pub async fn token_studio(&self) -> anyhow::Result<TokenStudio> {
        let seen = self.script(READ, Vec::new()).await?;
        serde_json::from_value(seen).context("the token scene reads otherwise than it should")
    }

    /// Waits until the token scene is so; then all of it.
    ///
    /// # Errors
    /// Where it never is.
    pub async fn studio_is(
        &self,
        what: &str,
        is_so: impl Fn(&TokenStudio) -> bool,
    ) -> anyhow::Result<TokenStudio> {
        until(what, async || {
            let seen = self.token_studio().await?;
            anyhow::ensure!(is_so(&seen), "it is {seen:#?}");
            Ok(Some(seen))
        })
        .await
    }

    /// Waits until the studio's verdict says this.
    ///
    /// # Errors
    /// Where it never does.
    pub async fn studio_says(&self, words: &str) -> anyhow::Result<TokenStudio> {
        self.studio_is(&format!("the verdict “{words}”"), |seen| {
            seen.verdict.contains(words)
        })
        .await
    }
}
