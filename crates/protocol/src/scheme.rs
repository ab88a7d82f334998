//! What defines a lane: credential × carrier × revocation × store × lifetimes.

use serde::{Deserialize, Serialize};

/// What defines a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheme {
    /// What proves who the user is.
    pub credential: Credential,
    /// How it travels, and where it waits between requests.
    pub carrier: Carrier,
    /// What ends it before its time.
    pub revocation: Revocation,
    /// Where the server keeps what it must remember.
    pub store: StoreSettings,
    /// How long everything holds.
    pub lifetimes: Lifetimes,
}

impl Scheme {
    /// A session ID in a cookie, a record on the server.
    pub const STATEFUL: Self = Self {
        credential: Credential::SessionId,
        carrier: Carrier::Cookie,
        revocation: Revocation::Record,
        store: StoreSettings::DEFAULT,
        lifetimes: Lifetimes::DEFAULT,
    };

    /// A signed access token in localStorage, no record on the server.
    pub const STATELESS: Self = Self {
        credential: Credential::AccessToken,
        carrier: Carrier::LocalStorage,
        revocation: Revocation::Expiry,
        ..Self::STATEFUL
    };

    /// Whether its server writes an audit log: one that keeps nothing of its tokens writes none, so that its tables stay
    /// as they were.
    pub const fn writes_audit_log(&self) -> bool {
        !matches!(self.credential, Credential::AccessToken)
            || matches!(
                self.revocation,
                Revocation::Denylist | Revocation::UserVersion
            )
    }

    /// Why it makes no sense, where it makes none.
    pub const fn problem(&self) -> Option<SchemeProblem> {
        let is_session = matches!(self.credential, Credential::SessionId);
        let is_record = matches!(self.revocation, Revocation::Record);
        if is_session && !is_record {
            return Some(SchemeProblem::RecordIsTheRevocation);
        }
        if !is_session && is_record {
            return Some(SchemeProblem::NoRecord);
        }
        if let Some(lifetime) = self.lifetimes.out_of_range() {
            return Some(SchemeProblem::LifetimeOutOfRange(lifetime));
        }
        if self.store.round_trip_microseconds > StoreSettings::LONGEST_ROUND_TRIP_MICROSECONDS {
            return Some(SchemeProblem::RoundTripOutOfRange);
        }
        if self.store.session_cache_seconds > Lifetimes::LONGEST_SECONDS {
            return Some(SchemeProblem::CacheOutOfRange);
        }
        if self.store.session_cache_seconds > 0 && !is_session {
            return Some(SchemeProblem::NothingToCache);
        }
        None
    }
}

/// Why a scheme makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SchemeProblem {
    /// A session ID with something else than its record to end it: deleting the record ends it already.
    RecordIsTheRevocation,
    /// A token whose record is to be deleted: it has none.
    NoRecord,
    /// A lifetime that is too short or too long.
    LifetimeOutOfRange(Lifetime),
    /// A network that is too slow.
    RoundTripOutOfRange,
    /// A cache that holds too long.
    CacheOutOfRange,
    /// A session cache where there are no sessions.
    NothingToCache,
}

/// A scheme that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Preset {
    /// A session ID in a cookie.
    Stateful,
    /// An access token in localStorage.
    Stateless,
    /// A short access token in memory, and a rotating refresh token in an HttpOnly cookie.
    Hybrid,
    /// An access token in an HttpOnly cookie.
    TokenInCookie,
    /// An access token, and a list of those that are refused.
    Denylist,
    /// An access token that carries the user's version number.
    UserVersion,
}

impl Preset {
    /// All of them: the two extremes first.
    pub const ALL: [Self; 6] = [
        Self::Stateful,
        Self::Stateless,
        Self::Hybrid,
        Self::TokenInCookie,
        Self::Denylist,
        Self::UserVersion,
    ];

    /// Its scheme.
    pub const fn scheme(self) -> Scheme {
        match self {
            Self::Stateful => Scheme::STATEFUL,
            Self::Stateless => Scheme::STATELESS,
            Self::Hybrid => Scheme {
                credential: Credential::AccessAndRefresh,
                carrier: Carrier::Memory,
                lifetimes: Lifetimes {
                    access_token_seconds: 5 * 60,
                    ..Lifetimes::DEFAULT
                },
                ..Scheme::STATELESS
            },
            Self::TokenInCookie => Scheme {
                carrier: Carrier::Cookie,
                ..Scheme::STATELESS
            },
            Self::Denylist => Scheme {
                revocation: Revocation::Denylist,
                ..Scheme::STATELESS
            },
            Self::UserVersion => Scheme {
                revocation: Revocation::UserVersion,
                ..Scheme::STATELESS
            },
        }
    }

    /// The preset whose credential, carrier and revocation these are, whatever the store and the lifetimes.
    pub fn of(scheme: &Scheme) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| {
            let named = preset.scheme();
            (named.credential, named.carrier, named.revocation)
                == (scheme.credential, scheme.carrier, scheme.revocation)
        })
    }
}

/// What proves on a request who the user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Credential {
    /// An opaque, random reference to the server's record.
    SessionId,
    /// A JWT that the server signs and does not store.
    AccessToken,
    /// A short JWT, and a stored, rotating refresh token that brings the next one. RFC 6749, 1.5; RFC 9700, 4.14.
    AccessAndRefresh,
}

impl Credential {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SessionId, Self::AccessToken, Self::AccessAndRefresh];

    /// Whether it is a token that carries its content.
    pub const fn is_token(self) -> bool {
        matches!(self, Self::AccessToken | Self::AccessAndRefresh)
    }
}

/// How a credential travels, and where it waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Carrier {
    /// In a cookie, sent by the user agent.
    Cookie,
    /// In localStorage, sent by page script as `Authorization: Bearer`. RFC 6750, 2.1.
    LocalStorage,
    /// In sessionStorage, sent in the same way: gone with the tab.
    SessionStorage,
    /// In page script's memory, sent in the same way: gone with the page.
    Memory,
}

impl Carrier {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Cookie,
        Self::LocalStorage,
        Self::SessionStorage,
        Self::Memory,
    ];

    /// Whether page script sends it; else the user agent does, by itself.
    pub const fn is_bearer(self) -> bool {
        !matches!(self, Self::Cookie)
    }
}

/// What ends a credential before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Revocation {
    /// The server's record is deleted.
    Record,
    /// Nothing: it holds until it expires.
    Expiry,
    /// Its ID is put on a list of those that are refused.
    Denylist,
    /// The user's version number is raised: tokens that carry an older one are refused.
    UserVersion,
}

impl Revocation {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Record,
        Self::Expiry,
        Self::Denylist,
        Self::UserVersion,
    ];
}

/// Where the server keeps what it must remember of a lane's credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreSettings {
    /// Where.
    pub place: StorePlace,
    /// The time there and back between server and database, in microseconds. Modelled: nothing waits for it.
    pub round_trip_microseconds: u32,
    /// For how long the server believes a session that it has looked up; 0 for not at all.
    pub session_cache_seconds: u32,
}

impl StoreSettings {
    /// In a database, in the same process, without a cache.
    pub const DEFAULT: Self = Self {
        place: StorePlace::Database,
        round_trip_microseconds: 0,
        session_cache_seconds: 0,
    };

    /// The slowest network that can be set: ten seconds.
    pub const LONGEST_ROUND_TRIP_MICROSECONDS: u32 = 10_000_000;
}

/// Where a store operation ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StorePlace {
    /// In the server's own memory: gone with the server.
    ServerMemory,
    /// In what the server remembers of an earlier lookup: no store was asked.
    SessionCache,
    /// In the database.
    Database,
}

/// How long everything holds, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lifetimes {
    /// A session ends if it is not used for this long. ASVS 7.3.1.
    pub idle_timeout_seconds: u32,
    /// A session ends at this age in any case. ASVS 7.3.2.
    pub absolute_timeout_seconds: u32,
    /// Whether use prolongs a session: then its last use is written down.
    pub sliding: bool,
    /// A session's last use is written at most this often; 0 for each time.
    pub touch_interval_seconds: u32,
    /// How long an access token is valid.
    pub access_token_seconds: u32,
    /// How far `exp` and `nbf` may be off.
    pub leeway_seconds: u32,
    /// How long the refresh tokens of one sign-in go on, however often they rotate.
    pub refresh_token_seconds: u32,
    /// For how long after its use a refresh token is taken once more. RFC 9700 knows no such window: a policy.
    pub refresh_grace_seconds: u32,
}

impl Lifetimes {
    /// What everything starts from.
    pub const DEFAULT: Self = Self {
        idle_timeout_seconds: 15 * 60,
        absolute_timeout_seconds: 8 * 60 * 60,
        sliding: true,
        touch_interval_seconds: 60,
        access_token_seconds: 15 * 60,
        leeway_seconds: 0,
        refresh_token_seconds: 7 * 24 * 60 * 60,
        refresh_grace_seconds: 0,
    };

    /// The longest that can be set: 400 days, as long as a browser keeps a cookie. RFC 6265bis, 5.5.
    pub const LONGEST_SECONDS: u32 = 400 * 24 * 60 * 60;

    /// The first one that is too short or too long.
    pub const fn out_of_range(&self) -> Option<Lifetime> {
        let at_least_a_second = [
            (self.idle_timeout_seconds, Lifetime::IdleTimeout),
            (self.absolute_timeout_seconds, Lifetime::AbsoluteTimeout),
            (self.access_token_seconds, Lifetime::AccessToken),
            (self.refresh_token_seconds, Lifetime::RefreshToken),
        ];
        let mut place = 0;
        while place < at_least_a_second.len() {
            let (seconds, lifetime) = at_least_a_second[place];
            if seconds == 0 || seconds > Self::LONGEST_SECONDS {
                return Some(lifetime);
            }
            place += 1;
        }
        if self.touch_interval_seconds > Self::LONGEST_SECONDS {
            return Some(Lifetime::TouchInterval);
        }
        if self.leeway_seconds > Self::LONGEST_SECONDS {
            return Some(Lifetime::Leeway);
        }
        if self.refresh_grace_seconds > Self::LONGEST_SECONDS {
            return Some(Lifetime::RefreshGrace);
        }
        None
    }
}

/// One of the lifetimes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lifetime {
    /// [`Lifetimes::idle_timeout_seconds`].
    IdleTimeout,
    /// [`Lifetimes::absolute_timeout_seconds`].
    AbsoluteTimeout,
    /// [`Lifetimes::touch_interval_seconds`].
    TouchInterval,
    /// [`Lifetimes::access_token_seconds`].
    AccessToken,
    /// [`Lifetimes::leeway_seconds`].
    Leeway,
    /// [`Lifetimes::refresh_token_seconds`].
    RefreshToken,
    /// [`Lifetimes::refresh_grace_seconds`].
    RefreshGrace,
}
