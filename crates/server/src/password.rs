//! Passwords: argon2id with OWASP's parameters. OWASP Password Storage cheat sheet; ASVS 11.4.2.

use argon2::Argon2;
use argon2::password_hash::PasswordVerifier;
use protocol::Fact;

/// Memory in KiB: 19 MiB.
const MEMORY_KIB: u32 = 19_456;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Lanes, and threads.
const LANES: u32 = 1;

/// Whether the password gives this hash (a PHC string), under the parameters that the hash itself names. A hash that
/// can't be read matches nothing.
pub(crate) fn matches(password: &str, password_hash: &str) -> bool {
    Argon2::default()
        .verify_password(password.as_bytes(), password_hash)
        .is_ok()
}

/// The parameters that all our hashes name, to be shown.
pub(crate) const fn parameters() -> Fact {
    Fact::PasswordHash {
        memory_kib: MEMORY_KIB,
        passes: PASSES,
        lanes: LANES,
    }
}
