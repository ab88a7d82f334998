//! Servers that remember by themselves: records in memory, and a cache in front of the database.

use protocol::{
    Access, Check, Fact, Lane, Outcome, Preset, Rejection, Request, Scheme, Service, StorePlace,
    Timestamp,
};
use rusqlite::Connection;
use server::{Environment, Handled, Policy, Server, sample_accounts};
use sessions::{
    CredentialHash, ObserverAccess, Role, ServerMemory, ServerStore, SessionId, SqliteStore,
    UserStore,
};
use tokens::Algorithm;

use crate::client::{Client, refresh, sign_out};
use crate::fixture::{MEMBER, NOW, ORIGIN, get, key, member_signs_in, outcome, site};

/// One server of lane A with a memory of its own, on a database.
struct Parts {
    database: SqliteStore,
    memory: ServerMemory,
    scheme: Scheme,
    now: Timestamp,
    random: u8,
}

impl Parts {
    fn new(scheme: Scheme) -> Self {
        let connection = Connection::open_in_memory().expect("memory is there");
        Self {
            database: SqliteStore::open(connection, &sample_accounts()).expect("it is empty"),
            memory: ServerMemory::new(),
            scheme,
            now: NOW,
            random: 0,
        }
    }

    fn send(&mut self, client: &mut Client, request: Request) -> Handled {
        let server = Server::new(
            Lane::A,
            Service::Main,
            self.scheme,
            Policy::default(),
            Algorithm::Hs256,
            vec![key()],
        );
        let mut store = ServerStore::new(
            &mut self.database,
            &mut self.memory,
            self.scheme.store,
            self.now,
        );
        let random = &mut self.random;
        let mut environment = Environment {
            now: self.now,
            random: &mut |bytes| {
                *random += 1;
                bytes.fill(*random);
            },
            stopwatch: &|| 0.0,
        };
        let request = client.on(Lane::A, request);
        let site = site(ORIGIN, "/sub/");
        let handled = server.handle(&request, &site, &mut store, &mut environment);
        client.take(&handled.response);
        handled
    }

    fn signed_in(&mut self) -> Client {
        let mut client = Client::default();
        let handled = self.send(&mut client, member_signs_in());
        assert_eq!(handled.response.status, 200);
        client
    }
}

fn in_memory(preset: Preset) -> Scheme {
    let mut scheme = preset.scheme();
    scheme.store.place = StorePlace::ServerMemory;
    scheme.store.round_trip_microseconds = 1_000;
    scheme
}

fn cached(seconds: u32) -> Scheme {
    let mut scheme = Scheme::STATEFUL;
    scheme.store.session_cache_seconds = seconds;
    scheme
}

/// The places that a check asked, and what it did there.
fn places(handled: &Handled, check: Check) -> Vec<(StorePlace, Access)> {
    let steps = handled.steps.iter().filter(|step| step.check == check);
    steps
        .flat_map(|step| &step.cost.store)
        .map(|operation| (operation.place, operation.access))
        .collect()
}

/// The user is the database's wherever the record is.
#[test]
fn a_record_in_memory_is_looked_up_there_and_its_user_in_the_database() {
    let both = [
        (StorePlace::ServerMemory, Access::Read),
        (StorePlace::Database, Access::Read),
    ];
    let mut parts = Parts::new(in_memory(Preset::Stateful));
    let mut client = parts.signed_in();
    let handled = parts.send(&mut client, get("/me"));
    assert_eq!(handled.response.status, 200);
    assert_eq!(places(&handled, Check::SessionFound), both);
    // One of the two goes over the network.
    let found = handled
        .steps
        .iter()
        .find(|step| step.check == Check::SessionFound);
    let milliseconds = found.map(|step| step.cost.network_milliseconds);
    assert_eq!(milliseconds, Some(1.0));

    let mut parts = Parts::new(in_memory(Preset::Hybrid));
    let mut client = parts.signed_in();
    let handled = parts.send(&mut client, refresh());
    assert_eq!(handled.response.status, 200);
    assert_eq!(places(&handled, Check::RefreshTokenFound), both);
    let written = [(StorePlace::ServerMemory, Access::Write); 2];
    assert_eq!(places(&handled, Check::RefreshTokenRotated), written);

    for (preset, check) in [
        (Preset::Denylist, Check::TokenNotDenied),
        (Preset::UserVersion, Check::TokenVersionCurrent),
    ] {
        let mut parts = Parts::new(in_memory(preset));
        let mut client = parts.signed_in();
        let handled = parts.send(&mut client, get("/me"));
        let read = [(StorePlace::ServerMemory, Access::Read)];
        assert_eq!(places(&handled, check), read);
    }
}

/// What only the server knew is gone with it: sessions, and also that tokens were ended.
#[test]
fn a_restart_forgets_what_was_in_memory() {
    // Whether a credential works before its sign-out and after, and after a restart.
    for (preset, signed_out, after_restart) in [
        (Preset::Stateful, 401, 401),
        (Preset::Stateless, 200, 200),
        (Preset::Denylist, 401, 200),
        // Its version is ahead of the store's now, or it is 0 like the store's: the first sign-out is undone.
        (Preset::UserVersion, 401, 200),
    ] {
        let mut parts = Parts::new(in_memory(preset));
        let mut client = parts.signed_in();
        let mut copy = client.clone();
        parts.send(&mut client, sign_out());
        let handled = parts.send(&mut copy, get("/me"));
        assert_eq!(handled.response.status, signed_out, "{preset:?}");
        parts.memory.clear();
        let handled = parts.send(&mut copy, get("/me"));
        assert_eq!(handled.response.status, after_restart, "{preset:?}");
    }

    // A family is gone with its records, and its access token goes on.
    let mut parts = Parts::new(in_memory(Preset::Hybrid));
    let mut client = parts.signed_in();
    assert_eq!(parts.memory.clear(), 1);
    let handled = parts.send(&mut client, refresh());
    assert!(matches!(
        outcome(&handled, Check::RefreshTokenFound),
        Outcome::Failed(Rejection::RefreshTokenUnknown { .. })
    ));
    assert_eq!(parts.send(&mut client, get("/me")).response.status, 200);

    // A token of a raised version is not taken for one of a store that starts at 0 again.
    let mut parts = Parts::new(in_memory(Preset::UserVersion));
    let mut client = parts.signed_in();
    parts.send(&mut client, sign_out());
    let mut client = parts.signed_in();
    parts.memory.clear();
    let handled = parts.send(&mut client, get("/me"));
    assert_eq!(
        outcome(&handled, Check::TokenVersionCurrent),
        &Outcome::Failed(Rejection::TokenVersionOld { token: 1, user: 0 })
    );
}

/// A kill from outside takes as long to bite as the cache believes what it knows; a sign-out bites at once.
#[test]
fn a_cached_session_is_believed_for_its_time_and_not_longer() {
    let mut parts = Parts::new(cached(60));
    let mut client = parts.signed_in();
    parts.send(&mut client, get("/me"));
    let id_hash: CredentialHash = SessionId::from_random([1; 32]).hash();
    assert_eq!(parts.database.kill_session(&id_hash), Ok(true));
    for (seconds, status, place) in [
        (1, 200, StorePlace::SessionCache),
        (59, 200, StorePlace::SessionCache),
        (60, 401, StorePlace::Database),
    ] {
        parts.now = NOW.plus_seconds(seconds);
        let handled = parts.send(&mut client, get("/me"));
        assert_eq!(handled.response.status, status, "after {seconds} s");
        let asked = places(&handled, Check::SessionFound);
        assert_eq!(asked.last(), Some(&(place, Access::Read)));
        if status == 200 {
            assert!(matches!(
                outcome(&handled, Check::SessionFound),
                Outcome::Passed(Fact::Session { cached_since: Some(since), .. }) if *since == NOW
            ));
        }
    }

    let mut parts = Parts::new(cached(60));
    let mut client = parts.signed_in();
    parts.send(&mut client, get("/me"));
    let mut copy = client.clone();
    parts.send(&mut client, sign_out());
    assert_eq!(parts.send(&mut copy, get("/me")).response.status, 401);
}

/// A changed role is seen once the cache asks again, and brings the new ID then.
#[test]
fn a_role_changed_behind_a_cache_shows_once_it_asks_again() {
    let mut parts = Parts::new(cached(60));
    let mut client = parts.signed_in();
    parts.send(&mut client, get("/me"));
    let member = parts.database.find_user(MEMBER).expect("it works");
    let mut member = member.expect("there is one");
    member.role = Role::Administrator;
    assert_eq!(parts.database.update_user(&member), Ok(true));
    for (seconds, status, cookie) in [(59, 403, 1), (60, 200, 2), (61, 200, 2)] {
        parts.now = NOW.plus_seconds(seconds);
        let handled = parts.send(&mut client, get("/admin/users"));
        assert_eq!(handled.response.status, status, "after {seconds} s");
        let id = SessionId::from_random([cookie; 32]);
        assert_eq!(client.cookies["sid"], id.as_str());
    }
}
