//! The two designs that are compared, and the names that each has for itself.

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

    /// What stands for it in a list of both.
    pub const fn of<T>(self, [a, b]: &[T; 2]) -> &T {
        match self {
            Self::A => a,
            Self::B => b,
        }
    }

    /// What stands for it in a list of both, to be changed.
    pub const fn of_mut<T>(self, [a, b]: &mut [T; 2]) -> &mut T {
        match self {
            Self::A => a,
            Self::B => b,
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// Its letter, as stores carry it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }

    /// The lane of that letter.
    pub fn parse(letter: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|lane| lane.as_str() == letter)
    }

    /// The names of its cookies and of its places in the browser's storage. No two lanes share one: each name has its
    /// plain form in the lane that starts with it, and the letter of the other lane there.
    pub const fn names(self) -> &'static LaneNames {
        match self {
            Self::A => &LaneNames {
                session_cookie: "sid",
                host_session_cookie: "__Host-sid",
                session_id: "session_id",
                access_token: "access_token_a",
                refresh_cookie: "refresh_token_a",
                balancer_cookie: "balancer",
            },
            Self::B => &LaneNames {
                session_cookie: "sid_b",
                host_session_cookie: "__Host-sid_b",
                session_id: "session_id_b",
                access_token: "access_token",
                refresh_cookie: "refresh_token",
                balancer_cookie: "balancer_b",
            },
        }
    }

    /// The `aud` of its access tokens: a token of one lane is none in the other. RFC 8725, 3.9.
    pub const fn audience(self) -> &'static str {
        match self {
            Self::A => "api-a",
            Self::B => "api",
        }
    }
}

impl fmt::Display for Lane {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Under which names a lane's credentials travel and wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LaneNames {
    /// The cookie that carries a session ID.
    pub session_cookie: &'static str,
    /// The same with the prefix by which browsers hold it to `Secure`, `Path=/` and no `Domain`. RFC 6265bis, 4.1.3.2.
    pub host_session_cookie: &'static str,
    /// The key in the browser's storage of a session ID that page script carries.
    pub session_id: &'static str,
    /// The cookie, or the key in the browser's storage, of an access token.
    pub access_token: &'static str,
    /// The cookie that carries a refresh token.
    pub refresh_cookie: &'static str,
    /// The cookie by which the balancer finds the server that answered first.
    pub balancer_cookie: &'static str,
}

impl LaneNames {
    /// All names that a cookie of this lane may have.
    pub const fn cookies(&self) -> [&'static str; 5] {
        [
            self.session_cookie,
            self.host_session_cookie,
            self.access_token,
            self.refresh_cookie,
            self.balancer_cookie,
        ]
    }
}
