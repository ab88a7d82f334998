//! The terms and the key of the token scene: whose they are, what each changes, and what is wrong with them.

use e2e::{Failure, Page, Setup, compact, run};

const ACCEPTED: &str = "✓ accepted";
const BACK: &str = "Terms as the server’s";
const KEY: &str = "Given key: text, base64, PEM, JWK or JWKS";
const LEEWAY: &str = "Leeway in seconds";

async fn signed_in(page: &Page) -> anyhow::Result<String> {
    page.open().await?;
    page.sign_in().await?;
    page.go_to_token().await?;
    page.studio_says(ACCEPTED).await?;
    Ok(page.token().await?.expect("the token is there"))
}

#[test]
fn terms_start_from_the_servers_and_lead_back_to_them() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let token = signed_in(page).await?;
        let payload = compact::part(&token, 1);
        for (label, claim) in [("Expected iss", "iss"), ("Expected aud", "aud")] {
            let expected = page.filled(label).await?;
            assert!(
                payload.contains(&format!("\"{claim}\":\"{expected}\"")),
                "{payload}"
            );
            page.fill(label, "someone else").await?;
            let words = format!("{claim} is not what this verifier expects");
            let seen = page.studio_says(&words).await?;
            assert!(seen.terms.contains("your own terms"), "{}", seen.terms);
            page.tick(claim).await?;
            let seen = page.studio_says(ACCEPTED).await?;
            assert!(seen.steps.iter().any(|step| step.outcome == "left out"));
            page.press(BACK).await?;
            page.studio_is("the server’s terms", |seen| {
                seen.terms.contains("the server’s own terms") && seen.verdict.contains(ACCEPTED)
            })
            .await?;
        }
        let header = compact::part(&token, 0);
        let expected = page.filled("Expected typ").await?;
        assert!(
            header.contains(&format!("\"typ\":\"{expected}\"")),
            "{header}"
        );

        page.tick("HS256").await?;
        page.studio_says("Its algorithm is not on the verifier’s list")
            .await?;
        page.fill("Others, by name", "ES512").await?;
        page.studio_says("Its algorithm is not on the verifier’s list")
            .await?;
        page.press(BACK).await?;
        page.studio_says(ACCEPTED).await?;
        page.holds("Others, by name", "").await
    })
}

#[test]
fn a_leeway_is_taken_where_it_is_one_and_stays_as_typed_where_not() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_token().await?;
        page.press("Expired").await?;
        page.studio_says("The token expired").await?;
        page.fill(LEEWAY, "600").await?;
        page.studio_says(ACCEPTED).await?;
        for (typed, said) in [
            ("-1", "not below zero"),
            ("99999999999", "more than 136 years"),
            ("ten", "Not a whole number"),
            ("1.5", "Not a whole number"),
        ] {
            page.fill(LEEWAY, typed).await?;
            let seen = page.studio_says("The token expired").await?;
            assert!(seen.terms.contains(said), "{typed}: {}", seen.terms);
            assert_eq!(page.filled(LEEWAY).await?, typed);
        }
        page.tick("exp").await?;
        page.studio_says(ACCEPTED).await?;
        Ok(())
    })
}

#[test]
fn keys_are_read_and_what_is_wrong_with_them_is_said() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_token().await?;
        page.press("Valid").await?;
        page.studio_says(ACCEPTED).await?;
        for (key, verdict, said) in [
            (
                "too short",
                "✕ refused The key has 72 bits",
                "shared secret, 72 bits",
            ),
            (
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "✕ refused",
                "CERTIFICATE",
            ),
            (
                "-----BEGIN PUBLIC KEY-----",
                "✕ refused",
                "PEM block is broken",
            ),
            ("{\"kty\":\"RSA\"}", "✕ refused", "lacks"),
            ("{ nothing", "✕ refused", "not JSON"),
            ("", "✕ refused", "There is no key"),
        ] {
            page.paste_over(KEY, key).await?;
            page.studio_is(&format!("“{said}” of {key:.20}"), |seen| {
                seen.verdict.contains(verdict) && seen.key.contains(said)
            })
            .await?;
        }
        page.paste_over(KEY, "YS1zdHJpbmctc2VjcmV0LWF0LWxlYXN0LTI1Ni1iaXRzLWxvbmc=")
            .await?;
        page.studio_says("The signature does not match").await?;
        page.choose("Read it", "as a secret, in base64").await?;
        page.studio_says(ACCEPTED).await?;
        Ok(())
    })
}

#[test]
fn a_pair_is_made_signs_and_gives_its_public_half_away() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_token().await?;
        page.press("Valid").await?;
        page.studio_says(ACCEPTED).await?;
        page.choose("New key", "Ed25519").await?;
        page.press("Make a key").await?;
        page.studio_is("a pair", |seen| {
            seen.key.contains("Ed25519") && seen.key.contains("private half")
        })
        .await?;
        page.press("Sign with this key").await?;
        let seen = page
            .studio_is("why it is not signed", |seen| {
                seen.notice.contains("Not signed")
            })
            .await?;
        assert!(
            seen.notice.contains("The key is not one for HS256"),
            "{}",
            seen.notice
        );
        let header = page.filled("Header").await?;
        page.paste_over("Header", &header.replace("HS256", "EdDSA"))
            .await?;
        page.press("Sign with this key").await?;
        page.studio_says(ACCEPTED).await?;

        page.press("Show its public half").await?;
        page.says("BEGIN PUBLIC KEY").await?;
        let read = "return document.querySelector(\"[aria-label='Public half']\").textContent";
        let public = page.script(read, Vec::new()).await?;
        page.paste_over(KEY, public.as_str().unwrap_or_default())
            .await?;
        page.studio_is("the public half at work", |seen| {
            seen.verdict.contains(ACCEPTED) && seen.key.contains("can’t sign")
        })
        .await?;
        page.press("Sign with this key").await?;
        page.studio_is("that it can’t sign", |seen| {
            seen.notice.contains("the public half of a pair")
        })
        .await?;

        page.choose("New key", "RSA, 4,096 bits").await?;
        page.press("Make a key").await?;
        page.studio_is("progress", |seen| seen.key.contains("A key is being made"))
            .await?;
        page.press("Cancel").await?;
        let seen = page
            .studio_is("the end of it", |seen| {
                !seen.key.contains("A key is being made")
            })
            .await?;
        assert!(
            seen.verdict.contains(ACCEPTED),
            "the old key is still there"
        );
        Ok(())
    })
}
