//! A long run of the load simulation by its buttons: how soon the first figures are seen, how soon it ends when it is
//! stopped, and whether the page stutters meanwhile.

use crate::figure::{Bar, Figure, percentile};
use crate::long_tasks;
use e2e::Page;
use serde_json::json;

/// So many that no run comes to its end here.
const REQUESTS: &str = "100000000";
/// How many runs.
const RUNS: u32 = 5;
/// Milliseconds.
const BAR_FIRST_FIGURES: Bar = Bar::AtMost(200.0);
const BAR_STOPPED: Bar = Bar::AtMost(100.0);

/// For each run: from *Run* to the first painted figures, and from *Stop*, two seconds later, until it is said that it
/// is stopped.
const MEASURE: &str = r"
const [runs, done] = arguments;
const section = (heading) => [...document.querySelectorAll('section')].find((it) => it.querySelector('h2')?.textContent.startsWith(heading));
const button = (name) => [...section('Load simulation').querySelectorAll('button')].find((it) => it.textContent.trim() === name);
const said = () => [...section('Load simulation').querySelectorAll('[role=status]')].map((it) => it.innerText).join(' ');
const caption = () => section('What came of it').querySelector('caption')?.textContent ?? '';
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const frame = () => new Promise(requestAnimationFrame);
const until = async (what) => {
  const began = performance.now();
  while (!what()) {
    if (performance.now() - began > 20000) throw new Error(`never: ${what}`);
    await frame();
  }
  // The frame that shows it is painted once the next one begins.
  await frame();
  return performance.now();
};
(async () => {
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    // The worker that waits for the order is there by then.
    await sleep(2000);
    const ran = performance.now();
    button('Run').click();
    // What came of the run before stands there until this one's figures come, and says so.
    if (run > 0) await until(() => caption().includes('of the run before'));
    const first = await until(() => caption().includes('so far'));
    await sleep(2000);
    const pressed = performance.now();
    button('Stop').click();
    const stopped = await until(() => said().includes('Stopped.'));
    times.push([first - ran, stopped - pressed]);
  }
  return times;
})().then(done, (error) => done(String(error)));";

/// The slowest of all runs, and the long tasks.
pub async fn measure(page: &Page) -> anyhow::Result<Vec<Figure>> {
    page.open().await?;
    let load = page.go_to_load().await?;
    load.settings.fill("Requests", REQUESTS).await?;
    long_tasks::watch(page).await?;
    let seen = page.async_script(MEASURE, vec![json!(RUNS)]).await?;
    let times: Vec<[f64; 2]> = serde_json::from_value(seen.clone())
        .map_err(|_| anyhow::anyhow!("the page did not measure: {seen}"))?;
    let slowest = |place: usize| {
        let mut all: Vec<f64> = times.iter().map(|run| run[place]).collect();
        percentile(&mut all, 1.0)
    };
    let mut figures = vec![
        Figure::new(
            "Load: first figures, the slowest of 5",
            slowest(0),
            "ms",
            BAR_FIRST_FIGURES,
        ),
        Figure::new(
            "Load: stopped, the slowest of 5",
            slowest(1),
            "ms",
            BAR_STOPPED,
        ),
    ];
    figures.extend(long_tasks::figures(page, ["  long tasks meanwhile", "  the longest"]).await?);
    Ok(figures)
}
