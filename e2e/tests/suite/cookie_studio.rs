//! The cookie scene, as a person uses it: paste, see what is stored and sent and by which rule, change, try it for real.

use e2e::{Cookies, Failure, Page, Setup, run};

const LINES: &str = "Cookie lines";
const URL: &str = "URL that answered";
const TO: &str = "URL of the request";
const SECONDS: &str = "Seconds since it was set";

async fn open(page: &Page) -> anyhow::Result<()> {
    page.open().await?;
    page.go_to_cookies().await
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
                "✕ refused Name and value have 4,097 octets, 4,096 are the limit. (RFC 6265bis, 5.6, step 5)",
            ),
            (
                "document.cookie = 'a=b; HttpOnly'",
                "✕ refused Page script can’t set an HttpOnly one. (RFC 6265bis, 5.7, step 15)",
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
            page.try_lines(line, verdict).await?;
        }
        page.paste_over(URL, "http://www.example.org/").await?;
        page.try_lines(
            "a=b; Secure",
            "✕ refused Secure on an insecure connection. (RFC 6265bis, 5.7, step 13)",
        )
        .await?;

        let lines = "a=1; Max-Age=99999999; Expires=Thu, 31 Dec 2099 23:59:59 GMT; Path=x; Partitioned; SameSite=lax\na=2; Path=/";
        let seen = page.try_lines(lines, "✓ stored").await?;
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
        page.try_lines(lines, "✓ stored").await?;
        page.carries("Cookie: deep=2; root=1; all=3; young=4")
            .await?;

        page.choose("Caused by", "a link on another site").await?;
        let seen = page.carries("Cookie: root=1; all=3; young=4").await?;
        let held = "– held deep: SameSite=Strict, and a link on another site caused the request. (RFC 6265bis, 5.8.3)";
        assert_eq!(seen.decisions[3], held);
        assert_eq!(
            seen.marked.as_deref(),
            Some("GET · a link on another site · Lax")
        );

        page.tick("in the top-level window, not in another site’s frame")
            .await?;
        page.carries("Cookie: all=3").await?;
        page.tick("in the top-level window, not in another site’s frame")
            .await?;
        page.choose("Caused by", "a form on another site").await?;
        page.choose("Method", "POST").await?;
        page.carries("Cookie: all=3; young=4").await?;
        page.press("3 min").await?;
        page.carries("(no Cookie field)").await?;
        page.fill(SECONDS, "99").await?;
        page.carries("Cookie: all=3; young=4").await?;
        page.fill(SECONDS, "soon").await?;
        page.says("This is no whole number of seconds").await?;
        page.press("at once").await?;
        page.choose("Without SameSite", "other browsers").await?;
        page.choose("Caused by", "an image").await?;
        page.carries("Cookie: all=3; young=4").await?;
        page.choose("Caused by", "another site’s fetch without")
            .await?;
        page.carries("(no Cookie field)").await?;
        page.choose("Caused by", "this site").await?;
        page.paste_over(TO, "http://APP.example.org").await?;
        let seen = page.carries("Cookie: root=1; young=4").await?;
        assert!(
            seen.decisions[2].contains("it is for paths below /account"),
            "{seen:#?}"
        );
        page.paste_over(TO, "https://elsewhere.org/").await?;
        let seen = page.carries("(no Cookie field)").await?;
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

        page.try_lines(
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
            page.carries(field).await?;
        }
        page.paste_over(LINES, "a=b; c=d").await?;
        page.choose("Read as", "Set-Cookie lines").await?;
        let seen = page.carries("Cookie: a=b").await?;
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
            page.try_lines(nonsense, "✓ stored").await?;
        }
        for url in [
            "",
            "example.org",
            "ftp://example.org/",
            "https://",
            "javascript:alert(1)",
        ] {
            page.paste_over(URL, url).await?;
            page.says("This is not an http or https URL.").await?;
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

        page.try_lines(
            &"x".repeat(1_000_000),
            "✕ refused Name and value have 1,000,000 octets",
        )
        .await?;
        page.try_lines(&"a=b; Path=/\n".repeat(500), "✓ stored")
            .await?;
        page.says("440 lines are too many to be tried here.")
            .await?;
        page.try_lines("a=b", "✓ stored").await?;
        Ok(())
    })
}
