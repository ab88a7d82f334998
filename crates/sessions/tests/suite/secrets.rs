//! What must never be printed is not.

use sessions::{RefreshSecret, ServerMemory, ServerStore, SessionId, SessionStore};

use crate::sample::{
    MEMBER, at, family, hash, in_memory, key, member, memory_store, session, sqlite_store,
};

#[test]
fn debug_prints_no_secret() {
    let id = SessionId::from_random([0xA7; 32]);
    let secret = RefreshSecret::from_random([0xA7; 32]);
    let store = memory_store();
    let mut server_memory = ServerMemory::new();
    let mut database = sqlite_store();
    let mut server = ServerStore::new(&mut database, &mut server_memory, in_memory(60), at(1));
    server.create(&session(1, MEMBER, 1)).expect("it is new");
    server.find(&hash(1)).expect("it reads");
    for (printed, secrets) in [
        (format!("{id:?}"), vec![id.as_str().to_owned()]),
        (
            format!("{:#?}", member()),
            vec![String::from("argon2"), String::from("of-ada")],
        ),
        (
            format!("{:?}", key("k1", 1)),
            vec![String::from("167"), String::from("a7")],
        ),
        (format!("{secret:?}"), vec![secret.as_str().to_owned()]),
        (format!("{store:?}"), vec![String::from("argon2")]),
        (format!("{server_memory:?}"), vec![String::from("argon2")]),
    ] {
        assert!(!printed.is_empty());
        for secret in secrets {
            assert!(!printed.contains(&secret), "{secret:?} is in {printed}");
        }
    }
}

/// What stands for a secret is no secret: a failing test, or a panic, tells one from another by it.
#[test]
fn debug_tells_hashes_and_families_apart() {
    for (printed, shown) in [
        (format!("{:?}", hash(0xA7)), hash(0xA7).to_string()),
        (format!("{:?}", family(0xA7)), family(0xA7).to_string()),
    ] {
        assert!(shown.starts_with("a7a7"), "{shown}");
        assert!(printed.contains(&shown), "{printed}");
    }
}
