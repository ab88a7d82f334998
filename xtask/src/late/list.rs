//! Which functions are late, as a list that is kept with the source.

use anyhow::ensure;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// How many digits of a name's digest are kept: the names themselves would be a hundred kilobytes.
const DIGITS: usize = 8;

/// A compiler's own digits at the end of a name.
const SUFFIX: &str = "::h";
const SUFFIX_DIGITS: usize = 16;

/// The first lines of a list.
const ABOUT: &str = "\
# The functions that a first answer doesn't call, by the first digits of their names' SHA-256. `cargo xtask profile` makes
# this list; nothing depends on its being right but how soon the page starts.
";

/// The names of functions that a first answer doesn't call, as digests: each either of a whole name, or of a name without
/// the digits that another compiler would give it, where all functions of that name are late.
pub(crate) struct LateFunctions(BTreeSet<String>);

impl LateFunctions {
    /// Reads the list: a digest a line, and comments.
    pub(crate) fn read(text: &str) -> anyhow::Result<Self> {
        let lines = text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty());
        let mut digests = BTreeSet::new();
        for line in lines {
            let is_digest =
                line.len() == DIGITS && line.bytes().all(|byte| byte.is_ascii_hexdigit());
            ensure!(is_digest, "`{line}` is no digest of {DIGITS} digits");
            digests.insert(line.to_owned());
        }
        Ok(Self(digests))
    }

    /// The list of those functions of a program that are not among these, as its text.
    pub(crate) fn of(names: &BTreeMap<u32, String>, early: &BTreeSet<u32>) -> String {
        let mut alike: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (function, name) in names {
            alike
                .entry(without_suffix(name))
                .or_default()
                .push(*function);
        }
        let mut digests = BTreeSet::new();
        for (stem, functions) in alike {
            let is_late = |function: &&u32| !early.contains(function);
            if functions.iter().all(|it| is_late(&it)) {
                digests.insert(digest(stem));
            } else {
                let late = functions.iter().filter(is_late);
                digests.extend(late.map(|function| digest(&names[function])));
            }
        }
        // Two may have one name.
        for name in early.iter().filter_map(|it| names.get(it)) {
            digests.remove(&digest(name));
        }
        let mut text = ABOUT.to_owned();
        for digest in digests {
            text.push_str(&digest);
            text.push('\n');
        }
        text
    }

    /// Whether that function is late.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries(name).next().is_some()
    }

    /// How many of a hundred entries name one of these functions: the fewer, the older the list.
    pub(super) fn percent_found<'a>(&self, names: impl Iterator<Item = &'a str>) -> usize {
        let found: BTreeSet<String> = names.flat_map(|name| self.entries(name)).collect();
        100 * found.len() / self.0.len().max(1)
    }

    /// The entries that name it.
    fn entries(&self, name: &str) -> impl Iterator<Item = String> {
        let both = [digest(name), digest(without_suffix(name))];
        both.into_iter().filter(|digest| self.0.contains(digest))
    }
}

fn without_suffix(name: &str) -> &str {
    match name.rsplit_once(SUFFIX) {
        Some((stem, digits))
            if digits.len() == SUFFIX_DIGITS && digits.bytes().all(|it| it.is_ascii_hexdigit()) =>
        {
            stem
        }
        _ => name,
    }
}

pub(super) fn digest(name: &str) -> String {
    let digest = Sha256::digest(name.as_bytes());
    let mut digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.truncate(DIGITS);
    digits
}
