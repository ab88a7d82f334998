//! The session cookie under each of its settings, and what is left from others.

use protocol::{
    AuditEvent, Check, CookieLifetime, CookiePath, CookieSettings, Header, Lane, Rejection,
    Request, SameSite,
};
use sessions::SessionId;

use crate::fixture::{
    Verdict, World, assert_verdict, get, member_signs_in, request, site, with, without, worlds,
};
use crate::plans::{SESSION_ME, SESSION_SIGN_IN};

type Change = fn(&mut CookieSettings);

fn world(change: Change) -> World {
    let [mut world, _] = worlds();
    change(&mut world.policy.cookie);
    world
}

fn lines(headers: &[Header]) -> Vec<&str> {
    let set = headers.iter().filter(|header| header.name == "Set-Cookie");
    set.map(|header| header.value.as_str()).collect()
}

/// What a sign-in and the sign-out after it set.
#[track_caller]
fn check(change: Change, origin: &str, base_path: &str, set: &str, cleared: &str) {
    let mut world = world(change);
    world.site = site(origin, base_path);
    let send = |world: &mut World, path: &str, request: Request| {
        let mut request = with(without(request, "Origin"), "Origin", origin);
        request.target = format!("{base_path}{path}");
        world.send(Lane::A, &request)
    };
    let handled = send(&mut world, "login", member_signs_in());
    let id = SessionId::from_random([1; 32]);
    let expected = set.replace("{id}", id.as_str());
    assert_eq!(lines(&handled.response.headers), [expected]);

    let handled = send(&mut world, "logout", request("POST", "/logout", ""));
    assert_eq!(lines(&handled.response.headers), [cleared]);
}

#[test]
fn each_setting_has_its_place_in_the_line() {
    const HTTP: &str = "http://localhost:8080";
    const HTTPS: &str = "https://example.org";
    for (change, origin, set, cleared) in [
        (
            (|_| ()) as Change,
            HTTP,
            "sid={id}; SameSite=Lax; Path=/sub/; Max-Age=28800",
            "sid=; SameSite=Lax; Path=/sub/; Max-Age=0",
        ),
        (
            |it| it.http_only = true,
            HTTP,
            "sid={id}; HttpOnly; SameSite=Lax; Path=/sub/; Max-Age=28800",
            "sid=; HttpOnly; SameSite=Lax; Path=/sub/; Max-Age=0",
        ),
        (
            |it| it.secure = Some(true),
            HTTP,
            "sid={id}; SameSite=Lax; Secure; Path=/sub/; Max-Age=28800",
            "sid=; SameSite=Lax; Secure; Path=/sub/; Max-Age=0",
        ),
        (
            |it| it.secure = Some(false),
            HTTPS,
            "sid={id}; SameSite=Lax; Path=/sub/; Max-Age=28800",
            "sid=; SameSite=Lax; Path=/sub/; Max-Age=0",
        ),
        (
            |it| it.same_site = SameSite::Strict,
            HTTP,
            "sid={id}; SameSite=Strict; Path=/sub/; Max-Age=28800",
            "sid=; SameSite=Strict; Path=/sub/; Max-Age=0",
        ),
        // The user agent refuses it: it is sent as it was set, and nothing is added.
        (
            |it| it.same_site = SameSite::None,
            HTTP,
            "sid={id}; SameSite=None; Path=/sub/; Max-Age=28800",
            "sid=; SameSite=None; Path=/sub/; Max-Age=0",
        ),
        (
            |it| it.same_site = SameSite::Default,
            HTTP,
            "sid={id}; Path=/sub/; Max-Age=28800",
            "sid=; Path=/sub/; Max-Age=0",
        ),
        // As this.
        (
            |it| it.host_prefix = true,
            HTTP,
            "__Host-sid={id}; SameSite=Lax; Path=/sub/; Max-Age=28800",
            "__Host-sid=; SameSite=Lax; Path=/sub/; Max-Age=0",
        ),
        (
            |it| {
                it.host_prefix = true;
                it.path = CookiePath::Root;
            },
            HTTPS,
            "__Host-sid={id}; SameSite=Lax; Secure; Path=/; Max-Age=28800",
            "__Host-sid=; SameSite=Lax; Secure; Path=/; Max-Age=0",
        ),
        (
            |it| it.path = CookiePath::Admin,
            HTTP,
            "sid={id}; SameSite=Lax; Path=/sub/admin; Max-Age=28800",
            "sid=; SameSite=Lax; Path=/sub/admin; Max-Age=0",
        ),
        (
            |it| it.lifetime = CookieLifetime::OneMinute,
            HTTP,
            "sid={id}; SameSite=Lax; Path=/sub/; Max-Age=60",
            "sid=; SameSite=Lax; Path=/sub/; Max-Age=0",
        ),
        (
            |it| it.lifetime = CookieLifetime::UntilClosed,
            HTTP,
            "sid={id}; SameSite=Lax; Path=/sub/",
            "sid=; SameSite=Lax; Path=/sub/; Max-Age=0",
        ),
    ] {
        check(change, origin, "/sub/", set, cleared);
        // Where the site is the whole host.
        let at_root = |line: &str| line.replace("/sub/", "/");
        check(change, origin, "/", &at_root(set), &at_root(cleared));
    }
}

/// Under another name a session is not found, as it would be on a real site whose cookie was renamed.
#[test]
fn only_the_name_that_is_set_counts() {
    for (change, sent, found) in [
        ((|_| ()) as Change, "sid", true),
        (|_| (), "__Host-sid", false),
        (|it| it.host_prefix = true, "sid", false),
        (|it| it.host_prefix = true, "__Host-sid", true),
    ] {
        let mut world = world(change);
        let id = world.session(1, world.now);
        let request = with(get("/me"), "Cookie", &format!("{sent}={}", id.as_str()));
        let verdict = if found {
            Verdict::Done(200)
        } else {
            let name = if sent == "sid" { "__Host-sid" } else { "sid" };
            let name = name.to_owned();
            let rejection = Rejection::SessionCookieMissing { name };
            Verdict::Refused(401, Check::SessionCookieFound, rejection)
        };
        let handled = world.send(Lane::A, &request);
        assert_verdict(world.name, &handled, SESSION_ME, &verdict);
    }
}

/// What the request shows to be left is removed by further lines, at sign-in and at sign-out alike.
#[test]
fn what_is_left_from_other_settings_is_removed_as_far_as_it_shows() {
    const SITE: &str = "sid=; Path=/sub/; Max-Age=0";
    const ROOT: &str = "sid=; Path=/; Max-Age=0";
    const HOST: &str = "__Host-sid=; Path=/; Secure; Max-Age=0";
    let host: Change = |it| it.host_prefix = true;
    let root: Change = |it| it.path = CookiePath::Root;
    let admin: Change = |it| it.path = CookiePath::Admin;
    for (change, cookies, expected) in [
        ((|_| ()) as Change, "", vec![]),
        (|_| (), "sid=1", vec![]),
        (|_| (), "theme=dark; side=1; SID=1", vec![]),
        (|_| (), "sid=1; sid=2", vec![ROOT]),
        (|_| (), "__Host-sid=1; sid=1", vec![HOST]),
        (host, "sid=1", vec![SITE, ROOT]),
        // Without the path that it needs, it is refused, and so is its removal.
        (host, "__Host-sid=1", vec![]),
        // The one that shows may be that of the site's own path, which would be sent first.
        (root, "sid=1", vec![SITE]),
        (admin, "sid=1", vec![SITE, ROOT]),
        (root, "__Host-sid=1", vec![HOST]),
    ] {
        for sent in [member_signs_in(), request("POST", "/logout", "")] {
            let mut world = world(change);
            let sent = with(sent, "Cookie", cookies);
            let handled = world.send(Lane::A, &sent);
            let lines = lines(&handled.response.headers);
            assert_eq!(lines[1..], expected, "{cookies} {}", sent.target);
        }
    }
}

/// ASVS 7.2.4, under whichever name the old session came.
#[test]
fn a_new_sign_in_ends_the_session_of_the_other_name() {
    let mut world = world(|it| it.host_prefix = true);
    let id = world.session(200, world.now);
    let sent = with(member_signs_in(), "Cookie", &format!("sid={}", id.as_str()));
    let handled = world.send(Lane::A, &sent);
    let verdict = Verdict::Done(200).recorded(AuditEvent::SignedIn);
    assert_verdict(world.name, &handled, SESSION_SIGN_IN, &verdict);
    let left: Vec<_> = world.sessions().iter().map(|it| it.id_hash).collect();
    assert_eq!(left, [SessionId::from_random([1; 32]).hash()]);
}
