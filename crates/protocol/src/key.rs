//! Keys as they are given, read, made and held. RFC 7517, 7518, 8037.

use serde::{Deserialize, Serialize};

use crate::Sealed;

/// A key as someone gave it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GivenKey {
    /// The text as typed.
    pub text: String,
    /// How it is to be read.
    pub encoding: KeyEncoding,
}

/// How a key's text is to be read. PEM, JWK and JWKS say themselves what they are; a secret's text doesn't.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum KeyEncoding {
    /// PEM, JWK or JWKS where it looks like one, and the secret itself otherwise.
    #[default]
    Detect,
    /// The secret is the text, in UTF-8, whatever it looks like.
    Text,
    /// The secret is what the text encodes. RFC 4648, 4.
    Base64,
    /// The secret is what the text encodes. RFC 4648, 5.
    Base64url,
}

/// What a key's text turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyFormat {
    /// A secret, as text.
    Text,
    /// A secret in base64.
    Base64,
    /// A secret in base64url.
    Base64url,
    /// A public key in PEM, `PUBLIC KEY`. RFC 5280, 4.1.2.7.
    Spki,
    /// An RSA key in PEM, `RSA PUBLIC KEY` or `RSA PRIVATE KEY`. RFC 8017, A.1.
    Pkcs1,
    /// A private key in PEM, `PRIVATE KEY`. RFC 5958.
    Pkcs8,
    /// A private key on a curve in PEM, `EC PRIVATE KEY`. RFC 5915.
    Sec1,
    /// One key as JSON. RFC 7517, 4.
    Jwk,
    /// A set of keys as JSON. RFC 7517, 5.
    Jwks,
}

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum KeyKind {
    /// A shared secret for HMAC. RFC 7518, 6.4.
    Hmac,
    /// RSA. RFC 7518, 6.3.
    Rsa,
    /// The elliptic curve P-256. RFC 7518, 6.2.
    P256,
    /// The elliptic curve P-384. RFC 7518, 6.2.
    P384,
    /// The Edwards curve Ed25519. RFC 8037, 2.
    Ed25519,
}

/// What can be said of a key without showing it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyFacts {
    /// Its ID. RFC 7517, 4.5.
    pub kid: Option<String>,
    /// What it is for.
    pub kind: KeyKind,
    /// Its length: of a secret its octets, of RSA its modulus, of a curve its field.
    pub bits: u32,
    /// Whether it can sign: a secret, or the private half of a pair.
    pub private: bool,
    /// The one algorithm that it says it is for. RFC 7517, 4.4.
    pub algorithm: Option<String>,
}

/// What was read of a key's text. A set may hold keys that can be read and others that can't.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyReport {
    /// What the text is; `None` where it is nothing that is known.
    pub format: Option<KeyFormat>,
    /// The keys, in order; at most 100 are told.
    pub keys: Vec<KeyFacts>,
    /// What is wrong.
    pub problems: Vec<KeyProblem>,
}

/// Why a key can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KeyProblem {
    /// There is nothing.
    Empty,
    /// Over 64 KiB: no key is that long.
    TooLarge,
    /// Not base64 or base64url, though it is to be read as that.
    NotBase64,
    /// A PEM block that has no end, or whose content is not base64.
    BrokenPem,
    /// A PEM block of a kind that is not read here, such as a certificate or an encrypted key.
    UnknownPem {
        /// What its first line names.
        label: String,
    },
    /// A PEM block whose content is not a key of the kinds that are read here.
    UnknownContent,
    /// Not JSON, though it looks like it.
    NotJson {
        /// The line, counted from 1.
        line: u32,
        /// The column, counted from 1.
        column: u32,
        /// What the parser says.
        message: String,
    },
    /// JSON, but neither a key nor a set of keys.
    NotJwk,
    /// A `kty` or `crv` that is not read here.
    UnsupportedType {
        /// Its name.
        name: String,
    },
    /// A JWK that says that it is for something else than the signatures that are computed here. RFC 7517, 4.2 to 4.4.
    NotForSignatures {
        /// The member that says so: `use`, `key_ops` or `alg`.
        member: String,
        /// What it says.
        value: String,
    },
    /// An RSA key that is longer than what is computed here.
    TooLong {
        /// Its length.
        bits: u32,
        /// The most that is computed.
        most: u32,
    },
    /// A set of so many keys that those after the first hundred are not read.
    TooMany,
    /// A member of a JWK is missing.
    Missing {
        /// Its name.
        name: String,
    },
    /// A member of a JWK has no meaning: not base64url, or of a wrong length, or not on the curve, or not what the others
    /// say, or there twice.
    Malformed {
        /// Its name.
        name: String,
    },
}

/// Whose key signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Signer {
    /// The key that this service holds, with its own algorithm, whatever the header says.
    Service(Service),
    /// A key that was given.
    Given {
        /// The key. Of a set the one that the header's `kid` names, or the only one.
        key: GivenKey,
        /// The algorithm, as the header's `alg` names it.
        algorithm: String,
    },
}

/// Why nothing was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SigningProblem {
    /// There is no key.
    NoKey,
    /// The key can't be read.
    Unreadable(KeyProblem),
    /// A set of keys, and none that the header names.
    NotChosen,
    /// An algorithm that is not signed with here; `none` is one.
    Unsupported {
        /// Its name.
        algorithm: String,
    },
    /// The key is of another kind than the algorithm's.
    Unfit {
        /// The algorithm's name.
        algorithm: String,
    },
    /// The key is too short. RFC 7518, 3.2, 3.3 and 3.5.
    TooShort {
        /// Its length.
        bits: u32,
        /// The least that the algorithm needs.
        needed: u32,
    },
    /// The public half alone: it verifies, and can't sign.
    PublicOnly,
    /// The algorithm's implementation refused the key.
    Refused {
        /// What it says.
        reason: String,
    },
}

/// The public half of a key, for whoever is to verify.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicHalf {
    /// As PEM, `PUBLIC KEY`.
    pub pem: String,
    /// As a JWK.
    pub jwk: String,
    /// As a JWKS that holds it alone.
    pub jwks: String,
}

/// A key that is to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NewKey {
    /// A secret of so many random octets.
    Hmac {
        /// How many.
        octets: u32,
    },
    /// An RSA pair with a modulus of so many bits, from 2,048 to 4,096.
    Rsa {
        /// How many.
        bits: u32,
    },
    /// A pair on P-256.
    P256,
    /// A pair on P-384.
    P384,
    /// A pair on Ed25519.
    Ed25519,
}

/// How far the making of an RSA pair is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyProgress {
    /// How many of the two primes are found.
    pub primes: u32,
    /// How many candidates were tried for them.
    pub candidates: u32,
}

/// A key that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeKey {
    /// The private key as PEM (`PRIVATE KEY`), or the secret as base64url.
    pub key: GivenKey,
    /// What it is.
    pub facts: KeyFacts,
}

/// What a lab worker is to do. What the page's start has no use for is sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LabOrder {
    /// Make a key.
    MakeKey(NewKey),
    /// Something with the load model: a [`LoadOrder`](crate::LoadOrder).
    Load(Sealed),
    /// Let users of a fleet of their own meet faults, and count who notices: a [`FaultTrial`](crate::FaultTrial). No
    /// server that is kept has a part in it.
    TryFaults(Sealed),
}

/// What a lab worker says. It holds no server, carries one order out, and is ended by whoever started it. A file that it is
/// given is an order too: to look through it as a HAR.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LabReport {
    /// It listens.
    Ready,
    /// So far the key is.
    Progress(KeyProgress),
    /// It has made the key.
    Made(MadeKey),
    /// What came of the load model: a [`LoadReport`](crate::LoadReport).
    Load(Sealed),
    /// What came of a trial of faults: a [`FaultOutcome`](crate::FaultOutcome), or the
    /// [`FleetProblem`](crate::FleetProblem) why there was none.
    FaultsTried(Sealed),
    /// What stands in the file that it was given: [`HarFindings`](crate::HarFindings), or the
    /// [`HarProblem`](crate::HarProblem) why nothing does.
    HarRead(Sealed),
    /// It panicked, and has ended.
    Died {
        /// The panic's words.
        message: String,
    },
}

/// With what the stateless server signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ServerAlgorithm {
    /// HMAC with SHA-256: one secret signs and verifies. RFC 7518, 3.2.
    #[default]
    Hs256,
    /// RSA with SHA-256. RFC 7518, 3.3.
    Rs256,
    /// ECDSA on P-256. RFC 7518, 3.4.
    Es256,
    /// Ed25519. RFC 8037, 3.1.
    EdDsa,
}

impl ServerAlgorithm {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Hs256, Self::Rs256, Self::Es256, Self::EdDsa];

    /// Its name in a header's `alg`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }

    /// The kind of key that it takes.
    pub const fn key_kind(self) -> KeyKind {
        match self {
            Self::Hs256 => KeyKind::Hmac,
            Self::Rs256 => KeyKind::Rsa,
            Self::Es256 => KeyKind::P256,
            Self::EdDsa => KeyKind::Ed25519,
        }
    }
}

/// Who verifies tokens: the server that issues them, and two more services.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Service {
    /// The server that signs users in.
    Main,
    /// The service of orders.
    Orders,
    /// The service of bills.
    Billing,
}

impl Service {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Main, Self::Orders, Self::Billing];

    /// The number of its server where there is one for each. In a [`Fleet`](crate::Fleet) of more the numbers of the other
    /// services' servers follow those of the fleet's.
    pub const fn server_number(self) -> u32 {
        match self {
            Self::Main => 1,
            Self::Orders => 2,
            Self::Billing => 3,
        }
    }
}

/// A key in a service's hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldKey {
    /// Who holds it.
    pub service: Service,
    /// What it is: where `private` is true, its holder could sign as the server does.
    pub key: KeyFacts,
}

/// How many signatures this browser makes and checks. Calibrated.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SignatureRate {
    /// The algorithm's name.
    pub algorithm: String,
    /// Made, per second.
    pub signed_per_second: f64,
    /// Checked, per second.
    pub verified_per_second: f64,
    /// How many were made and checked for it in all.
    pub runs: u32,
}
