//! The two designs that are compared.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One of the two designs compared side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lane {
    /// The left one; it starts as the stateful design.
    A,
    /// The right one; it starts as the stateless design.
    B,
}

impl Lane {
    /// Both lanes, left first.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];
}

impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::A => "a",
            Self::B => "b",
        })
    }
}

/// What defines a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheme {
    /// What proves who the user is.
    pub credential: Credential,
    /// How it travels, and where it waits between requests.
    pub carrier: Carrier,
}

impl Scheme {
    /// A session ID in a cookie, a record on the server.
    pub const STATEFUL: Self = Self {
        credential: Credential::SessionId,
        carrier: Carrier::Cookie,
    };

    /// A signed access token in localStorage, no record on the server.
    pub const STATELESS: Self = Self {
        credential: Credential::AccessToken,
        carrier: Carrier::LocalStorage,
    };
}

/// What proves on a request who the user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Credential {
    /// An opaque, random reference to the server's record.
    SessionId,
    /// A JWT that the server signs and does not store.
    AccessToken,
}

/// How a credential travels, and where it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Carrier {
    /// In a cookie, sent by the user agent.
    Cookie,
    /// In localStorage, sent by page script as `Authorization: Bearer`. RFC 6750, 2.1.
    LocalStorage,
}
