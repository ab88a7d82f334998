//! What must never be printed is not.

use sessions::SessionId;

use crate::sample::{key, member, memory_store};

#[test]
fn debug_prints_no_secret() {
    let id = SessionId::from_random([0xA7; 32]);
    let store = memory_store();
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
        (format!("{store:?}"), vec![String::from("argon2")]),
    ] {
        assert!(!printed.is_empty());
        for secret in secrets {
            assert!(!printed.contains(&secret), "{secret:?} is in {printed}");
        }
    }
}
