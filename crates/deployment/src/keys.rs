//! Keys between the store and the servers: who holds which, and in which form the store keeps them.

use protocol::{GivenKey, KeyEncoding, ServerAlgorithm, Service, SigningProblem, Timestamp};
use sessions::StoredKey;
use tokens::{Algorithm, Key};

/// The algorithm, as `tokens` knows it.
pub(crate) const fn algorithm(algorithm: ServerAlgorithm) -> Algorithm {
    match algorithm {
        ServerAlgorithm::Hs256 => Algorithm::Hs256,
        ServerAlgorithm::Rs256 => Algorithm::Rs256,
        ServerAlgorithm::Es256 => Algorithm::Es256,
        ServerAlgorithm::EdDsa => Algorithm::EdDsa,
    }
}

/// The keys of this algorithm that a service holds. The main server signs, so it holds them whole. The others verify
/// alone: they hold the public half, where there is one. A shared secret has none: they hold it whole as well.
pub(crate) fn held_by(
    service: Service,
    stored: &[StoredKey],
    algorithm: ServerAlgorithm,
) -> Vec<Key> {
    stored
        .iter()
        .filter(|stored| stored.algorithm == algorithm.name())
        .filter_map(read)
        .map(|key| match service {
            Service::Main => key,
            Service::Orders | Service::Billing => key.public_half().unwrap_or(key),
        })
        .collect()
}

/// The key as the store keeps it: a secret as its octets, a private key as the text of its PEM.
pub(crate) fn stored(
    key: &Key,
    algorithm: ServerAlgorithm,
    number: usize,
    created: Timestamp,
) -> StoredKey {
    StoredKey {
        kid: number.to_string(),
        algorithm: algorithm.name().to_owned(),
        secret: key
            .secret_octets()
            .map_or_else(|| key.to_given().text.into_bytes(), <[u8]>::to_vec),
        created,
    }
}

/// The stored key, for signing and verifying with its one algorithm alone. A key of an algorithm that is not known is
/// none: it is never taken for one of another. RFC 8725, 3.1.
pub(crate) fn read(stored: &StoredKey) -> Option<Key> {
    let algorithm = Algorithm::from_name(&stored.algorithm)?;
    let mut key = if algorithm == Algorithm::Hs256 {
        Key::secret(stored.secret.clone())
    } else {
        let given = GivenKey {
            text: String::from_utf8(stored.secret.clone()).ok()?,
            encoding: KeyEncoding::Detect,
        };
        tokens::read_keys(&given).0.into_iter().next()?
    };
    key.algorithm = Some(algorithm);
    Some(key.with_kid(&stored.kid))
}

/// The one key of a text, if it could sign with this algorithm.
pub(crate) fn adoptable(
    server_algorithm: ServerAlgorithm,
    given: &GivenKey,
) -> Result<Key, SigningProblem> {
    let (keys, report) = tokens::read_keys(given);
    let key = match report.problems.into_iter().next() {
        Some(problem) => return Err(SigningProblem::Unreadable(problem)),
        None => keys.into_iter().next().ok_or(SigningProblem::NoKey)?,
    };
    // Whatever stands in the way of signing shows when it signs.
    tokens::signature("", &key, algorithm(server_algorithm)).map(|_| key)
}
