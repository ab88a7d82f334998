//! Signing in, sending, signing out, coming back: the main path.

use e2e::{Failure, LaneView, Page, Setup, Token, run, until};

/// How long a session may live at most.
const EIGHT_HOURS_SECONDS: i64 = 8 * 60 * 60;
/// How far the browser's clock and the test's reading of it may be apart.
const TOLERANCE_SECONDS: i64 = 120;

#[test]
fn the_first_click_signs_in_to_both() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.prefer_motion().await?;
        page.open().await?;
        let answers = page.sign_in().await?;
        assert_eq!(answers.statuses(), [200, 200], "{answers:#?}");
        assert!(
            answers.stateful.sentence.starts_with("Signed in"),
            "{answers:#?}"
        );
        assert!(
            answers.stateless.sentence.starts_with("Signed in"),
            "{answers:#?}"
        );
        for lane in answers.both() {
            assert_eq!(lane.cost("Password hashes")?, "1");
        }
        one_session(page).await?;
        cookie_is_as_sent(page).await?;
        token_is_as_issued(page).await
    })
}

async fn cookie_is_as_sent(page: &Page) -> anyhow::Result<()> {
    let session_id = page.session_id().await?.expect("the cookie is there");
    assert_eq!(
        session_id.len(),
        43,
        "256 bits as base64url: {session_id:?}"
    );
    let cookie = page.session_cookie().await?;
    assert_eq!(cookie.value, session_id);
    assert_eq!(cookie.path, page.site().folder());
    assert!(cookie.is_lax && !cookie.is_http_only, "{cookie:?}");
    let now = page.script("return Date.now() / 1000", Vec::new()).await?;
    let lifetime = cookie.expires - now.as_f64().unwrap_or_default() as i64;
    assert!(
        (lifetime - EIGHT_HOURS_SECONDS).abs() < TOLERANCE_SECONDS,
        "it lives for {lifetime} s"
    );
    Ok(())
}

async fn token_is_as_issued(page: &Page) -> anyhow::Result<()> {
    let text = page.token().await?.expect("the token is there");
    let token = Token::read(&text)?;
    assert_eq!(token.header["typ"], "at+jwt");
    assert_eq!(token.header["alg"], "HS256");
    assert!(token.header["kid"].is_string(), "{token:?}");
    assert_eq!(token.payload["sub"], "42");
    assert_eq!(token.payload["role"], "member");
    assert_eq!(token.payload["name"], "Mira Lind");
    for claim in ["iss", "aud", "jti"] {
        assert!(token.payload[claim].is_string(), "{claim}: {token:?}");
    }
    let seconds = |claim: &str| token.payload[claim].as_i64().unwrap_or_default();
    assert_eq!(seconds("exp") - seconds("iat"), 15 * 60);
    Ok(())
}

/// The one row of the sessions table; its hash is the first cell.
async fn one_session(page: &Page) -> anyhow::Result<Vec<String>> {
    until("one row in the sessions table", async || {
        let sessions = page.answers().await?.stateful.sessions;
        Ok(<[Vec<String>; 1]>::try_from(sessions).ok().map(|[row]| row))
    })
    .await
}

#[test]
fn a_request_shows_what_it_cost_and_why_it_was_answered() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), [200, 200], "{answers:#?}");
        let costs = |lane: &LaneView| -> anyhow::Result<[String; 4]> {
            Ok([
                "Store reads",
                "Store writes",
                "Signature checks",
                "Password hashes",
            ]
            .map(|name| lane.cost(name).unwrap_or("missing").to_owned()))
        };
        assert_eq!(costs(&answers.stateful)?, ["1", "0", "0", "0"]);
        assert_eq!(costs(&answers.stateless)?, ["0", "0", "1", "0"]);

        let sql = answers.stateful.sql();
        assert!(
            matches!(sql[..], [statement] if statement.starts_with("SELECT") && statement.contains("sessions")),
            "{sql:?}"
        );
        assert!(answers.stateless.sql().is_empty());
        for (lane, words) in [
            (&answers.stateful, "hashed the session ID"),
            (&answers.stateful, "used recently enough"),
            (&answers.stateless, "The signature is the one"),
            (&answers.stateless, "It has not expired"),
        ] {
            let held = lane
                .steps
                .iter()
                .any(|step| step.outcome == "held" && step.text.contains(words));
            assert!(held, "no step that held says “{words}”: {:#?}", lane.steps);
        }
        for lane in answers.both() {
            assert!(lane.sentence.contains("user #42"), "{}", lane.sentence);
        }
        raw_messages_can_be_read(page).await
    })
}

async fn raw_messages_can_be_read(page: &Page) -> anyhow::Result<()> {
    page.unfold("Request and response as sent").await?;
    let answers = page.answers().await?;
    let cookie = format!(
        "Cookie: sid={}",
        page.session_id().await?.unwrap_or_default()
    );
    let bearer = format!(
        "Authorization: Bearer {}",
        page.token().await?.unwrap_or_default()
    );
    for (lane, credential) in [(&answers.stateful, cookie), (&answers.stateless, bearer)] {
        let line = format!("GET {}me HTTP/1.1", page.site().folder());
        assert!(lane.request.starts_with(&line), "{}", lane.request);
        assert!(lane.request.contains(&credential), "{}", lane.request);
        assert!(
            lane.response.starts_with("HTTP/1.1 200 OK"),
            "{}",
            lane.response
        );
        assert!(lane.response.contains("Mira Lind"), "{}", lane.response);
    }
    let [ticket, passport] = answers.both().map(|lane| &lane.request);
    assert!(!ticket.contains("Bearer"), "{ticket}");
    assert!(!passport.contains("Cookie:"), "{passport}");
    Ok(())
}

#[test]
fn after_sign_out_the_session_is_dead_and_a_copied_token_lives() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let session_id = page.session_id().await?.expect("the cookie is there");
        let token = page.token().await?.expect("the token is there");

        let answers = page.sign_out().await?;
        assert!(
            answers.stateful.sentence.contains("the session is gone"),
            "{}",
            answers.stateful.sentence
        );
        let still_works = "a copy of the token still works";
        assert!(
            answers.stateless.sentence.contains(still_works),
            "{}",
            answers.stateless.sentence
        );
        assert!(
            answers.stateless.sentence.contains("ASVS 7.4.1"),
            "{}",
            answers.stateless.sentence
        );
        assert_eq!(page.session_id().await?, None);
        assert_eq!(page.token().await?, None);
        until("an empty sessions table", async || {
            let sessions = page.answers().await?.stateful.sessions;
            Ok(sessions.is_empty().then_some(()))
        })
        .await?;

        let fetch = format!(
            "(await playground.fetch('stateless', '/me', {{ headers: {{ Authorization: 'Bearer {token}' }} }})).status"
        );
        assert_eq!(page.console_for_answers(&fetch).await?.0, 200);
        page.put_session_id(&session_id).await?;
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), [401, 401], "{answers:#?}");
        let sentence = &answers.stateful.sentence;
        assert!(sentence.contains("No session has this ID"), "{sentence}");
        let sentence = &answers.stateless.sentence;
        assert!(
            sentence.contains("carries no Authorization field"),
            "{sentence}"
        );
        Ok(())
    })
}

#[test]
fn a_reload_keeps_both_signed_in() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let before = one_session(page).await?;
        for _ in 0..2 {
            page.reload().await?;
            page.has_no_banner().await?;
            let after = one_session(page).await?;
            assert_eq!(after[..2], before[..2], "the same hash and user");
            let answers = page.send().await?;
            assert_eq!(answers.statuses(), [200, 200], "{answers:#?}");
        }
        Ok(())
    })
}

#[test]
fn it_works_from_the_root_of_a_host() -> Result<(), Failure> {
    let setup = Setup {
        folder: "/",
        ..Setup::default()
    };
    run(setup, async |page| {
        page.open().await?;
        page.sign_in().await?;
        assert_eq!(page.session_cookie().await?.path, "/");
        assert_eq!(page.send().await?.statuses(), [200, 200]);
        page.reload().await?;
        assert_eq!(page.send().await?.statuses(), page.after_new_start());
        Ok(())
    })
}
