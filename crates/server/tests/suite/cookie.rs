//! The `Set-Cookie` line of a sign-in, to the letter.

use protocol::{AuditEvent, Lane};
use sessions::SessionId;

use crate::fixture::{
    Verdict, World, assert_verdict, member_signs_in, site, with, without, worlds,
};
use crate::plans::SESSION_SIGN_IN;

fn line(mut world: World, origin: &str, base_path: &str) -> String {
    world.site = site(origin, base_path);
    let mut request = with(without(member_signs_in(), "Origin"), "Origin", origin);
    request.target = format!("{base_path}login");
    let handled = world.send(Lane::A, &request);
    let verdict = Verdict::Done(200).recorded(AuditEvent::SignedIn);
    assert_verdict(world.name, &handled, SESSION_SIGN_IN, &verdict);
    let lines: Vec<_> = handled
        .response
        .headers
        .iter()
        .filter(|header| header.name == "Set-Cookie")
        .collect();
    assert_eq!(lines.len(), 1);
    lines[0].value.clone()
}

/// The fixture's first random bytes are all 1.
#[test]
fn the_line_is_exactly_this() {
    let id = SessionId::from_random([1; 32]);
    let id = id.as_str();
    for (origin, base_path, expected) in [
        (
            "http://localhost:8080",
            "/sub/",
            format!("sid={id}; SameSite=Lax; Path=/sub/; Max-Age=28800"),
        ),
        (
            "http://localhost:8080",
            "/",
            format!("sid={id}; SameSite=Lax; Path=/; Max-Age=28800"),
        ),
        (
            "https://example.org",
            "/sub/",
            format!("sid={id}; SameSite=Lax; Secure; Path=/sub/; Max-Age=28800"),
        ),
    ] {
        for world in worlds() {
            assert_eq!(line(world, origin, base_path), expected);
        }
    }
}

#[test]
fn the_id_has_256_random_bits_and_only_its_hash_is_kept() {
    for mut world in worlds() {
        let handled = world.send(Lane::A, &member_signs_in());
        let line = handled.response.header("Set-Cookie").expect("it is there");
        let value = line
            .strip_prefix("sid=")
            .and_then(|rest| rest.split(';').next())
            .expect("it has a value");
        let id = SessionId::parse(value).expect("it is a session ID");
        assert_eq!(id, SessionId::from_random([1; 32]));
        assert_eq!(world.sessions()[0].id_hash, id.hash());
        // The steps are shown to the observer: none of them gives the ID away.
        assert!(!format!("{:?}", handled.steps).contains(value));
    }
}
