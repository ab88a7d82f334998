//! The `Set-Cookie` lines of each scheme, to the letter, in both lanes.

use protocol::{Carrier, Header, Lane, Preset, Scheme};
use sessions::SessionId;

use crate::client::{Client, set_cookies, sign_out};
use crate::fixture::{json, member_signs_in, site, with, without, worlds};

const BOTH: Scheme = Scheme {
    carrier: Carrier::Cookie,
    ..Preset::Hybrid.scheme()
};

/// What a sign-in and the sign-out after it set; `{token}`, `{refresh}` and `{id}` stand for the values.
#[track_caller]
fn check(lane: Lane, scheme: Scheme, origin: &str, set: &[&str], cleared: &[&str]) {
    for mut world in worlds() {
        *lane.of_mut(&mut world.schemes) = scheme;
        world.site = site(origin, "/sub/");
        let from = |request| with(without(request, "Origin"), "Origin", origin);
        let mut client = Client::default();
        let handled = client.send(&mut world, lane, &from(member_signs_in()));
        let names = lane.names();
        let kept = |name: &str| client.cookies.get(name).cloned().unwrap_or_default();
        let expected: Vec<_> = set
            .iter()
            .map(|line| {
                line.replace("{token}", &kept(names.access_token))
                    .replace("{refresh}", &kept(names.refresh_cookie))
                    .replace("{id}", &kept(names.session_cookie))
            })
            .collect();
        assert_eq!(set_cookies(&handled.response.headers), expected);
        // What a cookie keeps from page script does not stand in the content.
        for value in client.cookies.values() {
            assert!(!handled.response.body.contains(value.as_str()));
        }

        let handled = client.send(&mut world, lane, &from(sign_out()));
        assert_eq!(handled.response.status, 204);
        assert_eq!(set_cookies(&handled.response.headers), cleared);
        let data = |header: &Header| header.name == "Clear-Site-Data";
        let clears = handled
            .response
            .headers
            .iter()
            .filter(|it| data(it))
            .count();
        assert_eq!(clears, usize::from(!cleared.is_empty()));
    }
}

#[test]
fn the_lines_are_exactly_these() {
    const HTTP: &str = "http://localhost:8080";
    const HTTPS: &str = "https://example.org";
    check(
        Lane::A,
        Scheme::STATEFUL,
        HTTP,
        &["sid={id}; SameSite=Lax; Path=/sub/; Max-Age=28800"],
        &["sid=; SameSite=Lax; Path=/sub/; Max-Age=0"],
    );
    check(
        Lane::B,
        Scheme::STATEFUL,
        HTTP,
        &["sid_b={id}; SameSite=Lax; Path=/sub/; Max-Age=28800"],
        &["sid_b=; SameSite=Lax; Path=/sub/; Max-Age=0"],
    );
    check(
        Lane::B,
        Preset::TokenInCookie.scheme(),
        HTTP,
        &["access_token={token}; HttpOnly; SameSite=Lax; Path=/sub/; Max-Age=900"],
        &["access_token=; HttpOnly; SameSite=Lax; Path=/sub/; Max-Age=0"],
    );
    check(
        Lane::A,
        Preset::TokenInCookie.scheme(),
        HTTPS,
        &["access_token_a={token}; HttpOnly; SameSite=Lax; Secure; Path=/sub/; Max-Age=900"],
        &["access_token_a=; HttpOnly; SameSite=Lax; Secure; Path=/sub/; Max-Age=0"],
    );
    check(
        Lane::B,
        Preset::Hybrid.scheme(),
        HTTPS,
        &[
            "refresh_token={refresh}; HttpOnly; SameSite=Strict; Secure; Path=/sub/refresh; Max-Age=604800",
        ],
        &["refresh_token=; HttpOnly; SameSite=Strict; Secure; Path=/sub/refresh; Max-Age=0"],
    );
    check(
        Lane::A,
        BOTH,
        HTTP,
        &[
            "access_token_a={token}; HttpOnly; SameSite=Lax; Path=/sub/; Max-Age=300",
            "refresh_token_a={refresh}; HttpOnly; SameSite=Strict; Path=/sub/refresh; Max-Age=604800",
        ],
        &[
            "access_token_a=; HttpOnly; SameSite=Lax; Path=/sub/; Max-Age=0",
            "refresh_token_a=; HttpOnly; SameSite=Strict; Path=/sub/refresh; Max-Age=0",
        ],
    );
    for scheme in [
        Scheme::STATELESS,
        Preset::Denylist.scheme(),
        Preset::UserVersion.scheme(),
    ] {
        check(Lane::B, scheme, HTTP, &[], &[]);
    }
}

/// Page script gets the session ID where it is to carry it, and who the user is beside it.
#[test]
fn a_session_id_for_page_script_comes_in_the_content() {
    let scheme = Scheme {
        carrier: Carrier::LocalStorage,
        ..Scheme::STATEFUL
    };
    for lane in Lane::BOTH {
        for mut world in worlds() {
            *lane.of_mut(&mut world.schemes) = scheme;
            let handled = world.send(lane, &member_signs_in());
            assert_eq!(
                json(&handled.response),
                serde_json::json!({
                    "session_id": SessionId::from_random([1; 32]).as_str(),
                    "user": { "id": 42, "name": "Mira Lind", "role": "member" },
                })
            );
        }
        check(lane, scheme, "http://localhost:8080", &[], &[]);
    }
}

#[test]
fn all_cookies_of_both_lanes_can_be_removed() {
    let own = "Path=/sub/; Max-Age=0";
    let expected = [
        format!("sid=; {own}"),
        String::from("sid=; Path=/; Max-Age=0"),
        String::from("sid=; Path=/sub/admin; Max-Age=0"),
        String::from("__Host-sid=; Path=/; Secure; Max-Age=0"),
        format!("access_token_a=; {own}"),
        String::from("refresh_token_a=; Path=/sub/refresh; Max-Age=0"),
        String::from("balancer=; Path=/sub/; Max-Age=0"),
        format!("sid_b=; {own}"),
        String::from("sid_b=; Path=/; Max-Age=0"),
        String::from("sid_b=; Path=/sub/admin; Max-Age=0"),
        String::from("__Host-sid_b=; Path=/; Secure; Max-Age=0"),
        format!("access_token=; {own}"),
        String::from("refresh_token=; Path=/sub/refresh; Max-Age=0"),
        String::from("balancer_b=; Path=/sub/; Max-Age=0"),
    ];
    let lines = server::removal_lines(&site("http://localhost:8080", "/sub/"));
    assert_eq!(lines, expected);
    let secure = server::removal_lines(&site("https://example.org", "/"));
    assert!(secure.iter().all(|line| line.contains("; Secure")));
    assert_eq!(secure.len(), 12);
}
