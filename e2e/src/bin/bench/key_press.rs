//! Key presses in a token's editors: how soon the verdict on what was typed is painted.

use crate::figure::{Bar, Figure, percentile};
use crate::long_tasks;
use e2e::{FILES_MISSING, Page};
use serde::Deserialize;
use serde_json::{Value, json};

/// How many there are.
const PRESSES: u32 = 200;
/// How long the token is, in octets.
const TOKEN_OCTETS: u32 = 2048;
/// What the verdict may take in milliseconds, for all but one in twenty: one frame.
const BAR_MILLISECONDS: f64 = 16.7;
/// How many there are in a token of a megabyte, and what each may take.
const LARGE_PRESSES: u32 = 20;
const LARGE_OCTETS: u32 = 1 << 20;
const LARGE_BAR_MILLISECONDS: f64 = 500.0;

/// With what the server signs while the studio is measured.
const ALGORITHMS: [&str; 3] = ["HS256", "ES256", "RS256"];

/// Where an editor is, and what its verdict says.
fn compare() -> Value {
    json!({
        "compact": "#token-compact",
        "payload": "#token-payload",
        "verdict": "#section-b .next-request",
        "buttons": "#section-b button",
        "accepted": "200",
        "refused": "401",
    })
}

fn studio() -> Value {
    json!({
        "compact": "#studio-token",
        "payload": "#studio-payload",
        "verdict": ".studio-verdict",
        "buttons": "main button",
        "accepted": "accepted",
        "refused": "refused",
    })
}

/// For each press: milliseconds until the verdict stands in the page, and how many frames until it is painted. The
/// payload goes back and forth between what the server signed and one letter more, so that each press changes the
/// verdict. A press comes right after a paint, at the worst time: all of the frame is still to come.
///
/// Of a token that is too long to be read in full, the compact text itself goes back and forth.
const MEASURE: &str = "\
const [editor, presses, octets, done] = arguments;
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
const verdict = () => field(`${editor.verdict} .verdict`)?.textContent ?? '';
const until = async (holds) => { while (!holds()) await frame(); };
const press = (name) => [...document.querySelectorAll(editor.buttons)].find((it) => it.textContent === name).click();
(async () => {
  const grown = { ...JSON.parse(field(editor.payload).value), note: '' };
  const missing = () => octets - field(editor.compact).value.length;
  type(editor.payload, JSON.stringify(grown));
  await frame();
  grown.note = 'x'.repeat(Math.floor(missing() * 3 / 4));
  type(editor.payload, JSON.stringify(grown));
  await until(() => verdict().includes(editor.refused));
  press('Re-sign as the server would');
  await until(() => verdict().includes(editor.accepted));
  const length = field(editor.compact).value.length;
  const typed = field(editor.payload).readOnly ? editor.compact : editor.payload;
  const signed = field(typed).value;
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
      observer.observe(field(editor.verdict), { subtree: true, childList: true, characterData: true });
    });
    let waits = true;
    (async () => { while (waits) { await frame(); frames += 1; } })();
    type(typed, count % 2 ? signed : `${signed}x`);
    const milliseconds = await changed;
    await frame();
    waits = false;
    seen.push([milliseconds, Math.max(frames, 1)]);
  }
  return { length, seen };
})().then(done, (error) => done(String(error)));";

/// Has the server sign with this, signs in, and takes the token into the studio.
const OPEN_STUDIO: &str = "\
const [algorithm, done] = arguments;
const frame = () => new Promise(requestAnimationFrame);
const until = async (holds) => { while (!holds()) await frame(); };
const select = () => document.querySelector('#studio-algorithm');
const press = (name) => [...document.querySelectorAll('main button')].find((it) => it.textContent === name).click();
const token = () => document.querySelector('#studio-token').value;
const named = () => JSON.parse(atob(token().split('.')[0])).alg;
(async () => {
  location.hash = '#/token';
  await until(select);
  select().value = [...select().options].find((it) => it.textContent === algorithm).value;
  select().dispatchEvent(new Event('change', { bubbles: true }));
  const signs = async () => {
    const signedIn = await playground.signIn('member', 'sample-password');
    const { access_token } = JSON.parse(signedIn.stateless.response.body);
    return JSON.parse(atob(access_token.split('.')[0])).alg === algorithm;
  };
  while (!await signs()) await frame();
  press('Take the browser’s');
  await until(() => token() && named() === algorithm);
})().then(() => done('open'), (error) => done(String(error)));";

#[derive(Deserialize)]
struct Measured {
    length: f64,
    seen: Vec<(f64, f64)>,
}

/// What nineteen of twenty presses don't exceed, in Compare's editor and in the studio.
pub async fn measure(page: &Page) -> anyhow::Result<Vec<Figure>> {
    page.site().before_worker(FILES_MISSING);
    page.open().await?;
    page.sign_in().await?;
    let mut figures = presses(page, "Compare", compare()).await?;
    for algorithm in ALGORITHMS {
        let opened = page
            .async_script(OPEN_STUDIO, vec![json!(algorithm)])
            .await?;
        anyhow::ensure!(opened == json!("open"), "the studio did not open: {opened}");
        figures.extend(presses(page, algorithm, studio()).await?);
    }
    figures.push(large(page).await?);
    Ok(figures)
}

/// In a token of usual length.
async fn presses(page: &Page, place: &str, editor: Value) -> anyhow::Result<Vec<Figure>> {
    long_tasks::watch(page).await?;
    let Measured { length, seen } = measured(page, editor, PRESSES, TOKEN_OCTETS).await?;
    let (mut milliseconds, mut frames): (Vec<f64>, Vec<f64>) = seen.into_iter().unzip();
    let median = percentile(&mut milliseconds, 0.5);
    let p95 = percentile(&mut milliseconds, 0.95);
    let frames = percentile(&mut frames, 0.95);
    let named = |what: &str| format!("{place}: {what}");
    let mut figures = vec![
        Figure::new(named("token in the editor"), length, "octets", Bar::None),
        Figure::new(
            named("key press to verdict, median"),
            median,
            "ms",
            Bar::None,
        ),
        Figure::new(
            named("key press to verdict, p95"),
            p95,
            "ms",
            Bar::AtMost(BAR_MILLISECONDS),
        ),
        Figure::new(
            named("frames until it is painted, p95"),
            frames,
            "",
            Bar::AtMost(1.0),
        ),
    ];
    figures
        .extend(long_tasks::figures(page, ["  long tasks while typing", "  the longest"]).await?);
    Ok(figures)
}

/// In a token of a megabyte, in the studio.
async fn large(page: &Page) -> anyhow::Result<Figure> {
    let Measured { seen, .. } = measured(page, studio(), LARGE_PRESSES, LARGE_OCTETS).await?;
    let mut milliseconds: Vec<f64> = seen
        .into_iter()
        .map(|(milliseconds, _)| milliseconds)
        .collect();
    Ok(Figure::new(
        "1 MB in the studio: key press to verdict, p95",
        percentile(&mut milliseconds, 0.95),
        "ms",
        Bar::AtMost(LARGE_BAR_MILLISECONDS),
    ))
}

async fn measured(
    page: &Page,
    editor: Value,
    presses: u32,
    octets: u32,
) -> anyhow::Result<Measured> {
    let answer = page
        .async_script(MEASURE, vec![editor, json!(presses), json!(octets)])
        .await?;
    serde_json::from_value(answer.clone())
        .map_err(|_| anyhow::anyhow!("the page did not measure: {answer}"))
}
