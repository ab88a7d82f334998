//! What a scheme costs, seen on a run that anyone can repeat.

use protocol::{Preset, StorePlace, StoreSettings};
use server::sample_accounts;
use sessions::SqliteStore;

use crate::browser::{START, in_environment, status};

/// Reads and writes of authentication by the ten requests, and what the copy meets after the sign-out.
#[track_caller]
fn check(preset: Preset, store: StoreSettings, reads: u32, copy: u16) {
    let connection = rusqlite::Connection::open_in_memory().expect("memory is there");
    let empty = SqliteStore::open(connection, &sample_accounts()).expect("an empty database opens");
    let scheme = protocol::Scheme {
        store,
        ..preset.scheme()
    };
    let exchanges = in_environment(START, &mut 0, |environment| {
        deployment::sample_run(empty, scheme, environment)
    })
    .expect("the store works");
    assert_eq!(exchanges.len(), 13);
    assert!(exchanges.iter().all(|exchange| exchange.scheme == scheme));
    let [signed_in, requests @ .., signed_out, kept] = exchanges.as_slice() else {
        panic!("too few");
    };
    assert_eq!((status(signed_in), status(signed_out)), (200, 204));
    for exchange in requests {
        assert_eq!(status(exchange), 200);
        assert_eq!(exchange.ledger.authentication.reads, reads, "{preset:?}");
    }
    assert_eq!(status(kept), copy, "{preset:?}");
}

#[test]
fn a_scheme_costs_what_it_is_known_for() {
    let store = StoreSettings::DEFAULT;
    for (preset, reads, copy) in [
        (Preset::Stateful, 1, 401),
        (Preset::Stateless, 0, 200),
        (Preset::Hybrid, 0, 200),
        (Preset::TokenInCookie, 0, 200),
        (Preset::Denylist, 1, 401),
        (Preset::UserVersion, 1, 401),
    ] {
        check(preset, store, reads, copy);
    }
    // In memory it is the session there, and the user in the database.
    let memory = StoreSettings {
        place: StorePlace::ServerMemory,
        ..store
    };
    check(Preset::Stateful, memory, 2, 401);
}
