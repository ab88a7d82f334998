//! Signing out, in both lanes.

use protocol::{AuditEvent, Check, Fact, Header, Lane, Outcome, Rejection};

use crate::fixture::{
    NOW, Verdict, World, assert_verdict, bearer, check, cookie, get, outcome, request, with,
    without, worlds,
};
use crate::plans::{NO_ROUTE, SESSION_ME, SESSION_SIGN_OUT, TOKEN_ME, TOKEN_SIGN_OUT};
use crate::token::good_token;

const CLEARING: &str = "sid=; SameSite=Lax; Path=/sub/; Max-Age=0";

fn clears(headers: &[Header]) -> bool {
    let line = |name: &str| headers.iter().find(|header| header.name == name);
    let cleared = line("Set-Cookie").is_some_and(|header| header.value == CLEARING);
    assert_eq!(cleared, line("Clear-Site-Data").is_some());
    cleared
}

#[test]
fn a_session_that_was_signed_out_is_gone() {
    for mut world in worlds() {
        let id = world.session(1, NOW);
        let sign_out = cookie(request("POST", "/logout", ""), id.as_str());
        let handled = world.send(Lane::A, &sign_out);
        let verdict = Verdict::Done(204).recorded(AuditEvent::SignedOut);
        assert_verdict(world.name, &handled, SESSION_SIGN_OUT, &verdict);
        assert!(clears(&handled.response.headers));
        assert!(world.sessions().is_empty());

        let rejection = Rejection::SessionUnknown {
            id_hash: id.hash().to_string(),
        };
        let verdict = Verdict::Refused(401, Check::SessionFound, rejection)
            .recorded(AuditEvent::RequestRefused);
        let again = world.send(Lane::A, &cookie(get("/me"), id.as_str()));
        assert_verdict(world.name, &again, SESSION_ME, &verdict);
    }
}

#[test]
fn signing_out_twice_ends_nothing_twice_and_still_clears() {
    for mut world in worlds() {
        let id = world.session(1, NOW);
        let sign_out = cookie(request("POST", "/logout", ""), id.as_str());
        for (was_there, verdict) in [
            (true, Verdict::Done(204).recorded(AuditEvent::SignedOut)),
            // Nobody signed out here.
            (false, Verdict::Done(204)),
        ] {
            let handled = world.send(Lane::A, &sign_out);
            assert_verdict(world.name, &handled, SESSION_SIGN_OUT, &verdict);
            let id_hash = id.hash().to_string();
            let expected = Fact::SessionEnded { id_hash, was_there };
            assert_eq!(
                outcome(&handled, Check::SessionEnded),
                &Outcome::Passed(expected)
            );
            assert!(clears(&handled.response.headers));
        }
    }
}

#[test]
fn only_the_own_session_ends() {
    for mut world in worlds() {
        let (mine, others) = (world.session(1, NOW), world.session(2, NOW));
        let sign_out = cookie(request("POST", "/logout", ""), mine.as_str());
        world.send(Lane::A, &sign_out);
        let left: Vec<_> = world.sessions().iter().map(|it| it.id_hash).collect();
        assert_eq!(left, [others.hash()]);
    }
}

#[test]
fn without_a_cookie_there_is_nothing_to_end_but_the_browser_is_cleared() {
    let rejection = || Rejection::SessionCookieMissing {
        name: String::from("sid"),
    };
    let verdict = Verdict::Refused(401, Check::SessionCookieFound, rejection());
    let sign_out = |_: &mut World| request("POST", "/logout", "");
    check(Lane::A, sign_out, SESSION_SIGN_OUT, &verdict);
    let [mut world, _] = worlds();
    let handled = world.send(Lane::A, &request("POST", "/logout", ""));
    assert!(clears(&handled.response.headers));
}

/// Another site may neither end a session nor rid the browser of its cookie. ASVS 3.5.1.
#[test]
fn another_site_signs_nobody_out() {
    for mut world in worlds() {
        let id = world.session(1, NOW);
        let own = cookie(request("POST", "/logout", ""), id.as_str());
        let foreign = with(
            without(own.clone(), "Origin"),
            "Origin",
            "https://evil.example",
        );
        let origin = String::from("https://evil.example");
        let verdict = Verdict::Refused(
            403,
            Check::OriginAllowed,
            Rejection::OriginForeign { origin },
        );
        let handled = world.send(Lane::A, &foreign);
        assert_verdict(world.name, &handled, SESSION_SIGN_OUT, &verdict);
        assert!(!clears(&handled.response.headers));

        let handled = world.send(Lane::A, &without(own, "Origin"));
        let verdict = Verdict::Refused(403, Check::OriginAllowed, Rejection::OriginMissing);
        assert_verdict(world.name, &handled, SESSION_SIGN_OUT, &verdict);
        assert!(!clears(&handled.response.headers));

        // Nor by a request that is refused before its origin is looked at.
        let mut large = foreign;
        large.body = "x".repeat(70_000);
        let handled = world.send(Lane::A, &large);
        let rejection = Rejection::ContentTooLarge {
            octets: 70_000,
            limit: 64 * 1024,
        };
        let verdict = Verdict::Refused(413, Check::SizeLimited, rejection);
        assert_verdict(world.name, &handled, NO_ROUTE, &verdict);
        assert!(!clears(&handled.response.headers));
        assert_eq!(world.sessions().len(), 1);
    }
}

/// ASVS 7.4.1 is not met by this lane, and the server says so.
#[test]
fn a_token_outlives_its_sign_out() {
    for mut world in worlds() {
        let request_of = |method, path| bearer(request(method, path, ""), &good_token());
        let handled = world.send(Lane::B, &request_of("POST", "/logout"));
        assert_verdict(world.name, &handled, TOKEN_SIGN_OUT, &Verdict::Done(204));
        let until = NOW.plus_seconds(900);
        assert_eq!(
            outcome(&handled, Check::TokenOutlivesSignOut),
            &Outcome::Noted(Fact::TokenOutlives { until })
        );
        assert_eq!(handled.response.header("Set-Cookie"), None);
        let after = world.send(Lane::B, &request_of("GET", "/me"));
        assert_verdict(world.name, &after, TOKEN_ME, &Verdict::Done(200));
    }
}
