//! What it looks like: for people who see it, who hear it, who use no mouse, on any width.

use anyhow::ensure;
use e2e::{Colours, Failure, Lane, Page, Setup, run, until};

/// A desk, a tablet, a telephone: of each a picture is kept.
const PICTURED: [u32; 3] = [1440, 820, 390];
/// The narrowest that WCAG 1.4.10 asks for.
const NARROWEST: u32 = 320;

#[test]
fn axe_core_finds_nothing_and_nothing_sticks_out() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        look(page, "empty").await?;
        page.sign_in().await?;
        look(page, "signed-in").await?;
        page.send().await?;
        page.unfold("Request and response as sent").await?;
        look(page, "sent").await?;
        page.put_session_id("edited").await?;
        page.put_token("edited.by.hand").await?;
        page.send().await?;
        look(page, "refused").await?;
        page.type_account("nobody").await?;
        page.sign_in().await?;
        look(page, "wrong-password").await
    })
}

#[test]
fn the_banners_are_accessible_too() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.new_tab().await?;
        page.open().await?;
        page.banner("The server runs in another tab").await?;
        look(page, "another-tab").await
    })
}

#[test]
fn what_one_can_do_to_the_server_is_accessible() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.press("Show the key").await?;
        page.unfold("Audit log: what the server wrote down").await?;
        page.says("Hide the key").await?;
        look(page, "key-shown").await?;
        page.press_starting(Lane::Stateful, "Kill session").await?;
        page.newest("was killed").await?;
        page.move_clock("+1 min").await?;
        page.send().await?;
        look(page, "killed").await
    })
}

#[test]
fn what_one_can_change_in_the_browser_is_accessible() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.paste_over("Payload", "{\n  \"sub\": \"42\",\n  oops\n}")
            .await?;
        page.would_meet(Lane::Stateless, "does not match").await?;
        look(page, "token-edited").await?;
        page.switch("HttpOnly").await?;
        page.sign_in_again().await?;
        page.press("Try to overwrite it from script").await?;
        page.says("The session goes on.").await?;
        look(page, "http-only").await
    })
}

#[test]
fn copies_and_the_past_are_accessible() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let signed_in = page.sign_in().await?;
        page.sign_out().await?;
        page.press_for_answers("Send the kept token").await?;
        look(page, "kept-copies").await?;
        page.look_again(signed_in.number).await?;
        page.says("again, as it was").await?;
        page.press("Start over").await?;
        page.says("Clear this page’s cookies").await?;
        look(page, "looking-back-and-asked").await
    })
}

#[test]
fn the_form_of_a_request_by_hand_is_accessible() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.unfold("Change it").await?;
        page.fill("Method", "GE T").await?;
        page.press("Send to both").await?;
        page.says("A method is one word").await?;
        look(page, "by-hand").await
    })
}

#[test]
fn the_cookie_scene_is_accessible() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_cookies().await?;
        look(page, "cookie-first").await?;
        page.press("Several lines").await?;
        page.choose("Caused by", "a form").await?;
        page.choose("Method", "POST").await?;
        page.press("What this browser really does with it").await?;
        page.says("Both agree").await?;
        look(page, "cookie-lines").await?;
        page.press("Too large").await?;
        page.says("4,096 are the limit").await?;
        page.paste_over("URL of the request", "nowhere").await?;
        page.says("This is not an http or https URL").await?;
        look(page, "cookie-refused").await?;
        page.press("Clear").await?;
        page.says("No line yet").await?;
        look(page, "cookie-empty").await
    })
}

#[test]
fn the_token_scene_is_accessible() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_token().await?;
        page.studio_says("The token is empty").await?;
        look(page, "token-empty").await?;
        page.press("Wrong signature").await?;
        page.studio_says("does not match").await?;
        page.press("role").await?;
        page.press("Send it").await?;
        page.says("each under its own terms").await?;
        page.fill("Leeway in seconds", "soon").await?;
        page.press("Show its public half").await?;
        page.says("There is none").await?;
        look(page, "token-refused").await?;
        page.choose("New key", "P-256").await?;
        page.press("Make a key").await?;
        page.says("private half").await?;
        page.press("Show its public half").await?;
        page.says("BEGIN PUBLIC KEY").await?;
        page.press("Broken").await?;
        page.studio_says("The payload has a character").await?;
        look(page, "token-broken").await
    })
}

/// What the page says while a part of it is on its way, in each of its languages.
const LOADING: [&str; 2] = ["Loading ", " geladen …"];

/// Checks the page as it is in each colour and at each width, once all of it is there, and keeps pictures of it. What is
/// wrong is told at the end, all of it.
pub(crate) async fn look(page: &Page, state: &str) -> anyhow::Result<()> {
    until("all of the page", async || {
        let words = page.words().await?;
        Ok(LOADING.iter().all(|it| !words.contains(it)).then_some(()))
    })
    .await?;
    let mut wrong = Vec::new();
    for &colours in page.colours() {
        page.prefer(colours).await?;
        for width in PICTURED {
            let name = format!("{state}-{width}-{}", colours.name());
            page.set_width(width).await?;
            page.picture(&name).await?;
            wrong.extend(fits(page, &name).await.err());
            if width != PICTURED[1] {
                wrong.extend(page.check_accessibility(&name).await.err());
            }
        }
    }
    page.set_width(NARROWEST).await?;
    wrong.extend(fits(page, &format!("{state}-{NARROWEST}")).await.err());
    page.set_width(PICTURED[0]).await?;
    ensure!(wrong.is_empty(), "{wrong:#?}");
    Ok(())
}

pub(crate) async fn fits(page: &Page, name: &str) -> anyhow::Result<()> {
    let (over, outside) = page.overflow().await?;
    ensure!(over <= 0, "{name}: {over} px too wide: {outside}");
    Ok(())
}

#[test]
fn the_theme_can_be_chosen_and_is_kept() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.prefer(Colours::Light).await?;
        page.open().await?;
        let light = background(page).await?;
        page.press("Theme: as the system").await?;
        page.press("Theme: light").await?;
        let dark = until("another background", async || {
            let seen = background(page).await?;
            Ok((seen != light).then_some(seen))
        })
        .await?;
        page.reload().await?;
        assert_eq!(background(page).await?, dark);
        page.press("Theme: dark").await?;
        until("the system's background", async || {
            Ok((background(page).await? == light).then_some(()))
        })
        .await
    })
}

async fn background(page: &Page) -> anyhow::Result<String> {
    let colour = page.script(
        "return getComputedStyle(document.body).backgroundColor",
        vec![],
    );
    Ok(colour.await?.to_string())
}
