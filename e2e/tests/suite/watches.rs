//! The watches that every test stands under: they must see what they are for.

use e2e::{Failure, Setup, Site, run};

#[test]
fn a_request_to_another_origin_fails_a_test() {
    let outcome = run(Setup::default(), async |page| {
        let elsewhere = Site::open("/")?;
        page.open().await?;
        let script = format!("location.href = '{}'", elsewhere.url());
        page.script(&script, vec![]).await?;
        e2e::until("the other site", async || {
            Ok((!elsewhere.requests().is_empty()).then_some(()))
        })
        .await
    });
    fails_with(outcome, "requests left the site");
}

#[test]
fn an_error_in_the_console_fails_a_test() {
    let outcome = run(Setup::default(), async |page| {
        page.open().await?;
        page.script("console.error('made to fail')", vec![]).await?;
        Ok(())
    });
    fails_with(outcome, "errors in the console");
}

#[test]
fn what_the_content_security_policy_forbids_fails_a_test() {
    let outcome = run(Setup::default(), async |page| {
        let elsewhere = Site::open("/")?;
        page.open().await?;
        let script = format!("fetch('{}').catch(() => 0)", elsewhere.url());
        page.console(&script).await?;
        assert!(elsewhere.requests().is_empty());
        Ok(())
    });
    fails_with(outcome, "Content Security Policy");
}

fn fails_with(outcome: Result<(), Failure>, words: &str) {
    let failure = format!("{:?}", outcome.expect_err("the watch sees it"));
    assert!(failure.contains(words), "{failure}");
}

#[test]
fn a_browser_takes_nothing_along_from_one_test_to_the_next() -> Result<(), Failure> {
    for _ in 0..3 {
        let found = run(Setup::default(), async |page| {
            page.open().await?;
            // Cookies know no ports: another test's site may have set them.
            let cookie = page.script("return document.cookie", Vec::new()).await?;
            page.sign_in().await?;
            Ok(cookie)
        })?;
        assert_eq!(found, "");
    }
    Ok(())
}
