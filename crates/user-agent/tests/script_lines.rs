//! The lines that make the real browser follow the model.

use protocol::{Site, Storing, Timestamp};
use user_agent::{Jar, RequestContext, Source};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

fn page() -> RequestContext {
    RequestContext::page(&Site {
        origin: String::from("https://www.example.org"),
        base_path: String::from("/app/"),
    })
}

/// What page script is to assign after a line came in, in a jar that holds `before`.
#[track_caller]
fn check(before: &[&str], line: &str, expected: Option<&str>) {
    let mut jar = Jar::default();
    for line in before {
        jar.store(line, &page(), Source::Http, NOW);
    }
    let effect = jar.store(line, &page(), Source::Http, NOW);
    assert_eq!(effect.line, line);
    assert_eq!(effect.script_line.as_deref(), expected, "{before:?} {line}");
}

#[test]
fn what_script_may_set_is_the_very_line() {
    for line in [
        "sid=9f; Path=/app/; SameSite=Lax; Max-Age=600",
        "sid=9f; Expires=Sun, 06 Nov 2094 08:49:37 GMT; Odd",
        "sid=; Path=/app/; Max-Age=0",
    ] {
        check(&[], line, Some(line));
    }
}

#[test]
fn what_is_kept_from_script_or_refused_is_no_line() {
    check(&[], "sid=9f; HttpOnly", None);
    check(&["sid=1; HttpOnly"], "sid=9f; HttpOnly", None);
    check(&[], "sid=9f; SameSite=None", None);
    check(&[], "sid=9f\n", None);
}

#[test]
fn a_cookie_that_turns_http_only_leaves_script_s_sight() {
    let removal = "sid=; Path=/app/; Secure; Max-Age=0";
    check(
        &["sid=1; Path=/app/"],
        "sid=9f; Path=/app/; Secure; HttpOnly",
        Some(removal),
    );
}

#[test]
fn removal_works_by_the_real_clock_and_without_http_only() {
    for (line, expected) in [
        ("sid=; HttpOnly; Max-Age=0", "sid=; Max-Age=0"),
        ("httponly; Max-Age=0; httpOnly =x", "httponly; Max-Age=0"),
        (
            "sid=; Expires=Tue, 14 Nov 2023 22:13:20 GMT; Path=/",
            "sid=; Expires=Tue, 14 Nov 2023 22:13:20 GMT; Path=/; Max-Age=0",
        ),
        (
            "sid=; Max-Age=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            "sid=; Max-Age=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0",
        ),
    ] {
        check(&["sid=1"], line, Some(expected));
    }
}

/// Each line that `clear` returns removes its cookie by the very rules that stored it.
#[test]
fn clearing_removes_all_that_responses_set() {
    let lines = [
        "a=1",
        "b=1; Path=/app/api; SameSite=Strict",
        "nameless",
        "c=1; Domain=example.org; Path=/",
        "d=1; Secure; SameSite=None",
        "__Secure-e=1; Secure",
        "__Host-f=1; Secure; Path=/",
    ];
    let mut jar = Jar::default();
    for line in lines.iter().chain(&["hidden=1; HttpOnly"]) {
        let effect = jar.store(line, &page(), Source::Http, NOW);
        assert!(matches!(effect.storing, Storing::Stored(_)), "{effect:?}");
    }
    jar.begin(
        Some("a=1; nameless; c=1; d=1; __Secure-e=1; __Host-f=1; foreign=1"),
        &page(),
        NOW,
    );
    let mut browser = jar.clone();
    let cleared = jar.clear();
    assert_eq!(jar, Jar::default());
    assert_eq!(cleared.len(), lines.len());
    for line in &cleared {
        let storing = browser.store(line, &page(), Source::Script, NOW).storing;
        assert!(
            matches!(
                storing,
                Storing::Removed {
                    was_there: true,
                    ..
                }
            ),
            "{line}: {storing:?}"
        );
    }
    let left: Vec<_> = browser
        .cookies()
        .iter()
        .map(|cookie| cookie.name.as_str())
        .collect();
    assert_eq!(left, ["hidden", "foreign"]);
}
