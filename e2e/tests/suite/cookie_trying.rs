//! The cookie scene beside the others: what was begun stays, and a line is used in the lane and tried for real.

use e2e::{Failure, Setup, run};
use thirtyfour::Key;

const LINES: &str = "Cookie lines";
const TO: &str = "URL of the request";

#[test]
fn changes_are_undone_in_order_and_drafts_outlive_the_scene() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_cookies().await?;
        page.try_lines("first=1", "✓ stored").await?;
        page.press("Foreign domain").await?;
        page.cookies_are("the example", |seen| {
            seen.lines[0][0].contains("Its Domain")
        })
        .await?;
        page.paste_over(TO, "https://example.net/").await?;
        page.press("Undo").await?;
        page.holds(TO, "https://app.example.org/account").await?;
        page.press("Undo").await?;
        page.holds(LINES, "first=1").await?;
        page.enter(LINES).await?;
        page.type_keys(Key::Control + "z").await?;
        page.cookies_are("what it began with", |seen| seen.jar[0][0] == "__Host-sid")
            .await?;

        page.try_lines("mine=1; Path=/account", "✓ stored").await?;
        page.choose("Caused by", "an image").await?;
        page.go_to_scene("Compare").await?;
        page.sign_in().await?;
        page.unfold("Change it").await?;
        page.fill("Path", "/orders").await?;
        page.go_to_cookies().await?;
        page.holds(LINES, "mine=1; Path=/account").await?;
        let seen = page.carries("(no Cookie field)").await?;
        assert!(
            seen.decisions[0].contains("an image or script on another site"),
            "{seen:#?}"
        );
        page.go_to_scene("Compare").await?;
        assert_eq!(page.filled("Path").await?, "/orders");
        Ok(())
    })
}

#[test]
fn a_line_is_used_in_the_lane_and_tried_for_real() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let id = page.session_id().await?.expect("the cookie is there");
        page.go_to_cookies().await?;
        page.press("The default here").await?;
        let sent = format!("Cookie: sid={id}");
        page.carries(&sent).await?;

        let of_prefix = if page.engine().checks_cookie_prefixes() {
            "document.cookie did not show it. Both agree."
        } else {
            "document.cookie showed it. They differ."
        };
        for (line, verdict, said) in [
            (
                "sid=mine; Path=/; SameSite=Strict",
                "✓ stored",
                "document.cookie showed it. Both agree.",
            ),
            (
                "sid=mine; HttpOnly",
                "✓ stored",
                "document.cookie did not show it. Both agree.",
            ),
            (
                "sid=mine; Domain=example.org",
                "✕ refused",
                "document.cookie did not show it. Both agree.",
            ),
            ("__Host-sid=mine; Path=/", "✕ refused", of_prefix),
            (
                "sid=mine; Path=/elsewhere",
                "✓ stored",
                "What became of it can’t be seen.",
            ),
            ("=mine", "✓ stored", "A nameless cookie can’t be tried"),
        ] {
            page.try_lines(line, verdict).await?;
            // The verdict may be the one before.
            page.cookies_are(line, |seen| seen.first == line).await?;
            page.press("What this browser really does with it").await?;
            page.says(said).await?;
            assert_eq!(
                page.session_id().await?.as_deref(),
                Some(id.as_str()),
                "{line}"
            );
            let left = page.script("return document.cookie.includes('probe')", Vec::new());
            assert_eq!(left.await?, false, "{line}");
        }

        page.press("Send GET /me").await?;
        page.says("“Ah yes, this is user #42.”").await?;
        let folder = page.script("return location.pathname", Vec::new()).await?;
        let folder = folder.as_str().unwrap_or_default();
        let line = format!("sid=changed; Path={folder}; SameSite=Lax");
        page.try_lines(&line, "✓ stored").await?;
        page.press("Use it in the stateful lane").await?;
        page.says("this browser agrees").await?;
        assert_eq!(page.session_id().await?.as_deref(), Some("changed"));
        page.press("Send GET /me").await?;
        page.says("401 Unauthorized").await?;
        page.try_lines("other=1", "✓ stored").await?;
        page.press("Use it in the stateful lane").await?;
        let looks_for = "The stateful server looks for a cookie sid.";
        page.says(looks_for).await?;
        page.try_lines("sid=another", "✓ stored").await?;
        e2e::until("nothing of the line before", async || {
            Ok((!page.words().await?.contains(looks_for)).then_some(()))
        })
        .await?;
        page.go_to_scene("Compare").await?;
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), [401, 200]);
        Ok(())
    })
}
