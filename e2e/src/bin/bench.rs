//! Measures the built site in a real browser, and fails where a bar is not met.

use e2e::{FILES_MISSING, Failure, Page, Setup, run};
use serde_json::json;
use std::process::ExitCode;

/// Twin runs a second that the server must reach in memory.
const BAR: f64 = 2_000.0;
/// Each round's length, and how many there are: their median counts.
const RUNS: u32 = 2_000;
const ROUNDS: u32 = 5;

/// Twin runs one after another, the page shown and painting all along: the rate of each round.
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

/// Notes when the page took its first question, and when the answer came.
const NOTE_FIRST_ANSWER: &str = "\
Object.defineProperty(window, 'playground', {
  configurable: true,
  set(playground) {
    Object.defineProperty(window, 'playground', { value: playground, configurable: true });
    const asked = performance.now();
    playground.inspect('').then(() => { window.firstAnswer = [asked, performance.now()]; });
  },
});";

fn main() -> Result<ExitCode, Failure> {
    let in_memory = run(Setup::default(), async |page| {
        first_load(page).await?;
        println!("\nTwin runs a second: one after another, full trace, the page painting");
        println!("                     median of {ROUNDS} × {RUNS}");
        page.site().before_worker(FILES_MISSING);
        page.open().await?;
        let in_memory = rate(page, "SQLite in memory").await?;
        page.site().before_worker("");
        page.open().await?;
        rate(page, "SQLite on OPFS").await?;
        Ok(in_memory)
    })?;
    if in_memory >= BAR {
        println!("\nThe bar is {BAR:.0} in memory: met.");
        Ok(ExitCode::SUCCESS)
    } else {
        println!("\nThe bar is {BAR:.0} in memory: NOT met.");
        Ok(ExitCode::FAILURE)
    }
}

async fn rate(page: &Page, what: &str) -> anyhow::Result<f64> {
    anyhow::ensure!(
        page.sign_in().await?.statuses() == [200, 200],
        "the sign-in failed"
    );
    let seen = page
        .async_script(MEASURE, vec![json!(RUNS), json!(ROUNDS)])
        .await?;
    let mut rates: Vec<f64> = serde_json::from_value(seen.clone())
        .map_err(|_| anyhow::anyhow!("the page did not measure: {seen}"))?;
    rates.sort_by(f64::total_cmp);
    let median = rates[rates.len() / 2];
    println!(
        "  {what:<18} {median:>7.0}   from {:.0} to {:.0}",
        rates[0],
        rates[rates.len() - 1]
    );
    Ok(median)
}

/// From this machine to itself: the network costs nothing here.
async fn first_load(page: &Page) -> anyhow::Result<()> {
    page.before_each_load(NOTE_FIRST_ANSWER).await?;
    page.open().await?;
    let seen = e2e::until("the first answer", async || {
        let script = "return window.firstAnswer && [performance.getEntriesByName('first-contentful-paint')[0].startTime, ...window.firstAnswer]";
        let seen = page.script(script, Vec::new()).await?;
        Ok(serde_json::from_value::<[f64; 3]>(seen).ok())
    });
    let [painted, taking_input, answered] = seen.await?;
    println!("First visit, files from this machine, in milliseconds after the navigation");
    println!("  first paint        {painted:>7.0}");
    println!("  takes input        {taking_input:>7.0}");
    println!("  first answer       {answered:>7.0}");
    Ok(())
}
