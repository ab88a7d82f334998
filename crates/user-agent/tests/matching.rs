//! Hosts, paths and origins. RFC 6265bis, 5.1.3 and 5.1.4.

use protocol::Site;
use user_agent::{
    RequestContext, default_path, domain_matches, https_only, path_matches, trustworthy_localhost,
};

#[test]
fn domains() {
    for (host, domain, matches) in [
        ("example.org", "example.org", true),
        ("www.example.org", "example.org", true),
        ("a.b.example.org", "example.org", true),
        ("example.org", "www.example.org", false),
        ("badexample.org", "example.org", false),
        ("example.org", "", false),
        ("127.0.0.1", "127.0.0.1", true),
        ("127.0.0.1", "0.0.1", false),
        ("[::1]", "[::1]", true),
        ("1.example.org", "example.org", true),
    ] {
        assert_eq!(domain_matches(host, domain), matches, "{host} {domain}");
    }
}

#[test]
fn default_paths() {
    for (request, path) in [
        ("", "/"),
        ("app", "/"),
        ("/", "/"),
        ("/app", "/"),
        ("/app/", "/app"),
        ("/app/login", "/app"),
        ("/app/api/login", "/app/api"),
        ("/ä/ö", "/ä"),
    ] {
        assert_eq!(default_path(request), path, "{request}");
    }
}

#[test]
fn paths() {
    for (request, cookie, matches) in [
        ("/", "/", true),
        ("/app", "/", true),
        ("/app", "/app", true),
        ("/app/", "/app", true),
        ("/app/me", "/app", true),
        ("/app/me", "/app/", true),
        ("/app", "/app/", false),
        ("/application", "/app", false),
        ("/App/me", "/app", false),
        ("/ö", "/ä", false),
    ] {
        assert_eq!(path_matches(request, cookie), matches, "{request} {cookie}");
    }
}

#[test]
fn origins() {
    for (origin, host, trustworthy, https) in [
        ("https://Example.org", "example.org", true, true),
        ("HTTPS://example.org:8443", "example.org", true, true),
        ("http://example.org", "example.org", false, false),
        ("http://localhost:8080", "localhost", true, false),
        ("http://app.localhost", "app.localhost", true, false),
        ("http://notlocalhost", "notlocalhost", false, false),
        (
            "http://localhost.example.org",
            "localhost.example.org",
            false,
            false,
        ),
        ("http://127.0.0.1:8080", "127.0.0.1", true, false),
        ("http://127.9.9.9", "127.9.9.9", true, false),
        ("http://128.0.0.1", "128.0.0.1", false, false),
        ("http://[::1]:8080", "[::1]", true, false),
        ("http://[::2]", "[::2]", false, false),
        ("http://[::1", "[", false, false),
        ("null", "", false, false),
    ] {
        let site = Site {
            origin: origin.to_owned(),
            base_path: String::from("/"),
        };
        assert_eq!(RequestContext::page(&site).host, host, "{origin}");
        assert_eq!(trustworthy_localhost(origin), trustworthy, "{origin}");
        assert_eq!(https_only(origin), https, "{origin}");
    }
}

#[test]
fn request_paths() {
    let site = Site {
        origin: String::from("https://example.org"),
        base_path: String::from("/app/"),
    };
    for (target, path) in [
        ("/", "/"),
        ("/app/me", "/app/me"),
        ("/app/me?a=/b", "/app/me"),
        ("/app/me#b", "/app/me"),
        ("", ""),
    ] {
        let context = RequestContext::new(&site, target, "GET");
        assert_eq!(context.path, path, "{target}");
    }
    assert_eq!(RequestContext::page(&site).path, "/app/");
}
