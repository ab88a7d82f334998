//! Twin runs one after another, full trace, the page shown and painting all along.

use crate::figure::{Bar, Figure};
use crate::long_tasks;
use e2e::{FILES_MISSING, Page};
use serde_json::json;

/// Twin runs a second that the server must reach in memory.
const BAR: f64 = 2_000.0;
/// Each round's length, and how many there are: their median counts.
const RUNS: u32 = 2_000;
const ROUNDS: u32 = 5;

/// The rate of each round.
const MEASURE: &str = "\
const [runs, rounds, done] = arguments;
(async () => {
  const rates = [];
  for (let round = -1; round < rounds; round += 1) {
    const started = performance.now();
    for (let run = 0; run < runs; run += 1) {
      const { stateful, stateless } = await playground.sendToBoth('/me');
      if (stateful.status !== 200 || stateless.status !== 200) throw new Error('not signed in');
    }
    // The first round only warms up.
    if (round >= 0) rates.push(1000 * runs / (performance.now() - started));
  }
  return rates;
})().then(done, (error) => done(String(error)));";

/// In memory and on OPFS.
pub async fn measure(page: &Page) -> anyhow::Result<Vec<Figure>> {
    page.site().before_worker(FILES_MISSING);
    page.open().await?;
    let in_memory = rate(page).await?;
    let tasks = long_tasks::figures(page, ["  long tasks meanwhile", "  the longest"]).await?;
    page.site().before_worker("");
    page.open().await?;
    let on_opfs = rate(page).await?;
    let mut figures = vec![Figure::new(
        "Twin runs, SQLite in memory",
        in_memory,
        "a second",
        Bar::AtLeast(BAR),
    )];
    figures.extend(tasks);
    figures.push(Figure::new(
        "Twin runs, SQLite on OPFS",
        on_opfs,
        "a second",
        Bar::None,
    ));
    Ok(figures)
}

async fn rate(page: &Page) -> anyhow::Result<f64> {
    anyhow::ensure!(
        page.sign_in().await?.statuses() == [200, 200],
        "the sign-in failed"
    );
    long_tasks::watch(page).await?;
    let seen = page
        .async_script(MEASURE, vec![json!(RUNS), json!(ROUNDS)])
        .await?;
    let mut rates: Vec<f64> = serde_json::from_value(seen.clone())
        .map_err(|_| anyhow::anyhow!("the page did not measure: {seen}"))?;
    rates.sort_by(f64::total_cmp);
    Ok(rates[rates.len() / 2])
}
