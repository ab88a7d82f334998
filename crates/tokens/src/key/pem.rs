//! PEM: base64 between two lines that say what it is. RFC 7468.
//!
//! It reads what people paste: lines of any length, with either line ending, with `\n` written out, with space around.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use protocol::{KeyFormat, KeyProblem};

use super::{Key, from_der};
use crate::excerpt::excerpt;

/// The lines' length. RFC 7468, 2.
const LINE: usize = 64;

/// A block's content, in the form and under the label that its kind has.
pub(super) fn write(label: &str, der: &[u8]) -> String {
    let base64 = STANDARD.encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str(&format!("-----END {label}-----\n"));
    text
}

/// Hands over what each block of the text holds, in order, until the receiver has enough.
pub(super) fn read(
    text: &str,
    mut found: impl FnMut(Option<KeyFormat>, Result<Key, KeyProblem>) -> bool,
) {
    let text = text.replace("\\r", "").replace("\\n", "\n");
    let mut rest = text.as_str();
    while let Some((_, begun)) = rest.split_once("-----BEGIN ") {
        let Some((label, after)) = begun.split_once("-----") else {
            found(None, Err(KeyProblem::BrokenPem));
            return;
        };
        let Some((body, after)) = after.split_once(&format!("-----END {label}-----")) else {
            found(format(label), Err(KeyProblem::BrokenPem));
            return;
        };
        rest = after;
        // OpenSSL writes the curve in a block of its own before the key, which names it again.
        if label != "EC PARAMETERS" && !found(format(label), block(label, body)) {
            return;
        }
    }
}

fn format(label: &str) -> Option<KeyFormat> {
    match label {
        "PUBLIC KEY" => Some(KeyFormat::Spki),
        "RSA PUBLIC KEY" | "RSA PRIVATE KEY" => Some(KeyFormat::Pkcs1),
        "PRIVATE KEY" => Some(KeyFormat::Pkcs8),
        "EC PRIVATE KEY" => Some(KeyFormat::Sec1),
        _ => None,
    }
}

fn block(label: &str, body: &str) -> Result<Key, KeyProblem> {
    let read: fn(&[u8]) -> Result<Key, KeyProblem> = match label {
        // A header such as `Proc-Type: 4,ENCRYPTED`. RFC 1421, 4.6.
        _ if body.contains(':') => return Err(unknown(&format!("{label}, encrypted"))),
        "PUBLIC KEY" => from_der::read_spki,
        "RSA PUBLIC KEY" => from_der::read_pkcs1_public,
        "RSA PRIVATE KEY" => from_der::read_pkcs1_private,
        "PRIVATE KEY" => from_der::read_pkcs8,
        "EC PRIVATE KEY" => from_der::read_sec1,
        _ => return Err(unknown(label)),
    };
    let base64: String = body.split_whitespace().collect();
    let octets = STANDARD.decode(base64).map_err(|_| KeyProblem::BrokenPem)?;
    read(&octets).map_err(|problem| match problem {
        // The numbers have names in a JWK alone.
        KeyProblem::Malformed { .. } => KeyProblem::UnknownContent,
        problem => problem,
    })
}

fn unknown(label: &str) -> KeyProblem {
    KeyProblem::UnknownPem {
        label: excerpt(label),
    }
}
