//! Whether a cookie may be stored, and what it replaces. RFC 6265bis, 5.7.

use super::*;

#[test]
fn a_session_cookie_as_the_server_sets_it() {
    let cookie = stored(
        "sid=9f; Path=/app/; SameSite=Lax; Max-Age=600; HttpOnly; Secure",
        secure(),
    );
    let expected = Cookie {
        name: String::from("sid"),
        value: String::from("9f"),
        domain: String::from("www.example.org"),
        host_only: true,
        path: String::from("/app/"),
        expires: Some(NOW.plus_seconds(600)),
        secure: true,
        http_only: true,
        same_site: SameSite::Lax,
        created: NOW,
        attributes_known: true,
    };
    assert_eq!(cookie, expected);
}

#[test]
fn a_past_lifetime_removes() {
    for attributes in [
        "Max-Age=0",
        "Max-Age=-5",
        "Max-Age=-99999999999999999999",
        "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "Expires=1 jan 1601 00:00:00",
        "Max-Age=0; Expires=Sun, 06 Nov 2094 08:49:37 GMT",
    ] {
        let mut jar = jar_with(&[("a=b", secure()), ("a=b; Path=/", secure())]);
        let line = format!("a=; {attributes}");
        for was_there in [true, false] {
            let effect = jar.store(&line, &secure(), Source::Http, NOW);
            let name = String::from("a");
            assert_eq!(
                effect.storing,
                Storing::Removed { name, was_there },
                "{line}"
            );
            assert_eq!(jar.cookies().len(), 1, "{line}");
        }
    }
}

#[test]
fn secure_needs_a_secure_origin() {
    check("a=b; Secure", insecure(), CookieRule::SecureFromInsecure);
    for origin in [
        "http://localhost:8080",
        "http://127.0.0.1:8080",
        "http://[::1]",
    ] {
        assert!(stored("a=b; Secure", at(origin)).secure, "{origin}");
    }
    let mut as_webkit = at("http://localhost:8080");
    as_webkit.secure = user_agent::https_only("http://localhost:8080");
    check("a=b; Secure", as_webkit, CookieRule::SecureFromInsecure);
}

#[test]
fn another_site_sets_lax_and_strict_in_the_top_level_window_alone() {
    use Initiator::{
        ForeignFetch, ForeignForm, ForeignFrame, ForeignLink, ForeignSubresource, ThisSite,
    };
    for (initiator, allowed) in [
        (ThisSite, true),
        (ForeignLink, true),
        (ForeignForm, true),
        (ForeignSubresource, false),
        (ForeignFetch, false),
        (ForeignFrame, false),
    ] {
        let context = RequestContext {
            initiator,
            ..secure()
        };
        for attributes in ["SameSite=Lax", "SameSite=Strict", ""] {
            let line = format!("a=b; {attributes}");
            for source in [Source::Http, Source::Script] {
                if allowed {
                    let effect = Jar::default().store(&line, &context, source, NOW);
                    assert!(
                        matches!(effect.storing, Storing::Stored(_)),
                        "{line} {initiator:?}"
                    );
                } else {
                    check_from(source, &line, context.clone(), CookieRule::CrossSite);
                }
            }
        }
        stored("a=b; SameSite=None; Secure", context.clone());
        let mut without_lax = context;
        without_lax.same_site_defaults.lax_by_default = false;
        stored("a=b", without_lax);
    }
}

#[test]
fn prefixes() {
    for line in ["__Secure-a=b", "__SECURE-a=b; Path=/"] {
        check(line, secure(), CookieRule::SecurePrefix);
    }
    for line in [
        "__Host-a=b",
        "__Host-a=b; Path=/",
        "__Host-a=b; Secure",
        "__host-a=b; Secure; Path=/app/",
        "__Host-a=b; Secure; Path=/; Domain=example.org",
        "__Host-a=b; Secure; Path=/; Domain=www.example.org",
    ] {
        check(line, secure(), CookieRule::HostPrefix);
    }
    // The path must be asked for, even where it is the default.
    let mut root = secure();
    root.path = String::from("/login");
    check("__Host-a=b; Secure", root, CookieRule::HostPrefix);
    for line in ["__SECURE-", "__Host-a; Path=/", "=__secure-a=b", "=__Host-"] {
        check(line, secure(), CookieRule::NamelessPrefix);
    }
    check(
        "=__Secure-a=b; Secure",
        secure(),
        CookieRule::NamelessPrefix,
    );
    for line in [
        "__Secure-a=b; Secure; Domain=example.org",
        "__Host-a=b; Secure; Path=/",
        "__Hostile=b",
        "__hos€-=b",
        "_=__Host-a",
    ] {
        stored(line, secure());
    }
}

#[test]
fn page_script_and_http_only() {
    let script = |jar: &mut Jar, line| jar.store(line, &secure(), Source::Script, NOW).storing;
    check_from(
        Source::Script,
        "a=b; HttpOnly",
        secure(),
        CookieRule::HttpOnlyFromScript,
    );
    let mut jar = jar_with(&[("a=b; HttpOnly; Path=/", secure())]);
    for line in ["a=c; Path=/", "a=; Path=/; Max-Age=0"] {
        assert_eq!(
            script(&mut jar, line),
            Storing::Refused(CookieRule::OverwritesHttpOnly),
        );
        assert_eq!(jar.cookies()[0].value, "b");
    }
    // At another path it is another cookie.
    assert!(matches!(
        script(&mut jar, "a=c; Path=/app"),
        Storing::Stored(_)
    ));
}

#[test]
fn an_insecure_origin_can_not_overlay_a_secure_cookie() {
    for (old, new, refused) in [
        ("a=b; Secure; Path=/login", "a=c; Path=/login", true),
        ("a=b; Secure; Path=/login", "a=c; Path=/login/en", true),
        ("a=b; Secure; Path=/login", "a=c; Path=/", false),
        ("a=b; Secure; Path=/login", "a=c; Path=/foo", false),
        ("a=b; Secure; Path=/login", "A=c; Path=/login", false),
        ("a=b; Path=/login", "a=c; Path=/login", false),
        (
            "a=b; Secure; Path=/; Domain=example.org",
            "a=c; Path=/",
            true,
        ),
        (
            "a=b; Secure; Path=/",
            "a=c; Path=/; Domain=example.org",
            true,
        ),
        ("a=b; Secure; Path=/", "a=; Path=/; Max-Age=0", true),
    ] {
        let mut jar = jar_with(&[(old, secure())]);
        let storing = jar.store(new, &insecure(), Source::Http, NOW).storing;
        let is_refused = storing == Storing::Refused(CookieRule::OverlaysSecure);
        assert_eq!(is_refused, refused, "{old} {new} {storing:?}");
        assert_eq!(
            jar.cookies()[0].value == "b",
            refused || jar.cookies().len() == 2
        );
    }
    // One that has ended protects nothing.
    let mut jar = jar_with(&[("a=b; Secure; Max-Age=5", secure())]);
    let later = NOW.plus_seconds(5);
    let storing = jar.store("a=c", &insecure(), Source::Http, later).storing;
    assert!(matches!(storing, Storing::Stored(_)), "{storing:?}");
}

#[test]
fn a_cookie_replaces_its_older_self_and_keeps_its_age() {
    let mut jar = jar_with(&[("a=1", secure()), ("b=1", secure())]);
    let later = NOW.plus_seconds(60);
    for line in ["a=2", "a=3; Path=/", "a=4; Domain=www.example.org"] {
        jar.store(line, &secure(), Source::Http, later);
    }
    let held: Vec<_> = jar
        .cookies()
        .iter()
        .map(|cookie| (cookie.name.as_str(), cookie.value.as_str(), cookie.created))
        .collect();
    let expected = [
        ("a", "2", NOW),
        ("b", "1", NOW),
        ("a", "3", later),
        ("a", "4", later),
    ];
    assert_eq!(held, expected);
}
