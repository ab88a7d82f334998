//! A key, and the signatures that it makes and recognises. It never shows its secret but to who asks for it as a
//! [`GivenKey`](protocol::GivenKey).

mod der;
mod from_der;
mod jwk;
mod make;
mod material;
mod numbers;
mod pem;
mod publish;
mod read;

use std::fmt;

use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::{DecodingKey, EncodingKey, crypto};
use protocol::{KeyFacts, KeyKind};

use crate::Algorithm;
use material::Material;

pub use make::make_key;
pub use publish::jwks;
pub(crate) use read::MOST_KEYS;
pub use read::read_keys;

/// A key for signatures: a secret, a pair, or the public half of one. RFC 7517, 4.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    /// Its ID, as a header's `kid` names it. RFC 7517, 4.5.
    pub kid: Option<String>,
    /// The one algorithm that it says it is for; with `None` it takes any that takes its kind. RFC 7517, 4.4.
    pub algorithm: Option<Algorithm>,
    material: Material,
    arithmetic: Arithmetic,
}

/// How keys compute. Each carries it from where it is read or made, so that a program which links neither links no
/// arithmetic, however many tokens it refuses.
#[derive(Clone, Copy)]
struct Arithmetic {
    sign: fn(&Material, Algorithm, &str) -> Result<String, Error>,
    recognise: fn(&Material, &str, Algorithm, &str) -> bool,
}

impl PartialEq for Arithmetic {
    /// There is one.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Arithmetic {}

impl Key {
    /// A shared secret, for HMAC. RFC 7518, 6.4.
    pub fn secret(octets: impl AsRef<[u8]>) -> Self {
        Self::of(Material::Secret(octets.as_ref().to_vec()))
    }

    fn of(material: Material) -> Self {
        Self {
            kid: None,
            algorithm: None,
            material,
            arithmetic: Arithmetic {
                sign: Material::sign,
                recognise: Material::recognise,
            },
        }
    }

    /// The octets of a shared secret; `None` for a pair. They are all that a forger needs.
    pub fn secret_octets(&self) -> Option<&[u8]> {
        match &self.material {
            Material::Secret(octets) => Some(octets),
            Material::Rsa(_) | Material::Curve(_) => None,
        }
    }

    /// The same key under that ID.
    #[must_use]
    pub fn with_kid(self, kid: impl Into<String>) -> Self {
        Self {
            kid: Some(kid.into()),
            ..self
        }
    }

    /// The same key for that algorithm alone.
    #[must_use]
    pub fn with_algorithm(self, algorithm: Algorithm) -> Self {
        Self {
            algorithm: Some(algorithm),
            ..self
        }
    }

    /// What can be said of it without showing it.
    pub fn facts(&self) -> KeyFacts {
        KeyFacts {
            kid: self.kid.clone(),
            kind: self.kind(),
            bits: self.bits(),
            private: self.can_sign(),
            algorithm: self.algorithm.map(|algorithm| algorithm.name().to_owned()),
        }
    }

    /// What it is for.
    pub fn kind(&self) -> KeyKind {
        match &self.material {
            Material::Secret(_) => KeyKind::Hmac,
            Material::Rsa(_) => KeyKind::Rsa,
            Material::Curve(curve) => curve.kind,
        }
    }

    /// Its length in bits: of a secret all, of RSA the modulus, of a curve the field.
    pub fn bits(&self) -> u32 {
        match &self.material {
            Material::Secret(octets) => material::length(octets).saturating_mul(8),
            Material::Rsa(rsa) => rsa.bits,
            Material::Curve(curve) => match curve.kind {
                KeyKind::P384 => 384,
                KeyKind::Ed25519 => 255,
                KeyKind::P256 | KeyKind::Hmac | KeyKind::Rsa => 256,
            },
        }
    }

    /// Whether it signs: the public half of a pair verifies alone.
    pub fn can_sign(&self) -> bool {
        match &self.material {
            Material::Secret(_) => true,
            Material::Rsa(rsa) => rsa.pair.is_some(),
            Material::Curve(curve) => curve.private.is_some(),
        }
    }

    /// Whether the algorithm takes this key: its kind, and no other than the one that it says it is for. RFC 8725, 3.1.
    pub fn fits(&self, algorithm: Algorithm) -> bool {
        algorithm.kind() == self.kind() && self.algorithm.is_none_or(|its_own| its_own == algorithm)
    }

    /// How many octets a signature with it has. RFC 7518, 3.2 to 3.5; RFC 8037, 3.1.
    pub(crate) fn signature_octets(&self, algorithm: Algorithm) -> u32 {
        algorithm
            .signature_octets()
            .unwrap_or(self.bits().div_ceil(8))
    }

    /// The signature over a message, as base64url. Randomness, where the algorithm takes some (a salt for PSS, and
    /// blinding for all of RSA), is jsonwebtoken's own.
    pub(crate) fn signature(&self, algorithm: Algorithm, message: &str) -> Result<String, Error> {
        (self.arithmetic.sign)(&self.material, algorithm, message)
    }

    /// Whether the base64url text is a signature over the message; an HMAC is compared in constant time. It says nothing
    /// of what was signed: [`crate::verify`] decides about tokens.
    pub fn recognises(&self, signature: &str, algorithm: Algorithm, message: &str) -> bool {
        (self.arithmetic.recognise)(&self.material, signature, algorithm, message)
    }
}

impl Material {
    fn sign(&self, algorithm: Algorithm, message: &str) -> Result<String, Error> {
        let key = match self {
            Self::Secret(octets) => EncodingKey::from_secret(octets),
            Self::Rsa(rsa) => {
                let pair = rsa.pair.as_ref().ok_or(ErrorKind::InvalidKeyFormat)?;
                // jsonwebtoken panics where an RSA signature fails, as it may with numbers that are not prime.
                if !pair.is_sound() {
                    let reason = "its numbers are not prime".to_owned();
                    return Err(ErrorKind::InvalidRsaKey(reason).into());
                }
                EncodingKey::from_rsa_der(pair.pkcs1())
            }
            Self::Curve(curve) => {
                let pkcs8 = curve.private.as_ref().ok_or(ErrorKind::InvalidKeyFormat)?;
                match curve.kind {
                    KeyKind::Ed25519 => EncodingKey::from_ed_der(pkcs8),
                    _ => EncodingKey::from_ec_der(pkcs8),
                }
            }
        };
        crypto::sign(message.as_bytes(), &key, algorithm.of_jsonwebtoken())
    }

    fn recognise(&self, signature: &str, algorithm: Algorithm, message: &str) -> bool {
        let key = match self {
            Self::Secret(octets) => DecodingKey::from_secret(octets),
            Self::Rsa(rsa) => DecodingKey::from_rsa_raw_components(&rsa.n, &rsa.e),
            Self::Curve(curve) => match curve.kind {
                KeyKind::Ed25519 => DecodingKey::from_ed_der(&curve.public),
                _ => DecodingKey::from_ec_der(&curve.public),
            },
        };
        let message = message.as_bytes();
        crypto::verify(signature, message, &key, algorithm.of_jsonwebtoken()).unwrap_or(false)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Key")
            .field("kid", &self.kid)
            .field("algorithm", &self.algorithm)
            .field("kind", &self.kind())
            .field("bits", &self.bits())
            .field("private", &self.can_sign())
            .finish_non_exhaustive()
    }
}
