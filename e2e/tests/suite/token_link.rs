//! Links to a token: what goes in, what stays out, what comes out of them again, whatever they hold.

use e2e::{Failure, Page, Setup, compact, run, until};

const TOKEN: &str = "Token";
const ACCEPTED: &str = "✓ accepted";
const KEY: &str = "Given key: text, base64, PEM, JWK or JWKS";

/// The clipboard's stand-in: a browser without a user lets nobody read the real one.
async fn open(page: &Page) -> anyhow::Result<()> {
    page.catch_copies();
    page.open().await?;
    page.go_to_token().await
}

/// Presses “Copy link”; the link, and what is said of it.
async fn link(page: &Page) -> anyhow::Result<(String, String)> {
    page.press("Copy link").await?;
    let said = page
        .studio_is("what is in the link", |seen| {
            seen.notice.starts_with("Copied: ")
        })
        .await?;
    Ok((page.copied().await?, said.notice))
}

#[test]
fn a_link_brings_token_and_terms_back_without_a_signature_that_proves_something()
-> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        page.go_to_scene("Compare").await?;
        page.sign_in().await?;
        page.go_to_token().await?;
        page.press("Take the browser’s").await?;
        page.studio_says(ACCEPTED).await?;
        let token = page.token().await?.unwrap_or_default();
        page.fill("Expected aud", "someone & other=x").await?;
        page.paste_over(KEY, "my own secret, which is nobody else’s")
            .await?;
        let (copied, said) = link(page).await?;
        assert!(said.contains("The signature is left out"), "{said}");
        let signature = token.rsplit('.').next().unwrap_or_default();
        for hidden in [signature, "secret"] {
            assert!(!copied.contains(hidden), "{copied}");
        }

        page.reload().await?;
        page.follow(&copied).await?;
        let unsigned = compact::with(&token, 2, "");
        page.holds(TOKEN, &unsigned).await?;
        page.holds("Expected aud", "someone & other=x").await?;
        page.holds(KEY, "").await?;
        let seen = page.token_studio().await?;
        for words in [
            "Opened from a link",
            "The signature is not in it",
            "Nor is the key",
        ] {
            assert!(seen.notice.contains(words), "{}", seen.notice);
        }
        // What was there before can be had back.
        page.press("Undo").await?;
        page.holds(TOKEN, &token).await
    })
}

#[test]
fn what_the_sample_key_signed_travels_whole() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        page.press("Wrong audience").await?;
        page.studio_says("aud is not what").await?;
        let token = page.filled(TOKEN).await?;
        let (copied, said) = link(page).await?;
        assert!(said.contains("The signature is in it"), "{said}");
        page.leave().await?;
        page.follow(&copied).await?;
        page.running().await?;
        page.holds(TOKEN, &token).await?;
        let seen = page.studio_says("aud is not what").await?;
        assert!(seen.terms.contains("your own terms"), "{}", seen.terms);

        // A link that stays in the address overwrites nothing when the scene is shown again.
        page.paste_over("Payload", "{}").await?;
        page.go_to_scene("Compare").await?;
        page.go_to_token().await?;
        page.holds("Payload", "{}").await
    })
}

/// Of two tokens, or of an opaque one, no part can be told to be harmless.
#[test]
fn text_that_may_be_a_credential_as_a_whole_goes_into_no_link() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        for text in ["an-opaque-token", "a.b.c.d.e"] {
            page.paste_over(TOKEN, text).await?;
            page.press("Copy link").await?;
            page.studio_is("no link", |seen| {
                seen.notice.contains("all of it may be a credential")
            })
            .await?;
            page.press("Share").await?;
            let link = page.filled("A link to what you see").await?;
            assert!(!link.contains(text), "{link}");
            page.press("Close").await?;
        }
        Ok(())
    })
}

#[test]
fn a_link_that_is_none_is_said_to_be_none() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        page.press("Valid").await?;
        page.studio_says(ACCEPTED).await?;
        let token = page.filled(TOKEN).await?;
        let huge = format!("#/token?token={}", "a".repeat(100_000));
        for (fragment, words) in [
            ("#/token?token=%zz", "can’t be read"),
            ("#/token?tok", "can’t be read"),
            ("#/token?token=a&version=9", "can’t be read"),
            (&huge, "longer than any that is made here"),
        ] {
            page.follow(fragment).await?;
            page.studio_is(words, |seen| seen.notice.contains(words))
                .await?;
            assert_eq!(page.filled(TOKEN).await?, token, "{fragment:.60}");
            // Another token for sure: within the same second a valid one would be the same.
            page.press("Expired").await?;
            page.studio_is("nothing to say", |seen| seen.notice.is_empty())
                .await?;
            page.press("Undo").await?;
        }
        // Markup in a link is text.
        let markup = "#/token?token=%3Cimg%20src%3Dx%20onerror%3D%22window.ran%3D1%22%3E";
        page.follow(markup).await?;
        page.holds(TOKEN, "<img src=x onerror=\"window.ran=1\">")
            .await?;
        until("nothing to have run", async || {
            let ran = page.script("return window.ran ?? 0", Vec::new()).await?;
            Ok((ran == 0).then_some(()))
        })
        .await
    })
}
