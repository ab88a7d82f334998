//! Where a token is wrong: the place in the compact text and in the part's own text that a failed check speaks of. What is
//! wrong with it, the verifier has said.

use std::ops::Range;

use protocol::{TokenPart, TokenRejection};

use super::claim_spans::{in_compact, members, octet_of_place, part_start};
use super::token_parts::{encoded_part, part_text};

/// Places in octets, of the compact text and of one part's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// In the compact text.
    pub(crate) compact: Option<Range<usize>>,
    /// In a part's text.
    pub(crate) text: Option<(TokenPart, Range<usize>)>,
}

impl Trouble {
    /// The place of it in that part's text.
    pub(crate) fn in_part(&self, wanted: TokenPart) -> Option<Range<usize>> {
        let (part, range) = self.text.as_ref()?;
        (*part == wanted).then(|| range.clone())
    }

    /// Where that rejection points; nowhere, where it speaks of the whole.
    pub(crate) fn of(token: &str, rejection: &TokenRejection) -> Self {
        use TokenPart::{Header, Payload, Signature};
        match rejection {
            TokenRejection::ForeignCharacter {
                part,
                offset,
                character,
            } => {
                let start = part_start(token, *part) + *offset as usize;
                Self::compact(start..start + character.len_utf8())
            }
            TokenRejection::BadEnding { part } => {
                let whole = whole(token, *part);
                Self::compact(whole.end.saturating_sub(1).max(whole.start)..whole.end)
            }
            TokenRejection::SignatureMismatch { .. } | TokenRejection::SignatureLength { .. } => {
                Self::compact(whole(token, Signature))
            }
            TokenRejection::NotObject { part } => Self::compact(whole(token, *part)),
            TokenRejection::NotJson {
                part, line, column, ..
            } => {
                let text = part_text(token, *part).text;
                let at = octet_of_place(&text, *line, *column);
                // What is missing at the end is marked at the last character there is.
                let at = at.min(text.char_indices().next_back().map_or(0, |(last, _)| last));
                let length = text[at..].chars().next().map_or(0, char::len_utf8);
                Self::text(token, *part, at..at + length)
            }
            TokenRejection::NameRepeated { part, name } => Self::member(token, *part, name),
            TokenRejection::AlgorithmNone
            | TokenRejection::AlgorithmNotAllowed { .. }
            | TokenRejection::AlgorithmUnsupported { .. }
            | TokenRejection::KeyUnfit { .. } => Self::member(token, Header, "alg"),
            TokenRejection::KeyUnknown { .. } => Self::member(token, Header, "kid"),
            TokenRejection::CriticalMalformed | TokenRejection::CriticalUnknown { .. } => {
                Self::member(token, Header, "crit")
            }
            TokenRejection::Expired { .. } => Self::member(token, Payload, "exp"),
            TokenRejection::NotYetValid { .. } => Self::member(token, Payload, "nbf"),
            TokenRejection::Malformed { name } | TokenRejection::Unexpected { name, .. } => {
                let part = if matches!(name.as_str(), "typ" | "kid") {
                    Header
                } else {
                    Payload
                };
                Self::member(token, part, name)
            }
            TokenRejection::Empty
            | TokenRejection::PartCount { .. }
            | TokenRejection::Encrypted
            | TokenRejection::JsonSerialization
            | TokenRejection::AlgorithmMissing
            | TokenRejection::NoKey
            | TokenRejection::KeyTooShort { .. }
            | TokenRejection::Missing { .. } => Self::default(),
        }
    }

    const fn compact(range: Range<usize>) -> Self {
        Self {
            compact: Some(range),
            text: None,
        }
    }

    fn text(token: &str, part: TokenPart, range: Range<usize>) -> Self {
        Self {
            compact: Some(in_compact(token, part, &range)),
            text: Some((part, range)),
        }
    }

    /// The last member of that name: where one stands twice, the second is one too many.
    fn member(token: &str, part: TokenPart, name: &str) -> Self {
        members(&part_text(token, part).text)
            .into_iter()
            .rfind(|member| member.name == name)
            .map_or_else(Self::default, |member| Self::text(token, part, member.span))
    }
}

fn whole(token: &str, part: TokenPart) -> Range<usize> {
    let start = part_start(token, part);
    start..start + encoded_part(token, part).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::token_parts::unsigned;

    #[test]
    fn a_refusal_points_at_what_it_speaks_of() {
        use TokenPart::{Header, Payload, Signature};
        let header = "{\"alg\":\"none\",\"kid\":\"1\"}";
        let payload = "{\"a\":1,\n\"exp\":2,\"a\":oops}";
        let token = format!("{}c2ln", unsigned(header, payload));
        let signature = token.len() - 4;
        for (rejection, compact, text) in [
            (TokenRejection::Empty, None, None),
            (
                TokenRejection::ForeignCharacter {
                    part: Signature,
                    offset: 1,
                    character: '2',
                },
                Some(&token[signature + 1..signature + 2]),
                None,
            ),
            (
                TokenRejection::BadEnding { part: Signature },
                Some("n"),
                None,
            ),
            (
                TokenRejection::SignatureMismatch {
                    given: String::new(),
                    computed: None,
                },
                Some("c2ln"),
                None,
            ),
            (
                TokenRejection::NotJson {
                    part: Payload,
                    line: 2,
                    column: 13,
                    message: String::new(),
                },
                None,
                Some("o"),
            ),
            (
                TokenRejection::NotJson {
                    part: Payload,
                    line: 2,
                    column: 99,
                    message: String::new(),
                },
                None,
                Some("}"),
            ),
            (
                TokenRejection::NameRepeated {
                    part: Payload,
                    name: String::from("a"),
                },
                None,
                Some("\"a\":oops"),
            ),
            (
                TokenRejection::AlgorithmNone,
                None,
                Some("\"alg\":\"none\""),
            ),
            (
                TokenRejection::Unexpected {
                    name: String::from("kid"),
                    found: String::new(),
                    expected: String::new(),
                },
                None,
                Some("\"kid\":\"1\""),
            ),
        ] {
            let trouble = Trouble::of(&token, &rejection);
            if let Some(compact) = compact {
                let range = trouble.compact.clone().expect("it has a place");
                assert_eq!(&token[range], compact, "{rejection:?}");
            }
            let found = [(Header, header), (Payload, payload)]
                .into_iter()
                .find_map(|(part, text)| trouble.in_part(part).map(|range| &text[range]));
            assert_eq!(found, text, "{rejection:?}");
            assert_eq!(trouble.compact.is_some(), compact.or(text).is_some());
        }
    }

    #[test]
    fn a_token_without_the_place_is_no_trouble() {
        for token in ["", ".", "e30", "!.!.!"] {
            for rejection in [
                TokenRejection::BadEnding {
                    part: TokenPart::Payload,
                },
                TokenRejection::NotJson {
                    part: TokenPart::Payload,
                    line: 1,
                    column: 0,
                    message: String::new(),
                },
                TokenRejection::AlgorithmNone,
            ] {
                let range = Trouble::of(token, &rejection).compact.unwrap_or(0..0);
                assert!(range.end <= token.len(), "{token:?}: {rejection:?}");
            }
        }
    }
}
