//! How long a visit takes from the navigation to the first answer that is seen, and what it loads: the page, and beside
//! it a page with msw and jose alone. Both come from the same host over a line of 10 Mbit/s and 40 ms. A first visit is a
//! browser's that was never there; a repeat visit follows in another tab. Both sites are visited in turns, and nobody asks
//! the page anything before the visit is over.

use crate::figure::{Bar, Figure, median};
use crate::host::{Files, Host, Line, Served};
use crate::measured::Measured;
use crate::peers;
use crate::ratio::{Ratio, Theirs};
use anyhow::Context;
use e2e::{Failure, Page, Setup, run, until};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

const MEGABITS_PER_SECOND: f64 = 10.0;
const ROUND_TRIP: Duration = Duration::from_millis(40);
/// How many first visits there are, and how many repeat visits: their medians count.
const VISITS: usize = 9;
/// How many times as long as on the peer's page a first visit may take.
const BAR_FIRST: Bar = Bar::AtMost(1.5);
/// How much of a first visit a repeat visit may take.
const BAR_REPEAT: Bar = Bar::AtMost(0.5);
/// What the line may do better than it says, as the browser sees it: its clock is no finer.
const TOLERANCE: f64 = 1.03;
/// A host that is asked for nothing for so long has given what the visit needs. A page may wait before it has its files
/// kept, and an engine before it keeps compiled code: whoever comes back has seldom left at once.
const QUIET: Duration = Duration::from_secs(3);

/// Presses *Send to both* as soon as it is there, and notes when its answer is.
const SEND_AND_NOTE: &str = "\
addEventListener('DOMContentLoaded', () => {
  const look = () => {
    const button = [...document.querySelectorAll('button')].find((it) => it.textContent.trim() === 'Send to both');
    if (button && !window.pressed) {
      window.pressed = performance.now();
      button.click();
    }
    if (!document.querySelector('#section-b .verdict b')?.textContent.includes('401')) return;
    window.firstAnswer = performance.now();
    observer.disconnect();
  };
  const observer = new MutationObserver(look);
  observer.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
});";

/// When the answer was there, when the button was, and how the page's largest file came: the megabits a second, and the
/// milliseconds until its first octet.
const SEEN: &str = "\
if (!window.firstAnswer) return null;
const fetched = performance.getEntriesByType('resource').filter((it) => it.transferSize > 0);
const largest = fetched.reduce((one, other) => (other.encodedBodySize > (one?.encodedBodySize ?? 0) ? other : one), null);
return {
  answered: window.firstAnswer,
  pressed: window.pressed ?? null,
  megabits: largest && largest.encodedBodySize * 8 / 1000 / (largest.responseEnd - largest.responseStart),
  wait: largest && largest.responseStart - largest.requestStart,
};";

/// What a page saw of its visit.
#[derive(serde::Deserialize)]
struct Seen {
    answered: f64,
    pressed: Option<f64>,
    megabits: Option<f64>,
    wait: Option<f64>,
}

struct Visit {
    seen: Seen,
    served: Vec<Served>,
}

impl Visit {
    fn octets(&self) -> usize {
        self.served.iter().map(|served| served.octets).sum()
    }
}

/// First visits and repeat visits of one site.
struct Visits {
    files: Arc<Files>,
    /// The script that each page runs before its own.
    before: &'static str,
    first: Vec<Visit>,
    repeat: Vec<Visit>,
}

impl Visits {
    fn of(folder: &Path, before: &'static str) -> Result<Self, Failure> {
        Ok(Self {
            files: Arc::new(Files::read(folder)?),
            before,
            first: Vec::new(),
            repeat: Vec::new(),
        })
    }

    /// Two more, by a browser of their own.
    fn pay(&mut self) -> Result<(), Failure> {
        let (files, before) = (self.files.clone(), self.before);
        let (first, repeat) = run(Setup::just_started(), async move |page: &Page| {
            let line = Line::new(MEGABITS_PER_SECOND, ROUND_TRIP);
            let host = Host::open(files.clone(), Some(line))?;
            let first = visit(page, &host, before).await?;
            let old = page.tab().await?;
            let new = page.new_tab().await?;
            page.switch_to(&old).await?;
            page.close_tab().await?;
            page.switch_to(&new).await?;
            Ok((first, visit(page, &host, before).await?))
        })?;
        self.first.push(first);
        self.repeat.push(repeat);
        Ok(())
    }
}

/// Both sites, and their ratios.
pub fn measure() -> Result<Measured, Failure> {
    let dist = std::env::var_os("DIST").map(PathBuf::from);
    let dist = dist.context("DIST must name the built site: run `cargo xtask bench`")?;
    let mut ours = Visits::of(&dist, SEND_AND_NOTE)?;
    let mut theirs = match peers::folder_with("first_visit/index.js") {
        Some(folder) => Some(Visits::of(&folder.join("first_visit"), "")?),
        None => None,
    };
    for _ in 0..VISITS {
        ours.pay()?;
        if let Some(theirs) = &mut theirs {
            theirs.pay()?;
        }
    }
    println!("{}", broken_down(&ours.first));
    let mut measured = Measured::from(figures(&ours, theirs.as_ref())?);
    let peer = format!("{} + {}", peers::named("msw"), peers::named("jose"));
    let beside = |of: fn(&Visits) -> f64| match &theirs {
        Some(theirs) => Theirs::Value(of(theirs)),
        None => Theirs::Missing,
    };
    let mut row = |what: &str, unit, ours, peer: &str, theirs, bar| {
        measured.ratios.push(Ratio {
            what: what.to_owned(),
            unit,
            ours,
            peer: peer.to_owned(),
            theirs,
            bar,
        });
    };
    let first: fn(&Visits) -> f64 = |visits| answered(&visits.first);
    let repeat: fn(&Visits) -> f64 = |visits| answered(&visits.repeat);
    let weight: fn(&Visits) -> f64 = |visits| kilobytes(&visits.first);
    row(
        "Octets of a first visit",
        "kB",
        weight(&ours),
        &peer,
        beside(weight),
        Bar::None,
    );
    row(
        "First visit to the first answer",
        "ms",
        first(&ours),
        &peer,
        beside(first),
        BAR_FIRST,
    );
    row(
        "Repeat visit to the first answer",
        "ms",
        repeat(&ours),
        &peer,
        beside(repeat),
        Bar::None,
    );
    let own = Theirs::Value(first(&ours));
    row(
        "Repeat visit to the first answer",
        "ms",
        repeat(&ours),
        "our first visit",
        own,
        BAR_REPEAT,
    );
    Ok(measured)
}

async fn visit(page: &Page, host: &Host, before: &str) -> anyhow::Result<Visit> {
    let earlier = host.served().len();
    page.before_all_pages(before).await?;
    page.go_elsewhere(host.url()).await?;
    let mut last = (0, Instant::now());
    until("the host to rest", async || {
        let count = host.served().len();
        if count != last.0 {
            last = (count, Instant::now());
        }
        Ok((last.1.elapsed() > QUIET).then_some(()))
    })
    .await?;
    let seen = until("the first answer", async || {
        let seen = page.script(SEEN, Vec::new()).await?;
        Ok(serde_json::from_value::<Option<Seen>>(seen)?)
    })
    .await?;
    let served = host.served().split_off(earlier);
    Ok(Visit { seen, served })
}

fn answered(visits: &[Visit]) -> f64 {
    let times: Vec<f64> = visits.iter().map(|visit| visit.seen.answered).collect();
    median(&times)
}

fn kilobytes(visits: &[Visit]) -> f64 {
    let octets: Vec<f64> = visits.iter().map(|visit| visit.octets() as f64).collect();
    median(&octets) / 1000.0
}

/// What is told of ours alone, and that the line held what it promised.
fn figures(ours: &Visits, theirs: Option<&Visits>) -> anyhow::Result<Vec<Figure>> {
    let pressed = |visits: &[Visit]| {
        let times: Vec<f64> = visits
            .iter()
            .filter_map(|visit| visit.seen.pressed)
            .collect();
        median(&times)
    };
    let all: Vec<&Visit> = [Some(ours), theirs]
        .into_iter()
        .flatten()
        .flat_map(|visits| &visits.first)
        .collect();
    let megabits = all.iter().filter_map(|visit| visit.seen.megabits);
    let fastest = megabits.fold(0.0, f64::max);
    let waits = all.iter().filter_map(|visit| visit.seen.wait);
    let hosts = all.iter().flat_map(|visit| &visit.served);
    let hosts = hosts.map(|served| (served.begun - served.asked).as_secs_f64() * 1000.0);
    let shortest = waits.chain(hosts).fold(f64::INFINITY, f64::min);
    let trip = ROUND_TRIP.as_secs_f64() * 1000.0;
    Ok(vec![
        Figure::new(
            "First visit, 10 Mbit/s: the button is there",
            pressed(&ours.first),
            "ms",
            Bar::None,
        ),
        Figure::new(
            "Repeat visit, 10 Mbit/s: the button is there",
            pressed(&ours.repeat),
            "ms",
            Bar::None,
        ),
        Figure::new(
            "Repeat visit: loaded",
            kilobytes(&ours.repeat),
            "kB",
            Bar::None,
        ),
        Figure::new(
            "The line: the fastest that a browser saw",
            fastest,
            "Mbit/s",
            Bar::AtMost(MEGABITS_PER_SECOND * TOLERANCE),
        ),
        Figure::new(
            "  the shortest wait, workers' too",
            shortest,
            "ms",
            Bar::AtLeast(trip / TOLERANCE),
        ),
    ])
}

/// The files of the first visit in the middle, and when each was on the line, in milliseconds after the page was asked for.
fn broken_down(visits: &[Visit]) -> String {
    let middle = answered(visits);
    let mut text = format!(
        "\nA first visit, answered after {middle:.0} ms:\n{:>9} {:>6} {:>6} {:>6}\n",
        "octets", "asked", "began", "ended"
    );
    let visit = visits.iter().find(|visit| visit.seen.answered == middle);
    let Some(visit) = visit else { return text };
    let begun = visit
        .served
        .iter()
        .map(|served| served.asked)
        .min()
        .unwrap_or_default();
    let milliseconds = |time: Duration| (time - begun).as_millis();
    for served in &visit.served {
        text.push_str(&format!(
            "{:>9} {:>6} {:>6} {:>6}  {}\n",
            served.octets,
            milliseconds(served.asked),
            milliseconds(served.begun),
            milliseconds(served.ended),
            served.path
        ));
    }
    text
}
