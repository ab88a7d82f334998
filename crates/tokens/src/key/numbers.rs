//! Keys from the numbers that make them up, each number checked. RFC 7518, 6; RFC 8037, 2.
//!
//! No key comes to be whose public half is not on its curve, or does not belong to its private one. What is wrong is told
//! by the name that a JWK gives to the number.

use ed25519_dalek::{SigningKey, VerifyingKey};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use protocol::{KeyKind, KeyProblem};
use rsa::pkcs1::EncodeRsaPrivateKey;
use rsa::traits::PrivateKeyParts;
use rsa::{BigUint, RsaPrivateKey, RsaPublicKey};

use super::Key;
use super::der;
use super::material::{Curve, Material, Rsa, RsaPair};

/// The longest RSA modulus in bits: what the rsa crate verifies with.
const MOST_RSA_BITS: u32 = RsaPublicKey::MAX_SIZE as u32;

/// The private numbers of an RSA key. The two primes may be left out, where the others give them.
pub(super) struct RsaPrivate<'a> {
    pub(super) d: &'a [u8],
    pub(super) primes: Option<[&'a [u8]; 2]>,
}

/// An RSA key from modulus and public exponent. RFC 7518, 6.3.1.
pub(super) fn rsa_public(n: &[u8], e: &[u8]) -> Result<Key, KeyProblem> {
    let (n, e) = (without_zeros(n), without_zeros(e));
    let modulus = BigUint::from_bytes_be(n);
    let bits = u32::try_from(modulus.bits()).unwrap_or(u32::MAX);
    if bits > MOST_RSA_BITS {
        return Err(KeyProblem::TooLong {
            bits,
            most: MOST_RSA_BITS,
        });
    }
    let made = RsaPublicKey::new(modulus, BigUint::from_bytes_be(e));
    made.map_err(|error| {
        malformed(match error {
            rsa::Error::InvalidModulus => "n",
            _ => "e",
        })
    })?;
    Ok(Key::of(Material::Rsa(Rsa {
        bits,
        n: n.to_vec(),
        e: e.to_vec(),
        pair: None,
    })))
}

/// An RSA pair. RFC 7518, 6.3.2.
pub(super) fn rsa_private(n: &[u8], e: &[u8], private: &RsaPrivate) -> Result<Key, KeyProblem> {
    let public = rsa_public(n, e)?;
    let Material::Rsa(mut rsa) = public.material else {
        return Err(malformed("n"));
    };
    // What is longer than the modulus belongs to no such key. Zero is no exponent.
    let number = |octets: &[u8], name| match without_zeros(octets) {
        [] => Err(malformed(name)),
        octets if octets.len() > rsa.n.len() => Err(malformed(name)),
        octets => Ok(BigUint::from_bytes_be(octets)),
    };
    let d = number(private.d, "d")?;
    let primes = match private.primes {
        Some([p, q]) => vec![number(p, "p")?, number(q, "q")?],
        None => Vec::new(),
    };
    let (modulus, exponent) = (BigUint::from_bytes_be(n), BigUint::from_bytes_be(e));
    let pair = RsaPrivateKey::from_components(modulus, exponent, d, primes)
        .map_err(|_| malformed(if private.primes.is_some() { "p" } else { "d" }))?;
    let pkcs1 = pair.to_pkcs1_der().map_err(|_| malformed("p"))?;
    let primes = pair.primes().to_vec();
    rsa.pair = Some(RsaPair::new(pkcs1.as_bytes().to_vec(), primes));
    Ok(Key::of(Material::Rsa(rsa)))
}

/// The public half of a key on P-256 or P-384, from a point as SEC 1, 2.3.3, writes it.
pub(super) fn elliptic_public(kind: KeyKind, point: &[u8]) -> Result<Key, KeyProblem> {
    // Checks that it is on the curve, and not the point at infinity.
    let public = match kind {
        KeyKind::P256 => p256::PublicKey::from_sec1_bytes(point)
            .ok()
            .map(|key| key.to_encoded_point(false).as_bytes().to_vec()),
        _ => p384::PublicKey::from_sec1_bytes(point)
            .ok()
            .map(|key| key.to_encoded_point(false).as_bytes().to_vec()),
    };
    let public = public.ok_or_else(|| malformed("x"))?;
    Ok(curve(kind, public, None))
}

/// A pair on P-256 or P-384, from its private number; the point is checked where it is given.
pub(super) fn elliptic_private(
    kind: KeyKind,
    d: &[u8],
    point: Option<&[u8]>,
) -> Result<Key, KeyProblem> {
    // Checks that it is of the field's length, neither zero nor beyond the order.
    let public = match kind {
        KeyKind::P256 if d.len() == 32 => p256::SecretKey::from_slice(d).ok().map(|key| {
            let point = key.public_key().to_encoded_point(false);
            point.as_bytes().to_vec()
        }),
        KeyKind::P384 if d.len() == 48 => p384::SecretKey::from_slice(d).ok().map(|key| {
            let point = key.public_key().to_encoded_point(false);
            point.as_bytes().to_vec()
        }),
        _ => None,
    };
    let public = public.ok_or_else(|| malformed("d"))?;
    if let Some(point) = point {
        let told = elliptic_public(kind, point)?;
        if told != curve(kind, public.clone(), None) {
            return Err(malformed("d"));
        }
    }
    let private = der::elliptic_pkcs8(kind, d).ok_or_else(|| malformed("d"))?;
    Ok(curve(kind, public, Some(private)))
}

/// The public half of an Ed25519 key. RFC 8032, 5.1.5.
pub(super) fn edwards_public(x: &[u8]) -> Result<Key, KeyProblem> {
    let key = <&[u8; 32]>::try_from(x)
        .ok()
        .and_then(|octets| VerifyingKey::from_bytes(octets).ok());
    // Under a point of small order about any signature would hold.
    match key {
        Some(key) if !key.is_weak() => Ok(curve(KeyKind::Ed25519, x.to_vec(), None)),
        _ => Err(malformed("x")),
    }
}

/// An Ed25519 pair, from its private octets; the public ones are checked where they are given.
pub(super) fn edwards_private(d: &[u8], x: Option<&[u8]>) -> Result<Key, KeyProblem> {
    let octets = <&[u8; 32]>::try_from(d).map_err(|_| malformed("d"))?;
    let public = SigningKey::from_bytes(octets).verifying_key().to_bytes();
    if x.is_some_and(|x| x != public) {
        return Err(malformed("x"));
    }
    let private = der::edwards_pkcs8(octets).ok_or_else(|| malformed("d"))?;
    Ok(curve(KeyKind::Ed25519, public.to_vec(), Some(private)))
}

fn curve(kind: KeyKind, public: Vec<u8>, private: Option<Vec<u8>>) -> Key {
    Key::of(Material::Curve(Curve {
        kind,
        public,
        private,
    }))
}

fn without_zeros(octets: &[u8]) -> &[u8] {
    let zeros = octets.iter().take_while(|&&octet| octet == 0).count();
    &octets[zeros..]
}

pub(super) fn malformed(name: &str) -> KeyProblem {
    KeyProblem::Malformed {
        name: name.to_owned(),
    }
}
