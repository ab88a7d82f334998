//! With another role a session gets another ID: whoever knew the old one does not get the new rights with it.

use protocol::{
    Access, AuditEvent, Carrier, Check, Fact, Lane, Outcome, Purpose, Rejection, Scheme, Timestamp,
};
use sessions::{Role, SessionId};

use crate::client::{Client, set_cookies};
use crate::fixture::{
    NOW, Verdict, World, assert_verdict, get, operations, outcome, request, worlds,
};
use crate::scheme_plans as plans;

/// On either store, a session whose user's role has changed since. The fixture's first random bytes are all 1, those of
/// the next ID all 2.
fn changed(scheme: Scheme, account: &str, role: Role) -> impl Iterator<Item = (World, Client)> {
    worlds().into_iter().map(move |mut world| {
        world.schemes[0] = scheme;
        let client = Client::signed_in_to(&mut world, Lane::A, account);
        world.change(account, |user| user.role = role);
        (world, client)
    })
}

fn id(number: u8) -> SessionId {
    SessionId::from_random([number; 32])
}

#[test]
fn the_session_goes_on_under_a_new_id() {
    for (mut world, mut client) in changed(Scheme::STATEFUL, "member", Role::Administrator) {
        let old = client.clone();
        let before = world.sessions().remove(0);
        world.now = Timestamp::from_milliseconds(NOW.milliseconds() + 1_500);
        let handled = client.send(&mut world, Lane::A, &get("/me"));
        let plan = plans::reading(&Scheme::STATEFUL, &[]);
        let verdict = Verdict::Done(200).recorded(AuditEvent::SessionRenewed);
        assert_verdict(world.name, &handled, &plan, &verdict);
        let expected = Fact::SessionRenewed {
            before: String::from("member"),
            now: String::from("admin"),
            id_hash: id(2).hash().to_string(),
        };
        assert_eq!(
            outcome(&handled, Check::SessionRenewed),
            &Outcome::Passed(expected)
        );
        // The cookie ends when the session does, whatever its age.
        let line = format!(
            "sid={}; SameSite=Lax; Path=/sub/; Max-Age={}",
            id(2).as_str(),
            8 * 3600 - 1
        );
        assert_eq!(set_cookies(&handled.response.headers), [line]);
        let accesses: Vec<_> = operations(&handled.steps)
            .iter()
            .filter(|operation| operation.purpose == Purpose::Authentication)
            .map(|operation| operation.access)
            .collect();
        assert_eq!(accesses, [Access::Read, Access::Write]);
        let entry = world.audit().remove(0);
        assert_eq!(entry.subject.as_deref(), id(2).hash().to_string().get(..8));

        // All else of the session stays.
        let mut after = world.sessions().remove(0);
        assert_eq!(
            (after.id_hash, after.role),
            (id(2).hash(), Role::Administrator)
        );
        (after.id_hash, after.role) = (before.id_hash, before.role);
        assert_eq!(after, before);

        let refused = world.send(Lane::A, &old.on(Lane::A, get("/me")));
        let rejection = Rejection::SessionUnknown {
            id_hash: id(1).hash().to_string(),
        };
        let verdict = Verdict::Refused(401, Check::SessionFound, rejection)
            .recorded(AuditEvent::RequestRefused);
        assert_verdict(world.name, &refused, &plan, &verdict);
        // And only once.
        let handled = client.send(&mut world, Lane::A, &get("/me"));
        assert_verdict(world.name, &handled, &plan, &Verdict::Done(200));
        assert_eq!(
            outcome(&handled, Check::SessionRenewed),
            &Outcome::Passed(Fact::RoleUnchanged)
        );
        assert_eq!(handled.response.header("Set-Cookie"), None);
    }
}

/// The store knows the new ID already: whatever the request ends with, the client must learn it.
#[test]
fn a_refused_request_brings_the_new_id_too() {
    for (mut world, mut client) in changed(Scheme::STATEFUL, "admin", Role::Member) {
        let handled = client.send(&mut world, Lane::A, &get("/admin/users"));
        let plan = plans::reading(&Scheme::STATEFUL, &[Check::RoleAllowed, Check::UsersRead]);
        let rejection = Rejection::RoleMissing {
            role: String::from("member"),
            needed: String::from("admin"),
        };
        let verdict = Verdict::Refused(403, Check::RoleAllowed, rejection)
            .recorded(AuditEvent::SessionRenewed)
            .recorded(AuditEvent::RequestRefused);
        assert_verdict(world.name, &handled, &plan, &verdict);
        assert_eq!(client.cookies["sid"], id(2).as_str());
        let handled = client.send(&mut world, Lane::A, &get("/me"));
        assert_eq!(handled.response.status, 200);
    }
}

#[test]
fn the_last_use_is_written_under_the_new_id() {
    for (mut world, mut client) in changed(Scheme::STATEFUL, "member", Role::Administrator) {
        world.now = NOW.plus_seconds(60);
        client.send(&mut world, Lane::A, &get("/me"));
        let session = world.sessions().remove(0);
        assert_eq!(session.id_hash, id(2).hash());
        assert_eq!(session.last_seen, NOW.plus_seconds(60));
    }
}

/// Where page script carries the ID, the role counts as well, and the ID stays: no answer would bring the next one.
#[test]
fn an_id_in_page_scripts_keeping_stays() {
    let scheme = Scheme {
        carrier: Carrier::Memory,
        ..Scheme::STATEFUL
    };
    for (mut world, mut client) in changed(scheme, "member", Role::Administrator) {
        for _ in 0..2 {
            let handled = client.send(&mut world, Lane::A, &get("/admin/users"));
            let plan = plans::reading(&scheme, &[Check::RoleAllowed, Check::UsersRead]);
            assert_verdict(world.name, &handled, &plan, &Verdict::Done(200));
        }
        assert_eq!(world.sessions()[0].id_hash, id(1).hash());
    }
}

/// A sign-out ends what the cookie names, and gives nothing new.
#[test]
fn a_sign_out_renews_nothing() {
    for (mut world, mut client) in changed(Scheme::STATEFUL, "member", Role::Administrator) {
        let handled = client.send(&mut world, Lane::A, &request("POST", "/logout", ""));
        let verdict = Verdict::Done(204).recorded(AuditEvent::SignedOut);
        let plan = plans::sign_out(&Scheme::STATEFUL);
        assert_verdict(world.name, &handled, &plan, &verdict);
        assert!(world.sessions().is_empty());
        assert!(client.cookies.is_empty());
    }
}
