//! What was chosen is kept for the next visit: the lanes' schemes, and the algorithm that the server signs with. What is as
//! at the first visit is not kept.

use protocol::{Scheme, ServerAlgorithm};

use super::scheme_text::{scheme_from_text, scheme_to_text};
use crate::browser::SettingsStorage;

/// The schemes of the first visit: the two extremes.
pub(super) const FIRST_SCHEMES: [Scheme; 2] = [Scheme::STATEFUL, Scheme::STATELESS];

const SCHEMES: &str = "schemes";
/// What stands between them there.
const BETWEEN: char = ';';
const ALGORITHM: &str = "token_algorithm";

/// The schemes of the last visit. What can't be read is as at the first one.
pub(super) fn schemes() -> [Scheme; 2] {
    let kept = SettingsStorage::read(SCHEMES).unwrap_or_default();
    let mut texts = kept.split(BETWEEN);
    FIRST_SCHEMES.map(|first| {
        let text = texts.next().unwrap_or_default();
        scheme_from_text(text).unwrap_or(first)
    })
}

/// Keeps the schemes.
pub(super) fn keep_schemes(schemes: &[Scheme; 2]) {
    if *schemes == FIRST_SCHEMES {
        SettingsStorage::remove(SCHEMES);
    } else {
        let [a, b] = schemes.each_ref().map(scheme_to_text);
        SettingsStorage::write(SCHEMES, &format!("{a}{BETWEEN}{b}"));
    }
}

/// The algorithm of the last visit.
pub(super) fn algorithm() -> ServerAlgorithm {
    let name = SettingsStorage::read(ALGORITHM).unwrap_or_default();
    ServerAlgorithm::ALL
        .into_iter()
        .find(|algorithm| algorithm.name() == name)
        .unwrap_or_default()
}

/// Keeps the algorithm.
pub(super) fn keep_algorithm(algorithm: ServerAlgorithm) {
    if algorithm == ServerAlgorithm::default() {
        SettingsStorage::remove(ALGORITHM);
    } else {
        SettingsStorage::write(ALGORITHM, algorithm.name());
    }
}
