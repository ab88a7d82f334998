//! How one text or number differs from another: what is left once the common beginning and end are taken off.

use base64::Engine;

use super::token_parts::BASE64URL;

/// What differs, in octets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// How many at the beginning are the same.
    pub(crate) common_start: usize,
    /// How many of the earlier text's are not in the later one.
    pub(crate) taken: usize,
    /// How many of the later text's are not in the earlier one.
    pub(crate) put: usize,
}

impl Difference {
    /// Between these two.
    pub(crate) fn between(before: &[u8], after: &[u8]) -> Self {
        let same = |pairs: &mut dyn Iterator<Item = (&u8, &u8)>| {
            pairs.take_while(|(before, after)| before == after).count()
        };
        let common_start = same(&mut before.iter().zip(after));
        let (before, after) = (&before[common_start..], &after[common_start..]);
        let common_end = same(&mut before.iter().rev().zip(after.iter().rev()));
        Self {
            common_start,
            taken: before.len() - common_end,
            put: after.len() - common_end,
        }
    }

    /// How many octets changed: of both counts the larger, as one in the other's place is one change.
    pub(crate) fn octets(self) -> usize {
        self.taken.max(self.put)
    }
}

/// How many bits of two signatures differ, and how many they have; `None` where they are not of one length, or not
/// base64url.
pub(crate) fn bits_between(before: &str, after: &str) -> Option<(u32, usize)> {
    let before = BASE64URL.decode(before).ok()?;
    let after = BASE64URL.decode(after).ok()?;
    let changed = before
        .iter()
        .zip(&after)
        .map(|(before, after)| (before ^ after).count_ones())
        .sum();
    (before.len() == after.len()).then_some((changed, before.len() * 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_common_at_both_ends_does_not_count() {
        for (before, after, common_start, taken, put) in [
            ("", "", 0, 0, 0),
            ("same", "same", 4, 0, 0),
            ("member", "admin", 0, 6, 5),
            ("{\"a\":1}", "{\"a\":2}", 5, 1, 1),
            ("aa", "aaa", 2, 0, 1),
            ("aaa", "aa", 2, 1, 0),
            ("", "new", 0, 0, 3),
        ] {
            let difference = Difference::between(before.as_bytes(), after.as_bytes());
            let expected = Difference {
                common_start,
                taken,
                put,
            };
            assert_eq!(difference, expected, "{before:?} to {after:?}");
            assert_eq!(difference.octets(), taken.max(put));
        }
    }

    #[test]
    fn bits_are_counted_where_there_are_as_many() {
        for (before, after, expected) in [
            ("AA", "AA", Some((0, 8))),
            ("AA", "_w", Some((8, 8))),
            ("AAAA", "AQAB", Some((2, 24))),
            ("AA", "AAA", None),
            ("!", "AA", None),
            ("", "", Some((0, 0))),
        ] {
            assert_eq!(bits_between(before, after), expected, "{before} to {after}");
        }
    }
}
