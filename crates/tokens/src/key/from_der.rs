//! Keys read from DER, the octets behind PEM: SPKI (RFC 5280, 4.1.2.7), PKCS#1 (RFC 8017, A.1), PKCS#8 (RFC 5958) and SEC 1
//! (RFC 5915). Strict: what has a second spelling, or octets behind it, is not read.

use protocol::{KeyKind, KeyProblem};
use rsa::pkcs1;
use rsa::pkcs8::der::Decode;
use rsa::pkcs8::der::asn1::OctetStringRef;
use rsa::pkcs8::{
    AlgorithmIdentifierRef, ObjectIdentifier, PrivateKeyInfo, SubjectPublicKeyInfoRef,
};
use sec1::EcPrivateKey;

use super::Key;
use super::der::{ED25519, ELLIPTIC, P256, P384, RSA};
use super::numbers::{self, RsaPrivate};

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
