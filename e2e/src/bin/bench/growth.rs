//! A million sessions, filled in by the page's own button: how fast, what a lookup costs then against one among a
//! thousand, and whether the page stutters meanwhile. In memory, and in the browser's own files.

use crate::figure::{Bar, Figure};
use crate::long_tasks;
use anyhow::{Context, ensure};
use e2e::{FILES_MISSING, Page};
use serde_json::json;

/// Sessions a second.
const BAR_IN_MEMORY: Bar = Bar::AtLeast(100_000.0);
const BAR_IN_FILES: Bar = Bar::AtLeast(50_000.0);
/// How many times a lookup among a thousand one among a million may cost.
const BAR_RATIO: Bar = Bar::AtMost(3.0);

/// How many sessions there are at last.
const SESSIONS: u64 = 1_000_000;

/// Presses a button of the section; gives what is said when that has come to its end, and how many seconds it took.
const PRESS: &str = r"
const [button, end, done] = arguments;
const section = [...document.querySelectorAll('section')].find((it) => it.querySelector('h2')?.textContent.startsWith('Growth'));
const said = () => [...section.querySelectorAll('[role=status]')].map((it) => it.innerText).join(' ');
const name = (it) => it.getAttribute('aria-label') ?? it.textContent;
[...section.querySelectorAll('button')].find((it) => name(it) === button).click();
const began = performance.now();
const look = () => {
  if (said().includes(end)) done([said(), (performance.now() - began) / 1000]);
  else setTimeout(look, 100);
};
look();
";

/// Where the database is.
#[derive(Clone, Copy)]
enum Place {
    Memory,
    Files,
}

/// In memory.
pub async fn measure_in_memory(page: &Page) -> anyhow::Result<Vec<Figure>> {
    page.site().before_worker(FILES_MISSING);
    measure(page, Place::Memory).await
}

/// In the browser's own files.
pub async fn measure_in_files(page: &Page) -> anyhow::Result<Vec<Figure>> {
    measure(page, Place::Files).await
}

async fn measure(page: &Page, place: Place) -> anyhow::Result<Vec<Figure>> {
    page.open().await?;
    page.go_to_store().await?;
    long_tasks::watch(page).await?;
    let (said, seconds) = press(page, "Fill to 1,000,000", "Done. 1,000,000 sessions").await?;
    page.part("Tables").says("sessions: 1,000,000 rows").await?;
    let rate = number_before(&said, " rows a second").context(said)?;

    let count = page
        .console("playground.sql('SELECT count(*) FROM sessions')")
        .await?;
    ensure!(count["rows"] == json!([[SESSIONS]]), "there are {count}");
    let growth = page.part("Growth").view().await?;
    let numbers = growth.table("The chart in numbers")?;
    let lookup = |sessions: &str| {
        let row = numbers.rows.iter().find(|row| row.cells[0] == sessions);
        let row =
            row.with_context(|| format!("nothing was measured at {sessions}: {numbers:?}"))?;
        microseconds(&row.cells[1])
    };
    let (_, undone) = press(page, "Undo batch 1", "Batch 1 is gone. 0 sessions").await?;
    page.part("Tables").says("sessions: empty").await?;
    let [few, many] = [lookup("1,000")?, lookup("1,000,000")?];
    let cache = number_before(&growth.text, " KiB of pages").unwrap_or_default();

    let (names, bar_rate, bar_ratio) = match place {
        Place::Memory => (
            [
                "Sessions filled in, in memory",
                "Lookup among 1,000, in memory",
                "Lookup among 1,000,000, in memory",
                "  as many times as much",
                "Long tasks of the page meanwhile",
                "  the longest",
            ],
            BAR_IN_MEMORY,
            BAR_RATIO,
        ),
        Place::Files => (
            [
                "Sessions filled in, in files",
                "Lookup among 1,000, in files",
                "Lookup among 1,000,000, in files",
                "  as many times as much, in files",
                "Long tasks of the page meanwhile, in files",
                "  the longest, in files",
            ],
            BAR_IN_FILES,
            Bar::None,
        ),
    };
    let mut figures = vec![
        Figure::new(names[0], rate, "a second", bar_rate),
        Figure::new("  with all measurements", seconds, "s", Bar::None),
        Figure::new(names[1], few, "µs", Bar::None),
        Figure::new(names[2], many, "µs", Bar::None),
        Figure::new(names[3], many / few, "", bar_ratio),
        Figure::new("  with a page cache of", cache, "KiB", Bar::None),
        Figure::new("  the undoing of all", undone, "s", Bar::None),
    ];
    figures.extend(long_tasks::figures(page, [names[4], names[5]]).await?);
    Ok(figures)
}

async fn press(page: &Page, button: &str, end: &str) -> anyhow::Result<(String, f64)> {
    let ended = page
        .async_script(PRESS, vec![json!(button), json!(end)])
        .await?;
    Ok(serde_json::from_value(ended)?)
}

/// The number before these words, such as 123456 in `123,456 rows`.
fn number_before(said: &str, words: &str) -> Option<f64> {
    let before = said.split(words).next()?;
    before.rsplit(' ').next()?.replace(',', "").parse().ok()
}

/// A duration as the page writes it.
fn microseconds(said: &str) -> anyhow::Result<f64> {
    let (number, unit) = said.split_once(' ').with_context(|| said.to_owned())?;
    let number: f64 = number.trim_start_matches('<').replace(',', "").parse()?;
    match unit {
        "ns" => Ok(number / 1_000.0),
        "µs" => Ok(number),
        "ms" => Ok(number * 1_000.0),
        _ => anyhow::bail!("“{said}” is no duration"),
    }
}
