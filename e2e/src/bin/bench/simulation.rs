//! Simulated requests a second in the browser, as anyone can ask for them at the console.

use crate::figure::{Bar, Figure};
use crate::long_tasks;
use anyhow::Context;
use e2e::Page;
use serde::Deserialize;
use serde_json::{Value, json};

/// How many runs of each: the median counts.
const ROUNDS: usize = 3;
/// How much slower a thousand servers may be than one.
const BAR_SERVERS: Bar = Bar::AtMost(2.0);

/// What is told of each of some runs, one after another.
const MEASURE: &str = "\
const [settings, rounds, done] = arguments;
(async () => {
  const runs = [];
  for (let round = 0; round < rounds; round += 1) {
    const { requests, simulatedIn } = await playground.simulate(settings);
    runs.push({ requests, seconds: simulatedIn });
  }
  return runs;
})().then(done, (error) => done(String(error)));";

#[derive(Deserialize)]
struct Ran {
    requests: f64,
    seconds: f64,
}

/// The models of the bars: one station, two lanes with a store, and a fleet of one beside one of a thousand.
pub async fn measure(page: &Page) -> anyhow::Result<Vec<Figure>> {
    page.open().await?;
    long_tasks::watch(page).await?;
    let station = rate(
        page,
        json!({
            "requests": 10_000_000, "arrivals": { "poisson": 0.8 }, "servers": 1,
            "queue": "shared", "service": { "exponential": 1.0 },
        }),
    )
    .await?;
    let lanes = rate(
        page,
        json!({ "requests": 1_000_000, "lanes": ["stateful", "stateless"] }),
    )
    .await?;
    let fleet = async |servers: u32| {
        rate(
            page,
            json!({
                "requests": 1_000_000, "servers": servers, "queue": "two-choices",
                "arrivals": { "poisson": 120 * servers }, "applicationReads": 0,
                "lanes": ["stateful", "stateless"],
            }),
        )
        .await
    };
    let (one, thousand) = (fleet(1).await?, fleet(1_000).await?);
    let mut figures = vec![
        Figure::new(
            "Simulated: one station",
            station,
            "requests/s",
            Bar::AtLeast(3_000_000.0),
        ),
        Figure::new(
            "Simulated: two lanes with a store",
            lanes,
            "requests/s",
            Bar::AtLeast(500_000.0),
        ),
        Figure::new(
            "Simulated: 1 server, two choices",
            one,
            "requests/s",
            Bar::None,
        ),
        Figure::new(
            "Simulated: 1,000 servers, two choices",
            thousand,
            "requests/s",
            Bar::None,
        ),
        Figure::new("  times as long as with 1", one / thousand, "", BAR_SERVERS),
    ];
    figures.extend(long_tasks::figures(page, ["  long tasks meanwhile", "  the longest"]).await?);
    Ok(figures)
}

/// Requests that arrive in a second of real time: one that both lanes serve is one.
async fn rate(page: &Page, settings: Value) -> anyhow::Result<f64> {
    let seen = page
        .async_script(MEASURE, vec![settings, json!(ROUNDS)])
        .await?;
    let runs: Vec<Ran> = serde_json::from_value(seen.clone())
        .map_err(|_| anyhow::anyhow!("the page did not simulate: {seen}"))?;
    let mut rates: Vec<f64> = runs.iter().map(|run| run.requests / run.seconds).collect();
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().context("it ran")
}
