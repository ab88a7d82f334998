//! Whatever is pasted into the token scene: what stood around the token goes, what is broken shows as far as it can be
//! read, and nothing of it runs.

use e2e::{Failure, Page, Setup, compact, run};
use thirtyfour::Key;

const TOKEN: &str = "Token";
const JWT: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln";

async fn open(page: &Page) -> anyhow::Result<()> {
    page.open().await?;
    page.go_to_token().await
}

#[test]
fn what_stands_around_a_token_is_taken_off_and_can_be_had_back() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        for (pasted, said) in [
            (
                format!("Authorization: Bearer {JWT}\n"),
                "the scheme Bearer",
            ),
            (format!("\"{JWT}\""), "quotation marks"),
            (JWT.replace('.', ".\n  "), "spaces and line breaks"),
            (JWT.replace('.', "%2E"), "percent-encoding"),
            (
                format!("Cookie: a=b; access_token={JWT}"),
                "all but the cookie access_token",
            ),
            (
                format!("{{\"access_token\":\"{JWT}\",\"expires_in\":900}}"),
                "the JSON around access_token",
            ),
            (
                String::from(
                    "{\"payload\":\"eyJzdWIiOiI0MiJ9\",\"protected\":\"eyJhbGciOiJIUzI1NiJ9\",\"signature\":\"c2ln\"}",
                ),
                "the JSON serialisation",
            ),
        ] {
            page.paste_over(TOKEN, &pasted).await?;
            page.holds(TOKEN, JWT).await?;
            let seen = page
                .studio_is(said, |seen| seen.notice.contains(said))
                .await?;
            assert!(seen.notice.starts_with("Taken off"), "{}", seen.notice);
            assert_eq!(page.focus().await?.name, TOKEN);
            page.type_keys(Key::Control + "z").await?;
            page.holds(TOKEN, &pasted).await?;
        }
        Ok(())
    })
}

#[test]
fn what_is_typed_is_never_rewritten() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        page.enter(TOKEN).await?;
        for typed in ["Bearer eyJ.x", "\"eyJ.x\"", "  eyJ.\n\nx"] {
            page.paste_over(TOKEN, "").await?;
            page.type_text(typed).await?;
            page.studio_says("✕ refused").await?;
            assert_eq!(page.filled(TOKEN).await?, typed);
        }
        Ok(())
    })
}

#[test]
fn of_what_is_broken_all_that_can_be_read_is_shown_and_where_it_breaks() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        let encrypted = "eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.b2s.aXY.Y3Q.dGFn";
        let doubled = format!(
            "eyJhbGciOiJIUzI1NiJ9.{}.c2ln",
            compact::encoded("{\"a\":1,\"a\":2}")
        );
        let with_critical = format!(
            "{}.e30.c2ln",
            compact::encoded("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}")
        );
        for (token, verdict, wrong) in [
            ("", "The token is empty", ""),
            ("nonsense", "This one has 1", ""),
            ("🎫", "This one has 1", ""),
            ("..", "The header is not JSON", ""),
            (encrypted, "encrypted token (JWE)", ""),
            (
                "eyJhbGciOiJIUzI1NiJ9.e30.c2!n",
                "The signature has a character",
                "!",
            ),
            (
                "eyJhbGciOiJIUzI1NiJ9.e30.c2lnX",
                "The end of the signature",
                "X",
            ),
            (&with_critical, "crit demands an extension", "ImNyaXQi"),
            (&doubled, "The signature has 3 octets", "c2ln"),
            (
                "{\"payload\":\"e30\",\"signatures\":[]}",
                "the JSON serialisation of a token",
                "",
            ),
        ] {
            page.paste_over(TOKEN, token).await?;
            page.studio_is(&format!("“{verdict}” of {token:.40}"), |seen| {
                seen.verdict.contains(verdict) && seen.trouble[0].contains(wrong)
            })
            .await?;
            assert_eq!(page.filled(TOKEN).await?, token);
        }
        page.paste_over(TOKEN, encrypted).await?;
        page.holds("Header", "{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}")
            .await?;
        page.says("The second part of an encrypted token").await?;
        page.paste_over(TOKEN, "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiIsIm5h!!.c2ln")
            .await?;
        let seen = page.studio_says("The payload has a character").await?;
        assert_eq!(seen.claim("sub")?[1], "\"42\"");
        Ok(())
    })
}

#[test]
fn markup_in_claims_is_text() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        page.script("window.ran = 0", Vec::new()).await?;
        let markup = "<img src=x onerror=window.ran=1><script>window.ran=1</script>";
        page.press("Valid").await?;
        page.studio_says("✓ accepted").await?;
        page.paste_over(
            "Payload",
            &format!("{{\"{markup}\":\"{markup}\",\"exp\":1e300}}"),
        )
        .await?;
        let seen = page
            .studio_is("the claim as text", |seen| {
                seen.claims.iter().any(|row| row[0] == markup)
            })
            .await?;
        assert!(seen.claim("exp")?[2].contains("beyond any calendar"));
        assert_eq!(page.script("return window.ran", Vec::new()).await?, 0);
        let images = "return document.querySelectorAll('img, main script').length";
        assert_eq!(page.script(images, Vec::new()).await?, 0);
        Ok(())
    })
}

#[test]
fn a_token_of_a_megabyte_is_judged_and_its_claims_are_left_out() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        let huge = format!("{}.{}.x", "a".repeat(500_000), "b".repeat(500_000));
        page.paste_over(TOKEN, &huge).await?;
        page.studio_says("✕ refused").await?;
        page.says("Longer than 64 KiB").await?;
        page.type_text("!").await?;
        page.studio_says("✕ refused").await?;
        assert_eq!(page.filled(TOKEN).await?.len(), huge.len() + 1);
        page.press("Undo").await?;
        page.press("Undo").await?;
        page.holds(TOKEN, "").await?;
        // Of one that is merely large, the claim that is too much for a cookie is named.
        page.press("Valid").await?;
        let long = format!(
            "{{\"sub\":\"1\",\"long\":\"{}\",\"exp\":4}}",
            "x".repeat(4000)
        );
        page.paste_over("Payload", &long).await?;
        page.says("too many, passed in the claim long").await
    })
}
