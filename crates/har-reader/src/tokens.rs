//! Tokens in a text: three parts of base64url, the first of which is a JSON object that names an algorithm. RFC 7515, 7.1.

use std::ops::Range;

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// A header, decoded, is at most so long: nothing that is longer is read as one.
const LONGEST_HEADER: usize = 16 * 1024;
/// How every header begins: a brace, and a quotation mark or white space.
const STARTS: [&[u8]; 3] = [b"ey", b"ew", b"eC"];

/// What JSON escapes by a letter that could be part of a token. RFC 8259, 7.
const ESCAPED: &[u8] = b"bfnrt";

/// As others read it: whoever wrote the token may have been careless.
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Where tokens stand in a text, in order.
pub fn tokens_in(text: &str) -> Vec<Range<usize>> {
    let octets = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < octets.len() {
        match octets[at] {
            // An octet that is written as two digits, or a character that is escaped: what follows may begin a token.
            b'%' if are_digits(octets, at + 1, 2) => at += 3,
            b'\\' if octets.get(at + 1) == Some(&b'u') && are_digits(octets, at + 2, 4) => at += 6,
            b'\\' if octets.get(at + 1).is_some_and(|it| ESCAPED.contains(it)) => at += 2,
            octet if is_part(octet) || octet == b'.' => {
                let length = octets[at..]
                    .iter()
                    .take_while(|it| is_part(**it) || **it == b'.')
                    .count();
                if let Some(token) = token_in_run(&octets[at..at + length]) {
                    found.push(at + token.start..at + token.end);
                }
                at += length;
            }
            _ => at += 1,
        }
    }
    found
}

/// The algorithm that a token's header names; `None` where it is no token.
pub(crate) fn algorithm(token: &str) -> Option<String> {
    algorithm_of(token.split('.').next()?.as_bytes())
}

/// Whether so many hexadecimal digits stand there.
fn are_digits(octets: &[u8], from: usize, count: usize) -> bool {
    let digits = octets.get(from..from + count);
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

const fn is_part(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_')
}

/// The token in a run of parts with dots between. Of five parts it would be an encrypted one, which nobody can read here.
fn token_in_run(run: &[u8]) -> Option<Range<usize>> {
    let mut start = 0;
    loop {
        let part = run[start..].split(|it| *it == b'.').next()?;
        if STARTS.iter().any(|it| part.starts_with(it)) && algorithm_of(part).is_some() {
            break;
        }
        start += part.len() + 1;
        if start >= run.len() {
            return None;
        }
    }
    let parts: Vec<usize> = run[start..]
        .split(|it| *it == b'.')
        .map(<[u8]>::len)
        .collect();
    let is_encrypted = parts.len() == 5 && parts.iter().skip(2).all(|length| *length > 0);
    match parts.as_slice() {
        [header, payload, signature, ..] if !is_encrypted => {
            Some(start..start + header + payload + signature + 2)
        }
        _ => None,
    }
}

fn algorithm_of(header: &[u8]) -> Option<String> {
    if header.len() > LONGEST_HEADER {
        return None;
    }
    let decoded = FORGIVING.decode(header).ok()?;
    let header: serde_json::Value = serde_json::from_slice(&decoded).ok()?;
    header.get("alg")?.as_str().map(str::to_owned)
}
