//! Keys in DER, the octets behind PEM: SPKI (RFC 5280, 4.1.2.7), PKCS#1 (RFC 8017, A.1), PKCS#8 (RFC 5958) and SEC 1
//! (RFC 5915). Strict: what has a second spelling, or octets behind it, is not read.

use protocol::{KeyKind, KeyProblem};
use rsa::pkcs1;
use rsa::pkcs8::der::asn1::{AnyRef, BitStringRef, OctetStringRef, UintRef};
use rsa::pkcs8::der::{Decode, Encode};
use rsa::pkcs8::{
    AlgorithmIdentifierRef, ObjectIdentifier, PrivateKeyInfo, SubjectPublicKeyInfoRef,
};
use sec1::EcPrivateKey;

use super::numbers::{self, RsaPrivate};
use super::{Key, Material};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ELLIPTIC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// Kinds that are not read, by name: what people paste most, next to those that are.
const NAMED: [(ObjectIdentifier, &str); 6] = [
    (
        ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10"),
        "RSASSA-PSS",
    ),
    (ObjectIdentifier::new_unwrap("1.3.132.0.35"), "P-521"),
    (ObjectIdentifier::new_unwrap("1.3.132.0.10"), "secp256k1"),
    (ObjectIdentifier::new_unwrap("1.3.101.110"), "X25519"),
    (ObjectIdentifier::new_unwrap("1.3.101.111"), "X448"),
    (ObjectIdentifier::new_unwrap("1.3.101.113"), "Ed448"),
];

/// A public key, `SubjectPublicKeyInfo`.
pub(super) fn read_spki(der: &[u8]) -> Result<Key, KeyProblem> {
    let info = SubjectPublicKeyInfoRef::try_from(der).map_err(unknown)?;
    let octets = info.subject_public_key.as_bytes();
    let octets = octets.ok_or(KeyProblem::UnknownContent)?;
    match kind(info.algorithm)? {
        KeyKind::Rsa => read_pkcs1_public(octets),
        KeyKind::Ed25519 => numbers::edwards_public(octets),
        kind => numbers::elliptic_public(kind, octets),
    }
}

/// A private key, `PrivateKeyInfo` or `OneAsymmetricKey`.
pub(super) fn read_pkcs8(der: &[u8]) -> Result<Key, KeyProblem> {
    let info = PrivateKeyInfo::try_from(der).map_err(unknown)?;
    match kind(info.algorithm)? {
        KeyKind::Rsa => read_pkcs1_private(info.private_key),
        KeyKind::Ed25519 => {
            let seed = OctetStringRef::from_der(info.private_key).map_err(unknown)?;
            numbers::edwards_private(seed.as_bytes(), info.public_key)
        }
        kind => {
            let key = EcPrivateKey::from_der(info.private_key).map_err(unknown)?;
            read_elliptic(kind, &key)
        }
    }
}

/// An RSA key's public half, `RSAPublicKey`.
pub(super) fn read_pkcs1_public(der: &[u8]) -> Result<Key, KeyProblem> {
    let key = pkcs1::RsaPublicKey::from_der(der).map_err(unknown)?;
    numbers::rsa_public(key.modulus.as_bytes(), key.public_exponent.as_bytes())
}

/// An RSA pair, `RSAPrivateKey` of two primes.
pub(super) fn read_pkcs1_private(der: &[u8]) -> Result<Key, KeyProblem> {
    let key = pkcs1::RsaPrivateKey::from_der(der).map_err(unknown)?;
    if key.version() != pkcs1::Version::TwoPrime {
        return Err(KeyProblem::UnknownContent);
    }
    let private = RsaPrivate {
        d: key.private_exponent.as_bytes(),
        primes: Some([key.prime1.as_bytes(), key.prime2.as_bytes()]),
    };
    let (n, e) = (key.modulus.as_bytes(), key.public_exponent.as_bytes());
    numbers::rsa_private(n, e, &private)
}

/// A pair on a curve that names its curve itself, `ECPrivateKey`.
pub(super) fn read_sec1(der: &[u8]) -> Result<Key, KeyProblem> {
    let key = EcPrivateKey::from_der(der).map_err(unknown)?;
    let curve = key.parameters.and_then(sec1::EcParameters::named_curve);
    read_elliptic(elliptic(curve.ok_or(KeyProblem::UnknownContent)?)?, &key)
}

fn read_elliptic(kind: KeyKind, key: &EcPrivateKey<'_>) -> Result<Key, KeyProblem> {
    numbers::elliptic_private(kind, key.private_key, key.public_key)
}

/// The kind that the identifier names.
fn kind(algorithm: AlgorithmIdentifierRef<'_>) -> Result<KeyKind, KeyProblem> {
    match algorithm.oid {
        RSA => Ok(KeyKind::Rsa),
        ED25519 => Ok(KeyKind::Ed25519),
        ELLIPTIC => elliptic(
            algorithm
                .parameters_oid()
                .map_err(|_| KeyProblem::UnknownContent)?,
        ),
        oid => Err(unsupported(oid)),
    }
}

fn elliptic(curve: ObjectIdentifier) -> Result<KeyKind, KeyProblem> {
    match curve {
        P256 => Ok(KeyKind::P256),
        P384 => Ok(KeyKind::P384),
        oid => Err(unsupported(oid)),
    }
}

fn unsupported(oid: ObjectIdentifier) -> KeyProblem {
    let named = NAMED.iter().find(|(known, _)| *known == oid);
    KeyProblem::UnsupportedType {
        name: named.map_or_else(|| oid.to_string(), |(_, name)| (*name).to_owned()),
    }
}

fn unknown<E>(_: E) -> KeyProblem {
    KeyProblem::UnknownContent
}

/// The public half as `SubjectPublicKeyInfo`; `None` for a secret.
pub(super) fn spki(material: &Material) -> Option<Vec<u8>> {
    let octets;
    let (kind, public) = match material {
        Material::Secret(_) => return None,
        Material::Rsa(rsa) => {
            let key = pkcs1::RsaPublicKey {
                modulus: UintRef::new(&rsa.n).ok()?,
                public_exponent: UintRef::new(&rsa.e).ok()?,
            };
            octets = key.to_der().ok()?;
            (KeyKind::Rsa, &octets)
        }
        Material::Curve(curve) => (curve.kind, &curve.public),
    };
    let info = SubjectPublicKeyInfoRef {
        algorithm: identifier(kind),
        subject_public_key: BitStringRef::from_bytes(public).ok()?,
    };
    info.to_der().ok()
}

/// The private half as `PrivateKeyInfo`; `None` for a secret, and for a public half.
pub(super) fn pkcs8(material: &Material) -> Option<Vec<u8>> {
    match material {
        Material::Secret(_) => None,
        Material::Rsa(rsa) => wrap(KeyKind::Rsa, rsa.pair.as_ref()?.pkcs1()),
        Material::Curve(curve) => curve.private.clone(),
    }
}

pub(super) fn elliptic_pkcs8(kind: KeyKind, d: &[u8]) -> Option<Vec<u8>> {
    let key = EcPrivateKey {
        private_key: d,
        parameters: None,
        public_key: None,
    };
    wrap(kind, &key.to_der().ok()?)
}

/// RFC 8410, 7: the private octets are an octet string once more.
pub(super) fn edwards_pkcs8(seed: &[u8; 32]) -> Option<Vec<u8>> {
    let inner = OctetStringRef::new(seed).ok()?.to_der().ok()?;
    wrap(KeyKind::Ed25519, &inner)
}

fn wrap(kind: KeyKind, private_key: &[u8]) -> Option<Vec<u8>> {
    PrivateKeyInfo::new(identifier(kind), private_key)
        .to_der()
        .ok()
}

fn identifier(kind: KeyKind) -> AlgorithmIdentifierRef<'static> {
    let (oid, parameters) = match kind {
        KeyKind::Rsa | KeyKind::Hmac => (RSA, Some(AnyRef::NULL)),
        KeyKind::P256 => (ELLIPTIC, Some(AnyRef::from(&P256))),
        KeyKind::P384 => (ELLIPTIC, Some(AnyRef::from(&P384))),
        KeyKind::Ed25519 => (ED25519, None),
    };
    AlgorithmIdentifierRef { oid, parameters }
}
