//! What is taken along of a request, of a diagram and of the history, as whoever pastes or opens it gets it.

#[path = "../../../tests/har-schema/schema.rs"]
mod schema;

use std::path::Path;

use anyhow::{Context, ensure};
use e2e::{DIE_ON_ORDERS, Failure, Folder, Lane, Page, Setup, run, until};
use serde_json::{Value, json};

use crate::looks::look;

const CONTENT: &str = r#"{"item":"it's `${tea}` </script> ü"}"#;

/// Sends an order with hostile content in both lanes, and unfolds what went over the wire.
async fn send_an_order(page: &Page) -> anyhow::Result<()> {
    page.choose_request("POST /orders").await?;
    page.unfold("Change it").await?;
    page.fill("Content", CONTENT).await?;
    page.send().await?;
    page.unfold("Request and response as sent").await
}

async fn copied(page: &Page, lane: Lane, button: &str) -> anyhow::Result<String> {
    page.press_in(lane, button).await?;
    page.copied().await
}

/// What a copied call gives to `fetch`, in the page that it is pasted into.
async fn given_to_fetch(page: &Page, code: &str) -> anyhow::Result<Value> {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         const calls = [];
         const fetch = async (...given) => {{ calls.push(given); new Request(...given); }};
         (async () => {{ {code}\n }})().then(() => done(calls), (error) => done(String(error)));"
    );
    page.async_script(&script, Vec::new()).await
}

#[test]
fn a_request_is_copied_as_fetch_and_as_http() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.catch_copies();
        page.open().await?;
        page.sign_in().await?;
        let id = page.session_id().await?.context("a session")?;
        let token = page.token().await?.context("a token")?;
        send_an_order(page).await?;
        page.says("whoever gets one that is valid is signed in as you")
            .await?;
        let url = format!("{}orders", page.site().url());
        for lane in Lane::BOTH {
            let code = copied(page, lane, "Copy as fetch").await?;
            let calls = given_to_fetch(page, &code).await?;
            let [address, init] = [&calls[0][0], &calls[0][1]];
            ensure!(*address == json!(url), "{calls:#}");
            ensure!(init["method"] == "POST", "{calls:#}");
            ensure!(init["body"] == CONTENT, "{calls:#}");
            let bearer = &init["headers"]["Authorization"];
            match lane {
                Lane::Stateful => {
                    ensure!(bearer.is_null(), "{calls:#}");
                    ensure!(init["credentials"] == "include", "{calls:#}");
                    ensure!(!code.contains(&id), "no script sets a cookie: {code}");
                    ensure!(code.starts_with("// Left out, as no script can set it:"));
                }
                Lane::Stateless => {
                    ensure!(*bearer == json!(format!("Bearer {token}")), "{calls:#}");
                    ensure!(init["credentials"] == "omit", "{calls:#}");
                }
            }
            let text = copied(page, lane, "Copy as HTTP").await?;
            ensure!(text.starts_with("POST /sub/orders HTTP/1.1\r\n"), "{text}");
            ensure!(text.ends_with(&format!("\r\n\r\n{CONTENT}")), "{text}");
            let carried = match lane {
                Lane::Stateful => format!("\r\nCookie: sid={id}\r\n"),
                Lane::Stateless => format!("\r\nAuthorization: Bearer {token}\r\n"),
            };
            ensure!(text.contains(&carried), "{text}");
        }
        Ok(())
    })
}

#[test]
fn steps_are_copied_and_saved_without_credentials() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.catch_copies();
        let folder = Folder::new()?;
        page.save_files_in(&folder).await?;
        page.open().await?;
        page.sign_in().await?;
        let id = page.session_id().await?.context("a session")?;
        let token = page.token().await?.context("a token")?;
        send_an_order(page).await?;
        for lane in Lane::BOTH {
            let text = copied(page, lane, "Copy steps as JSON").await?;
            let steps: Value = serde_json::from_str(&text)?;
            ensure!(steps["path"] == "/orders", "{steps:#}");
            let all = steps["steps"].as_array().context("steps")?;
            ensure!(
                all.len() > 4 && all.iter().all(|it| it["sentence"].is_string()),
                "{steps:#}"
            );
            ensure!(!text.contains(&id) && !text.contains(&token), "{text}");
        }
        page.unfold("Take it along, or open a HAR").await?;
        page.part("History").press("Save steps as JSON").await?;
        let (_, content) = folder.saved("ticket-or-passport-steps.json").await?;
        let text = String::from_utf8(content)?;
        let all: Value = serde_json::from_str(&text)?;
        ensure!(
            all[0]["exchanges"]["stateful"]["path"] == "/login",
            "{all:#}"
        );
        ensure!(!text.contains(&id) && !text.contains(&token), "{text}");
        Ok(())
    })
}

/// The HAR, once it was held to the standard's schema.
fn by_the_schema(content: &[u8]) -> anyhow::Result<Value> {
    let har: Value = serde_json::from_slice(content)?;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/har-schema");
    let wrong = schema::what_is_wrong(Path::new(folder), &har);
    ensure!(wrong.is_empty(), "{wrong:#?}");
    Ok(har)
}

#[test]
fn the_history_is_saved_as_a_har() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let folder = Folder::new()?;
        page.save_files_in(&folder).await?;
        page.expect_error("made to fail");
        page.site().before_worker(DIE_ON_ORDERS);
        page.open().await?;
        page.send().await?;
        page.type_password("a-secret-of-mine").await?;
        page.sign_in().await?;
        page.type_password(e2e::SAMPLE_PASSWORD).await?;
        page.sign_in().await?;
        let id = page.session_id().await?.context("a session")?;
        let token = page.token().await?.context("a token")?;
        page.send().await?;
        page.choose_request("GET /orders").await?;
        page.press("Send to both").await?;
        page.banner("The server died and was started again").await?;

        page.unfold("Take it along, or open a HAR").await?;
        let history = page.part("History");
        history.press("Save as HAR").await?;
        let (_, without) = folder.saved("ticket-or-passport.har").await?;
        let har = by_the_schema(&without)?;
        let statuses: Vec<i64> = har["log"]["entries"]
            .as_array()
            .context("entries")?
            .iter()
            .filter_map(|it| it["response"]["status"].as_i64())
            .collect();
        ensure!(
            statuses == [401, 401, 401, 401, 200, 200, 200, 200, 0, 0],
            "{statuses:?}"
        );
        let first = &har["log"]["entries"][0];
        let url = format!("{}me", page.site().url());
        ensure!(first["request"]["url"] == json!(url), "{first:#}");
        ensure!(
            first["time"].as_f64().is_some_and(|it| it >= 40.0),
            "{first:#}"
        );
        let text = String::from_utf8(without)?;
        for secret in [&*id, &*token, "a-secret-of-mine", e2e::SAMPLE_PASSWORD] {
            ensure!(!text.contains(secret), "{secret}");
        }

        history.press("Save as HAR with credentials").await?;
        history.says("It holds credentials: treat it so.").await?;
        let name = "ticket-or-passport-with-credentials.har";
        let (file, with) = folder.saved(name).await?;
        by_the_schema(&with)?;
        page.keep("taking.har", &with)?;
        let found = har_reader::read(&with).map_err(|why| anyhow::anyhow!("{why:?}"))?;
        ensure!(found.requests == 10, "{found:#?}");
        ensure!(
            found.tokens.iter().any(|it| it.token == token),
            "{found:#?}"
        );

        let told = page.console("playground.har()").await?;
        ensure!(
            by_the_schema(told.to_string().as_bytes())?["log"]["comment"] == har["log"]["comment"]
        );
        ensure!(!told.to_string().contains(&id));
        let told = page
            .console("playground.har({ credentials: true })")
            .await?;
        ensure!(told.to_string().contains(&id));

        // What was saved can be opened again, and what is in it goes to the studios.
        history.give_file("Open a HAR", &file).await?;
        let seen = history.says("written by Ticket or Passport").await?;
        ensure!(
            seen.text.contains("10 requests, 1 token, "),
            "{}",
            seen.text
        );
        let tokens = seen.tables.iter().find(|it| it.caption == "Tokens");
        ensure!(tokens.is_some_and(|it| it.rows.len() == 1), "{seen:#?}");
        history.press_starting("Open in Token").await?;
        page.studio_says("✓ accepted").await?;
        page.follow("#/compare").await?;
        history.press("Open in Cookie: cookie 1").await?;
        page.says("The jar that came of it").await?;
        let script = "return document.querySelector('#cookie-lines').value";
        let lines = page.script(script, Vec::new()).await?;
        let lines = lines.as_str().unwrap_or_default();
        ensure!(
            lines.starts_with(&format!("Set-Cookie: sid={id}")),
            "{lines}"
        );
        Ok(())
    })
}

#[test]
fn a_diagram_is_saved_as_a_picture() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let folder = Folder::new()?;
        page.save_files_in(&folder).await?;
        page.open().await?;
        page.sign_in().await?;
        let token = page.token().await?.context("a token")?;
        let id = page.session_id().await?.context("a session ID")?;
        page.send().await?;
        page.unfold("Save a diagram").await?;
        look(page, "taking-diagram").await?;
        for (lane, name) in [
            ("Stateful, lane A", "lane-a"),
            ("Stateless, lane B", "lane-b"),
        ] {
            for (button, ending) in [("Save as SVG", "svg"), ("Save as PNG", "png")] {
                press_in_group(page, lane, button).await?;
                let (_, content) = folder.saved(&format!("{name}.{ending}")).await?;
                page.keep(&format!("taking-{name}.{ending}"), &content)?;
                if ending == "png" {
                    ensure!(content.starts_with(b"\x89PNG\r\n\x1a\n"));
                    continue;
                }
                let svg = String::from_utf8(content)?;
                for said in [
                    "GET /me, answered 200",
                    "Browser",
                    "Server",
                    "Ticket or Passport 0",
                ] {
                    ensure!(svg.contains(said), "{said}: {svg}");
                }
                ensure!(!svg.contains("class=") && !svg.contains("var("), "{svg}");
                ensure!(!svg.contains(&token) && !svg.contains(&id), "{svg}");
            }
        }
        Ok(())
    })
}

async fn press_in_group(page: &Page, group: &str, button: &str) -> anyhow::Result<()> {
    let script = "\
const [group, name] = arguments;
const found = [...document.querySelectorAll(`[role=group][aria-label^='${group}'] button`)]
  .find((it) => it.textContent.trim() === name);
found?.click();
return Boolean(found);";
    until(&format!("“{button}” of {group}"), async || {
        let pressed = page
            .script(script, vec![json!(group), json!(button)])
            .await?;
        Ok((pressed == json!(true)).then_some(()))
    })
    .await
}
