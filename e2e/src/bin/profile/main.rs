//! Starts a page that tells which of its functions ran, and writes down those that ran until a first answer was shown, or
//! what the page shows first: a line for each, of its program and its number. Its argument names the file.

use anyhow::Context;
use e2e::{Failure, Page, Setup, run, until};
use serde_json::json;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;

/// What is asked of page and worker, once three frames more are drawn. Who does not hear it yet is asked again.
const TELL: &str = "\
const [programs, done] = arguments;
const ask = () => {
  const channel = new BroadcastChannel('functions that ran');
  const told = new Map();
  const asking = setInterval(() => channel.postMessage('tell'), 50);
  channel.onmessage = ({ data }) => {
    if (data.program) told.set(data.program, data.ran);
    if (!programs.every((it) => told.has(it))) return;
    clearInterval(asking);
    channel.close();
    done([...told]);
  };
  channel.postMessage('tell');
};
const frames = (left) => (left ? requestAnimationFrame(() => frames(left - 1)) : ask());
frames(3);";

/// Where visits begin besides at the page's own address.
const PLACES: [&str; 11] = [
    "#/token",
    "#/cookie",
    "#/store",
    "#/fleet",
    "#/advice",
    "#/guide",
    "#/guide/restart",
    "#/guide/kill",
    "#/compare?embed",
    "#/compare?b=%22denylist%22&request=GET%20%2Fme",
    "#/store?a=%22token-in-cookie%22&b=%22hybrid%22&clock=3600&sign=EdDSA",
];

/// The programs, as the build calls them.
const BOTH: [&str; 2] = ["ticket-or-passport", "worker"];
const PAGE_ALONE: [&str; 1] = [BOTH[0]];

fn main() -> Result<(), Failure> {
    let file = std::env::args().nth(1).context("name a file")?;
    let mut lines = String::new();
    for service_workers in [true, false] {
        let setup = Setup {
            service_workers,
            ..Setup::just_started()
        };
        lines += &run(setup, async |page| first_visit(page, false).await)?;
        lines += &run(setup, async |page| first_visit(page, true).await)?;
    }
    lines += &run(Setup::just_started(), with_settings)?;
    lines += &run(Setup::just_started(), another_visit)?;
    for place in PLACES {
        lines += &run(Setup::just_started(), async move |page| {
            hold_parts(page)?;
            page.leave_for(&format!("{}{place}", page.site().url()))
                .await?;
            page.taking_input().await?;
            // Parts that are held take all connections: the worker's program does not come.
            told(page, &PAGE_ALONE).await
        })?;
    }
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(file)
        .context("it can't be written")?;
    file.write_all(lines.as_bytes())
        .context("it can't be written")?;
    Ok(())
}

/// What parts call is not asked for.
fn hold_parts(page: &Page) -> anyhow::Result<()> {
    let files = page.site().files()?;
    for part in files.iter().filter(|path| path.contains("/parts/")) {
        page.site().hold(part);
    }
    Ok(())
}

/// Until both answers are there; of someone who asks before the worker has its program, or who waits for it.
async fn first_visit(page: &Page, waits: bool) -> anyhow::Result<String> {
    hold_parts(page)?;
    page.open_without_waiting().await?;
    if waits {
        until("the worker to be awake", async || {
            let asked = page.site().requests();
            let comes = |path: &String| path.contains("/parts/");
            Ok(asked.iter().any(comes).then_some(()))
        })
        .await?;
    }
    page.press("Send to both").await?;
    page.says("What happened GET /me").await?;
    page.says("401 Unauthorized").await?;
    told(page, &BOTH).await
}

/// Of someone who has chosen another language and theme.
async fn with_settings(page: &Page) -> anyhow::Result<String> {
    page.open().await?;
    let choose = "localStorage.setItem('language', 'de'); localStorage.setItem('theme', 'dark')";
    page.script(choose, Vec::new()).await?;
    hold_parts(page)?;
    page.open_without_waiting().await?;
    told(page, &BOTH).await
}

/// Of someone who is signed in.
async fn another_visit(page: &Page) -> anyhow::Result<String> {
    page.open().await?;
    page.sign_in().await?;
    page.send().await?;
    hold_parts(page)?;
    page.open_without_waiting().await?;
    page.press("Send to both").await?;
    page.says("The server is starting").await?;
    told(page, &BOTH).await
}

/// What these programs tell, and others as far as they have.
async fn told(page: &Page, programs: &[&str]) -> anyhow::Result<String> {
    let told = page.async_script(TELL, vec![json!(programs)]).await?;
    let told: Vec<(String, Vec<u32>)> = serde_json::from_value(told)?;
    let mut lines = String::new();
    for (program, ran) in told {
        for number in ran {
            writeln!(lines, "{program} {number}")?;
        }
    }
    // Nothing is left on its way.
    page.site().release();
    page.running().await?;
    Ok(lines)
}
