//! A lane's sequence diagram and its twin, the list of steps, as one sees and hears them.

use crate::Lane;
use crate::hands::section;
use crate::page::Page;
use crate::wait::until;
use anyhow::Context;
use serde::Deserialize;
use serde_json::json;
use thirtyfour::By;

/// The diagram of a lane, at one moment.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Diagram {
    /// What it is called.
    pub title: String,
    /// The parties, from left to right.
    pub parties: Vec<String>,
    /// What stands beside the arrows, such as `not asked`.
    pub remark: String,
    /// The arrows, in order.
    pub arrows: Vec<Arrow>,
    /// The steps, in order; only those that aren't folded.
    pub steps: Vec<MarkedStep>,
    /// Whether a screen reader is led from the diagram to the steps.
    pub refers_to_steps: bool,
    /// Which texts stick out of the lane.
    pub outside: Vec<String>,
    /// Which texts stand on one another.
    pub overlapping: Vec<String>,
    /// How high the smallest text is set, in CSS pixels.
    pub smallest_text_pixels: f64,
}

/// An arrow.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Arrow {
    /// What stands at it.
    pub label: String,
    /// Whether it can be seen, moving or arrived.
    pub is_drawn: bool,
    /// How much of its way is drawn, in percent.
    pub percent: i64,
    /// Whether it is marked.
    pub is_marked: bool,
}

/// A step of the list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct MarkedStep {
    /// Everything that it says.
    pub text: String,
    /// Whether it is marked.
    pub is_marked: bool,
}

impl Diagram {
    /// Whether all of it is there.
    pub fn is_finished(&self) -> bool {
        self.arrows.iter().all(|arrow| arrow.percent == 100)
    }

    /// How many arrows have arrived.
    pub fn arrived(&self) -> usize {
        let arrived = self.arrows.iter().filter(|arrow| arrow.percent == 100);
        arrived.count()
    }

    /// The labels of the marked arrows.
    pub fn marked_arrows(&self) -> Vec<&str> {
        let marked = self.arrows.iter().filter(|arrow| arrow.is_marked);
        marked.map(|arrow| arrow.label.as_str()).collect()
    }

    /// What the marked steps say.
    pub fn marked_steps(&self) -> Vec<&str> {
        let marked = self.steps.iter().filter(|step| step.is_marked);
        marked.map(|step| step.text.as_str()).collect()
    }
}

/// An arrow is a group right in the drawing: its row, its way and its label. It has no name: its text is its name.
const READ: &str = r"
const text = (node) => (node ? node.textContent.replace(/\s+/g, ' ').trim() : '');
const lane = [...document.querySelectorAll('section')].find((it) => text(it.querySelector('h2')).startsWith(arguments[0]));
const drawing = lane.querySelector('svg[role=img]');
const list = document.getElementById(drawing.getAttribute('aria-describedby'));
const isClear = (colour) => /^(transparent|none)$|, 0\)$/.test(colour);
const share = (group) => {
  const track = group.querySelector('line:first-of-type') ;
  const wire = group.querySelectorAll('line')[1];
  if (wire) {
    const [from, to, tip] = [track.getAttribute('x1'), track.getAttribute('x2'), wire.getAttribute('x2')].map(parseFloat);
    return Math.round(100 * (tip - from) / (to - from));
  }
  return Math.round(100 * (1 - group.querySelector('[stroke-dashoffset]').getAttribute('stroke-dashoffset')));
};
const isOn = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
const edges = lane.getBoundingClientRect();
const shows = (node) => node.getClientRects().length > 0;
const words = [...drawing.querySelectorAll('text')].filter((it) => text(it) && shows(it));
return {
  title: text(drawing.querySelector('title')),
  parties: [...drawing.querySelectorAll(':scope > svg text')].map(text),
  remark: [...drawing.querySelectorAll(':scope > text')].filter(shows).map(text).join(' '),
  arrows: [...drawing.querySelectorAll(':scope > g')].map((group) => {
    const label = group.querySelector(':scope > text');
    return {
      label: text(label),
      is_drawn: getComputedStyle(label).visibility === 'visible',
      percent: share(group),
      is_marked: !isClear(getComputedStyle(group.querySelector('rect')).fill),
    };
  }),
  steps: [...(lane.querySelector('ol')?.querySelectorAll(':scope > li') ?? [])].map((line) => ({
    text: text(line),
    is_marked: getComputedStyle(line).boxShadow !== 'none',
  })),
  refers_to_steps: list !== null && list === lane.querySelector('ol'),
  outside: words.filter((it) => {
    const box = it.getBoundingClientRect();
    return box.left < edges.left - 0.5 || box.right > edges.right + 0.5;
  }).map(text),
  overlapping: words.flatMap((one, place) => words.slice(place + 1)
    .filter((other) => isOn(one.getBoundingClientRect(), other.getBoundingClientRect()))
    .map((other) => `${text(one)} / ${text(other)}`)),
  smallest_text_pixels: Math.min(...words.map((it) => parseFloat(getComputedStyle(it).fontSize))),
};
";

impl Page {
    /// The diagram of that lane now.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn diagram(&self, lane: Lane) -> anyhow::Result<Diagram> {
        let seen = self.script(READ, vec![json!(lane.heading())]).await?;
        serde_json::from_value(seen).context("the diagram reads otherwise than it should")
    }

    /// Waits until the diagram of that lane is as wanted; then what it is.
    ///
    /// # Errors
    /// Where it never is.
    pub async fn diagram_when(
        &self,
        lane: Lane,
        what: &str,
        is_it: impl Fn(&Diagram) -> bool,
    ) -> anyhow::Result<Diagram> {
        until(what, async || {
            let diagram = self.diagram(lane).await?;
            anyhow::ensure!(is_it(&diagram), "it is {diagram:#?}");
            Ok(Some(diagram))
        })
        .await
    }

    /// Points at the arrow with these words.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn point_at_arrow(&self, lane: Lane, words: &str) -> anyhow::Result<()> {
        let place = format!(
            "{}//*[local-name()='svg' and @role='img']/*[local-name()='g'][contains(., '{words}')]",
            section(lane)
        );
        self.point_at(&self.driver.find(By::XPath(place)).await?)
            .await
    }

    /// Points at the step with these words.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn point_at_step(&self, lane: Lane, words: &str) -> anyhow::Result<()> {
        let place = format!("{}//ol/li[contains(., '{words}')]", section(lane));
        self.point_at(&self.driver.find(By::XPath(place)).await?)
            .await
    }
}
