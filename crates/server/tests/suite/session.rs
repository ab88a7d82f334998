//! `GET /me` with a session cookie.

use protocol::{Access, AuditEvent, Check, Lane, Purpose, Rejection, Timestamp};
use sessions::{Role, SessionId};

use crate::fixture::{
    MEMBER, NOW, Verdict, World, assert_verdict, check, cookie, get, json, operations, with, worlds,
};
use crate::plans::{NO_ROUTE, SESSION_ME};

const IDLE_END: Timestamp = NOW.plus_seconds(15 * 60);
const ABSOLUTE_END: Timestamp = NOW.plus_seconds(8 * 60 * 60);

#[test]
fn a_live_session_is_known_by_one_read() {
    for mut world in worlds() {
        let request = world.signed_in(get("/me"));
        let handled = world.send(Lane::A, &request);
        assert_verdict(world.name, &handled, SESSION_ME, &Verdict::Done(200));
        let operations = operations(&handled.steps);
        assert_eq!(operations.len(), 1);
        assert_eq!(operations[0].access, Access::Read);
        assert_eq!(operations[0].purpose, Purpose::Authentication);
        assert_eq!(operations[0].rows, 1);
        assert_eq!(
            json(&handled.response),
            serde_json::json!({ "id": 42, "name": "Mira Lind", "role": "member" })
        );
    }
}

#[test]
fn what_is_no_session_id_is_refused_without_a_lookup() {
    let missing = || Rejection::SessionCookieMissing {
        name: String::from("sid"),
    };
    let verdict = Verdict::Refused(401, Check::SessionCookieFound, missing());
    check(Lane::A, |_| get("/me"), SESSION_ME, &verdict);
    for field in ["theme=dark", "", ";;;", "sid", "SID=x", "xsid=y; sidx=z"] {
        let verdict = Verdict::Refused(401, Check::SessionCookieFound, missing());
        check(
            Lane::A,
            |_| with(get("/me"), "Cookie", field),
            SESSION_ME,
            &verdict,
        );
    }
    let valid = SessionId::from_random([1; 32]);
    for value in [
        "",
        "garbage",
        "\"\"",
        &"A".repeat(42),
        &"A".repeat(44),
        &format!("{}=", valid.as_str()),
        &format!("\"{}\"", valid.as_str()),
        &"ä".repeat(22),
        // The two bits left over are not zero.
        &format!("{}B", "A".repeat(42)),
        &valid.as_str().replace('Q', "%51"),
    ] {
        let rejection = Rejection::SessionIdMalformed {
            bytes: u32::try_from(value.len()).expect("it is short"),
            expected: 43,
        };
        let verdict = Verdict::Refused(401, Check::SessionIdWellFormed, rejection);
        check(Lane::A, |_| cookie(get("/me"), value), SESSION_ME, &verdict);
    }
}

#[test]
fn a_cookie_of_a_megabyte_is_refused_at_the_door() {
    let request = |_: &mut World| cookie(get("/me"), &"A".repeat(1 << 20));
    for mut world in worlds() {
        let request = request(&mut world);
        let handled = world.send(Lane::A, &request);
        let octets = u32::try_from(request.to_string().len()).expect("it is a megabyte");
        let limit = 16 * 1024;
        let rejection = Rejection::FieldsTooLarge { octets, limit };
        let verdict = Verdict::Refused(431, Check::SizeLimited, rejection);
        assert_verdict(world.name, &handled, NO_ROUTE, &verdict);
    }
}

#[test]
fn an_unknown_id_is_refused_by_the_lookup() {
    let id = SessionId::from_random([1; 32]);
    let rejection = Rejection::SessionUnknown {
        id_hash: id.hash().to_string(),
    };
    let verdict =
        Verdict::Refused(401, Check::SessionFound, rejection).recorded(AuditEvent::RequestRefused);
    check(
        Lane::A,
        |_| cookie(get("/me"), id.as_str()),
        SESSION_ME,
        &verdict,
    );
}

/// An end belongs to what is over: at the very millisecond a session is refused.
#[test]
fn a_session_ends_at_its_deadlines() {
    let at = |now: Timestamp, idle_expires: Timestamp| {
        move |world: &mut World| {
            let id = world.session(1, NOW);
            world
                .store
                .touch(&id.hash(), NOW, idle_expires)
                .expect("it is there");
            world.now = now;
            cookie(get("/me"), id.as_str())
        }
    };
    let before = |end: Timestamp| Timestamp::from_milliseconds(end.milliseconds() - 1);
    let idle = |at, now| {
        let rejection = Rejection::SessionIdle { at, now };
        Verdict::Refused(401, Check::IdleTimeout, rejection).recorded(AuditEvent::RequestRefused)
    };
    let too_old = |at, now| {
        let rejection = Rejection::SessionTooOld { at, now };
        Verdict::Refused(401, Check::AbsoluteTimeout, rejection)
            .recorded(AuditEvent::RequestRefused)
    };
    let later = ABSOLUTE_END.plus_seconds(900);
    let long_after = ABSOLUTE_END.plus_seconds(86_400 * 365);
    for (now, idle_expires, verdict) in [
        (before(IDLE_END), IDLE_END, Verdict::Done(200)),
        (IDLE_END, IDLE_END, idle(IDLE_END, IDLE_END)),
        (long_after, IDLE_END, idle(IDLE_END, long_after)),
        (before(ABSOLUTE_END), later, Verdict::Done(200)),
        (ABSOLUTE_END, later, too_old(ABSOLUTE_END, ABSOLUTE_END)),
    ] {
        check(Lane::A, at(now, idle_expires), SESSION_ME, &verdict);
    }
}

#[test]
fn a_suspension_counts_at_the_very_next_request() {
    let suspended = |world: &mut World| {
        let request = world.signed_in(get("/me"));
        world.change_member(|member| member.suspended = true);
        request
    };
    let rejection = Rejection::AccountSuspended { user: MEMBER };
    let verdict =
        Verdict::Refused(403, Check::UserActive, rejection).recorded(AuditEvent::RequestRefused);
    check(Lane::A, suspended, SESSION_ME, &verdict);
}

#[test]
fn a_changed_role_and_name_show_at_the_very_next_request() {
    for mut world in worlds() {
        let request = world.signed_in(get("/me"));
        world.change_member(|member| {
            member.role = Role::Administrator;
            member.name = String::from("Mira \"Boss\" Lind");
        });
        let handled = world.send(Lane::A, &request);
        assert_eq!(
            json(&handled.response),
            serde_json::json!({ "id": 42, "name": "Mira \"Boss\" Lind", "role": "admin" })
        );
    }
}

#[test]
fn a_token_means_nothing_to_the_session_lane() {
    let verdict = Verdict::Refused(
        401,
        Check::SessionCookieFound,
        Rejection::SessionCookieMissing {
            name: String::from("sid"),
        },
    );
    let request = |_: &mut World| with(get("/me"), "Authorization", "Bearer a.b.c");
    check(Lane::A, request, SESSION_ME, &verdict);
}
