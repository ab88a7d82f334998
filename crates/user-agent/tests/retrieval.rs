//! What a request carries, and why not. RFC 6265bis, 5.8.3.

use protocol::{CookieHeld, Initiator, SameSite, Site, Storing, Timestamp};
use user_agent::{Jar, RequestContext, Source};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

fn get(origin: &str, path: &str) -> RequestContext {
    let site = Site {
        origin: origin.to_owned(),
        base_path: String::from("/app/"),
    };
    RequestContext::new(&site, &format!("/app{path}"), "GET")
}

fn here() -> RequestContext {
    get("https://www.example.org", "/me")
}

#[track_caller]
fn jar_with(lines: &[&str]) -> Jar {
    let mut jar = Jar::default();
    for line in lines {
        let effect = jar.store(line, &here(), Source::Http, NOW);
        assert!(matches!(effect.storing, Storing::Stored(_)), "{effect:?}");
    }
    jar
}

/// What one request does with the cookie of one line.
#[track_caller]
fn check(line: &str, context: &RequestContext, seconds: i64, expected: Result<(), CookieHeld>) {
    let jar = jar_with(&[line]);
    let selection = jar.select(context, NOW.plus_seconds(seconds));
    let header = expected.is_ok().then_some("a=b");
    assert_eq!(selection.header.as_deref(), header, "{line} {context:?}");
    assert_eq!(
        selection.decisions,
        [(jar.cookies()[0].clone(), expected)],
        "{line} {context:?}"
    );
}

#[test]
fn sent() {
    for line in [
        "a=b",
        "a=b; Path=/app/me",
        "a=b; Secure; HttpOnly; SameSite=Strict",
        "a=b; Domain=example.org",
    ] {
        check(line, &here(), 0, Ok(()));
    }
    check(
        "a=b; Domain=example.org",
        &get("https://x.example.org", "/me"),
        0,
        Ok(()),
    );
    check("a=b", &get("http://www.example.org:81", "/me?q"), 0, Ok(()));
    check("a=b; Max-Age=10", &here(), 9, Ok(()));
}

#[test]
fn held() {
    let domain = |domain: &str| {
        let domain = domain.to_owned();
        Err(CookieHeld::Domain { domain })
    };
    let path = |path: &str| {
        let path = path.to_owned();
        Err(CookieHeld::Path { path })
    };
    let other = get("https://x.example.org", "/me");
    check("a=b", &other, 0, domain("www.example.org"));
    check(
        "a=b; Domain=www.example.org",
        &other,
        0,
        domain("www.example.org"),
    );
    check("a=b; Path=/other", &here(), 0, path("/other"));
    check("a=b; Path=/app/me/", &here(), 0, path("/app/me/"));
    for seconds in [10, 11] {
        let at = NOW.plus_seconds(10);
        check(
            "a=b; Max-Age=10",
            &here(),
            seconds,
            Err(CookieHeld::Expired { at }),
        );
    }
    let insecure = get("http://www.example.org", "/me");
    check("a=b; Secure", &insecure, 0, Err(CookieHeld::Secure));
}

#[test]
fn nothing_to_send_is_no_field() {
    assert_eq!(Jar::default().select(&here(), NOW).header, None);
}

#[test]
fn longer_paths_first_then_older_ones_and_held_ones_last() {
    let mut jar = jar_with(&["held=0; Path=/other", "root=1; Path=/"]);
    for (seconds, line) in [
        (1, "young=2; Path=/app"),
        (-1, "old=3; Path=/app"),
        (2, "same=4; Path=/app"),
        (2, "nameless; Path=/app/me"),
        (2, "also=5; Path=/app"),
    ] {
        jar.store(line, &here(), Source::Http, NOW.plus_seconds(seconds));
    }
    let selection = jar.select(&here(), NOW);
    assert_eq!(
        selection.header.as_deref(),
        Some("nameless; old=3; young=2; same=4; also=5; root=1")
    );
    let names: Vec<_> = selection
        .decisions
        .iter()
        .map(|(cookie, decision)| (cookie.name.as_str(), decision.is_ok()))
        .collect();
    assert_eq!(names[0], ("", true));
    assert_eq!(names[6], ("held", false));
}

#[test]
fn page_script_sees_all_but_http_only() {
    let jar = jar_with(&[
        "a=1",
        "b=2; HttpOnly",
        "c=3; Path=/other",
        "d=4; Secure; SameSite=Strict",
    ]);
    let page = get("https://www.example.org", "/");
    assert_eq!(jar.visible_to_script(&page, NOW), "a=1; d=4");
    let after_a_link = RequestContext {
        initiator: Initiator::ForeignLink,
        ..page.clone()
    };
    assert_eq!(jar.visible_to_script(&after_a_link, NOW), "a=1; d=4");
    let framed = RequestContext {
        initiator: Initiator::ForeignFrame,
        ..page
    };
    assert_eq!(jar.visible_to_script(&framed, NOW), "");
}

#[test]
fn same_site_by_method_and_initiator() {
    use Initiator::{
        ForeignFetch, ForeignForm, ForeignFrame, ForeignLink, ForeignSubresource, ThisSite,
    };
    const OLD: i64 = 121;
    let embedded = [ForeignSubresource, ForeignFetch, ForeignFrame];
    let mut rows = Vec::new();
    for same_site in [
        SameSite::Strict,
        SameSite::Lax,
        SameSite::None,
        SameSite::Default,
    ] {
        for method in ["GET", "HEAD", "OPTIONS", "TRACE", "POST", "DELETE", "get"] {
            let safe = ["GET", "HEAD", "OPTIONS", "TRACE"].contains(&method);
            rows.push((same_site, method, ThisSite, OLD, true));
            for initiator in [ForeignLink, ForeignForm] {
                let (old, young) = match same_site {
                    SameSite::Strict => (false, false),
                    SameSite::None => (true, true),
                    SameSite::Lax => (safe, safe),
                    SameSite::Default => (safe, true),
                };
                rows.push((same_site, method, initiator, OLD, old));
                rows.push((same_site, method, initiator, 120, young));
            }
            for initiator in embedded {
                for seconds in [0, OLD] {
                    let sent = same_site == SameSite::None;
                    rows.push((same_site, method, initiator, seconds, sent));
                }
            }
        }
    }
    for (same_site, method, initiator, seconds, sent) in rows {
        let line = match same_site {
            SameSite::Strict => "a=b; SameSite=Strict",
            SameSite::Lax => "a=b; SameSite=Lax",
            SameSite::None => "a=b; SameSite=None; Secure",
            SameSite::Default => "a=b",
        };
        let context = RequestContext {
            method: method.to_owned(),
            initiator,
            ..here()
        };
        let held = CookieHeld::SameSite {
            same_site,
            initiator,
        };
        check(
            line,
            &context,
            seconds,
            if sent { Ok(()) } else { Err(held) },
        );
    }
}

#[test]
fn the_defaults_for_a_missing_same_site_are_settings() {
    let mut context = RequestContext {
        initiator: Initiator::ForeignFetch,
        ..here()
    };
    context.same_site_defaults.lax_by_default = false;
    check("a=b", &context, 1000, Ok(()));
    let mut context = RequestContext {
        initiator: Initiator::ForeignForm,
        method: String::from("POST"),
        ..here()
    };
    context.same_site_defaults.lax_allow_unsafe_seconds = 0;
    let held = CookieHeld::SameSite {
        same_site: SameSite::Default,
        initiator: Initiator::ForeignForm,
    };
    check("a=b", &context, 0, Err(held));
}
