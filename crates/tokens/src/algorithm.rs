//! The signature algorithms that this crate computes. RFC 7518, 3.1; RFC 8037, 3.1.
//!
//! One that is not listed here may stand on a verifier's list of allowed names, and yet verifies nothing.

use std::fmt;

use protocol::KeyKind;

/// A signature algorithm. RFC 7518, 3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// HMAC with SHA-256. RFC 7518, 3.2.
    Hs256,
    /// HMAC with SHA-384. RFC 7518, 3.2.
    Hs384,
    /// HMAC with SHA-512. RFC 7518, 3.2.
    Hs512,
    /// RSASSA-PKCS1-v1_5 with SHA-256. RFC 7518, 3.3.
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-384. RFC 7518, 3.3.
    Rs384,
    /// RSASSA-PKCS1-v1_5 with SHA-512. RFC 7518, 3.3.
    Rs512,
    /// RSASSA-PSS with SHA-256: each signature has its own random salt. RFC 7518, 3.5.
    Ps256,
    /// RSASSA-PSS with SHA-384. RFC 7518, 3.5.
    Ps384,
    /// RSASSA-PSS with SHA-512. RFC 7518, 3.5.
    Ps512,
    /// ECDSA on P-256 with SHA-256. RFC 7518, 3.4.
    Es256,
    /// ECDSA on P-384 with SHA-384. RFC 7518, 3.4.
    Es384,
    /// Ed25519. RFC 8037, 3.1.
    EdDsa,
}

impl Algorithm {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 12] = [
        Self::Hs256,
        Self::Hs384,
        Self::Hs512,
        Self::Rs256,
        Self::Rs384,
        Self::Rs512,
        Self::Ps256,
        Self::Ps384,
        Self::Ps512,
        Self::Es256,
        Self::Es384,
        Self::EdDsa,
    ];

    /// The name in a header's `alg`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hs256 => "HS256",
            Self::Hs384 => "HS384",
            Self::Hs512 => "HS512",
            Self::Rs256 => "RS256",
            Self::Rs384 => "RS384",
            Self::Rs512 => "RS512",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Ps512 => "PS512",
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::EdDsa => "EdDSA",
        }
    }

    /// The algorithm of exactly this name: names are compared with their case. RFC 7515, 4.1.1. `Ed25519` is the name
    /// that RFC 9864, 2.2, gives to `EdDSA` with this curve.
    pub fn from_name(name: &str) -> Option<Self> {
        if name == "Ed25519" {
            return Some(Self::EdDsa);
        }
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name() == name)
    }

    /// The kind of key that it takes.
    pub const fn kind(self) -> KeyKind {
        match self {
            Self::Hs256 | Self::Hs384 | Self::Hs512 => KeyKind::Hmac,
            Self::Rs256 | Self::Rs384 | Self::Rs512 | Self::Ps256 | Self::Ps384 | Self::Ps512 => {
                KeyKind::Rsa
            }
            Self::Es256 => KeyKind::P256,
            Self::Es384 => KeyKind::P384,
            Self::EdDsa => KeyKind::Ed25519,
        }
    }

    /// The fewest bits that a key may have: of a secret as many as the hash puts out, of an RSA modulus 2,048, and a
    /// curve has what it has. RFC 7518, 3.2, 3.3 and 3.5.
    pub const fn least_key_bits(self) -> u32 {
        match self {
            Self::Hs512 => 512,
            Self::Hs384 | Self::Es384 => 384,
            Self::Hs256 | Self::Es256 => 256,
            Self::EdDsa => 255,
            Self::Rs256 | Self::Rs384 | Self::Rs512 | Self::Ps256 | Self::Ps384 | Self::Ps512 => {
                2048
            }
        }
    }

    /// Whether a key and a message have one right signature. PSS salts each signature, and ECDSA takes a number that is
    /// used once: of theirs there are many.
    pub const fn is_deterministic(self) -> bool {
        match self {
            Self::Hs256
            | Self::Hs384
            | Self::Hs512
            | Self::Rs256
            | Self::Rs384
            | Self::Rs512
            | Self::EdDsa => true,
            Self::Ps256 | Self::Ps384 | Self::Ps512 | Self::Es256 | Self::Es384 => false,
        }
    }

    /// The octets of a signature; `None` where that depends on the key: RSA's are as long as the modulus.
    pub(crate) const fn signature_octets(self) -> Option<u32> {
        match self {
            Self::Hs256 => Some(32),
            Self::Hs384 => Some(48),
            Self::Hs512 | Self::Es256 | Self::EdDsa => Some(64),
            Self::Es384 => Some(96),
            Self::Rs256 | Self::Rs384 | Self::Rs512 | Self::Ps256 | Self::Ps384 | Self::Ps512 => {
                None
            }
        }
    }

    /// The same, as jsonwebtoken calls it.
    pub(crate) const fn of_jsonwebtoken(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::Hs256 => jsonwebtoken::Algorithm::HS256,
            Self::Hs384 => jsonwebtoken::Algorithm::HS384,
            Self::Hs512 => jsonwebtoken::Algorithm::HS512,
            Self::Rs256 => jsonwebtoken::Algorithm::RS256,
            Self::Rs384 => jsonwebtoken::Algorithm::RS384,
            Self::Rs512 => jsonwebtoken::Algorithm::RS512,
            Self::Ps256 => jsonwebtoken::Algorithm::PS256,
            Self::Ps384 => jsonwebtoken::Algorithm::PS384,
            Self::Ps512 => jsonwebtoken::Algorithm::PS512,
            Self::Es256 => jsonwebtoken::Algorithm::ES256,
            Self::Es384 => jsonwebtoken::Algorithm::ES384,
            Self::EdDsa => jsonwebtoken::Algorithm::EdDSA,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
