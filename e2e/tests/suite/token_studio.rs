//! The token scene, as a person uses it: paste, edit, see which check decides, sign, send, take back.

use e2e::{Failure, Lane, Page, Setup, compact, run, until};
use thirtyfour::Key;

const TOKEN: &str = "Token";
const HEADER: &str = "Header";
const PAYLOAD: &str = "Payload";

const ACCEPTED: &str = "✓ accepted";
const MISMATCH: &str = "✕ refused The signature does not match";

/// Signs in and opens the scene; the issued token.
async fn signed_in(page: &Page) -> anyhow::Result<String> {
    page.open().await?;
    page.sign_in().await?;
    page.go_to_token().await?;
    let token = page.token().await?.expect("the token is there");
    page.holds(TOKEN, &token).await?;
    page.studio_says(ACCEPTED).await?;
    Ok(token)
}

async fn empty(page: &Page) -> anyhow::Result<()> {
    page.open().await?;
    page.go_to_token().await?;
    page.studio_says("The token is empty").await?;
    Ok(())
}

#[test]
fn each_example_is_decided_by_the_check_that_it_is_named_after() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        empty(page).await?;
        let seen = page.token_studio().await?;
        assert!(seen.notice.contains("Paste any token"), "{}", seen.notice);
        for (example, verdict, place) in [
            ("Expired", "✕ refused The token expired 5:", "\"exp\": "),
            (
                "Not yet valid",
                "✕ refused The token is not valid yet",
                "\"nbf\": ",
            ),
            ("Wrong signature", MISMATCH, ""),
            (
                "Wrong audience",
                "✕ refused aud is not what this verifier expects",
                "\"aud\": \"billing\"",
            ),
            (
                "Unsigned: none",
                "✕ refused The header says none",
                "\"alg\":\"none\"",
            ),
            (
                "Key confusion",
                "✕ refused The key that it names is not one for HS256",
                "\"alg\":\"HS256\"",
            ),
            (
                "Broken",
                "✕ refused The payload has a character that base64url does not have",
                "",
            ),
        ] {
            page.press(example).await?;
            let seen = page
                .studio_is(example, |seen| {
                    seen.verdict.contains(verdict)
                        && (seen.trouble[1].contains(place) || seen.trouble[2].contains(place))
                        && !seen.trouble[0].is_empty()
                })
                .await?;
            assert!(seen.terms.contains("These are your own terms"), "{example}");
            let (failed, after) = seen.failure()?;
            assert!(failed.text.contains("refused: "), "{}", failed.text);
            assert!(!after.is_empty() || example == "Wrong type", "{example}");
            for step in after {
                assert_eq!(step.outcome, "not reached", "{example}: {}", step.text);
            }
            page.press("Valid").await?;
            let seen = page.studio_says(ACCEPTED).await?;
            assert_eq!(seen.trouble, ["", "", ""], "{example}");
            assert!(seen.steps.iter().all(|step| step.outcome == "held"));
        }
        Ok(())
    })
}

#[test]
fn a_change_in_one_field_shows_in_the_others_and_in_the_verdict() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let token = signed_in(page).await?;
        let payload = compact::part(&token, 1);
        let seen = page.token_studio().await?;
        assert!(
            seen.terms.contains("the server’s own terms"),
            "{}",
            seen.terms
        );
        assert_eq!(seen.claim("role")?[1], "\"member\"");

        let promoted = payload.replace("member", "admin");
        page.paste_over(PAYLOAD, &promoted).await?;
        page.holds(
            TOKEN,
            &compact::with(&token, 1, &compact::encoded(&promoted)),
        )
        .await?;
        let seen = page.studio_says(MISMATCH).await?;
        assert_eq!(seen.claim("role")?[1], "\"admin\"");
        assert_eq!(page.filled(HEADER).await?, compact::part(&token, 0));
        let blast = "changed 6 octets of the payload";
        let seen = page
            .studio_is("bits of the right signature", |seen| {
                seen.blast.contains(blast) && seen.blast.contains("of 256 bits")
            })
            .await?;
        assert!(
            seen.key.contains("The signature that would be right"),
            "{}",
            seen.key
        );

        page.press("Re-sign as the server would").await?;
        page.studio_says(ACCEPTED).await?;
        page.studio_is("the right signature to be there", |seen| {
            seen.key
                .contains("The signature is the one that this key gives")
        })
        .await?;

        page.paste_over(HEADER, "{ \"alg\" : oops }").await?;
        let seen = page
            .studio_is("the place of the fault", |seen| seen.trouble[1] == "o")
            .await?;
        assert!(
            seen.verdict.contains("The header is not JSON: line 1"),
            "{}",
            seen.verdict
        );
        page.holds(PAYLOAD, &promoted).await
    })
}

#[test]
fn each_field_takes_back_what_it_shows_and_the_one_with_the_focus_is_left_alone()
-> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let token = signed_in(page).await?;
        let header = compact::part(&token, 0);
        let payload = compact::part(&token, 1);
        page.paste_over(PAYLOAD, "{\"first\": 1}").await?;
        page.paste_over(HEADER, "{\"second\": 2}").await?;
        page.enter(PAYLOAD).await?;
        page.type_keys(Key::Control + "z").await?;
        page.holds(PAYLOAD, &payload).await?;
        page.holds(HEADER, "{\"second\": 2}").await?;
        page.type_keys(Key::Control + Key::Shift + "z").await?;
        page.holds(PAYLOAD, "{\"first\": 1}").await?;
        page.enter(HEADER).await?;
        page.type_keys(Key::Control + "z").await?;
        page.holds(HEADER, &header).await?;
        page.holds(PAYLOAD, "{\"first\": 1}").await?;
        assert_eq!(page.focus().await?.name, HEADER);

        // Neither broken text nor the caret is touched while someone types.
        page.paste_over(PAYLOAD, "{ \"a\":").await?;
        page.type_text(" 1, ").await?;
        assert_eq!(page.filled(PAYLOAD).await?, "{ \"a\": 1, ");
        page.studio_says("✕ refused").await?;
        assert_eq!(page.filled(PAYLOAD).await?, "{ \"a\": 1, ");
        for _ in 0..10 {
            page.press("Undo").await?;
        }
        page.holds(TOKEN, "").await?;
        page.press("Take the browser’s").await?;
        page.holds(TOKEN, &token).await
    })
}

#[test]
fn a_claim_and_its_characters_mark_each_other() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let token = signed_in(page).await?;
        page.press("sub").await?;
        let seen = page
            .studio_is("sub marked", |seen| seen.pointed.as_deref() == Some("sub"))
            .await?;
        assert_eq!(seen.marked[2], "\"sub\":\"42\"");
        assert!(token.contains(&seen.marked[0]) && !seen.marked[0].is_empty());
        assert_eq!(seen.marked[1], "");
        page.press("kid").await?;
        let seen = page
            .studio_is("kid marked", |seen| seen.marked[1] == "\"kid\":\"1\"")
            .await?;
        assert_eq!(seen.marked[2], "");

        // From the caret in a part, and from the one in the compact text.
        page.enter(PAYLOAD).await?;
        page.type_keys(Key::Control + Key::Home).await?;
        page.press_key(Key::Right).await?;
        page.studio_is("iss marked", |seen| seen.pointed.as_deref() == Some("iss"))
            .await?;
        page.enter(TOKEN).await?;
        page.type_keys(Key::Control + Key::Home).await?;
        page.press_key(Key::Right).await?;
        page.press_key(Key::Right).await?;
        let seen = page
            .studio_is("alg marked", |seen| seen.pointed.as_deref() == Some("alg"))
            .await?;
        assert!(
            token.starts_with(&format!("e{}", seen.marked[0]))
                || token.starts_with(&seen.marked[0])
        );
        Ok(())
    })
}

#[test]
fn the_servers_answer_stands_beside_the_verdict_and_agrees() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let token = signed_in(page).await?;
        let agree = "Studio and server agree: the same function";
        let sent = async |status: &str, words: &str| {
            page.press("Send it").await?;
            page.studio_is(&format!("{status} and “{words}”"), |seen| {
                seen.sending.contains(status) && seen.sending.contains(words)
            })
            .await
        };
        sent("✓ 200 OK", agree).await?;
        page.paste_over(PAYLOAD, &compact::part(&token, 1).replace("42", "1"))
            .await?;
        page.studio_says(MISMATCH).await?;
        let seen = page.token_studio().await?;
        assert!(
            seen.sending.contains("has been changed since it was sent"),
            "{}",
            seen.sending
        );
        sent("✕ 401", agree).await?;
        assert_eq!(
            page.token().await?.as_ref(),
            Some(&token),
            "localStorage stays"
        );

        page.press("Put it there and send to both").await?;
        page.studio_is("the answer to both", |seen| {
            seen.sending
                .contains("✕ 401 Unauthorized The signature does not match")
        })
        .await?;
        assert_ne!(page.token().await?.as_ref(), Some(&token));
        page.go_to_scene("Compare").await?;
        assert_eq!(page.answers().await?.statuses(), [200, 401]);
        page.go_to_token().await?;

        // Under terms of one's own both may say something else, and that is said.
        page.press("Valid").await?;
        page.studio_says(ACCEPTED).await?;
        sent("✕ 401", "They differ, as the terms do").await?;
        page.choose("Request", "GET /services/billing").await?;
        sent("GET /services/billing", "✕ 401").await?;
        Ok(())
    })
}

#[test]
fn a_service_that_shares_the_secret_forges_and_one_with_a_public_half_can_not()
-> Result<(), Failure> {
    run(Setup::default(), async |page| {
        signed_in(page).await?;
        let forge = "Let billing forge an administrator’s token";
        page.press(forge).await?;
        let seen = page
            .studio_is("a forgery", |seen| {
                seen.sending.contains("GET /admin/users ✓ 200 OK")
                    && seen.holders.contains("Billing signed it")
            })
            .await?;
        assert!(seen.verdict.contains(ACCEPTED), "{}", seen.verdict);
        assert_eq!(seen.claim("role")?[1], "\"admin\"");
        assert!(seen.holders.contains("✓ could sign"), "{}", seen.holders);

        page.choose("The server signs with", "ES256").await?;
        page.studio_is("public halves", |seen| {
            seen.holders
                .contains("billing P-256, 256 bits, public half")
        })
        .await?;
        page.press(forge).await?;
        page.studio_is("no forgery", |seen| {
            seen.holders
                .contains("Billing can’t. This is the public half")
        })
        .await?;
        page.go_to_scene("Compare").await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        page.go_to_token().await?;
        page.press("Take the browser’s").await?;
        let seen = page.studio_says(ACCEPTED).await?;
        assert_eq!(seen.claim("alg")?[1], "\"ES256\"");
        page.press("Show its public half").await?;
        page.says("BEGIN PUBLIC KEY").await
    })
}

#[test]
fn what_was_done_in_the_studio_outlives_the_scene() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        signed_in(page).await?;
        page.paste_over(PAYLOAD, "{ mine }").await?;
        page.fill("Expected iss", "someone").await?;
        page.go_to_scene("Compare").await?;
        page.go_to_token().await?;
        page.holds(PAYLOAD, "{ mine }").await?;
        assert_eq!(page.filled("Expected iss").await?, "someone");
        page.press("Undo").await?;
        page.go_to_scene("Compare").await?;
        page.press_in(Lane::Stateless, "Make it say admin").await?;
        page.press_in(Lane::Stateless, "Open in the studio").await?;
        until("the token of Compare", async || {
            let payload = page.filled(PAYLOAD).await?;
            Ok(payload.contains("\"role\":\"admin\"").then_some(()))
        })
        .await
    })
}
