//! Key presses in the token's editor: how soon the verdict on what was typed is painted.

use crate::figure::{Bar, Figure, percentile};
use crate::long_tasks;
use e2e::{FILES_MISSING, Page};
use serde_json::json;

/// How many there are.
const PRESSES: u32 = 200;
/// How long the token is, in octets.
const TOKEN_OCTETS: u32 = 2048;
/// What the verdict may take in milliseconds, for all but one in twenty: one frame.
const BAR_MILLISECONDS: f64 = 16.7;

/// For each press: milliseconds until the verdict stands in the page, and how many frames until it is painted. The
/// payload goes back and forth between what the server signed and one letter more, so that each press changes the
/// verdict. A press comes right after a paint, at the worst time: all of the frame is still to come.
const MEASURE: &str = "\
const [presses, octets, done] = arguments;
const frame = () => new Promise(requestAnimationFrame);
const later = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = resolve;
  port2.postMessage(null);
});
const field = (id) => document.querySelector(id);
const type = (id, text) => {
  field(id).value = text;
  field(id).dispatchEvent(new Event('input', { bubbles: true }));
};
const verdict = () => field('#section-b .next-request .verdict')?.textContent ?? '';
const until = async (holds) => { while (!holds()) await frame(); };
const press = (name) => [...document.querySelectorAll('#section-b button')].find((it) => it.textContent === name).click();
(async () => {
  const grown = { ...JSON.parse(field('#token-payload').value), note: '' };
  const missing = () => octets - field('#token-compact').value.length;
  type('#token-payload', JSON.stringify(grown));
  await frame();
  grown.note = 'x'.repeat(Math.floor(missing() * 3 / 4));
  const signed = JSON.stringify(grown);
  type('#token-payload', signed);
  await until(() => verdict().includes('401'));
  press('Re-sign as the server would');
  await until(() => verdict().includes('200'));
  const length = field('#token-compact').value.length;
  const seen = [];
  for (let count = 0; count < presses; count += 1) {
    const before = verdict();
    await frame();
    await later();
    const began = performance.now();
    let frames = 0;
    const changed = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (verdict() !== before) { observer.disconnect(); resolve(performance.now() - began); }
      });
      observer.observe(field('#section-b .next-request'), { subtree: true, childList: true, characterData: true });
    });
    let waits = true;
    (async () => { while (waits) { await frame(); frames += 1; } })();
    type('#token-payload', count % 2 ? signed : `${signed} `);
    const milliseconds = await changed;
    await frame();
    waits = false;
    seen.push([milliseconds, Math.max(frames, 1)]);
  }
  return { length, seen };
})().then(done, (error) => done(String(error)));";

/// What nineteen of twenty presses don't exceed.
pub async fn measure(page: &Page) -> anyhow::Result<Vec<Figure>> {
    page.site().before_worker(FILES_MISSING);
    page.open().await?;
    page.sign_in().await?;
    long_tasks::watch(page).await?;
    let answer = page
        .async_script(MEASURE, vec![json!(PRESSES), json!(TOKEN_OCTETS)])
        .await?;
    let seen: Vec<(f64, f64)> = serde_json::from_value(answer["seen"].clone())
        .map_err(|_| anyhow::anyhow!("the page did not measure: {answer}"))?;
    let (mut milliseconds, mut frames): (Vec<f64>, Vec<f64>) = seen.into_iter().unzip();
    let median = percentile(&mut milliseconds, 0.5);
    let p95 = percentile(&mut milliseconds, 0.95);
    let frames = percentile(&mut frames, 0.95);
    let octets = answer["length"].as_f64().unwrap_or_default();
    let mut figures = vec![
        Figure::new("Token in the editor", octets, "octets", Bar::None),
        Figure::new("Key press to verdict, median", median, "ms", Bar::None),
        Figure::new(
            "Key press to verdict, p95",
            p95,
            "ms",
            Bar::AtMost(BAR_MILLISECONDS),
        ),
        Figure::new(
            "Frames until it is painted, p95",
            frames,
            "",
            Bar::AtMost(1.0),
        ),
    ];
    figures.extend(long_tasks::figures(page, ["Long tasks while typing", "  the longest"]).await?);
    Ok(figures)
}
