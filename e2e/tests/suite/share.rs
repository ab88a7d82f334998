//! Sharing: a link restores the scene and all that is set, says what it can't use, and holds no credential; a scene stands in
//! another site's frame.

use crate::looks::look;
use anyhow::Context;
use e2e::{Failure, Lane, OtherSite, Page, Prepared, Setup, run, until};
use serde_json::{Value, json};
use thirtyfour::Key;

/// The scenes, with what leads to one, and a heading that is there then.
const SCENES: [(&str, &str); 7] = [
    ("Compare", "#/compare?"),
    ("Token", "#/token?"),
    ("Cookie", "#/cookie?"),
    ("Store", "#/store?"),
    ("Fleet", "#/fleet?"),
    ("Guide", "#/guide?"),
    ("Advice", "#/advice?"),
];

/// All that a link is to bring back.
async fn set(page: &Page) -> anyhow::Result<Value> {
    let schemes = page.schemes().await?;
    let deployed = page.deployed().await?;
    let script = "return [document.querySelector('nav[aria-label=Scenes] [aria-current]')?.textContent.trim(), \
                  document.querySelector('.clock .offset')?.textContent ?? ''];";
    let shown = page.script(script, Vec::new()).await?;
    Ok(json!([
        schemes,
        deployed["servers"],
        deployed["balancer"],
        shown
    ]))
}

async fn share(page: &Page) -> anyhow::Result<String> {
    page.press("Share").await?;
    let panel = page.part("Share");
    panel.press("Copy the link").await?;
    let link = page.copied().await?;
    panel.press("Close").await?;
    Ok(link)
}

async fn start_over(page: &Page) -> anyhow::Result<()> {
    page.press("Start over").await?;
    page.press("Clear everything").await?;
    until("the schemes of the first visit", async || {
        Ok((page.schemes().await?["b"]["carrier"] == "local-storage").then_some(()))
    })
    .await
}

#[test]
fn a_link_of_each_scene_brings_back_all_that_is_set() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.catch_copies();
        page.open().await?;
        let fragment = "#/store?a=%22token-in-cookie%22&b=%22hybrid%22&clock=3600&sign=EdDSA";
        page.follow(fragment).await?;
        page.banner("The link changed:").await?;
        page.console("playground.deploy({ servers: 10, balancer: 'random' })")
            .await?;
        for (scene, begins) in SCENES {
            page.go_to_scene(scene).await?;
            until("the scene", async || {
                Ok((set(page).await?[3][0] == scene).then_some(()))
            })
            .await?;
            let before = set(page).await?;
            let link = share(page).await?;
            assert!(link.contains(begins), "{link}");
            for secret in ["eyJ", "sample-password"] {
                let of_token = scene == "Token" && secret == "eyJ";
                assert!(of_token || !link.contains(secret), "{link}");
            }
            let title = page.script("return document.title", Vec::new()).await?;
            assert_eq!(title, json!(format!("{scene} · Ticket or Passport")));
            start_over(page).await?;
            page.go_to_scene("Compare").await?;
            page.follow(&link).await?;
            until("all that was set", async || {
                Ok((set(page).await? == before).then_some(()))
            })
            .await
            .with_context(|| format!("{scene}: {link}"))?;
        }
        Ok(())
    })
}

#[test]
fn a_chosen_request_and_cookie_lines_travel_without_values() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.catch_copies();
        page.open().await?;
        page.choose_request("GET /admin/users").await?;
        let link = share(page).await?;
        assert!(link.contains("request=GET%20%2Fadmin%2Fusers"), "{link}");
        page.go_to_cookies().await?;
        page.paste_over("Cookie lines", "Cookie: sid=topsecret; theme=topsecret")
            .await?;
        let several = share(page).await?;
        assert!(several.contains("theme"), "{several}");
        assert!(!several.contains("topsecret"), "{several}");
        page.paste_over(
            "Cookie lines",
            "Set-Cookie: sid=topsecret; Path=/; HttpOnly",
        )
        .await?;
        page.choose("Method", "POST").await?;
        let cookies = share(page).await?;
        assert!(!cookies.contains("topsecret"), "{cookies}");
        page.reload().await?;
        page.follow(&link).await?;
        until("the request", async || {
            Ok((page.filled("Request").await? == "3").then_some(()))
        })
        .await?;
        page.follow(&cookies).await?;
        until("the lines", async || {
            let filled = page.filled("Cookie lines").await?;
            Ok((filled == "Set-Cookie: sid=value; Path=/; HttpOnly").then_some(()))
        })
        .await?;
        assert_eq!(page.filled("Method").await?, "3");
        page.follow("#/cookie?lines=a%3D1&method=BREW").await?;
        page.says("part method can’t be read, and was not used")
            .await?;
        assert_eq!(page.filled("Method").await?, "0");
        Ok(())
    })
}

#[test]
fn a_link_to_a_stop_of_the_guide_brings_schemes_to_whichever_scene_that_is_in()
-> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.follow("#/guide/restart?a=%22token-in-cookie%22&b=%22hybrid%22")
            .await?;
        page.banner("The link changed: lane A’s scheme, lane B’s scheme.")
            .await?;
        page.part("Restart the server")
            .shows("stop 8 of 13")
            .await?;
        assert_eq!(page.schemes().await?["b"]["carrier"], "memory");
        Ok(())
    })
}

#[test]
fn what_a_link_holds_that_cannot_be_used_is_said_and_the_rest_is_used() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.follow("#/compare?b=%22denylist%22&fleet=%7B&clock=99999999999&newer=1&request=GET%20%2Fx&a=%2")
            .await?;
        let said = page.banner("The link changed: lane B’s scheme.").await?;
        for part in [
            "The link’s part fleet can’t be read",
            "The link’s part clock was not used: a clock can be moved by 400 days at most",
            "The link’s part newer was not used: this version knows nothing of that name",
            "The link’s part request was not used: there is no such request",
            "The link’s part a can’t be read",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert_eq!(page.scheme(Lane::Stateless).await?, "JWT and denylist");
        look(page, "share-broken").await?;
        page.press("Close this").await?;
        page.has_no_banner().await?;

        let huge = format!("#/compare?a={}", "1".repeat(20_000));
        page.follow(&huge).await?;
        page.banner("longer than any that is made here").await?;
        Ok(())
    })
}

#[test]
fn the_panel_is_accessible_and_gives_the_focus_back() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.press("Share").await?;
        page.part("Share").shows("What is in it").await?;
        look(page, "share-panel").await?;
        page.part("Share").press("Close").await?;
        focus_is_at(page, "share").await?;

        page.press("Share").await?;
        focus_is_at(page, "share-title").await?;
        page.press_key(Key::Escape).await?;
        focus_is_at(page, "share").await?;
        let panel = page.script("return document.querySelector('.share')", Vec::new());
        assert!(panel.await?.is_null());
        Ok(())
    })
}

async fn focus_is_at(page: &Page, id: &str) -> anyhow::Result<()> {
    until(&format!("the focus at {id}"), async || {
        let focus = page.script("return document.activeElement?.id", Vec::new());
        Ok((focus.await? == json!(id)).then_some(()))
    })
    .await
}

/// The example of the documentation, as another site that shows this page.
async fn embed(page: &Page) -> anyhow::Result<OtherSite> {
    let example = include_str!("../../../docs/embedding/example.html");
    anyhow::ensure!(
        example.contains("https://example.org/"),
        "no address to replace"
    );
    let other = OtherSite::open(example.replace("https://example.org/", &page.site().url()))?;
    page.leave_for(&other.url()).await?;
    page.enter_frame().await?;
    page.running().await?;
    Ok(other)
}

#[test]
fn a_scene_stands_in_another_sites_frame() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let _other = embed(page).await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        assert_eq!(page.send().await?.statuses(), [200, 200]);
        page.sign_out().await?;
        assert_eq!(page.send().await?.statuses(), [401, 401]);
        // The other scenes are left out, and the whole page is a press away.
        let shown = "return [...document.querySelectorAll('header a')].filter((it) => it.offsetParent).map((it) => it.textContent.trim())";
        let links = page.script(shown, Vec::new()).await?;
        assert_eq!(links, json!(["Open the whole page"]));
        Ok(())
    })
}

#[test]
fn without_cookies_in_frames_a_jar_of_its_own_stands_for_them() -> Result<(), Failure> {
    let setup = Setup {
        prepared: Prepared::WithoutOthersCookies,
        ..Setup::default()
    };
    run(setup, async |page| {
        let _other = embed(page).await?;
        page.banner("gives the page no cookies").await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        assert_eq!(page.send().await?.statuses(), [200, 200]);
        page.press_starting(Lane::Stateful, "Kill session").await?;
        page.newest("was killed").await?;
        assert_eq!(page.send().await?.statuses(), [401, 200]);
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        page.sign_out().await?;
        assert_eq!(page.send().await?.statuses(), [401, 401]);
        Ok(())
    })
}
