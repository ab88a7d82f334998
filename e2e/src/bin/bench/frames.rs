//! Single twin runs, each played to its end: what the frame takes that follows an answer, and whether anything stutters.

use crate::figure::{Bar, Figure, percentile};
use crate::long_tasks;
use e2e::{FILES_MISSING, Page};
use serde_json::json;

/// How many there are.
const RUNS: u32 = 40;

/// From the beginning of the frame that follows an answer until it is painted, in milliseconds, for each run. The
/// diagrams play at four times the speed, so that waiting for their end is short.
const MEASURE: &str = "\
const [runs, done] = arguments;
const frame = () => new Promise(requestAnimationFrame);
const painted = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => resolve(performance.now());
  port2.postMessage(null);
});
const pause = () => document.querySelector(`button[aria-label='Pause']`);
(async () => {
  const speed = document.querySelector('#speed');
  speed.value = speed.options[speed.options.length - 1].value;
  speed.dispatchEvent(new Event('change', { bubbles: true }));
  while (pause()) await frame();
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    await playground.sendToBoth(run % 2 ? '/me' : '/orders');
    const began = await frame();
    times.push(await painted() - began);
    while (!pause()) await frame();
    while (pause()) await frame();
  }
  return times;
})().then(done, (error) => done(String(error)));";

/// What nineteen of twenty frames don't exceed, and the long tasks.
pub async fn measure(page: &Page) -> anyhow::Result<Vec<Figure>> {
    page.site().before_worker(FILES_MISSING);
    page.open().await?;
    page.sign_in().await?;
    long_tasks::watch(page).await?;
    let seen = page.async_script(MEASURE, vec![json!(RUNS)]).await?;
    let mut times: Vec<f64> = serde_json::from_value(seen.clone())
        .map_err(|_| anyhow::anyhow!("the page did not measure: {seen}"))?;
    let p95 = percentile(&mut times, 0.95);
    let median = percentile(&mut times, 0.5);
    let mut figures = vec![
        Figure::new("Frame after an answer, median", median, "ms", Bar::None),
        Figure::new("Frame after an answer, p95", p95, "ms", Bar::None),
    ];
    figures
        .extend(long_tasks::figures(page, ["Long tasks while it plays", "  the longest"]).await?);
    Ok(figures)
}
