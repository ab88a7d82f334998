//! Users as the store keeps them. Never checks a password, and never prints a hash of one.

use std::fmt;

/// Someone who may sign in.
#[derive(Clone, PartialEq, Eq)]
pub struct User {
    /// The user's number.
    pub id: u32,
    /// What the user signs in with. Upper and lower case differ.
    pub account: String,
    /// The user's name, for people.
    pub name: String,
    /// What the user may do.
    pub role: Role,
    /// Whether the user may not use the site for now. ASVS 7.4.2.
    pub suspended: bool,
    /// The password's hash as a PHC string, which names algorithm, parameters and salt.
    pub password_hash: String,
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The password hash stays out: what is printed ends up in logs.
        f.debug_struct("User")
            .field("id", &self.id)
            .field("account", &self.account)
            .field("name", &self.name)
            .field("role", &self.role)
            .field("suspended", &self.suspended)
            .finish_non_exhaustive()
    }
}

/// How many users are listed at most.
pub const LISTED_USERS_LIMIT: usize = 100;

/// A user as an administrator sees one in a list: all but the password's hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserSummary {
    /// The user's number.
    pub id: u32,
    /// What the user signs in with.
    pub account: String,
    /// The user's name, for people.
    pub name: String,
    /// What the user may do.
    pub role: Role,
    /// Whether the user may not use the site for now. ASVS 7.4.2.
    pub suspended: bool,
}

impl From<&User> for UserSummary {
    fn from(user: &User) -> Self {
        Self {
            id: user.id,
            account: user.account.clone(),
            name: user.name.clone(),
            role: user.role,
            suspended: user.suspended,
        }
    }
}

/// What a user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Use the site.
    Member,
    /// Also look after others' accounts.
    Administrator,
}

impl Role {
    /// The role's name as stores and tokens carry it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Administrator => "admin",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Member, Self::Administrator]
            .into_iter()
            .find(|role| role.as_str() == name)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
