//! A hash as it is shown: its beginning.

/// The start of a hash, as people compare hashes.
pub(crate) fn short_hash(hash: &str) -> String {
    match (hash.get(..4), hash.get(4..8)) {
        (Some(first), Some(second)) => format!("{first} {second}…"),
        _ => hash.to_owned(),
    }
}
