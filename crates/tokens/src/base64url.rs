//! Strict base64url without padding. RFC 7515, 2; RFC 4648, 3.5 and 5.
//!
//! Strict means that bytes have one encoding alone: a second spelling of a signature would be a second token.

use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, URL_SAFE_NO_PAD};
use protocol::{TokenPart, TokenRejection};

/// Ignores bits left over at the end: for looking at what is broken, never for deciding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    NO_PAD.with_decode_allow_trailing_bits(true),
);

/// The text for these bytes.
pub(crate) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of one part of a token.
pub(crate) fn decode(part: TokenPart, text: &str) -> Result<Vec<u8>, TokenRejection> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| refusal(part, text))
}

/// What is wrong with a text that does not decode. The decoder looks at bytes, a person at characters.
fn refusal(part: TokenPart, text: &str) -> TokenRejection {
    match text.char_indices().find(|&(_, c)| !is_base64url(c)) {
        Some((offset, character)) => TokenRejection::ForeignCharacter {
            part,
            offset: u32::try_from(offset).unwrap_or(u32::MAX),
            character,
        },
        None => TokenRejection::BadEnding { part },
    }
}

/// What the part says as text, as far as its characters are base64url. `None` where that is nothing, or not UTF-8.
pub(crate) fn readable(text: &str) -> Option<String> {
    let end = text.find(|c| !is_base64url(c)).unwrap_or(text.len());
    // A single character over a multiple of four holds six bits, which is no byte.
    let end = if end % 4 == 1 { end - 1 } else { end };
    let mut bytes = LENIENT.decode(&text[..end]).ok()?;
    if let Err(error) = std::str::from_utf8(&bytes) {
        // A character that the break cut in two is left out. Anything else says that this is not text.
        if error.error_len().is_some() || end == text.len() {
            return None;
        }
        bytes.truncate(error.valid_up_to());
    }
    String::from_utf8(bytes)
        .ok()
        .filter(|text| !text.is_empty())
}

const fn is_base64url(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}
