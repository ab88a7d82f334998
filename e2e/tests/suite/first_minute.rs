//! The first minute: what to press and why, then what to try, ticked once seen. It never insists.

use e2e::{Failure, Lane, Page, Setup, run, until};
use thirtyfour::Key;

const READ: &str = r"
const place = document.querySelector('section[aria-label=\'What to try\']');
return place ? place.innerText.replace(/\s+/g, ' ').trim() : '';
";
const SIGN_IN: &str = "Start here: press “Sign in to both”";
const SEND: &str = "Now press “Send to both”";
const NEXT: &str = "Try next, in any order";
const ALL: &str = "You have seen the three";
const KILL: &str = "Kill the session.";
const CHANGE: &str = "Change the role in the token.";
const LOGOUT: &str = "Sign out, then send the kept copies.";

/// Waits until it says this; then all of it.
async fn says(page: &Page, words: &str) -> anyhow::Result<String> {
    until(&format!("“{words}” of the first minute"), async || {
        let seen = page.script(READ, Vec::new()).await?;
        let seen = seen.as_str().unwrap_or_default().to_owned();
        anyhow::ensure!(seen.contains(words), "it says {seen:?}");
        Ok(Some(seen))
    })
    .await
}

/// Presses “Show me where”, and sees the focus go there.
async fn shows(page: &Page, of: &str, place: &str) -> anyhow::Result<()> {
    let button = if of.is_empty() {
        String::from("Show me where")
    } else {
        format!("Show me where: {of}")
    };
    page.press(&button).await?;
    until(&format!("the focus on “{place}”"), async || {
        let focus = page.focus().await?;
        anyhow::ensure!(focus.name.starts_with(place), "it is on {focus:?}");
        Ok(Some(()))
    })
    .await
}

#[test]
fn it_leads_from_the_first_press_through_three_experiments() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.prefer_motion().await?;
        for width in [1440, 390] {
            page.set_width(width).await?;
            page.open().await?;
            says(page, SIGN_IN).await?;
            shows(page, "", "Sign in to both").await?;
            page.sign_in().await?;
            says(page, SEND).await?;
            shows(page, "", "Send to both").await?;
            page.send().await?;
            let offers = says(page, NEXT).await?;
            for offer in [KILL, CHANGE, LOGOUT] {
                assert!(offers.contains(offer), "no {offer}: {offers}");
            }
            assert!(!offers.contains('✓'), "{offers}");

            shows(page, CHANGE, "Payload").await?;
            page.press("Make it say admin").await?;
            page.press_in(Lane::Stateless, "Put it into the browser")
                .await?;
            says(page, "The browser holds a changed token.").await?;
            shows(page, "The browser holds a changed token.", "Send to both").await?;
            assert_eq!(page.send().await?.statuses(), [200, 401]);
            says(page, "✓ Changed.").await?;

            shows(page, KILL, "Kill session").await?;
            page.press_key(Key::Enter).await?;
            says(page, "The session is killed.").await?;
            shows(page, "The session is killed.", "Send to both").await?;
            page.send().await?;
            says(page, "✓ Killed.").await?;

            page.sign_in().await?;
            shows(page, LOGOUT, "Sign out of both").await?;
            page.sign_out().await?;
            says(page, "You are signed out.").await?;
            shows(page, "You are signed out.", "Send the kept cookie").await?;
            page.press_for_answers("Send the kept cookie").await?;
            says(page, "You are signed out.").await?;
            page.press_for_answers("Send the kept token").await?;
            let said = says(page, ALL).await?;
            assert!(!said.contains("Show me where"), "{said}");
            let (over, outside) = page.overflow().await?;
            assert!(over <= 0, "{over} px too wide at {width}: {outside}");
        }
        Ok(())
    })
}

#[test]
fn hidden_it_stays_away() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        says(page, SIGN_IN).await?;
        page.press("Hide").await?;
        until("it gone", async || {
            Ok((page.script(READ, Vec::new()).await? == "").then_some(()))
        })
        .await?;
        page.sign_in().await?;
        page.send().await?;
        assert_eq!(page.script(READ, Vec::new()).await?, "");
        Ok(())
    })
}

/// Reaches it with Tab, sees the focus, and presses Enter.
async fn press(page: &Page, name: &str) -> anyhow::Result<()> {
    let focus = page.tab_to(name).await?;
    assert!(focus.is_visible, "{focus:?}");
    page.press_key(Key::Enter).await
}

#[test]
fn with_the_keyboard_alone_it_leads_on_and_hides() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        says(page, SIGN_IN).await?;
        for (then, answers) in [(SEND, [200, 200]), (NEXT, [200, 200])] {
            press(page, "Show me where").await?;
            let before = page.answers().await?.number;
            page.press_key(Key::Enter).await?;
            assert_eq!(page.answers_after(before).await?.statuses(), answers);
            says(page, then).await?;
        }
        press(page, &format!("Show me where: {KILL}")).await?;
        page.press_key(Key::Enter).await?;
        says(page, "The session is killed.").await?;
        press(page, "Show me where: The session is killed.").await?;
        page.press_key(Key::Enter).await?;
        says(page, "✓ Killed.").await?;
        press(page, "Hide").await?;
        until("it gone", async || {
            Ok((page.script(READ, Vec::new()).await? == "").then_some(()))
        })
        .await?;
        let focus = page.focus().await?;
        assert_ne!(focus.element, "body", "the focus is lost after “Hide”");
        Ok(())
    })
}

#[test]
fn it_never_takes_the_focus_by_itself() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        says(page, SIGN_IN).await?;
        page.enter("Password").await?;
        let stays = async |what: &str| -> anyhow::Result<()> {
            let focus = page.focus().await?;
            assert_eq!(focus.name, "Password", "after {what}: {focus:?}");
            Ok(())
        };
        for (asked, words) in [
            ("playground.signIn('member', 'sample-password')", SEND),
            ("playground.sendToBoth('/me')", NEXT),
            ("playground.signOut()", "You are signed out."),
        ] {
            page.console(&format!("{asked}.then(() => null)")).await?;
            says(page, words).await?;
            stays(asked).await?;
        }
        Ok(())
    })
}
