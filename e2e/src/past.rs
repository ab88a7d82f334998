//! The history, row by row, and looking at one of them again.

use crate::page::Page;
use crate::wait::until;
use anyhow::Context;
use serde::Deserialize;
use thirtyfour::By;

/// What the history shows.
#[derive(Clone, Debug, Deserialize)]
pub struct Past {
    /// The columns' headings.
    pub columns: Vec<String>,
    /// The rows, newest first.
    pub rows: Vec<Row>,
    /// What is said below them.
    pub note: String,
}

/// A row of the history.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Row {
    /// Its number.
    pub number: u64,
    /// All cells, the number too.
    pub cells: Vec<String>,
    /// Where its time begins, in CSS pixels from the page's left.
    pub time_begins: i64,
    /// Whether it can be looked at again; mere events can't.
    pub can_be_shown: bool,
    /// Whether it is the one that is looked at.
    pub is_shown: bool,
}

impl Row {
    /// Whether the row says that the lanes answered differently.
    pub fn differs(&self) -> bool {
        self.cells.iter().any(|cell| cell.contains("they differ"))
    }

    /// Both statuses, with their marks; of an event, nothing.
    pub fn statuses(&self) -> [&str; 2] {
        match self.cells.as_slice() {
            [_, _, stateful, stateless, _, ..] => [stateful, stateless],
            _ => ["", ""],
        }
    }

    /// The time of day that it says.
    pub fn time(&self) -> &str {
        self.cells.last().map_or("", String::as_str)
    }

    /// What stands in it.
    pub fn text(&self) -> String {
        self.cells.join(" | ")
    }
}

const READ: &str = r"
const text = (node) => (node ? node.textContent.replace(/\s+/g, ' ').trim() : '');
const place = [...document.querySelectorAll('section')].find((it) => text(it.querySelector('h2')) === 'History');
return {
  columns: [...place.querySelectorAll('thead th')].map(text),
  rows: [...place.querySelectorAll('tbody tr')].map((row) => ({
    number: Number(text(row.cells[0])),
    cells: [...row.cells].map(text),
    time_begins: Math.round([...row.cells].at(-1).getBoundingClientRect().left),
    can_be_shown: row.querySelector('button') !== null,
    is_shown: row.querySelector('[aria-pressed=true]') !== null,
  })),
  note: text(place.querySelector('table ~ p')),
};
";

impl Page {
    /// The history now.
    ///
    /// # Errors
    /// Where the page does not show it.
    pub async fn past(&self) -> anyhow::Result<Past> {
        let seen = self.script(READ, Vec::new()).await?;
        serde_json::from_value(seen).context("the history reads otherwise than it should")
    }

    /// Waits until the newest row says this; then what it is.
    ///
    /// # Errors
    /// Where it never does.
    pub async fn newest(&self, words: &str) -> anyhow::Result<Row> {
        until(
            &format!("“{words}” as the newest of the history"),
            async || {
                let newest = self.past().await?.rows.into_iter().next();
                let newest = newest.context("the history is empty")?;
                anyhow::ensure!(newest.text().contains(words), "it is {newest:?}");
                Ok(Some(newest))
            },
        )
        .await
    }

    /// Chooses a row of the history, to look at it again or no more.
    ///
    /// # Errors
    /// Where it can't be chosen.
    pub async fn look_again(&self, number: u64) -> anyhow::Result<()> {
        let by = By::XPath(format!(
            "//button[starts-with(@aria-label, 'Show #{number},')]"
        ));
        let row = self.driver.find(by).await?;
        self.click(&row).await
    }
}
