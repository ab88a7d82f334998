//! What a line says. RFC 6265bis, 5.6.

use super::*;

#[test]
fn names_and_values() {
    for (line, name, value) in [
        ("a=b", "a", "b"),
        (" a\t= b \t; Path=/", "a", "b"),
        ("a=b=c", "a", "b=c"),
        ("a=", "a", ""),
        ("=b", "", "b"),
        ("b", "", "b"),
        ("a=\"b\"", "a", "\"b\""),
        ("a=b,c d", "a", "b,c d"),
        ("ä=ö%3B", "ä", "ö%3B"),
        ("a\tb=c\td", "a\tb", "c\td"),
    ] {
        let cookie = stored(line, secure());
        assert_eq!((cookie.name.as_str(), cookie.value.as_str()), (name, value));
    }
}

#[test]
fn refused_by_the_line_itself() {
    check("", secure(), CookieRule::Empty);
    check("=", secure(), CookieRule::Empty);
    check(" ; Path=/", secure(), CookieRule::Empty);
    for line in ["a=b\0", "a\n=b", "a=b\r\nc=d", "a=b; Path=/\u{7f}", "\u{8}"] {
        check(line, secure(), CookieRule::ControlCharacter);
    }
}

#[test]
fn size_counts_name_and_value_alone_in_octets() {
    let longest = format!("ab={}; Path=/app/with/more", "v".repeat(4094));
    assert_eq!(stored(&longest, secure()).value.len(), 4094);
    let one_more = format!("ab={}", "v".repeat(4095));
    check(&one_more, secure(), CookieRule::TooLarge { octets: 4097 });
    let in_octets = format!("a={}", "ä".repeat(2048));
    check(&in_octets, secure(), CookieRule::TooLarge { octets: 4097 });
}

#[test]
fn domains() {
    let foreign = |domain: &str| CookieRule::ForeignDomain {
        domain: domain.to_owned(),
    };
    let suffix = |domain: &str| CookieRule::PublicSuffix {
        domain: domain.to_owned(),
    };
    check("a=b; Domain=other.org", secure(), foreign("other.org"));
    check(
        "a=b; Domain=x.www.example.org",
        secure(),
        foreign("x.www.example.org"),
    );
    check(
        "a=b; Domain=ww.example.org",
        secure(),
        foreign("ww.example.org"),
    );
    check("a=b; Domain=exämple.org", secure(), foreign("exämple.org"));
    check(
        "a=b; Domain=0.0.1",
        at("https://127.0.0.1"),
        foreign("0.0.1"),
    );
    check("a=b; Domain=ORG", secure(), suffix("org"));
    check("a=b; Domain=.org", secure(), suffix("org"));
    check("a=b; Domain=org.", secure(), suffix("org."));
    for (line, context, domain, host_only) in [
        ("a=b", secure(), "www.example.org", true),
        ("a=b; Domain", secure(), "www.example.org", true),
        ("a=b; Domain=.", secure(), "www.example.org", true),
        (
            "a=b; Domain=www.example.org",
            secure(),
            "www.example.org",
            false,
        ),
        ("a=b; Domain=.EXAMPLE.org", secure(), "example.org", false),
        (
            "a=b; Domain=x.org; Domain=example.org",
            secure(),
            "example.org",
            false,
        ),
        (
            "a=b; Domain=localhost",
            at("http://localhost"),
            "localhost",
            true,
        ),
        (
            "a=b; Domain=127.0.0.1",
            at("http://127.0.0.1"),
            "127.0.0.1",
            false,
        ),
    ] {
        let cookie = stored(line, context);
        assert_eq!(
            (cookie.domain.as_str(), cookie.host_only),
            (domain, host_only),
            "{line}"
        );
    }
}

#[test]
fn paths() {
    for (line, path) in [
        ("a=b", "/app"),
        ("a=b; Path", "/app"),
        ("a=b; Path=app", "/app"),
        ("a=b; Path=/x; Path=y", "/app"),
        ("a=b; Path=/x; PATH = /y ", "/y"),
        ("a=b; Path=/elsewhere/", "/elsewhere/"),
    ] {
        assert_eq!(stored(line, secure()).path, path, "{line}");
    }
}

#[test]
fn lifetimes() {
    let soon = "Tue, 14 Nov 2023 22:13:30 GMT"; // ten seconds after NOW
    let far = "Sun, 06 Nov 2094 08:49:37 GMT";
    let cap = Some(DAYS_400_SECONDS);
    for (attributes, seconds) in [
        (String::new(), None),
        (format!("Expires={soon}"), Some(10)),
        (format!("Expires={far}"), cap),
        (String::from("Max-Age=600"), Some(600)),
        (String::from("max-age = 600"), Some(600)),
        (String::from("Max-Age=34560000"), cap),
        (String::from("Max-Age=34560001"), cap),
        (String::from("Max-Age=99999999999999999999"), cap),
        (String::from("Max-Age=00000000000000000001"), Some(1)),
        (format!("Max-Age=600; Expires={soon}"), Some(600)),
        (format!("Expires={soon}; Max-Age=600"), Some(600)),
        (String::from("Max-Age=600; Max-Age=60"), Some(60)),
        (
            String::from("Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"),
            Some(60),
        ),
        // What is not understood does not count.
        (String::from("Max-Age"), None),
        (String::from("Max-Age=-"), None),
        (String::from("Max-Age=+5"), None),
        (String::from("Max-Age=5.5"), None),
        (String::from("Max-Age=5s"), None),
        (String::from("Max-Age=٥"), None),
        (String::from("Expires=soon"), None),
        (format!("Expires={soon}; Max-Age=soon"), Some(10)),
        (String::from("Max-Age=60; Max-Age=soon"), Some(60)),
        (
            format!("Max-Age=60; Max-Age={}", "1".repeat(1025)),
            Some(60),
        ),
    ] {
        let cookie = stored(&format!("a=b; {attributes}"), secure());
        let expected = seconds.map(|seconds| NOW.plus_seconds(seconds));
        assert_eq!(cookie.expires, expected, "{attributes}");
    }
}

#[test]
fn same_site() {
    check(
        "a=b; SameSite=None",
        secure(),
        CookieRule::NoneWithoutSecure,
    );
    for (attributes, same_site) in [
        ("", SameSite::Default),
        ("SameSite", SameSite::Default),
        ("SameSite=Odd", SameSite::Default),
        ("SameSite=STRICT", SameSite::Strict),
        ("samesite=lax", SameSite::Lax),
        ("SameSite=None; Secure", SameSite::None),
        ("SameSite=Lax; SameSite=Strict", SameSite::Strict),
        ("SameSite=Strict; SameSite=Odd", SameSite::Default),
    ] {
        let cookie = stored(&format!("a=b; {attributes}"), secure());
        assert_eq!(cookie.same_site, same_site, "{attributes}");
    }
}

#[test]
fn attributes_without_effect_are_told() {
    let long = format!("Path=/{}", "x".repeat(1024));
    for (attributes, expected) in [
        ("Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=5", vec![]),
        (";; ;", vec![]),
        (
            "Partitioned; Priority=High",
            vec![("Partitioned", true), ("Priority", true)],
        ),
        ("=x", vec![("", true)]),
        ("MaxAge=5", vec![("MaxAge", true)]),
        (
            "Max-Age=x; Expires=y",
            vec![("Max-Age", false), ("Expires", false)],
        ),
        (
            "Odd; Expires=Tue, 14 Nov 2023 22:13:30 GMT; Path=/; Max-Age=5; Odder",
            vec![("Odd", true), ("Expires", false), ("Odder", true)],
        ),
        ("Path=/a; path=/b", vec![("Path", false)]),
        ("Path=a", vec![("Path", false)]),
        ("SameSite=Odd", vec![("SameSite", false)]),
        ("Domain=", vec![("Domain", false)]),
        (long.as_str(), vec![("Path", false)]),
    ] {
        let line = format!("a=b; {attributes}");
        let effect = Jar::default().store(&line, &secure(), Source::Http, NOW);
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(name, unknown)| IgnoredAttribute {
                name: name.to_owned(),
                unknown,
            })
            .collect();
        assert_eq!(effect.ignored, expected, "{attributes}");
    }
    let cut = Jar::default().store(
        &format!("a=b; {}", "ä".repeat(70)),
        &secure(),
        Source::Http,
        NOW,
    );
    assert_eq!(cut.ignored[0].name, "ä".repeat(64));
}

#[test]
fn an_attribute_of_1024_octets_counts_and_one_more_is_ignored() {
    let longest = format!("/{}", "x".repeat(1023));
    assert_eq!(
        stored(&format!("a=b; Path={longest}"), secure()).path,
        longest
    );
    assert_eq!(
        stored(&format!("a=b; Path={longest}x"), secure()).path,
        "/app"
    );
    assert!(!stored(&format!("a=b; Secure={longest}x"), secure()).secure);
}
