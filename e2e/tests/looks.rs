//! What it looks like: for people who see it, who hear it, who use no mouse, on any width.

use anyhow::ensure;
use e2e::{Colours, Failure, Page, Setup, run, until};
use thirtyfour::Key;

const COLOURS: [Colours; 2] = [Colours::Light, Colours::Dark];
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

/// Checks the page as it is in each colour and at each width, and keeps pictures of it.
async fn look(page: &Page, state: &str) -> anyhow::Result<()> {
    for colours in COLOURS {
        page.prefer(colours).await?;
        for width in PICTURED {
            page.set_width(width).await?;
            fits(page, state, width).await?;
            page.picture(&format!("{state}-{width}-{}", colours.name()))
                .await?;
        }
        for width in [PICTURED[0], PICTURED[2]] {
            page.set_width(width).await?;
            page.check_accessibility(&format!("{state}, {}, {width}", colours.name()))
                .await?;
        }
        page.set_width(NARROWEST).await?;
        fits(page, state, NARROWEST).await?;
    }
    page.set_width(PICTURED[0]).await
}

async fn fits(page: &Page, state: &str, width: u32) -> anyhow::Result<()> {
    let (over, outside) = page.overflow().await?;
    ensure!(
        over <= 0,
        "{state} at {width}: {over} px too wide: {outside}"
    );
    Ok(())
}

#[test]
fn everything_can_be_done_with_the_keyboard() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.tab_to("Sign in to both").await?;
        page.press_key(Key::Enter).await?;
        let signed_in = page.answers_after(0).await?;
        assert_eq!(signed_in.statuses(), [200, 200], "{signed_in:#?}");
        page.tab_to("Send to both").await?;
        page.press_key(Key::Enter).await?;
        assert_eq!(page.answers_after(1).await?.statuses(), [200, 200]);
        page.tab_to("Sign out of both").await?;
        page.press_key(Key::Space).await?;
        let signed_out = page.answers_after(2).await?;
        assert_eq!(signed_out.row[1], "POST /logout", "{:?}", signed_out.row);
        Ok(())
    })
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
