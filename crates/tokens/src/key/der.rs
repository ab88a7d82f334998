//! Keys written in DER: SPKI (RFC 5280, 4.1.2.7) and PKCS#8 (RFC 5958), and the names that their kinds have there.

use protocol::KeyKind;
use rsa::pkcs1;
use rsa::pkcs8::der::Encode;
use rsa::pkcs8::der::asn1::{AnyRef, BitStringRef, OctetStringRef, UintRef};
use rsa::pkcs8::{
    AlgorithmIdentifierRef, ObjectIdentifier, PrivateKeyInfo, SubjectPublicKeyInfoRef,
};
use sec1::EcPrivateKey;

use super::Material;

pub(super) const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
pub(super) const ELLIPTIC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
pub(super) const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
pub(super) const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
pub(super) const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

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
