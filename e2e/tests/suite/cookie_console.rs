//! `playground.jar`: cookies from the browser's console.

use e2e::{Failure, Page, Setup, run};
use serde_json::{Value, json};

/// What one call gives; what it rejects with, where it does.
async fn jar(page: &Page, arguments: &str) -> anyhow::Result<Value> {
    let call = format!(
        "playground.jar({arguments}).catch((error) => ({{ error: error.constructor.name + ': ' + error.message }}))"
    );
    page.console(&call).await
}

fn names(of: &Value) -> Vec<&str> {
    let all = of.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter()
        .map(|one| one["name"].as_str().unwrap_or_default())
        .collect()
}

#[test]
fn the_console_tells_what_is_stored_and_sent_and_why_not() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let told = jar(
            page,
            "{ url: 'https://www.example.org/app/login', now: 1700000000, setCookie: [
                'root=1; Path=/; Max-Age=60; HttpOnly; SameSite=Strict',
                'deep=2; Domain=example.org',
                'bad=3; SameSite=None',
                'gone=4; Path=/elsewhere',
              ] },
              { url: 'https://www.example.org/app/me', method: 'GET', initiator: 'link', now: 1700000059.5 }",
        )
        .await?;
        assert_eq!(names(&told["stored"]), ["root", "deep", "gone"], "{told}");
        let root = json!({
            "name": "root", "value": "1", "domain": "www.example.org", "hostOnly": true, "path": "/",
            "expires": 1_700_000_060.0, "secure": false, "httpOnly": true, "sameSite": "Strict",
        });
        let stored = &told["stored"][0];
        assert_eq!(
            stored["expires"].as_f64(),
            root["expires"].as_f64(),
            "{told}"
        );
        for key in [
            "name", "value", "domain", "hostOnly", "path", "secure", "httpOnly", "sameSite",
        ] {
            assert_eq!(stored[key], root[key], "{told}");
        }
        assert_eq!(
            told["refused"],
            json!([{ "line": "bad=3; SameSite=None", "rule": "SameSite=None needs Secure", "reference": "RFC 6265bis, 5.7, step 19" }])
        );
        assert_eq!(names(&told["sent"]), ["deep"], "{told}");
        assert_eq!(told["sent"][0]["sameSite"], Value::Null, "{told}");
        assert_eq!(told["cookie"], "deep=2", "{told}");
        assert_eq!(names(&told["held"]), ["gone", "root"], "{told}");
        assert_eq!(
            told["held"][0]["rule"], "it is for paths below /elsewhere",
            "{told}"
        );
        assert_eq!(told["held"][1]["reference"], "RFC 6265bis, 5.8.3", "{told}");
        Ok(())
    })
}

#[test]
fn initiators_have_names() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        for (initiator, cookie) in [
            ("undefined", json!("lax=1; none=2; unset=3")),
            ("'this-site'", json!("lax=1; none=2; unset=3")),
            ("'this-site-fetch-without-credentials'", Value::Null),
            ("'link'", json!("lax=1; none=2; unset=3")),
            ("'form'", json!("lax=1; none=2; unset=3")),
            ("'image'", json!("none=2")),
            ("'fetch'", json!("none=2")),
            ("'fetch-without-credentials'", Value::Null),
            ("'frame'", json!("none=2")),
        ] {
            let told = jar(
                page,
                &format!(
                    "{{ url: 'https://example.org/', setCookie: ['lax=1; SameSite=Lax', 'none=2; SameSite=None; Secure', 'unset=3'] }}, {{ initiator: {initiator} }}"
                ),
            )
            .await?;
            assert_eq!(told["cookie"], cookie, "{initiator} {told}");
        }
        let defaults = jar(
            page,
            "{ url: new URL('https://example.org/'), setCookie: 'a=b' }, { initiator: 'image', laxByDefault: false }",
        )
        .await?;
        assert_eq!(defaults["cookie"], "a=b", "{defaults}");
        let framed = jar(
            page,
            "{ url: 'https://example.org/', setCookie: 'a=b', initiator: 'frame' }",
        )
        .await?;
        assert_eq!(
            framed["refused"][0]["reference"],
            "RFC 6265bis, 5.7, step 18"
        );
        Ok(())
    })
}

#[test]
fn the_empty_the_huge_and_the_broken_are_taken() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let nothing = json!({ "stored": [], "refused": [], "sent": [], "held": [], "cookie": null, "leftOut": 0 });
        for given in ["[]", "undefined", "null", "7", "{}", "[7, null, {}]"] {
            let told = jar(page, &format!("{{ url: 'http://x', setCookie: {given} }}")).await?;
            assert_eq!(told, nothing, "{given}");
        }
        for (given, refused) in [
            ("''", 1),
            ("['', '=', 'a\\n=b', 'a=b\\0']", 4),
            ("'x'.repeat(1e6)", 1),
            ("['🍪=🍪', '\\ud800=1', ';'.repeat(1e6)]", 1),
        ] {
            let told = jar(
                page,
                &format!("{{ url: 'http://x', setCookie: {given} }}, {{ method: '', now: NaN }}"),
            )
            .await?;
            let all = told["refused"].as_array().map(Vec::len);
            assert_eq!(all, Some(refused), "{given} {told:.300}");
        }
        let many = jar(
            page,
            "{ url: 'https://x.org/', setCookie: Array.from({ length: 6000 }, (_, i) => `c${i}=1`) }",
        )
        .await?;
        assert_eq!(names(&many["sent"]).len(), 5000);
        assert_eq!(many["leftOut"], 1000);
        for (arguments, words) in [
            ("", "url is an http or https URL"),
            ("null, 7", "url is an http or https URL"),
            ("{ setCookie: 'a=b' }", "url is an http or https URL"),
            ("{ url: 'nowhere' }", "is no http or https URL"),
            ("{ url: 7 }", "is no http or https URL"),
            ("{ url: 'ftp://x/' }", "is no http or https URL"),
            (
                "{ url: 'http://x/' }, { url: '' }",
                "is no http or https URL",
            ),
            ("{ url: 'http://x/' }, { initiator: 'moon' }", "this-site, "),
            (
                "{ url: 'http://x/' }, { initiator: 7 }",
                "The initiator is one of: ",
            ),
        ] {
            let told = jar(page, arguments).await?;
            let error = told["error"].as_str().unwrap_or_default();
            assert!(
                error.starts_with("TypeError: ") && error.contains(words),
                "{arguments}: {told}"
            );
        }
        for now in ["1e12", "-5", "0"] {
            let told = jar(
                page,
                &format!("{{ url: 'http://x/', setCookie: 'a=b; Max-Age=9', now: {now} }}"),
            )
            .await?;
            assert_eq!(names(&told["stored"]), ["a"], "{now} {told}");
        }
        Ok(())
    })
}
