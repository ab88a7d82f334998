//! Keys as text: the public half, for whoever is to verify, and the whole, for whoever holds it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::{GivenKey, KeyEncoding, PublicHalf};

use super::{Key, Material, der, jwk, pem};

impl Key {
    /// The half that verifies and can't sign, with the same ID and algorithm; `None` for a secret, which has no halves.
    pub fn public_half(&self) -> Option<Self> {
        let mut half = self.clone();
        match &mut half.material {
            Material::Secret(_) => return None,
            Material::Rsa(rsa) => rsa.pair = None,
            Material::Curve(curve) => curve.private = None,
        }
        Some(half)
    }

    /// The public half as text in three forms; `None` for a secret.
    pub fn publish(&self) -> Option<PublicHalf> {
        let jwk = jwk::write(self)?;
        Some(PublicHalf {
            pem: pem::write("PUBLIC KEY", &der::spki(&self.material)?),
            jwks: set(&[jwk.as_str()]),
            jwk,
        })
    }

    /// All of it as text that [`read_keys`](crate::read_keys) reads again: a secret in base64url, a pair as `PRIVATE KEY`,
    /// a public half as `PUBLIC KEY`. ID and algorithm have no place in it.
    pub fn to_given(&self) -> GivenKey {
        let material = &self.material;
        let text = match material {
            Material::Secret(octets) => {
                return GivenKey {
                    text: URL_SAFE_NO_PAD.encode(octets),
                    encoding: KeyEncoding::Base64url,
                };
            }
            Material::Rsa(_) | Material::Curve(_) => match der::pkcs8(material) {
                Some(private) => pem::write("PRIVATE KEY", &private),
                None => pem::write("PUBLIC KEY", &der::spki(material).unwrap_or_default()),
            },
        };
        GivenKey {
            text,
            encoding: KeyEncoding::Detect,
        }
    }
}

/// The public halves of these keys as a JWKS. A secret is left out: it has nothing that may be published. RFC 7517, 5.
pub fn jwks(keys: &[Key]) -> String {
    let keys: Vec<String> = keys.iter().filter_map(jwk::write).collect();
    set(&keys)
}

fn set<S: std::borrow::Borrow<str>>(keys: &[S]) -> String {
    format!(r#"{{"keys":[{}]}}"#, keys.join(","))
}
