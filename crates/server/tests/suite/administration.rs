//! What an administrator does, lane by lane, and what goes on all the same.

use protocol::{AdminOutcome, AuditEvent, Credential, Lane, Revocation, Scheme};
use sessions::Role;

use crate::client::Client;
use crate::fixture::{MEMBER, NOW, World, get, worlds};
use crate::scheme_plans::schemes;

/// Each scheme in lane B, on either store: two devices of the member's, and one of the administrator's.
fn each(test: impl Fn(&mut World, &Scheme, [Client; 3])) {
    for scheme in schemes() {
        for mut world in worlds() {
            world.schemes[1] = scheme;
            let clients = ["member", "member", "admin"]
                .map(|account| Client::signed_in_to(&mut world, Lane::B, account));
            test(&mut world, &scheme, clients);
        }
    }
}

/// What ending a user's sign-ins is to say under this scheme.
fn expected(scheme: &Scheme) -> AdminOutcome {
    let is_session = scheme.credential == Credential::SessionId;
    let has_family = scheme.credential == Credential::AccessAndRefresh;
    let raises = scheme.revocation == Revocation::UserVersion;
    let seconds = i64::from(scheme.lifetimes.access_token_seconds);
    AdminOutcome {
        found: true,
        sessions_ended: if is_session { 2 } else { 0 },
        families_ended: if has_family { 2 } else { 0 },
        versions_raised: u32::from(raises),
        tokens_outlive: (!is_session && !raises).then(|| NOW.plus_seconds(seconds)),
    }
}

#[test]
fn a_user_is_signed_out_everywhere_as_far_as_the_scheme_can() {
    each(|world, scheme, [mut first, mut second, mut other_user]| {
        let log = world.audit().len();
        let outcome = server::sign_user_out(&mut *world.store, Lane::B, scheme, MEMBER, NOW);
        assert_eq!(outcome, Ok(expected(scheme)), "{scheme:?}");
        let goes_on = expected(scheme).tokens_outlive.is_some();
        let status = if goes_on { 200 } else { 401 };
        for (client, status) in [
            (&mut first, status),
            (&mut second, status),
            (&mut other_user, 200),
        ] {
            let handled = client.send(world, Lane::B, &get("/me"));
            assert_eq!(handled.response.status, status, "{scheme:?}");
        }
        // Until when it goes on is what was said.
        if let Some(until) = expected(scheme).tokens_outlive {
            world.now = until;
            let handled = first.send(world, Lane::B, &get("/me"));
            assert_eq!(handled.response.status, 401);
            world.now = NOW;
        }
        if scheme.credential == Credential::AccessAndRefresh {
            for (client, status) in [(&mut second, 401), (&mut other_user, 200)] {
                let handled = client.refresh(world, Lane::B);
                assert_eq!(handled.response.status, status);
            }
        }
        let entries = world.audit();
        let entry = entries
            .iter()
            .find(|entry| entry.event == AuditEvent::UserSignedOut)
            .expect("it was written down");
        assert_eq!((entry.user, entry.lane), (Some(MEMBER), Some(Lane::B)));
        assert!(entries.len() > log);
        // A second time there is nothing left to end.
        let again = server::sign_user_out(&mut *world.store, Lane::B, scheme, MEMBER, NOW);
        let again = again.expect("it works");
        assert_eq!((again.sessions_ended, again.families_ended), (0, 0));
    });
}

#[test]
fn a_suspension_ends_the_sign_ins_and_a_restored_account_starts_anew() {
    each(|world, scheme, [mut first, mut second, _]| {
        let store = &mut *world.store;
        assert_eq!(server::suspend_user(store, MEMBER, true, NOW), Ok(true));
        let outcome = server::end_sign_ins(store, Lane::B, scheme, MEMBER, NOW);
        assert_eq!(outcome, Ok(expected(scheme)));
        assert_eq!(server::suspend_user(store, MEMBER, false, NOW), Ok(true));
        let events: Vec<_> = world.audit().iter().map(|it| it.event).collect();
        assert_eq!(
            events.get(..2),
            Some(&[AuditEvent::AccountRestored, AuditEvent::AccountSuspended][..])
        );
        assert_eq!(world.audit()[0].lane, None);
        // What was ended does not come back with the account.
        let status = if expected(scheme).tokens_outlive.is_some() {
            200
        } else {
            401
        };
        for client in [&mut first, &mut second] {
            let handled = client.send(world, Lane::B, &get("/me"));
            assert_eq!(handled.response.status, status, "{scheme:?}");
        }
        Client::signed_in(world, Lane::B);
    });
}

#[test]
fn roles_are_set_by_their_names() {
    for mut world in worlds() {
        for (user, role, found, recorded) in [
            (MEMBER, "admin", true, true),
            // As it was: no event.
            (MEMBER, "admin", true, false),
            (MEMBER, "member", true, true),
            (MEMBER, "Admin", false, false),
            (MEMBER, "", false, false),
            (777, "admin", false, false),
        ] {
            let before = world.audit().len();
            let set = server::set_role(&mut *world.store, user, role, NOW);
            assert_eq!(set, Ok(found), "{user} {role}");
            let after = world.audit();
            assert_eq!(after.len() - before, usize::from(recorded));
            if recorded {
                let event = after[0].event;
                assert_eq!(
                    (event, after[0].user),
                    (AuditEvent::RoleChanged, Some(user))
                );
                let found = world.store.find_user(user).expect("it works");
                assert_eq!(found.map(|it| it.role), Role::parse(role));
            }
        }
    }
}

#[test]
fn whoever_does_not_exist_is_not_found() {
    for mut world in worlds() {
        let store = &mut *world.store;
        let outcome = server::sign_user_out(store, Lane::A, &Scheme::STATEFUL, 777, NOW);
        assert_eq!(outcome, Ok(AdminOutcome::default()));
        assert_eq!(server::suspend_user(store, 777, true, NOW), Ok(false));
        assert!(world.audit().is_empty());
    }
}
