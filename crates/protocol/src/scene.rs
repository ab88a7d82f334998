//! What the other scenes and the console ask of the worker, and what it answers.
//!
//! Page and worker carry these messages sealed, as bytes within a message: what reads and writes them is then part of
//! what asks, and not of the page's start.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    AdminAct, AdminOutcome, EnvelopeError, Errand, Exchange, Filled, FleetView, GivenKey,
    GrowthPoint, ImportProblem, Inspection, InspectionOptions, JarOutcome, JarTrial, PageContext,
    PublicHalf, Rotation, Scheme, ServerAlgorithm, SignatureRate, SqlOutcome, TablePage,
    TableQuery, Timestamp,
};

/// A message as bytes, within another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl Serialize for Sealed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Sealed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Sealed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Sealed, E> {
                Ok(Sealed(bytes.to_vec()))
            }
        }

        deserializer.deserialize_byte_buf(Bytes)
    }
}

impl Sealed {
    /// The message as it is carried.
    pub fn new(message: &impl Serialize) -> Self {
        // Postcard carries all that is asked and answered here: nothing of it has an unknown length.
        Self(postcard::to_extend(message, Vec::new()).unwrap_or_default())
    }

    /// The message that was sealed.
    ///
    /// # Errors
    /// Where the bytes are none.
    pub fn open<'de, T: Deserialize<'de>>(&'de self) -> Result<T, EnvelopeError> {
        postcard::from_bytes(&self.0).map_err(|error| EnvelopeError::Malformed(error.to_string()))
    }
}

impl SceneCommand {
    /// As it is carried.
    pub fn seal(&self) -> Sealed {
        Sealed::new(self)
    }

    /// The command that was sealed.
    ///
    /// # Errors
    /// Where the bytes are none.
    pub fn open(sealed: &Sealed) -> Result<Self, EnvelopeError> {
        sealed.open()
    }
}

impl SceneReply {
    /// As it is carried.
    pub fn seal(&self) -> Sealed {
        Sealed::new(self)
    }

    /// The reply that was sealed.
    ///
    /// # Errors
    /// Where the bytes are none.
    pub fn open(sealed: &Sealed) -> Result<Self, EnvelopeError> {
        sealed.open()
    }
}

/// What the other scenes and the console ask of the worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SceneCommand {
    /// Say what the server would say of this token.
    Inspect {
        /// The token, as typed.
        token: String,
        /// Under which terms.
        options: InspectionOptions,
    },
    /// Give the public half of a key; `None` for the stateless server's own.
    PublicHalf {
        /// The key.
        key: Option<GivenKey>,
    },
    /// Keep this key for signing tokens. The store holds one for each algorithm.
    AdoptKey {
        /// For which algorithm.
        algorithm: ServerAlgorithm,
        /// The key: a secret, or a private half.
        key: GivenKey,
    },
    /// Let this key sign from now on, with the algorithm that is set. With an overlap those that signed before go on to
    /// verify; without, no token of theirs is accepted any more.
    RotateKey {
        /// The new key: a secret, or a private half.
        key: GivenKey,
        /// Whether those that signed before go on to verify.
        overlap: bool,
    },
    /// End the servers and start them anew: what they had in memory is gone.
    RestartServers,
    /// Do what an administrator does.
    Administer(AdminAct),
    /// Read a page of a table.
    ReadTable(TableQuery),
    /// Run statements on the live database.
    Sql {
        /// The statements.
        text: String,
    },
    /// Make what the database lacks anew.
    Repair,
    /// Give the database's file.
    ExportDatabase,
    /// Put this file in the database's place, if it is one.
    ImportDatabase {
        /// The file.
        file: Vec<u8>,
    },
    /// Add that many sessions to the batch, in one transaction; a batch without a number is a new one.
    Fill {
        /// The batch.
        batch: Option<u32>,
        /// How many.
        rows: u32,
    },
    /// Remove that many sessions of the batch, and once it has none, the batch.
    Empty {
        /// The batch.
        batch: u32,
        /// How many.
        rows: u32,
    },
    /// Measure a lookup and a check at the present size.
    MeasureGrowth,
    /// Carry out a sign-in, requests and a sign-out by this scheme among parties of their own, which are thrown away.
    SampleRun {
        /// The scheme.
        scheme: Scheme,
    },
    /// Let a request leave the browser at that moment, and hold it on its way.
    Depart {
        /// What page script sees.
        page: PageContext,
        /// The request.
        errand: Errand,
        /// When.
        at: Timestamp,
    },
    /// Let a request that is on its way arrive at the server.
    Arrive {
        /// Its number.
        flight: u32,
        /// When.
        at: Timestamp,
    },
    /// Let the answer to a request arrive in the browser.
    Deliver {
        /// The request's number.
        flight: u32,
        /// When.
        at: Timestamp,
    },
    /// Measure how many signatures this browser makes and checks with this algorithm.
    MeasureSignatures {
        /// The algorithm's name.
        algorithm: String,
    },
    /// End one server of each lane, and start it anew. Answered by [`SceneReply::Restarted`].
    RestartServer {
        /// Its number. One that is not there loses nothing.
        server: u32,
    },
    /// Tell what each server of the fleet is and holds: the observer asks.
    ObserveFleet,
    /// Try cookie lines and a request on an empty jar. No jar that is kept has a part in it.
    TryJar(Box<JarTrial>),
}

/// What the worker answers to that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SceneReply {
    /// What the server would say of a token.
    Inspected(Inspection),
    /// The public half of a key; `None` where it has none: a secret has no half that could be given away.
    PublicHalf(Option<PublicHalf>),
    /// The key is kept.
    Adopted,
    /// What came of a rotation of keys.
    Rotated(Rotation),
    /// The servers were started anew.
    Restarted {
        /// How many sessions and refresh tokens were in their memory, and are gone.
        lost: u32,
    },
    /// What came of what an administrator did.
    Administered(AdminOutcome),
    /// A page of a table, or what SQLite says instead.
    TableRead(Result<TablePage, String>),
    /// What became of statements.
    SqlDone(Box<SqlOutcome>),
    /// What the database lacked, and has again: the names of its tables, indexes and users.
    Repaired {
        /// The names.
        made: Vec<String>,
    },
    /// The database's file, or what SQLite says instead.
    DatabaseExported(Result<Vec<u8>, String>),
    /// What came of an import; the octets of the file that is the database now.
    DatabaseImported(Result<u64, ImportProblem>),
    /// How far a batch is.
    Filled(Filled),
    /// What a lookup and a check cost at the present size.
    GrowthMeasured(GrowthPoint),
    /// What happened in a sample run.
    SampleRun {
        /// The exchanges: a sign-in, ten requests, a sign-out, and a request with the copy that someone kept.
        exchanges: Vec<Exchange>,
    },
    /// The request is on its way, with what has happened so far; it has no answer yet.
    Departed {
        /// Its number.
        flight: u32,
        /// What has happened.
        so_far: Box<Exchange>,
    },
    /// The server has answered, and the answer is on its way.
    Arrived {
        /// What has happened.
        so_far: Box<Exchange>,
    },
    /// The answer is in the browser. As with [`Reply::Exchanged`](crate::Reply::Exchanged).
    Delivered {
        /// All of it.
        exchange: Box<Exchange>,
        /// What the page is to assign to `document.cookie`.
        expired: Vec<String>,
    },
    /// No request of that number is on its way.
    NoSuchFlight,
    /// How many signatures this browser makes and checks; `None` where the algorithm is not known here.
    SignaturesMeasured(Option<SignatureRate>),
    /// What each server is and holds.
    FleetObserved(FleetView),
    /// What came of a trial.
    JarTried(Box<JarOutcome>),
}
