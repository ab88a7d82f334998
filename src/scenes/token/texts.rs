//! The token's parts as text, with their members: read once for all that shows them.

use std::ops::Range;

use protocol::{Timestamp, TokenPart};

use crate::state::claim_spans::{Member, in_compact, in_text, member_at, members};
use crate::state::token_parts::{is_encrypted, part_text};
use crate::state::{DETAILED_OCTETS, Marked};

/// Header and payload.
pub(super) const READABLE: [TokenPart; 2] = [TokenPart::Header, TokenPart::Payload];

/// The parts of one token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts {
    /// The token; empty where it is too long to be taken apart.
    pub(super) token: String,
    /// How many octets it has.
    pub(super) octets: usize,
    parts: [Text; 2],
}

/// A part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    /// What can be read of it.
    pub(super) text: String,
    /// Its members.
    pub(super) members: Vec<Member>,
}

impl Texts {
    /// Of this token.
    pub(super) fn of(token: &str) -> Self {
        let octets = token.len();
        if octets > DETAILED_OCTETS {
            return Self {
                octets,
                ..Self::default()
            };
        }
        let read = |part| {
            let text = if part == TokenPart::Payload && is_encrypted(token) {
                String::new()
            } else {
                part_text(token, part).text
            };
            let members = members(&text);
            Text { text, members }
        };
        Self {
            token: token.to_owned(),
            octets,
            parts: READABLE.map(read),
        }
    }

    /// A part; of the signature there is no text.
    pub(super) const fn part(&self, part: TokenPart) -> &Text {
        match part {
            TokenPart::Header => &self.parts[0],
            TokenPart::Payload | TokenPart::Signature => &self.parts[1],
        }
    }

    /// The payload's member of that name.
    pub(super) fn claim(&self, name: &str) -> Option<&str> {
        let payload = self.part(TokenPart::Payload);
        let claim = payload.members.iter().find(|claim| claim.name == name)?;
        Some(&payload.text[claim.value.clone()])
    }

    /// Where what is pointed at stands in its part's text.
    pub(super) fn span(&self, marked: Marked) -> Option<Range<usize>> {
        let member = self.part(marked.part).members.get(marked.index)?;
        Some(member.span.clone())
    }

    /// Where it stands in the compact token.
    pub(super) fn compact_span(&self, marked: Marked) -> Option<Range<usize>> {
        Some(in_compact(&self.token, marked.part, &self.span(marked)?))
    }

    /// The member at that octet of a part's text.
    pub(super) fn member_at(&self, part: TokenPart, octet: usize) -> Option<Marked> {
        let index = member_at(&self.part(part).members, octet)?;
        Some(Marked { part, index })
    }

    /// The member at that octet of the compact token.
    pub(super) fn member_in_compact(&self, octet: usize) -> Option<Marked> {
        let (part, octet) = in_text(&self.token, octet)?;
        self.member_at(part, octet)
    }
}

/// Seconds since 1970, with a fraction. RFC 7519, 2.
pub(super) fn numeric_date(value: &str) -> Option<Timestamp> {
    let seconds: f64 = value.parse().ok()?;
    seconds
        .is_finite()
        .then(|| Timestamp::from_milliseconds((seconds * 1000.0) as i64))
}
