//! The parts of a compact token as text: read, and put in another's place. What a server makes of a token is never
//! said here.

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use protocol::{Timestamp, TokenPart};

use crate::browser::JsonObject;

/// Writes without padding, as tokens are; reads with or without, and whatever the last bits are: what a server says
/// to those is the server's matter.
pub(super) const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The longest part that is read to its end, in characters of base64url.
const LONGEST: usize = 64 * 1024;

/// What can be read of a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PartText {
    /// The text.
    pub(crate) text: String,
    /// How much of the part that is.
    pub(crate) extent: Extent,
}

/// How much of a part was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Extent {
    /// All of it: it can be written back as it was.
    #[default]
    Whole,
    /// What is text in base64url.
    Readable,
    /// Its beginning: it is too long.
    Beginning,
}

/// What can be read of a token's part: up to the first character that is not base64url.
pub(crate) fn part_text(token: &str, part: TokenPart) -> PartText {
    let encoded = encoded_part(token, part);
    let readable = encoded
        .bytes()
        .take(LONGEST)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        .count();
    // A last character alone holds no whole byte.
    let readable = readable - usize::from(readable % 4 == 1);
    let bytes = BASE64URL.decode(&encoded[..readable]).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let extent = if encoded.len() > LONGEST {
        Extent::Beginning
    } else if BASE64URL.encode(&text) == encoded {
        Extent::Whole
    } else {
        Extent::Readable
    };
    PartText { text, extent }
}

/// The token with this text as its part. All else stays as it is, the signature too.
pub(crate) fn with_part(token: &str, part: TokenPart, text: &str) -> String {
    replace(token, part, BASE64URL.encode(text))
}

/// The token with this as its part, as it stands in the compact text.
pub(crate) fn with_encoded_part(token: &str, part: TokenPart, encoded: &str) -> String {
    replace(token, part, encoded.to_owned())
}

/// A part as it stands in the compact text; empty where there is none.
pub(crate) fn encoded_part(token: &str, part: TokenPart) -> &str {
    token.split('.').nth(place(part)).unwrap_or_default()
}

/// The token with this signature, base64url.
pub(crate) fn with_signature(token: &str, signature: &str) -> String {
    with_encoded_part(token, TokenPart::Signature, signature)
}

/// The token's signature, base64url; empty where there is none.
pub(crate) fn signature(token: &str) -> &str {
    encoded_part(token, TokenPart::Signature)
}

/// A token of these texts, without a signature.
pub(crate) fn unsigned(header: &str, payload: &str) -> String {
    let encode = |text| BASE64URL.encode(text);
    format!("{}.{}.", encode(header), encode(payload))
}

/// What a signature covers: header and payload as they stand in the token. RFC 7515, 5.1.
pub(crate) fn signing_input(token: &str) -> String {
    let mut parts = token.split('.');
    let header = parts.next().unwrap_or_default();
    format!("{header}.{}", parts.next().unwrap_or_default())
}

/// Whether it has the five parts of an encrypted token. RFC 7516, 3.1.
pub(crate) fn is_encrypted(token: &str) -> bool {
    token.split('.').count() == 5
}

/// `alg`, as the header says. RFC 7515, 4.1.1.
pub(crate) fn algorithm(token: &str) -> Option<String> {
    JsonObject::read(&part_text(token, TokenPart::Header).text).text("alg")
}

/// `exp`, as the token itself says. RFC 7519, 4.1.4.
pub(crate) fn expiry(token: &str) -> Option<Timestamp> {
    let payload = JsonObject::read(&part_text(token, TokenPart::Payload).text);
    let seconds = payload.number("exp")?;
    Some(Timestamp::from_milliseconds((seconds * 1000.0) as i64))
}

fn replace(token: &str, part: TokenPart, encoded: String) -> String {
    let mut parts: Vec<&str> = token.split('.').collect();
    // What is missing up to the third part is empty.
    parts.resize(parts.len().max(3), "");
    parts[place(part)] = &encoded;
    parts.join(".")
}

const fn place(part: TokenPart) -> usize {
    match part {
        TokenPart::Header => 0,
        TokenPart::Payload => 1,
        TokenPart::Signature => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{"alg":"HS256"}`, `{"sub":"42","exp":4}`, and a signature.
    const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiIsImV4cCI6NH0.c2ln";

    #[test]
    fn parts_are_read_and_written_byte_for_byte() {
        let payload = part_text(TOKEN, TokenPart::Payload);
        assert_eq!(payload.text, "{\"sub\":\"42\",\"exp\":4}");
        assert_eq!(payload.extent, Extent::Whole);
        assert_eq!(with_part(TOKEN, TokenPart::Payload, &payload.text), TOKEN);

        for text in [
            "{ \"sub\" : \"1\" }\n",
            "",
            "not JSON",
            "ümläut 😀",
            "\u{0}",
        ] {
            let edited = with_part(TOKEN, TokenPart::Payload, text);
            assert_eq!(
                part_text(&edited, TokenPart::Payload),
                PartText {
                    text: text.to_owned(),
                    extent: Extent::Whole
                },
                "{text:?}"
            );
            assert_eq!(signature(&edited), "c2ln", "the old signature stays");
            assert!(edited.starts_with("eyJhbGciOiJIUzI1NiJ9."));
        }
    }

    #[test]
    fn of_a_broken_part_is_read_what_can_be() {
        use Extent::{Readable, Whole};
        for (token, text, extent) in [
            ("", "", Whole),
            ("eyJhbGciOiJIUzI1NiJ9", "{\"alg\":\"HS256\"}", Whole),
            ("eyJhbGciOiJIUzI1NiJ9=", "{\"alg\":\"HS256\"}", Readable),
            ("eyJhbGci!iJIUzI1NiJ9", "{\"alg\"", Readable),
            ("eyJhbGciO", "{\"alg\"", Readable),
            ("_w", "\u{fffd}", Readable),
        ] {
            let read = part_text(token, TokenPart::Header);
            assert_eq!(
                (read.text.as_str(), read.extent),
                (text, extent),
                "{token:?}"
            );
        }
    }

    #[test]
    fn of_a_long_part_is_read_the_beginning() {
        let read = part_text(&"YWFh".repeat(LONGEST), TokenPart::Header);
        assert_eq!(read.extent, Extent::Beginning);
        assert_eq!(read.text.len(), LONGEST / 4 * 3);
        assert!(read.text.bytes().all(|byte| byte == b'a'));
    }

    #[test]
    fn a_token_of_too_few_parts_gets_the_missing_ones_empty() {
        assert_eq!(with_part("", TokenPart::Header, "{}"), "e30..");
        assert_eq!(with_signature("e30", "c2ln"), "e30..c2ln");
        assert_eq!(signing_input("e30"), "e30.");
        assert_eq!(with_signature("a.b.c.d", "x"), "a.b.x.d");
    }

    #[test]
    fn the_expiry_is_what_the_payload_says() {
        assert_eq!(expiry(TOKEN), Some(Timestamp::from_seconds(4)));
        for payload in ["{}", "{\"exp\":\"soon\"}", "nonsense"] {
            assert_eq!(expiry(&with_part(TOKEN, TokenPart::Payload, payload)), None);
        }
    }
}
