//! What page and worker say to each other.
//!
//! An [`Envelope`] is eight bytes of build ID, then postcard. Commands are numbered from 1 by the page, and their
//! replies carry the same number; number 0 belongs to notices, which answer nothing.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{
    Calibration, CookieEffect, CookieSettings, Errand, Exchange, Fleet, Observation, PageContext,
    Rejection, Scheme, Sealed, ServerAlgorithm, Signer, SigningProblem, Site,
};

/// Which build a message comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuildId(pub u64);

impl BuildId {
    /// The build that this code belongs to.
    pub fn this() -> Self {
        Self(env!("PROTOCOL_BUILD_ID").parse().unwrap_or_default())
    }
}

/// A message with its number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope<T> {
    /// Which command this is, or which one it answers.
    pub number: u32,
    /// What is said.
    pub message: T,
}

/// Why a message could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvelopeError {
    /// It comes from another build.
    OtherBuild,
    /// It is not a message, or is cut off.
    Malformed(String),
}

impl fmt::Display for EnvelopeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherBuild => f.write_str("the message comes from another build"),
            Self::Malformed(why) => write!(f, "the message can't be read: {why}"),
        }
    }
}

impl std::error::Error for EnvelopeError {}

impl<T: Serialize> Envelope<T> {
    /// The message as bytes.
    ///
    /// # Errors
    /// Where postcard can't carry the message.
    pub fn encode(&self) -> Result<Vec<u8>, EnvelopeError> {
        let start = BuildId::this().0.to_le_bytes().to_vec();
        postcard::to_extend(self, start)
            .map_err(|error| EnvelopeError::Malformed(error.to_string()))
    }
}

impl<T: DeserializeOwned> Envelope<T> {
    /// The message that these bytes hold.
    ///
    /// # Errors
    /// Where they come from another build, or are not a message.
    pub fn decode(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        let Some((start, rest)) = bytes.split_first_chunk::<8>() else {
            return Err(EnvelopeError::Malformed(String::from("too short")));
        };
        if u64::from_le_bytes(*start) != BuildId::this().0 {
            return Err(EnvelopeError::OtherBuild);
        }
        postcard::from_bytes(rest).map_err(|error| EnvelopeError::Malformed(error.to_string()))
    }
}

/// What the page asks of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Carry out these requests, one after another, each with what page script sees now.
    Exchange {
        /// What page script sees.
        page: PageContext,
        /// The requests.
        errands: Vec<Errand>,
    },
    /// Tell what the server and the user agent hold: the observer asks.
    Observe,
    /// End this session: an administrator would.
    Kill {
        /// SHA-256 of its ID, hex.
        id_hash: String,
    },
    /// Tell a signing key's secret.
    RevealKey {
        /// The key's ID.
        kid: String,
    },
    /// Say what this request would meet now: the same server, user agent and clock carry it out, and nothing is kept
    /// of it.
    Preview {
        /// What page script would see.
        page: PageContext,
        /// The request.
        errand: Errand,
    },
    /// Sign this, whatever it says.
    Sign {
        /// Header and payload as they stand in the token: base64url, with a dot between. RFC 7515, 5.1.
        signing_input: String,
        /// Whose key signs.
        signer: Signer,
    },
    /// Judge a line that page script would assign to `document.cookie`. Nothing is kept of it: once the line is
    /// assigned, the next request finds it.
    AssignCookie {
        /// What page script sees.
        page: PageContext,
        /// The line.
        line: String,
    },
    /// What another scene or the console asks: a [`SceneCommand`](crate::SceneCommand).
    Scene(Sealed),
    /// Measure what single operations cost here.
    Calibrate,
    /// Throw away the database and the cookie jar, and start as at the first visit.
    Reset {
        /// Where the page is at home.
        site: Site,
    },
}

/// What the user has set, and every command is carried out under. The page keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// By how many seconds the one clock was moved; added to the real time at which a command is carried out.
    pub clock_offset_seconds: i64,
    /// How the stateful server sets its session cookie.
    pub session_cookie: CookieSettings,
    /// With what the servers sign tokens.
    pub token_algorithm: ServerAlgorithm,
    /// By which scheme each lane's servers know their users.
    pub schemes: [Scheme; 2],
    /// How each lane's servers are deployed.
    pub fleet: Fleet,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            clock_offset_seconds: 0,
            session_cookie: CookieSettings::default(),
            token_algorithm: ServerAlgorithm::default(),
            schemes: [Scheme::STATEFUL, Scheme::STATELESS],
            fleet: Fleet::default(),
        }
    }
}

/// What the page says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(
    clippy::large_enum_variant,
    reason = "nearly every message is the large one"
)]
pub enum PageMessage {
    /// A command, to be answered under its number.
    Command {
        /// What the user has set.
        settings: Settings,
        /// The command.
        command: Command,
    },
    /// Another tab has the server: take it over. Answered by a notice.
    TakeOver,
}

/// What the worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ServerMessage {
    /// The answer to the command of the same number.
    Reply(Reply),
    /// The command of the same number needs the database, which is not open yet: nothing came of it. It is to be asked
    /// again once the worker is ready.
    Deferred,
    /// Something that no command asked for.
    Notice(Notice),
}

impl ServerMessage {
    /// What [`Envelope::decode`] gives, made in this crate, which is built with more speed than the page: it runs
    /// for every answer.
    ///
    /// # Errors
    /// As [`Envelope::decode`].
    pub fn read(bytes: &[u8]) -> Result<Envelope<Self>, EnvelopeError> {
        Envelope::decode(bytes)
    }
}

/// What the worker answers to a command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// The exchanges, in the order of the errands.
    Exchanged {
        /// The exchanges.
        exchanges: Vec<Exchange>,
        /// What the page is to assign to `document.cookie`, to remove a cookie whose time has come by the one clock, or
        /// one that script put in the place of an HttpOnly cookie.
        expired: Vec<String>,
    },
    /// What server and user agent hold.
    Observed(Observation),
    /// Whether there was such a session to end.
    Killed {
        /// Whether there was.
        was_there: bool,
    },
    /// A signing key's secret, base64url; `None` where there is no such key.
    Key {
        /// The secret.
        secret: Option<String>,
    },
    /// What a request would meet.
    Previewed(Box<Exchange>),
    /// The signature, base64url, or why there is none.
    Signed(Result<String, SigningProblem>),
    /// What became of a line that page script would assign.
    Assigned(CookieEffect),
    /// The answer to what another scene or the console asked: a [`SceneReply`](crate::SceneReply).
    Scene(Sealed),
    /// What single operations cost here.
    Calibrated(Calibration),
    /// All is as at the first visit; what the page is to assign to `document.cookie` to clear our cookies.
    Reset {
        /// One line a cookie.
        clear: Vec<String>,
    },
    /// The command could not be carried out.
    Failed(Rejection),
}

/// What the worker says unasked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    /// It answers what needs no database. What does is [`ServerMessage::Deferred`].
    Awake,
    /// It is ready for commands.
    Ready(Opening),
    /// Another tab has the server; this worker waits for [`PageMessage::TakeOver`].
    Occupied,
    /// Another tab took the server over; this worker has ended.
    TakenOver,
    /// It panicked, and has ended.
    Died {
        /// The panic's words.
        message: String,
    },
}

/// How the database was opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// Where it is.
    pub persistence: Persistence,
    /// An older file that could not be used.
    pub set_aside: Option<SetAside>,
    /// The step by which the worker's timer advances, in microseconds. Measured.
    pub timer_grain_microseconds: f64,
}

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Persistence {
    /// In the browser's origin private file system: it outlasts the tab.
    Opfs,
    /// In memory: it is gone with the tab.
    Memory {
        /// Why there is no file: what the browser said.
        reason: String,
    },
}

/// A database file that could not be used, and was kept under another name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Its new name.
    pub name: String,
    /// Why.
    pub reason: SetAsideReason,
}

/// Why a database file could not be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SetAsideReason {
    /// SQLite finds it damaged.
    Corrupt {
        /// What SQLite says.
        message: String,
    },
    /// Its schema is of another version.
    OtherVersion {
        /// The one found.
        found: i32,
        /// The one that this build has.
        expected: i32,
    },
}
