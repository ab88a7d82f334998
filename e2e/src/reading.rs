//! What a person reads on the screen, lane by lane, all of it at one moment.

use crate::Lane;
use crate::page::Page;
use anyhow::Context;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What stands in both lanes.
#[derive(Clone, Debug, Deserialize)]
pub struct Answers {
    /// The newest number in the history; 0 while there is none.
    pub number: u64,
    /// The newest row of the history, cell by cell.
    pub row: Vec<String>,
    /// What stands in that lane.
    pub stateful: LaneView,
    /// What stands in that lane.
    pub stateless: LaneView,
}

/// What stands in a lane.
#[derive(Clone, Debug, Deserialize)]
pub struct LaneView {
    /// The heading: the scheme's name, and what it comes to.
    pub heading: String,
    /// The verdict's mark and status, such as `✓ 200 OK`.
    pub status: String,
    /// The verdict's sentence.
    pub sentence: String,
    /// The steps, in order, the folded ones too.
    pub steps: Vec<Step>,
    /// The ledger: figures by name.
    pub ledger: BTreeMap<String, String>,
    /// What the application itself cost: what stands beside the figures, by name.
    pub application: BTreeMap<String, String>,
    /// The raw request, if it is unfolded.
    pub request: String,
    /// The raw response, if it is unfolded.
    pub response: String,
    /// The panel of what the browser holds.
    pub in_the_browser: String,
    /// The panel of what the server holds.
    pub on_the_server: String,
    /// The rows of the sessions table, cell by cell.
    pub sessions: Vec<Vec<String>>,
    /// The rows of the table of refresh tokens' families, cell by cell.
    pub families: Vec<Vec<String>>,
    /// The lines of the audit log, folded or not.
    pub audit: Vec<String>,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Step {
    /// `held`, `refused`, `not reached`, or empty for what was merely noted.
    pub outcome: String,
    /// Everything that it says.
    pub text: String,
    /// The SQL that ran for it.
    pub sql: Vec<String>,
}

impl Answers {
    /// Both lanes.
    pub const fn both(&self) -> [&LaneView; 2] {
        [&self.stateful, &self.stateless]
    }

    /// That lane.
    pub const fn lane(&self, lane: Lane) -> &LaneView {
        match lane {
            Lane::Stateful => &self.stateful,
            Lane::Stateless => &self.stateless,
        }
    }

    /// Both statuses, as numbers; 0 where there was no answer.
    pub fn statuses(&self) -> [u16; 2] {
        self.both().map(LaneView::status_code)
    }
}

impl LaneView {
    /// The status as a number; 0 where there was no answer.
    pub fn status_code(&self) -> u16 {
        self.status
            .split(' ')
            .find_map(|word| word.parse().ok())
            .unwrap_or_default()
    }

    /// A figure of the ledger.
    ///
    /// # Errors
    /// Where the ledger has none of that name.
    pub fn cost(&self, name: &str) -> anyhow::Result<&str> {
        self.ledger
            .get(name)
            .map(String::as_str)
            .with_context(|| format!("the ledger has no “{name}”: {:?}", self.ledger))
    }

    /// All SQL on the screen.
    pub fn sql(&self) -> Vec<&str> {
        self.steps
            .iter()
            .flat_map(|step| step.sql.iter().map(String::as_str))
            .collect()
    }

    /// Where the steps failed: the first one refused, and those after it.
    ///
    /// # Errors
    /// Where no step was refused.
    pub fn failure(&self) -> anyhow::Result<(&Step, &[Step])> {
        let position = self
            .steps
            .iter()
            .position(|step| step.outcome == "refused")
            .with_context(|| format!("no step was refused: {:#?}", self.steps))?;
        Ok((&self.steps[position], &self.steps[position + 1..]))
    }
}

const READ: &str = r"
const text = (node) => (node ? node.textContent.replace(/\s+/g, ' ').trim() : '');
const headed = (places, start) =>
  [...places].find((place) => text(place.querySelector('h2, h3')).startsWith(start));
const cells = (row) => [...row.cells].map(text);
const step = (line) => {
  const [, outcome, said] = /^(?:(held|refused|not reached): )?(.*)$/.exec(text(line).replace(/^[✓✕–·] ?/, ''));
  return { outcome: outcome ?? '', text: said, sql: [...line.querySelectorAll('code')].map(text).filter((it) => /^(SELECT|INSERT|UPDATE|DELETE) /.test(it)) };
};
const ledger = (list) =>
  Object.fromEntries([...(list?.querySelectorAll('dt') ?? [])].map((term) => [
    text(term.firstChild), text(term.parentElement.querySelector('dd')),
  ]));
const beside = (list) =>
  Object.fromEntries([...(list?.querySelectorAll('dt') ?? [])]
    .map((term) => [text(term.firstChild), text(term.parentElement.querySelector('dd + dd'))])
    .filter(([, said]) => said));
// From left to right: each has its scheme to choose.
const lanes = [...document.querySelectorAll('section')].filter((it) =>
  [...it.querySelectorAll('label')].some((label) => text(label) === 'Scheme'));
const lane = (number) => {
  const place = lanes[number];
  if (!place) throw new Error(`there is no lane ${number}`);
  const verdict = place.querySelector('[role=status]');
  const status = verdict.querySelector('b');
  const raw = (name) => place.querySelector(`[aria-label^='${name}, ']`)?.innerText ?? '';
  const panels = place.querySelectorAll('div:has(> h3)');
  const server = headed(panels, 'On the server');
  const families = [...(server?.querySelectorAll('table') ?? [])].find((it) => text(it.caption) === 'Families of refresh tokens');
  const sessions = [...(server?.querySelectorAll('table') ?? [])].find((it) => it !== families);
  return {
    heading: text(place.querySelector('h2')),
    status: text(status),
    sentence: text(status?.nextElementSibling),
    steps: [...place.querySelectorAll('ol li:not(:has(li))')].map(step),
    ledger: ledger(place.querySelector('[aria-label=\'What it cost\']')),
    application: beside(place.querySelector('[aria-label=\'What it cost\']')),
    request: raw('Request'),
    response: raw('Response'),
    in_the_browser: text(headed(panels, 'In the browser')),
    on_the_server: text(server),
    sessions: [...(sessions?.querySelectorAll('tbody tr') ?? [])].map(cells),
    families: [...(families?.querySelectorAll('tbody tr') ?? [])].map(cells),
    audit: [...(server?.querySelectorAll('details li') ?? [])].map(text),
  };
};
const newest = headed(document.querySelectorAll('section'), 'History')?.querySelector('tbody tr');
const row = newest ? cells(newest) : [];
return { number: Number(row[0] ?? 0), row, stateful: lane(0), stateless: lane(1) };
";

impl Page {
    /// What stands in both lanes now.
    ///
    /// # Errors
    /// Where the page does not show them.
    pub async fn answers(&self) -> anyhow::Result<Answers> {
        let seen = self.script(READ, Vec::new()).await?;
        serde_json::from_value(seen).context("the lanes read otherwise than they should")
    }

    /// Waits until a lane is so: what browser and server hold is shown once both were looked at, shortly after an answer.
    ///
    /// # Errors
    /// Where it never is; with what it shows instead.
    pub async fn lane_is(
        &self,
        lane: Lane,
        what: &str,
        is_so: impl Fn(&LaneView) -> bool,
    ) -> anyhow::Result<LaneView> {
        crate::wait::until(what, async || {
            let seen = self.answers().await?.lane(lane).clone();
            anyhow::ensure!(is_so(&seen), "the lane shows {seen:#?}");
            Ok(Some(seen))
        })
        .await
    }

    /// What the header says of the server.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn server_state(&self) -> anyhow::Result<String> {
        let script = "return document.querySelector('header [role=status]')?.innerText ?? ''";
        Ok(said(&self.script(script, Vec::new()).await?))
    }

    /// Waits until the page has this title.
    ///
    /// # Errors
    /// Where it never does; with the one that it has.
    pub async fn is_titled(&self, title: &str) -> anyhow::Result<()> {
        crate::wait::until(&format!("the title “{title}”"), async || {
            let seen = self.title().await?;
            anyhow::ensure!(seen == title, "it is “{seen}”");
            Ok(Some(()))
        })
        .await
    }

    /// What the banners say.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn banners(&self) -> anyhow::Result<String> {
        let script = "return document.querySelector('main > [role=status]')?.innerText ?? ''";
        Ok(said(&self.script(script, Vec::new()).await?))
    }

    /// Waits until a banner says this; then all of them.
    ///
    /// # Errors
    /// Where none does.
    pub async fn banner(&self, words: &str) -> anyhow::Result<String> {
        crate::wait::until(&format!("the banner “{words}”"), async || {
            let banners = self.banners().await?;
            if banners.contains(words) {
                return Ok(Some(banners));
            }
            anyhow::bail!("the banners say: {banners:?}")
        })
        .await
    }

    /// Fails where a banner is there, but for the one that says that this engine has no files.
    ///
    /// # Errors
    /// With what the banners say.
    pub async fn has_no_banner(&self) -> anyhow::Result<()> {
        let banners = self.banners().await?;
        let expected = !self.engine.has_files() && banners.contains("the database is in memory");
        let others = banners.lines().count() > usize::from(expected);
        anyhow::ensure!(!others, "the banners say: {banners:?}");
        Ok(())
    }

    /// Everything that can be read on the page.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn words(&self) -> anyhow::Result<String> {
        Ok(said(
            &self
                .script("return document.body.innerText", Vec::new())
                .await?,
        ))
    }

    /// Waits until these words can be read anywhere on the page.
    ///
    /// # Errors
    /// Where they never can.
    pub async fn says(&self, words: &str) -> anyhow::Result<()> {
        crate::wait::until(&format!("“{words}”"), async || {
            Ok(self.words().await?.contains(words).then_some(()))
        })
        .await
    }

    /// By how many pixels the page is wider than its window, and what sticks out.
    ///
    /// # Errors
    /// Where the browser does not answer.
    pub async fn overflow(&self) -> anyhow::Result<(i64, Value)> {
        let script = "\
const root = document.scrollingElement;
const over = root.scrollWidth - root.clientWidth;
const sticksOut = (it) => it.getBoundingClientRect().right > root.clientWidth;
const outside = [...document.querySelectorAll('body *')]
  .filter((node) => node.checkVisibility() && sticksOut(node))
  .map((node) => `${node.tagName}.${node.className}`);
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  const range = document.createRange();
  range.selectNodeContents(texts.currentNode);
  if (sticksOut(range)) outside.unshift(texts.currentNode.data);
}
return { over, outside: over > 0 ? outside.slice(0, 10) : [] };";
        let seen = self.script(script, Vec::new()).await?;
        Ok((
            seen["over"].as_i64().unwrap_or(i64::MAX),
            seen["outside"].clone(),
        ))
    }
}

fn said(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
