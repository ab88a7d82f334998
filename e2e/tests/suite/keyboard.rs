//! Without a mouse: everything can be reached, it shows where one is, and all of the scene can be done.

use e2e::{Failure, Focus, Lane, Page, Setup, run, until};
use std::collections::BTreeSet;
use thirtyfour::Key;

/// More presses of Tab than the page has stops.
const MORE_THAN_ALL: u32 = 200;

/// Each stop of the Tab key, once around.
async fn all_stops(page: &Page) -> anyhow::Result<Vec<Focus>> {
    let mut stops: Vec<Focus> = Vec::new();
    let first = page.tab_to("+1 min").await?;
    stops.push(first.clone());
    for _ in 0..MORE_THAN_ALL {
        page.press_key(Key::Tab).await?;
        let focus = page.focus().await?;
        if focus == first {
            return Ok(stops);
        }
        if focus.element != "body" {
            stops.push(focus);
        }
    }
    anyhow::bail!("Tab never comes round: {stops:#?}")
}

#[test]
fn tab_reaches_everything_and_the_focus_can_be_seen() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            page.open().await?;
            page.sign_in().await?;
            page.send().await?;
            page.unfold("Change it").await?;
            page.unfold("Request and response as sent").await?;
            page.unfold("Audit log: what the server wrote down").await?;
            let stops = all_stops(page).await?;
            for stop in &stops {
                assert!(
                    stop.is_visible,
                    "at {width} no one sees the focus: {stop:?}"
                );
                assert!(!stop.name.is_empty(), "at {width}: {stop:?} has no name");
            }
            let names: BTreeSet<&str> = stops.iter().map(|stop| stop.name.as_str()).collect();
            for start in [
                "+1 min",
                "+15 min",
                "+1 h",
                "Theme:",
                "Start over",
                "Account",
                "Password",
                "Sign in to both",
                "Request",
                "Send to both",
                "Sign out of both",
                "Change it",
                "Method",
                "Path",
                "Header fields",
                "Content",
                "Step back",
                "Replay",
                "Speed",
                "Request and response as sent",
                "Request, stateful",
                "Request, stateless",
                "Copy as curl",
                "Response, stateful",
                "Response, stateless",
                "Kill session",
                "Audit log",
                "Access token",
                "Show the key",
                "Show #1,",
                "Show #2,",
            ] {
                let there = names.iter().any(|name| name.starts_with(start));
                assert!(there, "at {width} Tab never reaches “{start}”: {names:#?}");
            }
        }
        Ok(())
    })
}

/// Reaches it with Tab, sees the focus, and presses the key.
async fn press(page: &Page, name: &str, key: Key) -> anyhow::Result<()> {
    let focus = page.tab_to(name).await?;
    assert!(focus.is_visible, "{focus:?}");
    page.press_key(key).await
}

/// The same, and waits for the answers.
async fn ask(page: &Page, name: &str, key: Key) -> anyhow::Result<[u16; 2]> {
    let before = page.answers().await?.number;
    press(page, name, key).await?;
    Ok(page.answers_after(before).await?.statuses())
}

#[test]
fn the_whole_scene_is_done_with_the_keyboard() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.prefer_motion().await?;
        page.open().await?;
        page.tab_to("Account").await?;
        page.type_text("adm").await?;
        assert_eq!(ask(page, "Sign in to both", Key::Enter).await?, [200, 200]);
        page.tab_to("Request").await?;
        for _ in 0..3 {
            page.press_key(Key::Down).await?;
        }
        assert_eq!(ask(page, "Send to both", Key::Space).await?, [200, 200]);
        let asked = page.newest("GET /admin/users").await?;

        press(page, "Show the key", Key::Enter).await?;
        until("the key shown", async || {
            Ok(page.offers("Hide the key").await?.then_some(()))
        })
        .await?;
        press(page, "Kill session…", Key::Enter).await?;
        page.newest("was killed").await?;
        page.tab_to("Request").await?;
        assert_eq!(ask(page, "Send to both", Key::Enter).await?, [401, 200]);

        press(page, &format!("Show #{},…", asked.number), Key::Space).await?;
        page.says("again, as it was").await?;
        press(page, "Back to the latest", Key::Enter).await?;
        press(page, "Replay", Key::Enter).await?;
        page.diagram_when(
            Lane::Stateless,
            "the diagram's end",
            e2e::Diagram::is_finished,
        )
        .await?;

        press(page, "+15 min", Key::Enter).await?;
        page.newest("The clock was moved").await?;
        press(page, "back to now", Key::Space).await?;
        page.newest("The clock was set back").await?;
        page.tab_to("Sign out of both").await?;
        page.press_key(Key::Space).await?;
        page.newest("POST /logout").await?;
        let sent = ask(page, "Send the kept token", Key::Enter).await?;
        assert_eq!(sent[1], 200);

        press(page, "Start over", Key::Enter).await?;
        press(page, "Clear everything", Key::Enter).await?;
        page.says("Nothing yet. Each request will stand here").await
    })
}

#[test]
fn enter_in_a_field_does_what_its_form_is_for() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        assert_eq!(ask(page, "Password", Key::Enter).await?, [200, 200]);
        page.unfold("Change it").await?;
        page.tab_to("Path").await?;
        page.press_key(Key::End).await?;
        page.type_text("n").await?;
        assert_eq!(page.filled("Path").await?, "/men");
        let before = page.answers().await?.number;
        page.press_key(Key::Enter).await?;
        let answers = page.answers_after(before).await?;
        assert_eq!(answers.statuses(), [404, 404], "{answers:#?}");
        Ok(())
    })
}

/// A click that replaces a button must not throw the focus to the top of the page.
#[test]
fn the_focus_stays_near_what_was_pressed() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let mut lost = Vec::new();
        for (button, answer) in [
            ("Start over", "Keep"),
            ("Keep", "Start over"),
            ("+1 min", "back to now"),
            ("Show the key", "Hide the key"),
        ] {
            press(page, button, Key::Enter).await?;
            until(&format!("“{answer}”"), async || {
                Ok(page.offers(answer).await?.then_some(()))
            })
            .await?;
            let focus = page.focus().await?;
            if focus.element == "body" {
                lost.push(button);
            }
        }
        assert!(lost.is_empty(), "the focus is lost after {lost:?}");
        Ok(())
    })
}
