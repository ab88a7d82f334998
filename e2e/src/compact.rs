//! A compact token's parts as bytes and nothing more: whether it is one does not matter.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A text as a part.
pub fn encoded(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// What the part in that place says, byte for byte; empty where it is no base64url.
pub fn part(token: &str, place: usize) -> String {
    let encoded = token.split('.').nth(place).unwrap_or_default();
    let bytes = URL_SAFE_NO_PAD.decode(encoded).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The token with another part in that place, if it has that place.
pub fn with(token: &str, place: usize, part: &str) -> String {
    let mut parts: Vec<&str> = token.split('.').collect();
    if let Some(old) = parts.get_mut(place) {
        *old = part;
    }
    parts.join(".")
}
