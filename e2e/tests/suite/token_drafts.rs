//! What was typed into the token's editor: it can be undone, it is never overwritten, and what the browser holds
//! meanwhile is said.

use e2e::{Failure, Lane, Page, Setup, compact, run, until};
use thirtyfour::Key;

const COMPACT: &str = "Access token";
const HEADER: &str = "Header";
const PAYLOAD: &str = "Payload";
const PUT_BACK: &str = "Put back the issued one";
const RE_SIGN: &str = "Re-sign as the server would";
const LANE: Lane = Lane::Stateless;

const ACCEPTED: &str = "user #42";
const MISMATCH: &str = "The signature does not match";
const EDITED: &str = "Edited: the browser still holds another token";
const NOT_EDITED: &str = "This is the token that the browser holds";

/// Opens the page and signs in; the issued token.
async fn signed_in(page: &Page) -> anyhow::Result<String> {
    page.open().await?;
    page.sign_in().await?;
    let token = page.token().await?.expect("the token is there");
    page.holds(COMPACT, &token).await?;
    page.would_meet(LANE, ACCEPTED).await?;
    Ok(token)
}

#[test]
fn every_change_can_be_undone_and_made_again() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let token = signed_in(page).await?;
        let payload = compact::part(&token, 1);
        page.paste_over(PAYLOAD, "{}").await?;
        page.press_in(LANE, RE_SIGN).await?;
        page.would_meet(LANE, "is missing").await?;
        let signed = page.filled(COMPACT).await?;
        page.press_in(LANE, "Undo").await?;
        page.holds(COMPACT, &compact::with(&token, 1, &compact::encoded("{}")))
            .await?;
        page.press_in(LANE, "Undo").await?;
        page.holds(COMPACT, &token).await?;
        page.holds(PAYLOAD, &payload).await?;

        // In a field, by keys: the text is one, whichever view it was changed in.
        page.enter(PAYLOAD).await?;
        let redo = || Key::Control + Key::Shift;
        for (keys, wanted) in [
            (
                redo() + "z",
                compact::with(&token, 1, &compact::encoded("{}")),
            ),
            (redo() + "z", signed.clone()),
            (
                Key::Control + "z",
                compact::with(&token, 1, &compact::encoded("{}")),
            ),
            (Key::Control + "z", token.clone()),
            (Key::Control + "z", token.clone()),
            (
                redo() + "z",
                compact::with(&token, 1, &compact::encoded("{}")),
            ),
        ] {
            page.type_keys(keys).await?;
            page.holds(COMPACT, &wanted).await?;
            page.holds(PAYLOAD, &compact::part(&wanted, 1)).await?;
        }
        let focus = page.focus().await?;
        assert_eq!(focus.name, PAYLOAD, "{focus:?}");

        page.press_in(LANE, PUT_BACK).await?;
        page.browser_panel(LANE, NOT_EDITED).await?;
        page.enter(HEADER).await?;
        page.type_keys(Key::Control + "z").await?;
        page.holds(COMPACT, &compact::with(&token, 1, &compact::encoded("{}")))
            .await
    })
}

#[test]
fn the_field_with_the_focus_is_never_overwritten() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for field in [COMPACT, HEADER, PAYLOAD] {
            let first = signed_in(page).await?;
            page.enter(field).await?;
            let before = page.filled(field).await?;
            page.console("playground.signIn('admin', 'sample-password').then(() => null)")
                .await?;
            let other = until("another token", async || {
                let token = page.token().await?;
                Ok(token.filter(|token| *token != first))
            })
            .await?;
            page.browser_panel(LANE, NOT_EDITED).await?;
            let (follower, place) = if field == PAYLOAD {
                (COMPACT, None)
            } else {
                (PAYLOAD, Some(1))
            };
            let expected = place.map_or(other.clone(), |place| compact::part(&other, place));
            page.holds(follower, &expected).await?;
            assert_eq!(page.filled(field).await?, before, "{field}");
            assert_eq!(page.focus().await?.name, field);
            page.press_key(Key::Tab).await?;
            page.holds(COMPACT, &other).await?;
            page.holds(HEADER, &compact::part(&other, 0)).await?;
            page.holds(PAYLOAD, &compact::part(&other, 1)).await?;
        }
        Ok(())
    })
}

#[test]
fn what_was_typed_outlives_a_new_sign_in_and_says_so() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let token = signed_in(page).await?;
        page.paste_over(PAYLOAD, "{ mine }").await?;
        let mine = compact::with(&token, 1, &compact::encoded("{ mine }"));
        page.choose_account("administrator").await?;
        page.sign_in().await?;
        page.browser_panel(LANE, EDITED).await?;
        page.holds(COMPACT, &mine).await?;
        page.holds(PAYLOAD, "{ mine }").await?;
        assert_ne!(page.token().await?, Some(token));
        page.press_in(LANE, PUT_BACK).await?;
        let issued = page.token().await?.unwrap_or_default();
        page.holds(COMPACT, &issued).await?;
        page.browser_panel(LANE, NOT_EDITED).await?;
        Ok(())
    })
}

#[test]
fn a_deleted_token_is_said_to_be_gone_and_is_missed_by_the_server() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        signed_in(page).await?;
        page.press_in(LANE, "Delete it").await?;
        page.newest("deleted").await?;
        page.browser_panel(LANE, "No token.").await?;
        assert_eq!(page.token().await?, None);
        assert_eq!(page.send().await?.statuses(), [200, 401]);
        let said = page.answers().await?.stateless.sentence;
        assert!(said.contains("carries no Authorization field"), "{said}");
        let panel = page.answers().await?.stateless.in_the_browser;
        assert!(!panel.contains(NOT_EDITED), "{panel}");
        Ok(())
    })
}

#[test]
fn what_developer_tools_change_shows_unless_someone_has_typed() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let token = signed_in(page).await?;
        let other = compact::with(&token, 1, &compact::encoded("{\"from\": \"the console\"}"));
        page.put_token(&other).await?;
        page.holds(COMPACT, &other).await?;
        page.holds(PAYLOAD, "{\"from\": \"the console\"}").await?;
        page.would_meet(LANE, MISMATCH).await?;

        page.paste_over(HEADER, "{}").await?;
        let mine = page.filled(COMPACT).await?;
        page.put_token(&token).await?;
        page.send().await?;
        page.browser_panel(LANE, EDITED).await?;
        page.holds(COMPACT, &mine).await?;
        page.delete_token().await?;
        page.browser_panel(LANE, "No token.").await?;
        page.holds(COMPACT, &mine).await
    })
}
