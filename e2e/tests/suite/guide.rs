//! The guide: a tour through the real scenes, with something to do and to foresee at each stop; and the advice.

use crate::looks::look;
use e2e::{Failure, Lane, Page, Setup, run, until};
use serde_json::json;
use thirtyfour::Key;

/// Each stop: its name in links, its title, its button, and what is read of each lane once it was pressed.
const STOPS: [(&str, &str, &str, [&str; 2]); 13] = [
    (
        "ticket-handshake",
        "The handshake: the server writes you down",
        "Sign in as user #42",
        ["✓ 200 accepted", "✓ 200 accepted"],
    ),
    (
        "ticket",
        "The ticket: a random ID in a cookie",
        "Delete the cookie, then send",
        ["✕ 401 refused", "✓ 200 accepted"],
    ),
    (
        "lookup",
        "The verification: “Ah yes, this is user #42”",
        "Send GET /me",
        [
            "1 read, 0 writes, 0 signature checks",
            "0 reads, 0 writes, 1 signature check",
        ],
    ),
    (
        "passport-handshake",
        "The handshake: the server signs, and forgets",
        "Sign in as user #42",
        ["✓ 200 accepted", "✓ 200 accepted"],
    ),
    (
        "passport",
        "The passport: carried by the client",
        "Delete the token, then send",
        ["✓ 200 accepted", "✕ 401 refused"],
    ),
    (
        "signature",
        "The verification: a signature, no lookup",
        "Send GET /me",
        ["✓ 200 accepted", "0 reads, 0 writes, 1 signature check"],
    ),
    (
        "kill",
        "Kill the session",
        "Sign in, kill the session, then send",
        [
            "A ticket is worthless once the server forgets it.",
            "✓ 200 accepted",
        ],
    ),
    (
        "restart",
        "Restart the server",
        "Sign in, restart, then send",
        ["✕ 401 refused", "✓ 200 accepted"],
    ),
    (
        "ten-servers",
        "Ten servers",
        "Deploy ten, sign in, send ten requests",
        ["1 of 10 accepted.", "10 of 10 accepted."],
    ),
    (
        "thousand-servers",
        "A thousand servers",
        "Deploy a thousand, sign in, send ten requests",
        ["10 of 10 accepted.", "10 of 10 accepted."],
    ),
    (
        "tamper",
        "Tamper with it",
        "Sign in, write “admin” into the token, then send",
        ["✓ 200 accepted", "✕ 401 refused"],
    ),
    (
        "logout",
        "The logout that a token can’t do",
        "Sign in, sign out, then send the copies",
        ["✕ 401 refused", "✓ 200 accepted"],
    ),
    (
        "cure",
        "The cures, and their price",
        "Sign in, sign out, then send the copies",
        ["✕ 401 refused", "✕ 401 refused"],
    ),
];

const MET: &str = "Nothing was done here yet";

async fn scene(page: &Page) -> anyhow::Result<String> {
    let script = "return document.querySelector('nav[aria-label=Scenes] [aria-current]')?.textContent.trim() ?? ''";
    let seen = page.script(script, Vec::new()).await?;
    Ok(seen.as_str().unwrap_or_default().to_owned())
}

async fn fragment(page: &Page) -> anyhow::Result<String> {
    let seen = page.script("return location.hash", Vec::new()).await?;
    Ok(seen.as_str().unwrap_or_default().to_owned())
}

#[test]
fn the_whole_tour_is_taken_on_the_real_servers() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.prefer_motion().await?;
        page.open().await?;
        page.go_to_scene("Guide").await?;
        let guide = page.part("Guide");
        guide.says("0 of 13 stops seen.").await?;
        guide.follow("Begin the tour").await?;
        for (place, (slug, title, deed, lanes)) in STOPS.iter().enumerate() {
            let stop = page.part(title);
            let seen = stop
                .shows(&format!("Guide, stop {} of 13", place + 1))
                .await?;
            assert!(seen.text.contains(MET), "{}", seen.text);
            assert_eq!(fragment(page).await?, format!("#/guide/{slug}"));
            stop.press(deed).await?;
            let seen = stop
                .is("what came", |seen| {
                    !seen.text.contains(MET) && !seen.text.contains("Under way")
                })
                .await?;
            for lane in lanes {
                stop.says(lane).await?;
            }
            assert!(
                !seen.text.contains("came out otherwise"),
                "{title}: {}",
                seen.text
            );
            stop.follow("Next: ").await?;
        }
        page.part("Which should I use?")
            .shows("No answer yet")
            .await?;
        page.go_to_scene("Guide").await?;
        guide.says("13 of 13 stops seen.").await?;
        Ok(())
    })
}

#[test]
fn a_link_leads_to_a_stop_and_the_browsers_back_leads_back() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.follow(&format!("{}#/guide/restart", page.site().url()))
            .await?;
        let restart = page.part("Restart the server");
        restart.shows("stop 8 of 13").await?;
        assert_eq!(scene(page).await?, "Store");
        restart.follow("Next: Ten servers").await?;
        let ten = page.part("Ten servers");
        ten.shows("stop 9 of 13").await?;
        assert_eq!(scene(page).await?, "Fleet");
        page.script("history.back()", Vec::new()).await?;
        restart.shows("stop 8 of 13").await?;

        // Elsewhere the stop stays open, and leads back to its scene.
        page.go_to_scene("Token").await?;
        restart.shows("stop 8 of 13").await?;
        restart.follow("Show this stop’s scene, Store").await?;
        until("the scene", async || {
            Ok((scene(page).await? == "Store").then_some(()))
        })
        .await?;

        restart.press("Leave the tour").await?;
        until("the focus in the header", async || {
            Ok((page.focus().await?.name == "Store").then_some(()))
        })
        .await?;
        until("no stop", async || {
            let seen = page.script(
                "return document.querySelector('.tour') === null",
                Vec::new(),
            );
            Ok((seen.await? == true).then_some(()))
        })
        .await?;
        page.go_to_scene("Guide").await?;
        page.part("Guide").shows("Go on with the tour").await?;
        page.part("Guide").shows("Stop 8 of 13").await?;
        page.reload().await?;
        page.part("Guide").shows("Stop 8 of 13").await?;

        page.follow(&format!("{}#/guide/nowhere", page.site().url()))
            .await?;
        page.says("There is no scene").await
    })
}

#[test]
fn who_does_it_by_hand_is_told_what_came_too() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.follow(&format!("{}#/guide/kill", page.site().url()))
            .await?;
        let stop = page.part("Kill the session");
        stop.says(MET).await?;
        page.press_starting(Lane::Stateful, "Kill session").await?;
        page.newest("was killed").await?;
        stop.says(MET).await?;
        page.press_for_answers("Send to both").await?;
        stop.says("✕ 401 refused").await?;
        stop.says("✓ 200 accepted").await?;
        stop.says("The ticket died at once.").await?;
        Ok(())
    })
}

#[test]
fn what_was_predicted_is_held_against_what_came() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.follow(&format!("{}#/guide/tamper", page.site().url()))
            .await?;
        let stop = page.part("Tamper with it");
        stop.tick("Predict first").await?;
        let ticket = stop.fieldset("Ticket");
        ticket.choose("Answer", "200: accepted").await?;
        ticket
            .choose("Reason", "The server knows who this is")
            .await?;
        let passport = stop.fieldset("Passport");
        passport.choose("Answer", "403").await?;
        passport
            .choose("Reason", "The signature does not match")
            .await?;
        stop.press(STOPS[10].2).await?;
        stop.says("Predicted: the answer and the reason.").await?;
        stop.says("The reason was predicted, the answer is another one.")
            .await?;
        look(page, "guide-predicted").await
    })
}

#[test]
fn a_stop_that_comes_out_otherwise_says_so() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        // An algorithm other than the token’s: the deed signs in anew, what is sent by hand is refused.
        page.follow(&format!("{}#/guide/signature", page.site().url()))
            .await?;
        let stop = page.part("The verification: a signature, no lookup");
        page.put_token("no.token.atall").await?;
        page.press_for_answers("Send to both").await?;
        stop.says("came out otherwise").await?;
        look(page, "guide-otherwise").await?;
        stop.press("Send GET /me").await?;
        stop.is("as it is meant", |seen| {
            !seen.text.contains("came out otherwise")
                && seen.text.contains("That is the whole bargain")
        })
        .await?;
        Ok(())
    })
}

#[test]
fn the_tour_is_taken_by_keys() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.follow(&format!("{}#/guide/kill", page.site().url()))
            .await?;
        page.part("Kill the session").shows("stop 7 of 13").await?;
        until("the focus at the title", async || {
            let focus = page
                .script("return document.activeElement?.id", Vec::new())
                .await?;
            Ok((focus == json!("tour-title")).then_some(()))
        })
        .await?;
        page.tab_to("Sign in, kill the session, then send").await?;
        page.press_key(Key::Enter).await?;
        page.part("Kill the session")
            .says("The ticket died at once.")
            .await?;
        page.tab_to("Next: Restart the server").await?;
        page.press_key(Key::Enter).await?;
        page.part("Restart the server")
            .shows("stop 8 of 13")
            .await?;
        Ok(())
    })
}

#[test]
fn the_guide_is_accessible_at_every_width() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_scene("Guide").await?;
        page.part("Guide").says("0 of 13").await?;
        let colours = "const { color, backgroundColor } = getComputedStyle(document.querySelector('.guide-go-on a')); \
                       return color !== backgroundColor";
        assert_eq!(page.script(colours, Vec::new()).await?, json!(true));
        look(page, "guide-overview").await?;
        page.follow(&format!("{}#/guide/ten-servers", page.site().url()))
            .await?;
        let stop = page.part("Ten servers");
        stop.says(MET).await?;
        look(page, "guide-stop").await?;
        stop.press(STOPS[8].2).await?;
        stop.says("1 of 10 accepted.").await?;
        look(page, "guide-done").await
    })
}
