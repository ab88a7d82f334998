//! `window.playground`: the page from the browser's console.

use e2e::{Answers, Failure, Lane, Page, Setup, run};
use serde_json::{Value, json};

#[test]
fn the_console_signs_in_sends_and_signs_out() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let sign_in = "playground.signIn('admin', 'sample-password')";
        let (signed_in, seen) = page.console_for_answers(sign_in).await?;
        for lane in ["stateful", "stateless"] {
            assert_eq!(signed_in[lane]["status"], 200, "{signed_in}");
            assert_eq!(signed_in[lane]["path"], "/login", "{signed_in}");
        }
        assert_eq!(seen.statuses(), [200, 200]);
        assert!(page.session_id().await?.is_some() && page.token().await?.is_some());

        let both = page.console("playground.sendToBoth('/me')").await?;
        assert_eq!(both["stateful"]["status"], 200, "{both}");
        assert_eq!(both["stateless"]["status"], 200, "{both}");

        let wrong = page.console("playground.signIn('member', 'wrong')").await?;
        assert_eq!(wrong["stateful"]["status"], 401, "{wrong}");

        let signed_out = page.console("playground.signOut()").await?;
        assert_eq!(signed_out["stateful"]["path"], "/logout", "{signed_out}");
        assert!(page.session_id().await?.is_none() && page.token().await?.is_none());
        Ok(())
    })
}

#[test]
fn fetch_gives_a_real_response() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let fetch = "(async () => {
          const all = [];
          for (const lane of ['stateful', 'stateless']) {
            const response = await playground.fetch(lane, '/me');
            all.push({
              isResponse: response instanceof Response, ok: response.ok, status: response.status,
              type: response.headers.get('Content-Type'), cookie: response.headers.get('Set-Cookie'),
              content: await response.json(),
            });
          }
          return all;
        })()";
        let both = page.console(fetch).await?;
        for response in both.as_array().expect("a list") {
            assert_eq!(response["isResponse"], true, "{response}");
            assert_eq!(response["status"], 200, "{response}");
            assert_eq!(response["ok"], true, "{response}");
            let kind = response["type"].as_str().unwrap_or_default();
            assert!(kind.starts_with("application/json"), "{response}");
            assert!(
                response["content"].to_string().contains("Mira Lind"),
                "{response}"
            );
        }
        let sign_in = "playground.fetch('stateful', '/login', {
          method: 'POST', headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ account: 'admin', password: 'sample-password' }),
        }).then((response) => [response.status, response.headers.get('Set-Cookie')])";
        assert_eq!(page.console(sign_in).await?, json!([200, null]));
        let last = last_exchange(page).await?;
        let line = last["cookies"][0]["line"].as_str().unwrap_or_default();
        assert!(line.starts_with("sid="), "{last:#}");
        for (call, status) in [
            ("'stateful', '/nowhere'", 404),
            ("'stateless', '/nowhere'", 404),
            ("'stateful', '/login'", 405),
            ("'stateless', '/me', { method: 'DELETE' }", 405),
            ("'stateful', '/login', { method: 'POST', body: 'no' }", 400),
            (
                "'stateless', '/login', { method: 'POST', body: '\\ud800' }",
                400,
            ),
            (
                "'stateless', '/me', { headers: { Authorization: 'Basic bm8=' } }",
                401,
            ),
        ] {
            let expression = format!("(await playground.fetch({call})).status");
            assert_eq!(page.console(&expression).await?, status, "{call}");
        }
        Ok(())
    })
}

#[test]
fn fetch_rejects_what_it_can_not_send() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        for call in [
            "'sideways', '/me'",
            "undefined, '/me'",
            "'stateful', 'me'",
            "'stateful', 42",
            "'stateful'",
            "'stateful', '/me', { method: 'GET', body: 'x' }",
            "'stateful', '/me', { method: 'TRACE' }",
            "'stateful', '/me', { headers: { 'no good': 'x' } }",
        ] {
            let error = page
                .console(&format!("playground.fetch({call})"))
                .await
                .expect_err(call)
                .to_string();
            assert!(error.starts_with("TypeError"), "{call}: {error}");
        }
        assert_eq!(page.console("playground.exchanges()").await?, json!([]));
        Ok(())
    })
}

#[test]
fn the_last_exchanges_are_what_the_screen_shows() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        for button in ["Send to both", "Sign out of both", "Send to both"] {
            let seen = page.press_for_answers(button).await?;
            let all = page.console("playground.exchanges()").await?;
            let all = all.as_array().expect("a list");
            let last = &all[all.len() - 2..];
            is_on_the_screen(&last[0], &seen, Lane::Stateful)?;
            is_on_the_screen(&last[1], &seen, Lane::Stateless)?;
        }
        Ok(())
    })
}

fn is_on_the_screen(exchange: &Value, seen: &Answers, lane: Lane) -> anyhow::Result<()> {
    let view = seen.lane(lane);
    assert_eq!(exchange["status"], view.status_code(), "{exchange:#}");
    assert_eq!(plain(&exchange["verdict"]), view.sentence);
    let steps = exchange["steps"].as_array().expect("a list");
    assert_eq!(steps.len(), view.steps.len(), "{exchange:#}");
    for (step, shown) in steps.iter().zip(&view.steps) {
        assert!(
            shown.text.contains(&plain(&step["sentence"])),
            "{step:#} {shown:#?}"
        );
        let outcome = match shown.outcome.as_str() {
            "held" => "passed",
            "refused" => "failed",
            "" => "noted",
            other => other,
        };
        assert_eq!(step["outcome"], outcome, "{step:#}");
    }
    let ledger = &exchange["ledger"];
    for (name, figure) in [
        ("Store reads", &ledger["authentication"]["reads"]),
        ("Store writes", &ledger["authentication"]["writes"]),
        ("Signature checks", &ledger["signatureChecks"]),
        ("Password hashes", &ledger["passwordHashes"]),
        ("Bytes up", &ledger["bytesUp"]),
        ("Bytes down", &ledger["bytesDown"]),
    ] {
        assert_eq!(figure.to_string(), view.cost(name)?, "{name}");
    }
    Ok(())
}

/// As the screen has it, where code is set as code.
fn plain(text: &Value) -> String {
    text.as_str().unwrap_or_default().replace('`', "")
}

async fn last_exchange(page: &Page) -> anyhow::Result<Value> {
    page.console("playground.exchanges().then((all) => all.at(-1))")
        .await
}

#[test]
fn sessions_are_the_rows_of_the_table() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        assert_eq!(page.console("playground.sessions()").await?, json!([]));
        page.sign_in().await?;
        let sessions = page.console("playground.sessions()").await?;
        let row = &sessions[0];
        assert_eq!(row["user"], 42, "{sessions}");
        // The browser's own SHA-256 of the ID, as an independent witness.
        let hash = "(async () => {
          const [, id] = /sid=([^;]*)/.exec(document.cookie);
          const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(id));
          return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
        })()";
        assert_eq!(row["idHash"], page.console(hash).await?, "{sessions}");
        let seconds = |name: &str| row[name].as_f64().unwrap_or_default();
        assert!(
            (seconds("idleExpires") - seconds("lastSeen") - 900.0).abs() < 1.0,
            "{row}"
        );
        assert!(
            (seconds("absoluteExpires") - seconds("created") - 28_800.0).abs() < 1.0,
            "{row}"
        );
        Ok(())
    })
}

#[test]
fn inspect_tells_each_check_of_a_token() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let own = page
            .console("playground.inspect(localStorage.getItem('access_token'))")
            .await?;
        assert_eq!(own["verdict"], "accepted", "{own:#}");
        assert_eq!(own["header"]["typ"], "at+jwt", "{own:#}");
        assert_eq!(own["payload"]["sub"], "42", "{own:#}");
        for check in own["checks"].as_array().expect("a list") {
            assert_eq!(check["outcome"], "passed", "{check}");
            for name in ["name", "reason", "reference"] {
                assert!(
                    check[name].as_str().is_some_and(|it| !it.is_empty()),
                    "{check}"
                );
            }
        }
        for (token, failed) in [
            ("''", "parts"),
            ("'a.b'", "parts"),
            ("undefined", "parts"),
            ("'!.a.b'", "base64url"),
        ] {
            let seen = page
                .console(&format!("playground.inspect({token})"))
                .await?;
            assert_eq!(seen["verdict"], "refused", "{token}: {seen:#}");
            assert_eq!(first_failed(&seen), failed, "{token}: {seen:#}");
        }
        Ok(())
    })
}

#[test]
fn inspect_takes_another_key_and_another_time() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        // Signed by the browser's own cryptography, as an independent witness.
        page.console(
            "(async () => {
          const encode = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
          const text = new TextEncoder();
          const part = (value) => encode(text.encode(JSON.stringify(value)));
          const content = `${part({ alg: 'HS256', typ: 'at+jwt' })}.${part({ iss: 'me', aud: 'you', sub: '1', exp: 2000 })}`;
          const key = await crypto.subtle.importKey('raw', text.encode('k'.repeat(32)), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
          const signature = await crypto.subtle.sign('HMAC', key, text.encode(content));
          window.signed = `${content}.${encode(new Uint8Array(signature))}`;
        })()",
        )
        .await?;
        let terms = "key: 'k'.repeat(32), issuer: 'me', audience: 'you'";
        for (options, failed) in [
            (format!("{{ {terms}, now: 1999 }}"), ""),
            (format!("{{ {terms}, now: 2000 }}"), "expiry"),
            (format!("{{ {terms}, now: 2000, leeway: 10 }}"), ""),
            (format!("{{ {terms}, now: 2010, leeway: 10 }}"), "expiry"),
            (format!("{{ {terms} }}"), "expiry"),
            (
                format!("{{ {terms}, now: 1999, issuer: 'other' }}"),
                "issuer",
            ),
            (
                format!("{{ {terms}, now: 1999, audience: 'other' }}"),
                "audience",
            ),
            (
                format!("{{ {terms}, now: 1999, key: 'x'.repeat(32) }}"),
                "signature",
            ),
            (
                format!("{{ {terms}, now: 1999, key: 'short' }}"),
                "keyLength",
            ),
            (
                format!("{{ {terms}, now: 1999, algorithms: ['HS512'] }}"),
                "algorithm",
            ),
        ] {
            let seen = page
                .console(&format!("playground.inspect(signed, {options})"))
                .await?;
            assert_eq!(first_failed(&seen), failed, "{options}: {seen:#}");
        }
        Ok(())
    })
}

fn first_failed(inspection: &Value) -> String {
    let checks = inspection["checks"].as_array().expect("a list");
    let failed = checks.iter().find(|check| check["outcome"] == "failed");
    failed.map_or_else(String::new, |check| plain(&check["name"]))
}

#[test]
fn reset_clears_everything() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let token = page.token().await?.expect("the token is there");
        assert_eq!(page.console("playground.reset()").await?, Value::Null);
        assert!(page.session_id().await?.is_none() && page.token().await?.is_none());
        assert_eq!(page.console("playground.sessions()").await?, json!([]));
        assert_eq!(page.console("playground.exchanges()").await?, json!([]));
        let old = page
            .console(&format!("playground.inspect('{token}')"))
            .await?;
        assert_eq!(old["verdict"], "refused", "the old key is gone: {old:#}");
        e2e::until("an empty screen", async || {
            Ok((page.answers().await?.number == 0).then_some(()))
        })
        .await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        Ok(())
    })
}
