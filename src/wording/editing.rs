//! What is said beside an editor.

use protocol::Carrier;

use crate::state::token_parts::Extent;

/// What stands in an editor, against what the browser holds.
pub(crate) const fn draft_state(is_edited: bool, carrier: Carrier) -> &'static str {
    match (is_edited, carrier) {
        (false, Carrier::Cookie) => "This is the cookie that the browser holds.",
        (false, Carrier::LocalStorage) => "This is the token that the browser holds.",
        (true, Carrier::Cookie) => "Edited: the browser still holds another cookie, or none.",
        (true, Carrier::LocalStorage) => "Edited: the browser still holds another token, or none.",
    }
}

/// What there is to say of the text of a token's part, or of what stands in its place in an encrypted token.
pub(crate) const fn part_note(extent: Extent, is_key: bool) -> Option<&'static str> {
    if is_key {
        return Some(
            "The second part of an encrypted token (JWE) is its key, encrypted: not text.",
        );
    }
    match extent {
        Extent::Whole => None,
        Extent::Readable => {
            Some("Not all of this part can be read as text. What you type here takes its place.")
        }
        Extent::Beginning => {
            Some("Too long to be edited here: this is its beginning. Edit the token itself.")
        }
    }
}

/// What there is to say of a cookie's value as it was typed. RFC 6265bis, 5.6.
pub(crate) fn cookie_value_note(value: &str) -> Option<&'static str> {
    value.contains(';').then_some(
        "A semicolon ends a cookie’s value: what follows it would be read as attributes.",
    )
}
