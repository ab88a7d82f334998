//! Reading base64url, for showing what a token says. What a server makes of it is another matter, and not said here.

use leptos::prelude::window;

/// The text that a part of a token holds, if it holds one.
pub(crate) fn text_of(part: &str) -> Option<String> {
    let standard = part.replace('-', "+").replace('_', "/");
    let latin1 = window().atob(&standard).ok()?;
    let bytes: Vec<u8> = latin1
        .chars()
        .map(|character| u8::try_from(u32::from(character)))
        .collect::<Result<_, _>>()
        .ok()?;
    String::from_utf8(bytes).ok()
}
