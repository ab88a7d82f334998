//! What a token weighs: on each request, and against the room that a cookie has. Counted, all of it.

use protocol::TokenPart;

use super::claim_spans::{Member, in_compact};

/// The name of the cookie that the room is reckoned for: the one of the localStorage entry.
pub(crate) const COOKIE_NAME: &str = "access_token";
/// The octets that name and value of a cookie may have together. RFC 6265bis, 5.7.
pub(crate) const COOKIE_OCTETS: usize = 4_096;
/// The field line around a token, with its line break. RFC 9110, 5.1; RFC 9112, 5.
const FIELD: &str = "Authorization: Bearer \r\n";

/// A token's size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TokenSize {
    /// The token's octets.
    pub(crate) octets: usize,
    /// Those of the field that carries it.
    pub(crate) field: usize,
    /// How many more a cookie of the assumed name could hold; below zero, how many too many there are.
    pub(crate) room: isize,
}

impl TokenSize {
    /// Of this token.
    pub(crate) fn of(token: &str) -> Self {
        let limit = COOKIE_OCTETS - COOKIE_NAME.len();
        Self {
            octets: token.len(),
            field: token.len() + FIELD.len(),
            room: limit as isize - token.len() as isize,
        }
    }
}

/// How much shorter the token would be without this member and one comma.
pub(crate) fn cost(text: &str, member: &Member) -> usize {
    let encoded = |octets: usize| (octets * 4).div_ceil(3);
    let without = text.len().saturating_sub(member.span.len() + 1);
    encoded(text.len()) - encoded(without)
}

/// The claim with which the token passes a cookie's limit; `None` where it does not, or elsewhere.
pub(crate) fn passes_at<'a>(token: &str, claims: &'a [Member]) -> Option<&'a str> {
    let limit = COOKIE_OCTETS - COOKIE_NAME.len();
    claims
        .iter()
        .find(|claim| in_compact(token, TokenPart::Payload, &claim.span).end > limit)
        .map(|claim| claim.name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::claim_spans::members;
    use crate::state::token_parts::unsigned;

    #[test]
    fn a_cookie_has_room_up_to_its_limit_and_no_further() {
        let full = COOKIE_OCTETS - COOKIE_NAME.len();
        for (octets, room) in [(0, 4084), (300, 3784), (full, 0), (full + 1, -1)] {
            let size = TokenSize::of(&"a".repeat(octets));
            assert_eq!((size.octets, size.room), (octets, room));
            assert_eq!(size.field, octets + 24);
        }
    }

    #[test]
    fn the_claim_that_passes_the_limit_is_named() {
        for (name_octets, expected) in [(10, None), (3_000, Some("name")), (9_000, Some("name"))] {
            let name = "n".repeat(name_octets);
            let payload = format!("{{\"sub\":\"42\",\"name\":\"{name}\",\"exp\":4}}");
            let token = unsigned("{\"alg\":\"HS256\"}", &payload);
            let claims = members(&payload);
            let expected = if TokenSize::of(&token).room < 0 {
                expected
            } else {
                None
            };
            assert_eq!(passes_at(&token, &claims), expected, "{name_octets}");
        }
    }

    #[test]
    fn a_claim_costs_what_the_token_would_save_without_it() {
        let text = "{\"sub\":\"42\",\"role\":\"member\",\"exp\":4}";
        let claims = members(text);
        let without = "{\"sub\":\"42\",\"exp\":4}";
        let saved = unsigned("", text).len() - unsigned("", without).len();
        assert_eq!(cost(text, &claims[1]), saved);
    }
}
