//! The accounts that everyone finds at the first visit. Their hashes were made beforehand; verifying is real.

use sessions::{Role, User};

/// The password of every sample account.
pub const SAMPLE_PASSWORD: &str = "sample-password";

/// A hash that no password is known for. An unknown account is checked against it, so that it costs the same one
/// hash as a known one and the time does not tell them apart. ASVS 6.3.8.
pub(crate) const NOBODYS_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LTAwLXNhbHQhIQ$1h5NOF4HGBGuWiu4Nz/CCMhEmkc1SMkdOa5Q4UYiL8Y";

/// A member, an administrator and a suspended member.
pub fn sample_accounts() -> Vec<User> {
    [
        (
            42,
            "member",
            "Mira Lind",
            Role::Member,
            false,
            "$argon2id$v=19$m=19456,t=2,p=1$bWVtYmVyLTQyLXNhbHQhIQ$/SIexr2txHIiIyBb3xyPtw4Agbq2UCcLXR26dTvuQ78",
        ),
        (
            1,
            "admin",
            "Ada Kern",
            Role::Administrator,
            false,
            "$argon2id$v=19$m=19456,t=2,p=1$YWRtaW4tMDEtc2FsdCEhIQ$+WVUq6CAglW+EtJlVycsGQyiiSYC2K4qh/85+D6Csks",
        ),
        (
            13,
            "suspended",
            "Sam Roth",
            Role::Member,
            true,
            "$argon2id$v=19$m=19456,t=2,p=1$c3VzcGVuZGVkLTEzLXNhbA$a7SrQNGTi00CoRzLUORNlP7V+M0bjl6+T/dB/Aqly+4",
        ),
    ]
    .into_iter()
    .map(|(id, account, name, role, suspended, password_hash)| User {
        id,
        account: account.to_owned(),
        name: name.to_owned(),
        role,
        suspended,
        password_hash: password_hash.to_owned(),
    })
    .collect()
}

/// The hash of [`SAMPLE_PASSWORD`] under the least parameters that argon2id has.
const TRIAL_HASH: &str =
    "$argon2id$v=19$m=8,t=1,p=1$dHJpYWwtdXNlcnMtc2FsdA$II3hRPr5yLi9pvtdIFuamlBAJcRT/Wk15/YFey35s4Q";

/// So many members for a trial among parties of their own, with the accounts `user-1` and so on, all of them with
/// [`SAMPLE_PASSWORD`]. Their hashes are cheap, so that a thousand sign-ins are: none of them is ever to be kept.
pub fn trial_accounts(count: u32) -> Vec<User> {
    let member = |id| User {
        id,
        account: format!("user-{id}"),
        name: format!("User {id}"),
        role: Role::Member,
        suspended: false,
        password_hash: TRIAL_HASH.to_owned(),
    };
    (1..=count).map(member).collect()
}
