//! Whether a full history slows the page: the rate at its start against the rate once it has long dropped the oldest.

use crate::figure::{Bar, Figure};
use e2e::{FILES_MISSING, Page, SAMPLE_PASSWORD};
use serde_json::json;

/// Twin runs in all: more than the history keeps.
const RUNS: u32 = 3_000;
/// How many of them, from the start and from the end, are compared.
const COMPARED: u32 = 500;
/// A page's code is compiled anew while it runs, and this machine does other things: less is no slowing.
const BAR_PERCENT: f64 = 80.0;

/// Warms up, forgets the history, signs in again; then the rates of the first and of the last.
const MEASURE: &str = "\
const [runs, compared, password, done] = arguments;
const run = async (count) => {
  const started = performance.now();
  for (let each = 0; each < count; each += 1) await playground.sendToBoth('/me');
  return 1000 * count / (performance.now() - started);
};
(async () => {
  await run(runs);
  await playground.reset();
  await playground.signIn('member', password);
  const first = await run(compared);
  await run(runs - 2 * compared);
  return [first, await run(compared)];
})().then(done, (error) => done(String(error)));";

/// Both rates, and the one as a share of the other.
pub async fn measure(page: &Page) -> anyhow::Result<Vec<Figure>> {
    page.site().before_worker(FILES_MISSING);
    page.open().await?;
    page.sign_in().await?;
    let seen = page
        .async_script(
            MEASURE,
            vec![json!(RUNS), json!(COMPARED), json!(SAMPLE_PASSWORD)],
        )
        .await?;
    let [first, last]: [f64; 2] = serde_json::from_value(seen.clone())
        .map_err(|_| anyhow::anyhow!("the page did not measure: {seen}"))?;
    Ok(vec![
        Figure::new("The first 500 twin runs", first, "a second", Bar::None),
        Figure::new("The last 500 of 3,000", last, "a second", Bar::None),
        Figure::new(
            "  of the first",
            100.0 * last / first,
            "%",
            Bar::AtLeast(BAR_PERCENT),
        ),
    ])
}
