//! Keys as JSON: one (JWK), or a set (JWKS). RFC 7517; RFC 7518, 6; RFC 8037, 2.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::{KeyKind, KeyProblem};
use serde::Serialize;

use super::numbers::{self, RsaPrivate, malformed};
use super::{Key, Material};
use crate::excerpt::excerpt;
use crate::object::{Json, Object};
use crate::{Algorithm, base64url};

/// Reads one key.
pub(super) fn read(jwk: &Object<'_>) -> Result<Key, KeyProblem> {
    if let Some(name) = jwk.repeated_name() {
        return Err(malformed(&excerpt(name)));
    }
    for_signatures(jwk)?;
    let mut key = match text(jwk, "kty")? {
        "oct" => match octets(jwk, "k")? {
            secret if secret.is_empty() => return Err(malformed("k")),
            secret => Key::secret(secret),
        },
        "RSA" => rsa(jwk)?,
        "EC" => elliptic(jwk)?,
        "OKP" => edwards(jwk)?,
        other => return Err(unsupported(other)),
    };
    key.algorithm = algorithm(jwk, key.kind())?;
    if jwk.get("kid").is_some() {
        key.kid = Some(text(jwk, "kid")?.to_owned());
    }
    Ok(key)
}

/// Refuses a key that says it is for something else. RFC 7517, 4.2 and 4.3.
fn for_signatures(jwk: &Object<'_>) -> Result<(), KeyProblem> {
    if jwk.get("use").is_some() {
        let usage = text(jwk, "use")?;
        if usage != "sig" {
            return Err(not_for_signatures("use", usage));
        }
    }
    match jwk.get("key_ops") {
        None => Ok(()),
        Some(Json::List(items)) => {
            let operations: Vec<&str> = items.iter().filter_map(Json::text).collect();
            if operations
                .iter()
                .any(|name| matches!(*name, "sign" | "verify"))
            {
                Ok(())
            } else {
                Err(not_for_signatures("key_ops", &operations.join(", ")))
            }
        }
        Some(_) => Err(malformed("key_ops")),
    }
}

/// The algorithm that it says it is for. RFC 7517, 4.4.
fn algorithm(jwk: &Object<'_>, kind: KeyKind) -> Result<Option<Algorithm>, KeyProblem> {
    if jwk.get("alg").is_none() {
        return Ok(None);
    }
    let name = text(jwk, "alg")?;
    match Algorithm::from_name(name) {
        Some(algorithm) if algorithm.kind() == kind => Ok(Some(algorithm)),
        Some(_) => Err(malformed("alg")),
        None => Err(not_for_signatures("alg", name)),
    }
}

/// RFC 7518, 6.3.
fn rsa(jwk: &Object<'_>) -> Result<Key, KeyProblem> {
    let (n, e) = (octets(jwk, "n")?, octets(jwk, "e")?);
    if jwk.get("d").is_none() {
        return numbers::rsa_public(&n, &e);
    }
    if jwk.get("oth").is_some() {
        return Err(unsupported("RSA, oth"));
    }
    let d = octets(jwk, "d")?;
    let primes = match jwk.get("p").or(jwk.get("q")) {
        Some(_) => Some((octets(jwk, "p")?, octets(jwk, "q")?)),
        None => None,
    };
    let primes = primes.as_ref().map(|(p, q)| [p.as_slice(), q.as_slice()]);
    numbers::rsa_private(&n, &e, &RsaPrivate { d: &d, primes })
}

/// RFC 7518, 6.2.
fn elliptic(jwk: &Object<'_>) -> Result<Key, KeyProblem> {
    let (kind, length) = match text(jwk, "crv")? {
        "P-256" => (KeyKind::P256, 32),
        "P-384" => (KeyKind::P384, 48),
        other => return Err(unsupported(other)),
    };
    // Uncompressed: SEC 1, 2.3.3.
    let mut point = vec![4];
    for name in ["x", "y"] {
        let coordinate = octets(jwk, name)?;
        if coordinate.len() != length {
            return Err(malformed(name));
        }
        point.extend(coordinate);
    }
    match jwk.get("d") {
        None => numbers::elliptic_public(kind, &point),
        Some(_) => numbers::elliptic_private(kind, &octets(jwk, "d")?, Some(&point)),
    }
}

/// RFC 8037, 2.
fn edwards(jwk: &Object<'_>) -> Result<Key, KeyProblem> {
    match text(jwk, "crv")? {
        "Ed25519" => {}
        other => return Err(unsupported(other)),
    }
    let x = octets(jwk, "x")?;
    match jwk.get("d") {
        None => numbers::edwards_public(&x),
        Some(_) => numbers::edwards_private(&octets(jwk, "d")?, Some(&x)),
    }
}

fn text<'a>(jwk: &'a Object<'_>, name: &str) -> Result<&'a str, KeyProblem> {
    let value = jwk.get(name).ok_or_else(|| KeyProblem::Missing {
        name: name.to_owned(),
    })?;
    value.text().ok_or_else(|| malformed(name))
}

fn octets(jwk: &Object<'_>, name: &str) -> Result<Vec<u8>, KeyProblem> {
    let text = text(jwk, name)?;
    URL_SAFE_NO_PAD.decode(text).map_err(|_| malformed(name))
}

fn unsupported(name: &str) -> KeyProblem {
    KeyProblem::UnsupportedType {
        name: excerpt(name),
    }
}

fn not_for_signatures(member: &str, value: &str) -> KeyProblem {
    KeyProblem::NotForSignatures {
        member: member.to_owned(),
        value: excerpt(value),
    }
}

/// A public key's members, in the order in which they are written.
#[derive(Default, Serialize)]
struct PublicJwk<'a> {
    kty: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    crv: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    e: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y: Option<String>,
    #[serde(rename = "use")]
    usage: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alg: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<&'a str>,
}

/// The public half of a key; `None` for a secret.
pub(super) fn write(key: &Key) -> Option<String> {
    let common = PublicJwk {
        usage: "sig",
        alg: key.algorithm.map(Algorithm::name),
        kid: key.kid.as_deref(),
        ..PublicJwk::default()
    };
    let jwk = match &key.material {
        Material::Secret(_) => return None,
        Material::Rsa(rsa) => PublicJwk {
            kty: "RSA",
            n: Some(base64url::encode(&rsa.n)),
            e: Some(base64url::encode(&rsa.e)),
            ..common
        },
        Material::Curve(curve) => match curve.kind {
            KeyKind::Ed25519 => PublicJwk {
                kty: "OKP",
                crv: Some("Ed25519"),
                x: Some(base64url::encode(&curve.public)),
                ..common
            },
            kind => {
                // Behind the octet that says that the point is not compressed.
                let coordinates = curve.public.get(1..)?;
                let (x, y) = coordinates.split_at(coordinates.len() / 2);
                PublicJwk {
                    kty: "EC",
                    crv: Some(if kind == KeyKind::P256 {
                        "P-256"
                    } else {
                        "P-384"
                    }),
                    x: Some(base64url::encode(x)),
                    y: Some(base64url::encode(y)),
                    ..common
                }
            }
        },
    };
    serde_json::to_string(&jwk).ok()
}
