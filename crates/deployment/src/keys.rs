//! Keys between the store and the servers: who holds which, and in which form the store keeps them.

use protocol::{GivenKey, KeyEncoding, KeyRow, ServerAlgorithm, SigningProblem, Timestamp};
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

/// The keys of one algorithm, read once for all servers: first the one that signs, then those that signed before.
#[derive(Default)]
pub(crate) struct TrustedKeys {
    /// Those that are trusted now.
    pub(crate) now: Vec<Key>,
    /// Those that a server trusts which nobody has told of the newest one. It knows of no rotation since: what signed
    /// last before signs on, also where it was given up with the newest one's coming.
    pub(crate) before_newest: Vec<Key>,
}

/// Reads the keys of this algorithm.
pub(crate) fn trusted(stored: &[StoredKey], algorithm: ServerAlgorithm) -> TrustedKeys {
    let of_algorithm = stored
        .iter()
        .filter(|stored| stored.algorithm == algorithm.name())
        .filter_map(|stored| Some((stored, read(stored)?)));
    let of_algorithm: Vec<(&StoredKey, Key)> = of_algorithm.collect();
    let mut now: Vec<_> = of_algorithm
        .iter()
        .filter(|(stored, _)| stored.distrusted.is_none())
        .collect();
    now.sort_by_key(|(stored, _)| stored.retired.is_some());
    let before_newest = match of_algorithm.split_last() {
        None => Vec::new(),
        Some(((newest, _), before)) => before
            .iter()
            .rev()
            .filter(|(stored, _)| stored.distrusted.is_none_or(|at| at >= newest.created))
            .map(|(_, key)| key.clone())
            .collect(),
    };
    TrustedKeys {
        now: now.into_iter().map(|(_, key)| key.clone()).collect(),
        before_newest,
    }
}

/// Whether keys of this algorithm have a half that verifies and can't sign.
pub(crate) const fn has_public_halves(algorithm: ServerAlgorithm) -> bool {
    !matches!(algorithm, ServerAlgorithm::Hs256)
}

/// What is enough to verify: the public half, where there is one. A shared secret has none: it stays whole.
pub(crate) fn public_halves(keys: &[Key]) -> Vec<Key> {
    let halves = keys.iter();
    halves
        .map(|key| key.public_half().unwrap_or_else(|| key.clone()))
        .collect()
}

/// The key as the store keeps it: a secret as its octets, a private key as the text of its PEM.
pub(crate) fn stored(
    key: &Key,
    algorithm: ServerAlgorithm,
    kid: String,
    created: Timestamp,
) -> StoredKey {
    StoredKey {
        kid,
        algorithm: algorithm.name().to_owned(),
        secret: key
            .secret_octets()
            .map_or_else(|| key.to_given().text.into_bytes(), <[u8]>::to_vec),
        created,
        retired: None,
        distrusted: None,
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

/// The ID of the next key: they are counted up, and those that were are not given again.
pub(crate) fn next_kid(stored: &[StoredKey]) -> String {
    let numbers = stored.iter().filter_map(|key| key.kid.parse::<u32>().ok());
    numbers.max().unwrap_or(0).saturating_add(1).to_string()
}

/// The key of this algorithm that signs.
pub(crate) fn signing(stored: &[StoredKey], algorithm: ServerAlgorithm) -> Option<&StoredKey> {
    stored
        .iter()
        .find(|key| key.algorithm == algorithm.name() && key.retired.is_none())
}

/// The ID of the newest key of this algorithm.
pub(crate) fn newest_kid(stored: &[StoredKey], algorithm: ServerAlgorithm) -> Option<&str> {
    let newest = stored
        .iter()
        .rev()
        .find(|key| key.algorithm == algorithm.name())?;
    Some(&newest.kid)
}

/// The key as the observer sees it: without its secret.
pub(crate) fn row(stored: &StoredKey) -> KeyRow {
    KeyRow {
        kid: stored.kid.clone(),
        algorithm: stored.algorithm.clone(),
        bits: read(stored).map_or(0, |key| key.bits()),
        created: stored.created,
        retired: stored.retired,
        distrusted: stored.distrusted,
    }
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
