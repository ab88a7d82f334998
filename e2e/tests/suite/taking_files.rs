//! A HAR that someone opens: what is in it, what is said of files that are none, and a large one.

use anyhow::{Context, ensure};
use e2e::{Failure, Folder, Page, Part, Setup, run, until};
use serde_json::{Value, json};

use crate::looks::look;

const FIELD: &str = "Open a HAR";
/// `{"alg":"HS256"}`, `{"sub":"42"}`.
const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl";
/// Nothing that is shown of a file may become more than text.
const HOSTILE: &str = "<img src=x onerror=alert(1)>";

/// A HAR as another program writes it.
fn har(entries: &[Value]) -> Vec<u8> {
    let creator = json!({ "name": HOSTILE, "version": "7" });
    let log = json!({ "version": "1.2", "creator": creator, "entries": entries });
    json!({ "log": log }).to_string().into_bytes()
}

fn entry(number: usize) -> Value {
    let url = format!("https://shop.example/{number}?q={HOSTILE}");
    json!({
        "request": {
            "url": url,
            "headers": [
                { "name": "Authorization", "value": format!("Bearer {TOKEN}") },
                { "name": "Cookie", "value": format!("sid={number}; theme=dark") },
            ],
        },
        "response": {
            "headers": [
                { "name": "Set-Cookie", "value": format!("sid={number}; Path=/; HttpOnly") },
                { "name": "Set-Cookie", "value": format!("evil={HOSTILE}; Path=/") },
            ],
            "content": { "text": format!("{{\"id_token\":\"{TOKEN}{number}\"}}") },
        },
    })
}

async fn open(
    history: &Part<'_>,
    folder: &Folder,
    name: &str,
    content: &[u8],
) -> anyhow::Result<()> {
    let file = folder.write(name, content)?;
    history.give_file(FIELD, &file).await
}

#[test]
fn tokens_and_cookies_of_a_har_are_listed_as_text() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let folder = Folder::new()?;
        page.open().await?;
        page.unfold("Take it along, or open a HAR").await?;
        let history = page.part("History");
        look(page, "taking-empty").await?;
        let entries: Vec<Value> = (0..30).map(entry).collect();
        open(&history, &folder, "shop.har", &har(&entries)).await?;
        let summary =
            format!("“shop.har”, written by {HOSTILE} 7: 30 requests, 31 tokens, 62 cookies.");
        let seen = history.says(&summary).await?;
        ensure!(
            !seen.text.contains("signed in as you until it ends"),
            "no copies here"
        );
        let tokens = seen.tables.iter().find(|it| it.caption == "Tokens");
        let tokens = tokens.context("the tokens")?;
        ensure!(tokens.rows.len() == 20, "{tokens:#?}");
        let first = &tokens.rows[0].cells;
        ensure!(first[1] == "HS256" && first[4] == "30", "{first:?}");
        ensure!(first[2] == "Authorization of the request", "{first:?}");
        let second = &tokens.rows[1].cells;
        ensure!(second[2] == "the answer’s content, id_token", "{second:?}");
        history.press("Show more rows of Tokens").await?;
        history
            .is("all tokens", |seen| {
                seen.tables
                    .iter()
                    .any(|it| it.caption == "Tokens" && it.rows.len() == 31)
            })
            .await?;
        let images = page
            .script("return document.images.length", Vec::new())
            .await?;
        ensure!(images == json!(0), "{images}");
        look(page, "taking-found").await?;

        // A file that is none changes nothing of it.
        open(&history, &folder, "notes.txt", b"Dear diary").await?;
        let seen = history.says("“notes.txt” is no HAR").await?;
        ensure!(seen.text.contains(&summary), "{}", seen.text);
        look(page, "taking-not-a-har").await?;

        // It is still there when another scene was looked at, and goes with the page.
        page.follow("#/store").await?;
        page.part("SQL console").says("SQL").await?;
        page.follow("#/compare").await?;
        history.says(&summary).await?;
        history.press("Open in Cookie: cookie 4").await?;
        page.says("The jar that came of it").await?;
        let script =
            "return ['#cookie-lines', '#cookie-url'].map((it) => document.querySelector(it).value)";
        let fields = page.script(script, Vec::new()).await?;
        let lines =
            format!("Set-Cookie: sid=0; Path=/; HttpOnly\nSet-Cookie: evil={HOSTILE}; Path=/");
        ensure!(
            fields == json!([lines, format!("https://shop.example/0?q={HOSTILE}")]),
            "{fields:#}"
        );
        page.follow("#/compare").await?;
        history.press("Close the HAR").await?;
        history
            .is("no HAR", |seen| !seen.text.contains("What is in the HAR"))
            .await?;
        Ok(())
    })
}

#[test]
fn what_is_no_har_is_told_by_its_reason() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let folder = Folder::new()?;
        page.open().await?;
        page.unfold("Take it along, or open a HAR").await?;
        let history = page.part("History");
        let whole = har(&[entry(1)]);
        let deep = "[".repeat(1_000_000);
        for (name, content, words) in [
            ("empty.har", &b""[..], "is empty"),
            (
                "picture.har",
                b"\x89PNG\r\n\x1a\n",
                "stops being so in line 1, at octet 1",
            ),
            (
                "half.har",
                &whole[..whole.len() / 2],
                "is cut off: it ends in the middle",
            ),
            (
                "deep.har",
                deep.as_bytes(),
                "is cut off: it ends in the middle",
            ),
            ("package.json", b"{\"name\":\"x\"}", "is JSON, but no HAR"),
            (
                "none.har",
                b"{\"log\":{\"entries\":[]}}",
                "is a HAR without requests",
            ),
        ] {
            open(&history, &folder, name, content).await?;
            let seen = history.says(&format!("“{name}” ")).await?;
            let seen = history
                .says(words)
                .await
                .with_context(|| format!("{seen:#?}"))?;
            ensure!(
                seen.said.iter().any(|it| it.contains(words)),
                "it is read out: {seen:#?}"
            );
        }
        open(
            &history,
            &folder,
            "bare.har",
            b"{\"log\":{\"entries\":[{}]}}",
        )
        .await?;
        history
            .says("There are neither tokens nor cookies in it")
            .await?;
        history
            .says("“bare.har”: 1 request, 0 tokens, 0 cookies.")
            .await?;
        Ok(())
    })
}

#[test]
fn a_file_that_is_dropped_is_read() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.unfold("Take it along, or open a HAR").await?;
        page.part("History").shows("Save as HAR").await?;
        let drop = "\
const [content] = arguments;
const place = document.querySelector('.drop');
const dataTransfer = new DataTransfer();
dataTransfer.items.add(new File([content], 'dropped.har'));
const tell = (name) => place.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
return [tell('dragover'), tell('drop')];";
        let content = String::from_utf8(har(&[entry(1)]))?;
        let went_on = page.script(drop, vec![json!(content)]).await?;
        ensure!(
            went_on == json!([false, false]),
            "the browser opens it itself: {went_on}"
        );
        page.part("History")
            .says("“dropped.har”, written by")
            .await?;
        Ok(())
    })
}

/// A HAR of about that many octets.
fn large(octets: usize) -> Vec<u8> {
    let filler = "Lorem ipsum \"dolor\" sit\namet. ".repeat(1000);
    let mut entries = Vec::new();
    let mut so_far = 0;
    while so_far < octets {
        let mut next = entry(entries.len());
        next["response"]["content"]["text"] = json!(format!("{filler}{TOKEN}"));
        so_far += filler.len() + 2500;
        entries.push(next);
    }
    har(&entries)
}

/// More would be felt. Reading so much in the page itself takes several times as long.
const LONGEST_TASK_MILLISECONDS: f64 = 250.0;

const WATCH: &str = "\
window.longest = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
}).observe({ type: 'longtask' });";

#[test]
fn fifty_megabytes_are_read_while_the_page_goes_on() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let folder = Folder::new()?;
        page.open().await?;
        page.unfold("Take it along, or open a HAR").await?;
        page.send().await?;
        let history = page.part("History");
        let content = large(50_000_000);
        ensure!(content.len() > 50_000_000, "{}", content.len());
        page.script(WATCH, Vec::new()).await?;
        open(&history, &folder, "large.har", &content).await?;
        until_read(page, "“large.har”, written by").await?;
        let longest = page.script("return window.longest", Vec::new()).await?;
        let longest = longest.as_f64().context("a number")?;
        ensure!(longest < LONGEST_TASK_MILLISECONDS, "{longest} ms");

        // Another one, while which the servers answer.
        open(&history, &folder, "again.har", &content).await?;
        history.says("“again.har”, ").await?;
        page.send().await?;
        until_read(page, "“again.har”, written by").await?;
        Ok(())
    })
}

/// A large file takes its time where the program was built for haste.
async fn until_read(page: &Page, words: &str) -> anyhow::Result<()> {
    let mut waits = 0;
    loop {
        match page.part("History").says(words).await {
            Ok(_) => return Ok(()),
            Err(why) if waits == 4 => return Err(why),
            Err(_) => waits += 1,
        }
    }
}

#[test]
fn what_is_too_large_is_not_read_and_reading_can_be_stopped() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let folder = Folder::new()?;
        page.open().await?;
        page.unfold("Take it along, or open a HAR").await?;
        let history = page.part("History");
        open(&history, &folder, "huge.har", &vec![b' '; 65 * 1024 * 1024]).await?;
        history
            .says("“huge.har” has 65.0 MiB. Files of up to 64 MiB are read.")
            .await?;

        open(&history, &folder, "large.har", &large(50_000_000)).await?;
        until("a stop", async || {
            history.press("Stop reading").await?;
            Ok(Some(()))
        })
        .await?;
        history.says("nothing was taken from it").await?;
        // The next one is read.
        open(&history, &folder, "small.har", &har(&[entry(1)])).await?;
        history.says("“small.har”, written by").await?;
        Ok(())
    })
}
