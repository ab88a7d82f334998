//! The cookie scene, as a person uses it: paste, see what is stored and sent and by which rule, change, try it for real.

use e2e::{Cookies, Failure, Page, Setup, run};
use thirtyfour::Key;

const LINES: &str = "Cookie lines";
const URL: &str = "URL that answered";
const TO: &str = "URL of the request";
const SECONDS: &str = "Seconds since it was set";

async fn open(page: &Page) -> anyhow::Result<()> {
    page.open().await?;
    page.go_to_cookies().await
}

/// Puts lines in, and waits until the first of them starts with this verdict.
async fn paste(page: &Page, lines: &str, verdict: &str) -> anyhow::Result<Cookies> {
    page.paste_over(LINES, lines).await?;
    page.cookies_are(&format!("“{verdict}” of {lines:.60}"), |seen| {
        seen.lines
            .first()
            .is_some_and(|line| line[0].starts_with(verdict))
    })
    .await
}

async fn carries(page: &Page, field: &str) -> anyhow::Result<Cookies> {
    page.cookies_are(field, |seen| seen.field == field).await
}

#[test]
fn each_line_is_stored_or_refused_by_a_rule_that_is_named() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        let first = page.cookies().await?;
        assert_eq!(first.lines.len(), 1, "it starts with an example");
        page.paste_over(URL, "https://www.example.org/app/login")
            .await?;
        let large = format!("a={}", "x".repeat(4096));
        for (line, verdict) in [
            (
                "a=b; SameSite=None",
                "✕ refused SameSite=None needs Secure. (RFC 6265bis, 5.7, step 19)",
            ),
            (
                "__Host-a=b; Path=/",
                "✕ refused __Host- needs Secure, Path=/ and no Domain. (RFC 6265bis, 5.7, step 21)",
            ),
            (
                "__Secure-a=b",
                "✕ refused __Secure- needs Secure. (RFC 6265bis, 5.7, step 20)",
            ),
            (
                "=__Host-a",
                "✕ refused It has no name, and its value starts with a prefix. (RFC 6265bis, 5.7, step 22)",
            ),
            (
                "a=b; Domain=x.org",
                "✕ refused Its Domain is neither this host nor a parent of it. (RFC 6265bis, 5.7, step 10)",
            ),
            (
                "a=b; Domain=org",
                "✕ refused Its Domain is a public suffix. (RFC 6265bis, 5.7, step 9)",
            ),
            (
                &large,
                "✕ refused Name and value have 4097 octets, 4,096 are the limit. (RFC 6265bis, 5.6, step 5)",
            ),
            (
                "document.cookie = 'a=b; HttpOnly'",
                "✕ refused Page script can't set an HttpOnly one. (RFC 6265bis, 5.7, step 15)",
            ),
            ("Set-Cookie: a=b; Max-Age=0", "✓ removed"),
            (
                "Set-Cookie: a=b; Domain=.Example.org",
                "✓ stored Goes to example.org and all hosts below it, to /app and below.",
            ),
            (
                "a=b",
                "✓ stored Goes to www.example.org alone, to /app and below.",
            ),
        ] {
            paste(page, line, verdict).await?;
        }
        page.paste_over(URL, "http://www.example.org/").await?;
        paste(
            page,
            "a=b; Secure",
            "✕ refused Secure on an insecure connection. (RFC 6265bis, 5.7, step 13)",
        )
        .await?;

        let lines = "a=1; Max-Age=99999999; Expires=Thu, 31 Dec 2099 23:59:59 GMT; Path=x; Partitioned; SameSite=lax\na=2; Path=/";
        let seen = paste(page, lines, "✓ stored").await?;
        for (attribute, words) in seen.lines[0][1..].iter().zip([
            "Max-Age=99999999: the browser drops it after so many seconds (5.6.2); capped at 400 days (5.5)",
            "Expires=Thu, 31 Dec 2099 23:59:59 GMT: ignored: Max-Age beats Expires (5.7, step 6)",
            "Path=x: ignored: it does not start with a slash",
            "Partitioned: ignored: not in the draft",
            "SameSite=lax: of what another site causes, only with a link or form",
        ]) {
            assert!(attribute.starts_with(words), "{attribute}");
        }
        assert!(
            seen.lines[0][0].ends_with("A later line replaces or removes it."),
            "{seen:#?}"
        );
        assert_eq!(seen.jar.len(), 1);
        Ok(())
    })
}

#[test]
fn a_request_carries_what_the_rules_let_through() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        let lines = "Set-Cookie: root=1; Path=/; SameSite=Lax\nSet-Cookie: deep=2; Path=/account; Secure; SameSite=Strict\nSet-Cookie: all=3; Secure; SameSite=None; Max-Age=100\nSet-Cookie: young=4";
        paste(page, lines, "✓ stored").await?;
        carries(page, "Cookie: deep=2; root=1; all=3; young=4").await?;

        page.choose("Caused by", "a link on another site").await?;
        let seen = carries(page, "Cookie: root=1; all=3; young=4").await?;
        let held = "– held deep: SameSite=Strict, and a link on another site caused the request. (RFC 6265bis, 5.8.3)";
        assert_eq!(seen.decisions[3], held);
        assert_eq!(
            seen.marked.as_deref(),
            Some("GET · a link on another site · Lax")
        );

        page.tick("in the top-level window, not in another site’s frame")
            .await?;
        carries(page, "Cookie: all=3").await?;
        page.tick("in the top-level window, not in another site’s frame")
            .await?;
        page.choose("Caused by", "a form on another site").await?;
        page.choose("Method", "POST").await?;
        carries(page, "Cookie: all=3; young=4").await?;
        page.press("3 min").await?;
        carries(page, "(no Cookie field)").await?;
        page.fill(SECONDS, "99").await?;
        carries(page, "Cookie: all=3; young=4").await?;
        page.fill(SECONDS, "soon").await?;
        page.says("This is no whole number of seconds").await?;
        page.press("at once").await?;
        page.choose("Without SameSite", "other browsers").await?;
        page.choose("Caused by", "an image").await?;
        carries(page, "Cookie: all=3; young=4").await?;
        page.choose("Caused by", "another site’s fetch without")
            .await?;
        carries(page, "(no Cookie field)").await?;
        page.choose("Caused by", "this site").await?;
        page.paste_over(TO, "http://APP.example.org").await?;
        let seen = carries(page, "Cookie: root=1; young=4").await?;
        assert!(
            seen.decisions[2].contains("it is for paths below /account"),
            "{seen:#?}"
        );
        page.paste_over(TO, "https://elsewhere.org/").await?;
        let seen = carries(page, "(no Cookie field)").await?;
        assert!(
            seen.decisions[0].contains("it is for app.example.org"),
            "{seen:#?}"
        );
        Ok(())
    })
}

#[test]
fn the_table_and_the_grade_are_about_the_line_at_hand() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        let seen = page
            .cookies_are("grades", |seen| seen.grades.len() == 5)
            .await?;
        assert!(
            seen.grades.iter().all(|grade| grade.contains("✓ met")),
            "{seen:#?}"
        );
        assert_eq!(seen.table.len(), 16);
        let row = |seen: &Cookies, method: &str, initiator: &str| {
            let row = seen
                .table
                .iter()
                .find(|row| row[0] == method && row[1] == initiator);
            row.expect("there is such a row")[2..].join(" ")
        };
        let link = "a link on another site";
        assert_eq!(row(&seen, "GET", link), "– held ✓ sent ✓ sent ✓ sent");
        assert_eq!(row(&seen, "POST", link), "– held – held ✓ sent ✓ sent");
        let image = "an image or script on another site";
        assert_eq!(row(&seen, "GET", image), "– held – held ✓ sent – held");
        assert_eq!(seen.marked.as_deref(), Some("GET · this site · Lax"));

        paste(
            page,
            "a=1; Secure; Domain=example.org\nb=2; SameSite=None",
            "✓ stored",
        )
        .await?;
        let seen = page.cookies().await?;
        assert!(
            seen.grades[2].starts_with("ASVS 3.3.3 – it depends"),
            "{seen:#?}"
        );
        page.choose("Line at hand", "2:").await?;
        let seen = page
            .cookies_are("the other line", |seen| seen.table.is_empty())
            .await?;
        assert!(
            seen.grades[0].starts_with("ASVS 3.3.1 ✕ not met"),
            "{seen:#?}"
        );
        assert!(seen.grades[1].contains("– it depends"), "{seen:#?}");
        page.says("The cookie of this line is not in the jar").await
    })
}

#[test]
fn what_is_pasted_is_recognised_and_cleaned() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        for (text, told, field) in [
            (
                "HTTP/1.1 200 OK\nDate: today\nSet-Cookie: a=b\nset-cookie: c=d; Path=/",
                "Read as Set-Cookie lines. The field’s name was taken off. 2 lines are of another field, and left out.",
                "Cookie: a=b; c=d",
            ),
            (
                "> Cookie: a=b; c=d",
                "Read as names and values alone",
                "Cookie: a=b; c=d",
            ),
            (
                "a=b; c=d",
                "Read as names and values alone",
                "Cookie: a=b; c=d",
            ),
            (
                "document.cookie = \"a=b\";",
                "Read as lines that page script assigns",
                "Cookie: a=b",
            ),
        ] {
            page.paste_over(LINES, text).await?;
            page.says(told).await?;
            carries(page, field).await?;
        }
        page.paste_over(LINES, "a=b; c=d").await?;
        page.choose("Read as", "Set-Cookie lines").await?;
        let seen = carries(page, "Cookie: a=b").await?;
        assert!(
            seen.lines[0][1].starts_with("c=d: ignored: no browser rule knows this name"),
            "{seen:#?}"
        );
        Ok(())
    })
}

#[test]
fn nothing_nonsense_and_a_megabyte() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        page.press("Clear").await?;
        let empty = page
            .cookies_are("nothing", |seen| seen.lines.is_empty())
            .await?;
        assert!(empty.jar.is_empty() && empty.table.is_empty() && empty.grades.is_empty());
        page.says("No line yet. Paste what a server answered")
            .await?;
        page.says("Nothing is stored, so there is nothing to send.")
            .await?;

        for nonsense in [
            "<img src=x onerror=alert(1)>",
            "\u{202e}🍪 = 🍪; =;;;=",
            "{\"a\": 1}",
        ] {
            paste(page, nonsense, "✓ stored").await?;
        }
        for url in [
            "",
            "example.org",
            "ftp://example.org/",
            "https://",
            "javascript:alert(1)",
        ] {
            page.paste_over(URL, url).await?;
            page.says("This is no http or https URL.").await?;
            page.holds(URL, url).await?;
        }
        page.paste_over(URL, "https://bücher.example/ä").await?;
        let seen = page
            .cookies_are("a jar", |seen| !seen.jar.is_empty())
            .await?;
        assert!(
            seen.jar[0][2].starts_with("xn--bcher-kva.example"),
            "{seen:#?}"
        );

        paste(
            page,
            &"x".repeat(1_000_000),
            "✕ refused Name and value have 1000000 octets",
        )
        .await?;
        paste(page, &"a=b; Path=/\n".repeat(500), "✓ stored").await?;
        page.says("440 lines are too many to be tried here.")
            .await?;
        paste(page, "a=b", "✓ stored").await?;
        Ok(())
    })
}

#[test]
fn changes_are_undone_in_order_and_drafts_outlive_the_scene() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        paste(page, "first=1", "✓ stored").await?;
        page.press("Foreign domain").await?;
        page.cookies_are("the example", |seen| {
            seen.lines[0][0].contains("Its Domain")
        })
        .await?;
        page.paste_over(TO, "https://example.net/").await?;
        page.press("Undo").await?;
        page.holds(TO, "https://app.example.org/account").await?;
        page.press("Undo").await?;
        page.holds(LINES, "first=1").await?;
        page.enter(LINES).await?;
        page.type_keys(Key::Control + "z").await?;
        page.cookies_are("what it began with", |seen| seen.jar[0][0] == "__Host-sid")
            .await?;

        paste(page, "mine=1; Path=/account", "✓ stored").await?;
        page.choose("Caused by", "an image").await?;
        page.go_to_scene("Compare").await?;
        page.sign_in().await?;
        page.unfold("Change it").await?;
        page.fill("Path", "/orders").await?;
        page.go_to_cookies().await?;
        page.holds(LINES, "mine=1; Path=/account").await?;
        let seen = carries(page, "(no Cookie field)").await?;
        assert!(
            seen.decisions[0].contains("an image or script on another site"),
            "{seen:#?}"
        );
        page.go_to_scene("Compare").await?;
        assert_eq!(page.filled("Path").await?, "/orders");
        Ok(())
    })
}

#[test]
fn a_line_is_used_in_the_lane_and_tried_for_real() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let id = page.session_id().await?.expect("the cookie is there");
        page.go_to_cookies().await?;
        page.press("The default here").await?;
        let sent = format!("Cookie: sid={id}");
        carries(page, &sent).await?;

        for (line, verdict, said) in [
            (
                "sid=mine; Path=/; SameSite=Strict",
                "✓ stored",
                "document.cookie showed it. Both agree.",
            ),
            (
                "sid=mine; HttpOnly",
                "✓ stored",
                "document.cookie did not show it. Both agree.",
            ),
            (
                "sid=mine; Domain=example.org",
                "✕ refused",
                "document.cookie did not show it. Both agree.",
            ),
            (
                "__Host-sid=mine; Path=/",
                "✕ refused",
                "document.cookie did not show it. Both agree.",
            ),
            (
                "sid=mine; Path=/elsewhere",
                "✓ stored",
                "What became of it can’t be seen.",
            ),
            ("=mine", "✓ stored", "A nameless cookie can’t be tried"),
        ] {
            paste(page, line, verdict).await?;
            page.press("What this browser really does with it").await?;
            page.says(said).await?;
            assert_eq!(
                page.session_id().await?.as_deref(),
                Some(id.as_str()),
                "{line}"
            );
            let left = page.script("return document.cookie.includes('probe')", Vec::new());
            assert_eq!(left.await?, false, "{line}");
        }

        page.press("Send GET /me").await?;
        page.says("“Ah yes, this is user #42.”").await?;
        let folder = page.script("return location.pathname", Vec::new()).await?;
        let folder = folder.as_str().unwrap_or_default();
        let line = format!("sid=changed; Path={folder}; SameSite=Lax");
        paste(page, &line, "✓ stored").await?;
        page.press("Use it in the stateful lane").await?;
        page.says("this browser agrees").await?;
        assert_eq!(page.session_id().await?.as_deref(), Some("changed"));
        page.press("Send GET /me").await?;
        page.says("401 Unauthorized").await?;
        paste(page, "other=1", "✓ stored").await?;
        page.press("Use it in the stateful lane").await?;
        page.says("The stateful server looks for a cookie sid.")
            .await?;
        page.go_to_scene("Compare").await?;
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), [401, 200]);
        Ok(())
    })
}
