//! What holds for any text.

use proptest::prelude::*;
use protocol::{Cookie, CookieHeld, Initiator, Site, Storing, Timestamp};
use user_agent::{Jar, RequestContext, Source, cookie_date};

const ORIGINS: [&str; 5] = [
    "https://www.example.org",
    "http://www.example.org",
    "http://localhost:8080",
    "http://[::1]",
    "null",
];

fn context() -> impl Strategy<Value = RequestContext> {
    let initiator = prop::sample::select(Initiator::ALL.to_vec());
    let path = prop::sample::select(vec!["/", "/app/me", "/app/api/me?q", "/app/", ""]);
    let method = prop::sample::select(vec!["GET", "POST"]);
    let origin = prop::sample::select(ORIGINS.to_vec());
    (origin, path, method, initiator).prop_map(|(origin, path, method, initiator)| {
        let site = Site {
            origin: origin.to_owned(),
            base_path: String::from("/app/"),
        };
        let context = RequestContext::new(&site, path, method);
        RequestContext {
            initiator,
            ..context
        }
    })
}

/// A line that is made of what lines are made of, or of anything.
fn line() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "Path=/",
        "Path=/app",
        "Path=/app/api",
        "Path=ä",
        "Secure",
        "HttpOnly",
        "SameSite=Lax",
        "SameSite=None",
        "SameSite=Strict",
        "Domain=example.org",
        "Domain=org",
        "Domain=localhost",
        "Max-Age=60",
        "Max-Age=0",
        "Max-Age=-5",
        "Max-Age=99999999999999999999",
        "Max-Age=ä",
        "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "Expires=31 dec 9999 23:59:59",
        "Expires=€",
        "=",
    ]);
    let name = prop::sample::select(vec![
        "a",
        "sid",
        "",
        "__Host-a",
        "__Secure-a",
        "__hos€",
        "ä",
    ]);
    let usual = (name, "[ -~äöü€]{0,5}", prop::collection::vec(part, 0..5)).prop_map(
        |(name, value, parts)| {
            let value = value.replace(';', "");
            format!("{name}={value}; {}", parts.join("; "))
        },
    );
    prop_oneof![3 => usual, 1 => any::<String>(), 1 => ".*"]
}

fn source() -> impl Strategy<Value = Source> {
    prop::sample::select(vec![Source::Http, Source::Script])
}

fn moment() -> impl Strategy<Value = Timestamp> {
    prop_oneof![
        4 => 1_700_000_000_000_i64..1_700_000_200_000,
        1 => any::<i64>(),
    ]
    .prop_map(Timestamp::from_milliseconds)
}

/// A jar with any history.
fn jar() -> impl Strategy<Value = Jar> {
    let store = (line(), context(), source(), moment());
    prop::collection::vec(store, 0..8).prop_map(|history| {
        let mut jar = Jar::default();
        for (line, context, source, now) in history {
            jar.store(&line, &context, source, now);
        }
        jar
    })
}

/// No two cookies with known attributes are one and the same.
fn identities_are_unique(jar: &Jar) -> bool {
    let known: Vec<&Cookie> = jar
        .cookies()
        .iter()
        .filter(|one| one.attributes_known)
        .collect();
    known.iter().enumerate().all(|(position, one)| {
        known[..position].iter().all(|other| {
            (&one.name, &one.domain, &one.path, one.host_only)
                != (&other.name, &other.domain, &other.path, other.host_only)
        })
    })
}

proptest! {
    #[test]
    fn no_text_panics(
        mut jar in jar(), line in any::<String>(), context in context(), source in source(),
        now in moment(),
    ) {
        cookie_date(&line);
        jar.begin(Some(&line), &context, now);
        jar.store(&line, &context, source, now);
        jar.begin(Some(&line), &context, now);
        jar.begin(None, &context, now);
        jar.select(&context, now);
        prop_assert!(identities_are_unique(&jar));
    }

    #[test]
    fn no_origin_panics(origin in any::<String>(), base_path in any::<String>(), path in any::<String>()) {
        let context = RequestContext::new(&Site { origin, base_path }, &path, "GET");
        Jar::default().store("a=b", &context, Source::Http, Timestamp::default());
    }

    #[test]
    fn a_jar_survives_postcard(mut jar in jar(), context in context(), now in moment()) {
        jar.begin(Some("a=1; b"), &context, now);
        let bytes = postcard::to_stdvec(&jar).expect("a jar can be written");
        let read: Jar = postcard::from_bytes(&bytes).expect("and read again");
        prop_assert_eq!(read, jar);
    }

    #[test]
    fn what_is_stored_goes_back(mut jar in jar(), line in line(), mut context in context(), now in moment()) {
        let effect = jar.store(&line, &context, Source::Http, now);
        if let Storing::Stored(cookie) = effect.storing {
            prop_assert!(identities_are_unique(&jar));
            prop_assert!(cookie.expires.is_none_or(|at| at > now && at <= now.plus_seconds(34_560_000)));
            context.initiator = Initiator::ThisSite;
            context.path.clone_from(&cookie.path);
            let selection = jar.select(&context, now);
            prop_assert!(selection.decisions.contains(&(cookie, Ok(()))));
        }
    }

    #[test]
    fn nothing_ended_insecure_or_hidden_gets_out(jar in jar(), context in context(), now in moment()) {
        let selection = jar.select(&context, now);
        prop_assert_eq!(selection.decisions.len(), jar.cookies().len());
        let sent: Vec<_> = selection.decisions.iter().filter(|(_, held)| held.is_ok()).collect();
        prop_assert_eq!(selection.header.is_none(), sent.is_empty());
        for (cookie, held) in &selection.decisions {
            if cookie.expires.is_some_and(|at| at <= now) || (cookie.secure && !context.secure) {
                prop_assert!(held.is_err());
            }
            prop_assert!(!matches!(held, Err(CookieHeld::HttpOnly)));
        }
        // What script sees is what a request of the site itself would carry, without the HttpOnly ones.
        let own = RequestContext { initiator: Initiator::ThisSite, ..context };
        let selection = jar.select(&own, now);
        let visible = selection
            .decisions
            .iter()
            .filter(|(cookie, held)| held.is_ok() && !cookie.http_only)
            .count();
        let seen = jar.visible_to_script(&own, now);
        let shown = if seen.is_empty() { 0 } else { seen.split("; ").count() };
        prop_assert_eq!(shown, visible);
    }

    #[test]
    fn a_browser_that_follows_changes_nothing(mut jar in jar(), context in context(), now in moment()) {
        let own = RequestContext { initiator: Initiator::ThisSite, ..context };
        // Before its end by the one clock, and after: what has ended still shows.
        let shown = jar.visible_to_script(&own, Timestamp::from_milliseconds(i64::MIN));
        prop_assert_eq!(jar.begin(Some(&shown), &own, now).changes, []);
        let shown = jar.visible_to_script(&own, now);
        let beginning = jar.begin(Some(&shown), &own, now);
        prop_assert_eq!((beginning.changes, beginning.removal_lines), (vec![], vec![]));
    }
}

#[test]
fn a_megabyte_is_nothing_special() {
    let site = Site {
        origin: String::from("https://www.example.org"),
        base_path: String::from("/app/"),
    };
    let page = RequestContext::page(&site);
    let now = Timestamp::from_seconds(1_700_000_000);
    for piece in [
        "a",
        "ä",
        ";",
        "; a",
        "; Secure",
        "a=",
        "; Expires=",
        "=",
        "\0",
        " ",
        "1",
        ":",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let mut jar = Jar::default();
        jar.store(&text, &page, Source::Http, now);
        let effect = jar.store(&format!("a=b; {text}"), &page, Source::Http, now);
        assert!(effect.ignored.len() <= 50);
        jar.begin(Some(&text), &page, now);
        jar.begin(Some(&text[..text.len() / 2]), &page, now);
        jar.select(&page, now);
        jar.begin(None, &page, now);
        cookie_date(&text);
    }
}
