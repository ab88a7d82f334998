//! What someone changes in the browser's developer tools counts at the next request.

use e2e::{AN_HOUR_LATER, Answers, Failure, Lane, Page, Setup, Token, run};
use serde_json::json;

/// Sends, and makes sure that the lane refused with these words, that the step which failed is marked with them, and
/// that what would have come after it did not happen.
async fn refused(page: &Page, lane: Lane, edit: &str, words: &str) -> anyhow::Result<Answers> {
    let answers = page.send().await?;
    let seen = answers.lane(lane);
    assert!(
        seen.status.starts_with('✕') && seen.sentence.contains(words),
        "{edit}: {} {}, and not “{words}”",
        seen.status,
        seen.sentence
    );
    let (failed, later) = seen.failure()?;
    assert!(failed.text.contains(words), "{edit}: {failed:#?}");
    let of_the_answer = |text: &str| {
        [
            "The server wrote it into its audit log",
            "The server answered",
            "The answer travels",
            "The browser",
        ]
        .iter()
        .any(|start| text.starts_with(start))
    };
    for step in later {
        assert!(
            step.outcome == "not reached" || of_the_answer(&step.text),
            "{edit}: after the failure came {step:#?}"
        );
    }
    let unreached = later
        .iter()
        .filter(|step| step.outcome == "not reached")
        .count();
    assert!(
        unreached > 0,
        "{edit}: nothing is marked as not reached: {:#?}",
        seen.steps
    );
    Ok(answers)
}

#[test]
fn an_edited_cookie_counts_at_the_next_request() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let session_id = page.session_id().await?.expect("the cookie is there");
        let other = format!("{}A", "x".repeat(42));
        let long = "y".repeat(4000);
        for (value, words) in [
            (other.as_str(), "No session has this ID"),
            ("abc", "holds 3 characters that are not a session ID"),
            ("", "holds 0 characters that are not a session ID"),
            (&long, "holds 4000 characters that are not a session ID"),
            ("%00é", "not a session ID"),
        ] {
            if !value.is_ascii() && !page.engine().takes_any_character_in_cookies() {
                continue;
            }
            page.put_session_id(value).await?;
            let answers = refused(page, Lane::Stateful, value, words).await?;
            assert_eq!(answers.statuses(), [401, 200], "{value}");
            assert!(
                answers.row[1].contains("they differ"),
                "{value}: {:?}",
                answers.row
            );
            page.put_session_id(&session_id).await?;
            assert_eq!(page.send().await?.statuses(), [200, 200], "after {value}");
        }
        page.delete_session_id().await?;
        refused(page, Lane::Stateful, "deleted", "carries no cookie sid").await?;
        Ok(())
    })
}

#[test]
fn an_edited_token_counts_at_the_next_request() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let text = page.token().await?.expect("the token is there");
        for (edit, edited, words) in edited_tokens(&text)? {
            page.put_token(&edited).await?;
            let answers = refused(page, Lane::Stateless, edit, words).await?;
            assert_eq!(answers.stateful.status_code(), 200, "{edit}");
            page.put_token(&text).await?;
            assert_eq!(page.send().await?.statuses(), [200, 200], "after {edit}");
        }
        page.delete_token().await?;
        refused(page, Lane::Stateless, "deleted", "no Authorization field").await?;
        Ok(())
    })
}

/// What was done to the token, what became of it, and what the server says of it.
fn edited_tokens(text: &str) -> anyhow::Result<Vec<(&'static str, String, &'static str)>> {
    let token = Token::read(text)?;
    let mut administrator = token.clone();
    administrator.payload["role"] = json!("admin");
    let position = text.len() - 20;
    let other = if text.as_bytes()[position] == b'A' {
        "B"
    } else {
        "A"
    };
    let mut one_character = text.to_owned();
    one_character.replace_range(position..=position, other);
    Ok(vec![
        (
            "one character",
            one_character,
            "The signature does not match",
        ),
        (
            "another role",
            administrator.text(),
            "The signature does not match",
        ),
        ("emptied", String::new(), "The token is empty"),
        ("a word", String::from("hello"), "This one has 1"),
        ("two parts", String::from("a.b"), "This one has 2"),
        ("five parts", String::from("a.b.c.d.e"), "encrypted token"),
        (
            "not base64url",
            format!("!{text}"),
            "a character that base64url does not have",
        ),
        (
            "padded",
            text.replacen('.', "=.", 1),
            "a character that base64url does not have",
        ),
        (
            "not JSON",
            token.with_header("not JSON"),
            "The header is not JSON",
        ),
        (
            "a list",
            token.with_header("[]"),
            "The header is JSON, but not an object",
        ),
        (
            "a lone surrogate",
            token.with_header(r#"{"alg":"HS256","x":"\ud800"}"#),
            "The header is not JSON",
        ),
        (
            "a name twice",
            token.with_header(r#"{"alg":"HS256","alg":"none"}"#),
            "A name stands twice",
        ),
        (
            "none",
            token.with_header(r#"{"alg":"none"}"#),
            "an unsigned token",
        ),
        (
            "an unknown algorithm",
            token.with_header(r#"{"alg":"HS999"}"#),
            "not on the server’s list",
        ),
        (
            "no algorithm",
            token.with_header("{}"),
            "The header names no algorithm",
        ),
        (
            "an unknown key",
            token.with_header(r#"{"alg":"HS256","kid":"elsewhere"}"#),
            "no key of this ID",
        ),
        (
            "foreign letters",
            String::from("é.ü.\u{1F511}"),
            "base64url",
        ),
        (
            "one megabyte",
            "x".repeat(1_000_000),
            "The request’s fields have 1,000",
        ),
    ])
}

#[test]
fn half_a_character_in_the_token_is_refused_and_breaks_nothing() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.script(
            "localStorage.setItem('access_token', '\\ud800.b.c')",
            Vec::new(),
        )
        .await?;
        refused(page, Lane::Stateless, "half a character", "base64url").await?;
        Ok(())
    })
}

#[test]
fn a_cookie_over_four_kilobytes_is_refused_by_the_browser_itself() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.put_session_id(&"z".repeat(20_000)).await?;
        let answers = page.send().await?;
        // What the browser takes all the same is too much for the server.
        let refuses = page.engine().refuses_long_cookies();
        let stateful = if refuses { 200 } else { 431 };
        let seen = &answers.stateful;
        assert_eq!(answers.statuses(), [stateful, 200], "{seen:#?}");
        Ok(())
    })
}

#[test]
fn an_hour_later_session_and_token_have_expired() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.site().before_worker(AN_HOUR_LATER);
        page.reload().await?;
        let idle = "not used for too long";
        let answers = refused(page, Lane::Stateful, "an hour later", idle).await?;
        assert_eq!(answers.statuses(), [401, 401]);
        let sentence = &answers.stateless.sentence;
        assert!(sentence.contains("The token expired"), "{sentence}");
        let (failed, _) = answers.stateless.failure()?;
        assert!(failed.text.contains("The token expired"), "{failed:?}");
        Ok(())
    })
}

#[test]
fn the_screen_follows_an_edit_without_a_request() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.put_session_id("edited-by-hand").await?;
        page.delete_token().await?;
        e2e::until("the edits on the screen", async || {
            let answers = page.answers().await?;
            let cookie = answers.stateful.in_the_browser.contains("edited-by-hand");
            let token = answers.stateless.in_the_browser.contains("No token.");
            Ok((cookie && token).then_some(()))
        })
        .await
    })
}
