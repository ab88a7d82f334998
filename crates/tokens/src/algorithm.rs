//! The signature algorithms that this crate knows. RFC 7518, 3.1.
//!
//! One that is not listed here may stand on a verifier's list of allowed names, but no key fits it.

use std::fmt;

use jsonwebtoken::AlgorithmFamily;

/// A signature algorithm. RFC 7518, 3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// HMAC with SHA-256. RFC 7518, 3.2.
    Hs256,
    /// HMAC with SHA-384. RFC 7518, 3.2.
    Hs384,
    /// HMAC with SHA-512. RFC 7518, 3.2.
    Hs512,
}

impl Algorithm {
    /// The name in a header's `alg`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
        }
    }

    /// The algorithm of exactly this name: names are compared with their case. RFC 7515, 4.1.1.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Hs256, Self::Hs384, Self::Hs512]
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
    }

    /// The fewest bits that a key may have: as many as the hash puts out. RFC 7518, 3.2.
    pub const fn least_key_bits(self) -> u32 {
        match self {
            Self::Hs256 => 256,
            Self::Hs384 => 384,
            Self::Hs512 => 512,
        }
    }

    /// The kind of key that it takes.
    pub(crate) fn family(self) -> AlgorithmFamily {
        self.of_jsonwebtoken().family()
    }

    /// The same, as jsonwebtoken calls it.
    pub(crate) const fn of_jsonwebtoken(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::Hs256 => jsonwebtoken::Algorithm::HS256,
            Self::Hs384 => jsonwebtoken::Algorithm::HS384,
            Self::Hs512 => jsonwebtoken::Algorithm::HS512,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
