//! Passwords: argon2id with OWASP's parameters. OWASP Password Storage cheat sheet; ASVS 11.4.2.

use argon2::password_hash::{PasswordVerifier, phc::PasswordHash};
use argon2::{Argon2, Params};
use protocol::Fact;

/// Memory in KiB: 19 MiB.
const MEMORY_KIB: u32 = 19_456;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Lanes, and threads.
const LANES: u32 = 1;

/// Whether the password gives this hash (a PHC string), under the parameters that the hash itself names. A hash that
/// can't be read matches nothing, nor does one that asks for more than ours do: a database may come from anywhere, and a
/// hash of a billion passes would hold the server up for days.
pub(crate) fn matches(password: &str, password_hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(password_hash) else {
        return false;
    };
    is_affordable(&hash)
        && Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
}

fn is_affordable(hash: &PasswordHash) -> bool {
    Params::try_from(hash).is_ok_and(|named| {
        named.m_cost() <= MEMORY_KIB && named.t_cost() <= PASSES && named.p_cost() <= LANES
    })
}

/// The parameters that all our hashes name, to be shown.
pub(crate) const fn parameters() -> Fact {
    Fact::PasswordHash {
        memory_kib: MEMORY_KIB,
        passes: PASSES,
        lanes: LANES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::{NOBODYS_HASH, SAMPLE_PASSWORD};

    #[test]
    fn a_hash_that_asks_for_more_than_ours_is_not_reckoned() {
        assert!(PasswordHash::new(NOBODYS_HASH).is_ok_and(|hash| is_affordable(&hash)));
        for parameters in [
            "m=4294967295,t=2,p=1",
            "m=19456,t=4294967295,p=1",
            "m=19456,t=2,p=16777215",
        ] {
            let dear = NOBODYS_HASH.replace("m=19456,t=2,p=1", parameters);
            assert!(PasswordHash::new(&dear).is_ok_and(|hash| !is_affordable(&hash)));
            assert!(!matches(SAMPLE_PASSWORD, &dear), "{dear}");
        }
        for broken in [
            "",
            "argon2id",
            "$argon2id$v=19$m=19456",
            "$scrypt$ln=16$c2FsdA$c2FsdA",
        ] {
            assert!(!matches(SAMPLE_PASSWORD, broken), "{broken}");
        }
    }
}
