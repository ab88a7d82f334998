//! What the server knows, and what one can do to it: kill a session, look at the key, read the audit log.

use e2e::{Failure, Lane, Page, Setup, run, seconds_between, until};

#[test]
fn a_killed_session_is_refused_at_the_next_request_and_a_token_is_not() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            page.open().await?;
            page.sign_in().await?;
            assert_eq!(page.send().await?.statuses(), [200, 200]);
            let session = page.answers().await?.stateful.sessions[0][0].clone();
            page.press_in(Lane::Stateful, &format!("Kill session {session}"))
                .await?;
            let event = page.newest("was killed").await?;
            assert!(event.text().contains(&session), "{event:?}");
            assert!(!event.can_be_shown, "{event:?}");
            until("an empty sessions table", async || {
                let sessions = page.answers().await?.stateful.sessions;
                Ok(sessions.is_empty().then_some(()))
            })
            .await?;
            // The browser knows nothing of it yet.
            assert!(page.session_id().await?.is_some());

            let answers = page.send().await?;
            assert_eq!(answers.statuses(), [401, 200], "{answers:#?}");
            let said = &answers.stateful.sentence;
            assert!(said.contains("No session has this ID"), "{said}");
            let said = &answers.stateless.sentence;
            assert!(said.contains("user #42"), "{said}");
            let row = page.newest("GET /me").await?;
            assert!(row.differs(), "{row:?}");
            assert_eq!(row.statuses(), ["✕ 401", "✓ 200"]);
            let before = &page.past().await?.rows[2];
            assert!(!before.differs(), "{before:?}");
            assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
            assert_eq!(page.send().await?.statuses(), [200, 200]);
        }
        Ok(())
    })
}

#[test]
fn the_stateless_server_has_a_key_that_it_hides_and_nothing_about_the_user() -> Result<(), Failure>
{
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let said = page.answers().await?.stateless.on_the_server;
        assert!(said.contains("No record of your sign-in"), "{said}");
        for personal in ["Mira", "#42", "member"] {
            assert!(!said.contains(personal), "{personal}: {said}");
        }
        let hidden = key_line(page).await?;
        assert!(
            hidden.contains("kid=") && hidden.contains("HS256"),
            "{hidden}"
        );
        assert!(hidden.contains("256 bits"), "{hidden}");
        assert_eq!(secret(&hidden), "••••••••");

        page.press("Show the key").await?;
        let shown = until("the key", async || {
            let line = key_line(page).await?;
            Ok((line != hidden).then_some(line))
        })
        .await?;
        page.script("window.secret = arguments[0]", vec![secret(&shown).into()])
            .await?;
        let signature = page.console(SIGN).await?;
        let token = page.token().await?.unwrap_or_default();
        let own = token.rsplit('.').next().unwrap_or_default();
        assert_eq!(signature, own, "the key shown is the one that signed");

        page.press("Hide the key").await?;
        until("the key hidden", async || {
            Ok((key_line(page).await? == hidden).then_some(()))
        })
        .await?;
        // Reading the page again shows nothing either.
        page.press("Show the key").await?;
        page.reload().await?;
        until("the key's line after a reload", async || {
            Ok((key_line(page).await? == hidden).then_some(()))
        })
        .await
    })
}

/// The browser's own cryptography, as an independent witness.
const SIGN: &str = "(async () => {
  const decode = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (it) => it.charCodeAt(0));
  const isHex = /^[0-9a-f]{64}$/i.test(secret);
  const bytes = isHex ? Uint8Array.from(secret.match(/../g), (it) => parseInt(it, 16)) : decode(secret);
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const [header, payload] = localStorage.getItem('access_token').split('.');
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${header}.${payload}`));
  return btoa(String.fromCharCode(...new Uint8Array(signature))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
})()";

async fn key_line(page: &Page) -> anyhow::Result<String> {
    let said = page.answers().await?.stateless.on_the_server;
    let start = said.find("key kid=");
    let start = start.ok_or_else(|| anyhow::anyhow!("no key in {said}"))?;
    let line = &said[start..];
    let end = line.find(" the key").unwrap_or(line.len());
    Ok(line[..end]
        .trim_end_matches("Show")
        .trim_end_matches("Hide")
        .trim()
        .to_owned())
}

fn secret(line: &str) -> String {
    line.split(' ').next_back().unwrap_or_default().to_owned()
}

#[test]
fn the_audit_log_has_what_happened_with_its_time() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let start = page.clock().await?;
        page.type_password("wrong").await?;
        page.sign_in().await?;
        page.type_password(e2e::SAMPLE_PASSWORD).await?;
        page.sign_in().await?;
        page.press_starting(Lane::Stateful, "Kill session").await?;
        page.newest("was killed").await?;
        page.send().await?;
        page.sign_in().await?;
        page.sign_out().await?;
        let expected = [
            "signed out",
            "signed in",
            "request refused",
            "session killed",
            "signed in",
            "sign-in refused",
        ];
        let log = until("the audit log", async || {
            let log = page.answers().await?.stateful.audit;
            Ok((log.len() == expected.len()).then_some(log))
        })
        .await?;
        for (line, words) in log.iter().zip(expected) {
            let (time, event) = line.split_at(8);
            assert!(event.contains(words), "{words}: {log:#?}");
            let later = seconds_between(&start[..8], time)?;
            assert!((0..300).contains(&later), "{line} after {start}");
        }
        for line in log.iter().filter(|line| line.contains("signed in")) {
            assert!(line.contains("user #42"), "{line}");
        }
        for line in &log {
            let session = line
                .split(" · ")
                .last()
                .is_some_and(|last| last.ends_with('…'));
            assert_eq!(session, !line.contains("sign-in refused"), "{line}");
        }
        page.unfold("Audit log: what the server wrote down").await?;
        page.says("session killed").await?;
        page.says("Nor does it write an audit log").await
    })
}
