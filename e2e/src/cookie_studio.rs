//! The cookie scene: what is said of lines, of a request, and of the cookie at hand.

use crate::page::Page;
use crate::wait::until;
use anyhow::Context;
use serde::Deserialize;
use thirtyfour::By;

/// The scene as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Cookies {
    /// The first line, as it was read.
    pub first: String,
    /// Line by line: the verdict and its reason, then each attribute with what is said of it.
    pub lines: Vec<Vec<String>>,
    /// The `Cookie` field of the request.
    pub field: String,
    /// Cookie by cookie: whether it is sent, and why not.
    pub decisions: Vec<String>,
    /// The rows of the jar.
    pub jar: Vec<Vec<String>>,
    /// The rows of the table of `SameSite`, each with its method before it.
    pub table: Vec<Vec<String>>,
    /// Row and column of the cell that is marked as this very request.
    pub marked: Option<String>,
    /// Each requirement of ASVS, and how it is met.
    pub grades: Vec<String>,
}

const READ: &str = r"
const text = (node) => (node ? node.textContent.replace(/\s+/g, ' ').trim() : '');
const all = (place, selector) => [...(place?.querySelectorAll(selector) ?? [])];
const section = (name) => [...document.querySelectorAll('main section')].find((it) => text(it.querySelector('h3')) === name);
const named = (name) => document.querySelector(`[aria-label='${name}']`);
const table = section('By SameSite, method and initiator');
let method = '';
const rows = [];
let marked = null;
for (const row of all(table, 'tbody tr')) {
  const cells = all(row, 'th, td');
  if (cells.length === 1) { method = text(cells[0]); continue; }
  rows.push([method, ...cells.map(text)]);
  const here = cells.findIndex((cell) => cell.getAttribute('aria-current') === 'true');
  if (here > 0) marked = `${method} · ${text(cells[0])} · ${text(all(table, 'thead th')[here])}`;
}
return {
  first: text(named('Line by line')?.querySelector('li p')),
  lines: all(named('Line by line'), 'li').map((line) => [
    ...all(line, 'p').slice(1).map(text),
    ...all(line, 'dl > div').map((it) => all(it, 'dt, dd').map(text).join(': ')),
  ]),
  field: text(section('What a request carries')?.querySelector('.cell')),
  decisions: all(named('Cookie by cookie'), 'li').map(text),
  jar: all(section('The jar that came of it'), 'tbody tr').map((row) => all(row, 'th, td').map(text)),
  table: rows,
  marked,
  grades: all(section('Against ASVS 5.0, 3.3'), 'tbody tr').map((row) => all(row, 'th, td').map(text).join(' ')),
};
";

impl Page {
    /// Goes to the cookie scene by the header's link.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn go_to_cookies(&self) -> anyhow::Result<()> {
        self.go_to_scene("Cookie").await?;
        self.says("What a request carries").await
    }

    /// Goes to a scene by the header's link.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn go_to_scene(&self, name: &str) -> anyhow::Result<()> {
        let link = By::XPath(format!("//nav//a[normalize-space()='{name}']"));
        let link = self.driver.find(link).await?;
        self.click(&link).await
    }

    /// Ticks the box of that label, or takes its tick away.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn tick(&self, label: &str) -> anyhow::Result<()> {
        let field = self.labelled(label).await?;
        self.click(&field).await
    }

    /// The cookie scene as it is.
    ///
    /// # Errors
    /// Where the page does not show it.
    pub async fn cookies(&self) -> anyhow::Result<Cookies> {
        let seen = self.script(READ, Vec::new()).await?;
        serde_json::from_value(seen).context("the cookie scene reads otherwise than it should")
    }

    /// Waits until the cookie scene is as it should be; then the scene.
    ///
    /// # Errors
    /// Where it never is.
    pub async fn cookies_are(
        &self,
        what: &str,
        is_so: impl Fn(&Cookies) -> bool,
    ) -> anyhow::Result<Cookies> {
        until(what, async || {
            let cookies = self.cookies().await?;
            anyhow::ensure!(is_so(&cookies), "it is {cookies:#?}");
            Ok(Some(cookies))
        })
        .await
    }

    /// Puts lines in, and waits until what is said of the first of them starts with this verdict.
    ///
    /// # Errors
    /// Where it never does.
    pub async fn try_lines(&self, lines: &str, verdict: &str) -> anyhow::Result<Cookies> {
        self.paste_over("Cookie lines", lines).await?;
        self.cookies_are(&format!("“{verdict}” of {lines:.60}"), |seen| {
            seen.lines
                .first()
                .is_some_and(|line| line[0].starts_with(verdict))
        })
        .await
    }

    /// Waits until the request carries this field.
    ///
    /// # Errors
    /// Where it never does.
    pub async fn carries(&self, field: &str) -> anyhow::Result<Cookies> {
        self.cookies_are(field, |seen| seen.field == field).await
    }
}
