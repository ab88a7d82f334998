//! What is shown of a text that a token supplied. It never grows with the token.

/// The most characters that a report repeats from a token.
const MOST_CHARACTERS: usize = 200;

/// The text's first characters.
pub(crate) fn excerpt(text: &str) -> String {
    let end = text
        .char_indices()
        .nth(MOST_CHARACTERS)
        .map_or(text.len(), |(offset, _)| offset);
    text[..end].to_owned()
}
