//! What can be said of a token: the ordered checks, and what each found.

use serde::{Deserialize, Serialize};

use crate::{GivenKey, KeyReport, Timestamp};

/// One check of a token, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TokenCheck {
    /// Three parts between two dots. RFC 7515, 7.1.
    Parts,
    /// Each part is strict base64url without padding. RFC 7515, 2; RFC 4648, 3.5.
    Base64url,
    /// The header is a JSON object. RFC 7515, 4.
    HeaderJson,
    /// No header parameter stands twice. RFC 7515, 4.
    HeaderNamesUnique,
    /// Every extension in `crit` is understood. RFC 7515, 4.1.11.
    CriticalUnderstood,
    /// The algorithm is on the verifier's list, and can be computed. RFC 8725, 3.1.
    AlgorithmAllowed,
    /// The verifier holds a key for this `kid`. RFC 7515, 4.1.4.
    KeyFound,
    /// The key is of the algorithm's kind, and not for another one. RFC 8725, 3.1.
    KeyFits,
    /// The key is long enough for the algorithm. RFC 7518, 3.2, 3.3 and 3.5.
    KeyLongEnough,
    /// The signature is the one that the key gives. RFC 7515, 5.2.
    Signature,
    /// The payload is a JSON object. RFC 7519, 7.2.
    PayloadJson,
    /// No claim stands twice. RFC 7519, 4.
    ClaimNamesUnique,
    /// It has not expired. RFC 7519, 4.1.4.
    Expiry,
    /// It is valid already. RFC 7519, 4.1.5.
    NotBefore,
    /// It was issued by whom the verifier expects. RFC 8725, 3.8.
    Issuer,
    /// It is meant for the verifier. RFC 8725, 3.9.
    Audience,
    /// It is of the type that the verifier expects. RFC 8725, 3.11.
    Type,
}

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenStep {
    /// The check.
    pub check: TokenCheck,
    /// What came of it.
    pub outcome: TokenOutcome,
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenOutcome {
    /// It held.
    Passed(TokenFact),
    /// It did not, and decided the verdict.
    Failed(TokenRejection),
    /// An earlier check had decided already.
    NotReached,
    /// The terms leave it out.
    LeftOut,
}

/// What a check saw when it held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenFact {
    /// Nothing more to say than that it held.
    Held,
    /// The lengths of the three parts in characters: header, payload, signature.
    Lengths([u32; 3]),
    /// The algorithm that the header names, and that the verifier allows.
    Algorithm(String),
    /// The key that was chosen.
    Key {
        /// The `kid` by which it was found; `None` where the token names none and the verifier has one key alone.
        kid: Option<String>,
    },
    /// The key's length.
    KeyBits(u32),
    /// The signature was computed from key and signing input, and is the token's.
    SignatureMatches {
        /// The signature, base64url.
        signature: String,
    },
    /// When it expires.
    ExpiresAt {
        /// `exp`.
        at: Timestamp,
        /// The clock at the check.
        now: Timestamp,
    },
    /// Since when it is valid; `None` where it has no `nbf`.
    ValidFrom(Option<Timestamp>),
    /// The claim's or header's value, as the verifier expects it, cut after 200 characters.
    Value(String),
    /// The verifier expects nothing of this one.
    NotExpected,
}

/// Why a token was refused. Strings that the token supplied are cut after 200 characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenRejection {
    /// There is nothing.
    Empty,
    /// Not three parts.
    PartCount {
        /// How many there are.
        parts: u32,
    },
    /// Five parts: an encrypted token (JWE), which this verifier does not open. RFC 7516, 3.1.
    Encrypted,
    /// JSON instead of three parts: the JSON serialisation of a signed or an encrypted token. RFC 7515, 7.2.
    JsonSerialization,
    /// A character that base64url does not have.
    ForeignCharacter {
        /// In which part.
        part: TokenPart,
        /// At which byte of that part, counted from 0.
        offset: u32,
        /// The character.
        character: char,
    },
    /// A length that no bytes encode to, or bits left over that are not zero.
    BadEnding {
        /// In which part.
        part: TokenPart,
    },
    /// Not JSON.
    NotJson {
        /// Which part.
        part: TokenPart,
        /// The line, counted from 1.
        line: u32,
        /// The column, counted from 1.
        column: u32,
        /// What the parser says.
        message: String,
    },
    /// JSON, but not an object.
    NotObject {
        /// Which part.
        part: TokenPart,
    },
    /// A name stands twice.
    NameRepeated {
        /// In which part.
        part: TokenPart,
        /// The name.
        name: String,
    },
    /// `crit` is not a list of names that stand in the header, or is empty.
    CriticalMalformed,
    /// An extension in `crit` that this verifier does not understand.
    CriticalUnknown {
        /// Its name.
        name: String,
    },
    /// No `alg`, or not a string.
    AlgorithmMissing,
    /// `none`: unsigned.
    AlgorithmNone,
    /// An algorithm that the verifier does not allow.
    AlgorithmNotAllowed {
        /// The one in the header.
        name: String,
        /// Those on the list.
        allowed: Vec<String>,
    },
    /// The verifier has no key at all.
    NoKey,
    /// No key has this `kid`, or there is no `kid` and more than one key.
    KeyUnknown {
        /// The `kid`.
        kid: Option<String>,
    },
    /// An algorithm that is allowed, but that this verifier can't compute.
    AlgorithmUnsupported {
        /// Its name.
        name: String,
    },
    /// The key is of another kind than the algorithm's, or says itself that it is for another one.
    KeyUnfit {
        /// The algorithm.
        algorithm: String,
    },
    /// The key is too short for the algorithm.
    KeyTooShort {
        /// Its length.
        bits: u32,
        /// The least that the algorithm needs.
        needed: u32,
    },
    /// The signature has another length than the algorithm's. RFC 7518, 3.3 to 3.5; RFC 8037, 3.1.
    SignatureLength {
        /// Its octets.
        octets: u32,
        /// Those of the algorithm with this key.
        needed: u32,
    },
    /// The signature is not the one that the key gives.
    SignatureMismatch {
        /// The token's, base64url, cut after 200 characters.
        given: String,
        /// The right one, where the algorithm has one.
        computed: Option<String>,
    },
    /// A claim or header parameter that the verifier needs is missing.
    Missing {
        /// Its name.
        name: String,
    },
    /// A claim or header parameter is not of the type that it must have.
    Malformed {
        /// Its name.
        name: String,
    },
    /// It has expired: `now >= exp` (leeway added to `exp`).
    Expired {
        /// `exp`.
        at: Timestamp,
        /// The clock at the check.
        now: Timestamp,
    },
    /// It is not valid yet.
    NotYetValid {
        /// `nbf`.
        from: Timestamp,
        /// The clock at the check.
        now: Timestamp,
    },
    /// A value that is not the expected one: `iss`, `aud` or `typ`.
    Unexpected {
        /// The claim's or header's name.
        name: String,
        /// What it says.
        found: String,
        /// What the verifier expects.
        expected: String,
    },
}

/// A part of a compact token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenPart {
    /// The first.
    Header,
    /// The second.
    Payload,
    /// The third.
    Signature,
}

/// What the server would say of a token, and what can be read of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspection {
    /// All checks in order, with those not reached.
    pub checks: Vec<TokenStep>,
    /// The header as text, where it decodes to text.
    pub header: Option<String>,
    /// The payload as text, where it decodes to text.
    pub payload: Option<String>,
    /// The keys under which it was looked at.
    pub key: KeyReport,
}

/// Under which terms a token is inspected. Where a field is `None`, the server's own holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectionOptions {
    /// The key or keys.
    pub key: Option<GivenKey>,
    /// The algorithms that are allowed.
    pub algorithms: Option<Vec<String>>,
    /// The clock.
    pub now: Option<Timestamp>,
    /// The issuer that is expected.
    pub issuer: Option<String>,
    /// The audience that is expected.
    pub audience: Option<String>,
    /// The type that is expected.
    pub token_type: Option<String>,
    /// How many seconds `exp` and `nbf` may be off.
    pub leeway_seconds: Option<u32>,
    /// Checks that are left out: of `exp`, `nbf`, `iss`, `aud` and `typ`. Without the others there is nothing that could
    /// be believed, so they run always.
    pub left_out: Vec<TokenCheck>,
}
