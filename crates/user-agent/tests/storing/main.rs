//! What becomes of `Set-Cookie` lines. RFC 6265bis, 5.6 and 5.7.

use protocol::{
    Cookie, CookieRule, IgnoredAttribute, Initiator, SameSite, Site, Storing, Timestamp,
};
use user_agent::{Jar, RequestContext, Source};

mod reading;
mod rules;

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
const DAYS_400_SECONDS: i64 = 400 * 24 * 60 * 60;

fn at(origin: &str) -> RequestContext {
    let site = Site {
        origin: origin.to_owned(),
        base_path: String::from("/app/"),
    };
    RequestContext::new(&site, "/app/login", "POST")
}

fn secure() -> RequestContext {
    at("https://www.example.org")
}

fn insecure() -> RequestContext {
    at("http://www.example.org")
}

#[track_caller]
fn check(line: &str, context: RequestContext, expected: CookieRule) {
    check_from(Source::Http, line, context, expected);
}

#[track_caller]
fn check_from(source: Source, line: &str, context: RequestContext, expected: CookieRule) {
    let mut jar = Jar::default();
    let effect = jar.store(line, &context, source, NOW);
    assert_eq!(effect.storing, Storing::Refused(expected), "{line}");
    assert_eq!(effect.script_line, None, "{line}");
    assert!(jar.cookies().is_empty(), "{line}");
}

#[track_caller]
fn stored(line: &str, context: RequestContext) -> Cookie {
    let mut jar = Jar::default();
    let effect = jar.store(line, &context, Source::Http, NOW);
    let Storing::Stored(cookie) = effect.storing else {
        panic!("{line}: {:?}", effect.storing);
    };
    assert_eq!(jar.cookies(), std::slice::from_ref(&cookie));
    cookie
}

/// A jar that holds what these lines made.
#[track_caller]
fn jar_with(lines: &[(&str, RequestContext)]) -> Jar {
    let mut jar = Jar::default();
    for (line, context) in lines {
        let effect = jar.store(line, context, Source::Http, NOW);
        assert!(matches!(effect.storing, Storing::Stored(_)), "{effect:?}");
    }
    jar
}
