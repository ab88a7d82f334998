//! What an administrator does to users and sessions from outside any request.

use serde::{Deserialize, Serialize};

use crate::{KeyRow, Lane, Timestamp};

/// What an administrator does. ASVS 7.4.2 to 7.4.5.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AdminAct {
    /// Ends all that this user is signed in with, as far as the lane's scheme can.
    SignOutUser {
        /// In which lane.
        lane: Lane,
        /// Whom.
        user: u32,
    },
    /// Suspends an account, or lets it be used again. Suspending ends what the schemes can end, in both lanes.
    Suspend {
        /// Whose.
        user: u32,
        /// Whether it is suspended from now on.
        suspended: bool,
    },
    /// Gives a user another role.
    SetRole {
        /// Whom.
        user: u32,
        /// The role's name: `member` or `admin`.
        role: String,
    },
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminOutcome {
    /// Whether there is such a user, and such a role.
    pub found: bool,
    /// How many sessions ended.
    pub sessions_ended: u32,
    /// How many families of refresh tokens ended.
    pub families_ended: u32,
    /// How many lanes' version number was raised.
    pub versions_raised: u32,
    /// Until when access tokens may go on, that nothing here can end; `None` where there are none.
    pub tokens_outlive: Option<Timestamp>,
}

/// A user as the observer sees one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    /// The user's number.
    pub id: u32,
    /// What the user signs in with.
    pub account: String,
    /// The user's name.
    pub name: String,
    /// The user's role.
    pub role: String,
    /// Whether the account is suspended.
    pub suspended: bool,
}

/// A refresh token, as the observer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshRow {
    /// SHA-256 of the token, hex. The token itself is stored nowhere on the server.
    pub token_hash: String,
    /// The family: all tokens that came of one sign-in. Hex.
    pub family: String,
    /// Whose it is.
    pub user: u32,
    /// In which lane.
    pub lane: Lane,
    /// When it was issued.
    pub created: Timestamp,
    /// When it was exchanged for the next one.
    pub used: Option<Timestamp>,
    /// When its family ends.
    pub expires: Timestamp,
    /// When its family was ended before.
    pub ended: Option<Timestamp>,
}

/// What came of a rotation of keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// The key that signs now.
    pub signs: KeyRow,
    /// The keys of that algorithm that signed before.
    pub retired: Vec<KeyRow>,
}
