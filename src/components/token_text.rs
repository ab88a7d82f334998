//! A compact token in its three colours, and places in a text that are marked.

use std::ops::Range;

use leptos::prelude::*;

/// Above this length a text is shown plainly: colouring it would cost more than it tells.
pub(super) const COLOURED_OCTETS: usize = 64 * 1024;
/// How much of an overlong token is shown.
const SHOWN_CHARACTERS: usize = 2_000;

/// A place in a text, in octets, and the class that shows it.
pub(crate) type Mark = (Range<usize>, &'static str);

/// A compact token; its parts differ by colour and by underline.
#[component]
pub(crate) fn TokenText(
    /// The token as it is stored, whatever it is.
    token: String,
    /// What is marked in it.
    #[prop(optional)]
    marks: Vec<Mark>,
) -> impl IntoView {
    if token.len() > COLOURED_OCTETS {
        let start: String = token.chars().take(SHOWN_CHARACTERS).collect();
        let note = format!("… {} octets in all", token.len());
        return view! { {start} <span class="note">{note}</span> }.into_any();
    }
    const CLASSES: [&str; 3] = ["token-header", "token-payload", "token-signature"];
    let mut start = 0;
    let parts = token.split('.').zip(CLASSES).map(|(part, class)| {
        let part = start..start + part.len();
        start = part.end + 1;
        (part, class)
    });
    let marks: Vec<Mark> = parts.chain(marks).collect();
    marked(&token, &marks)
}

/// A text with its marks.
pub(super) fn marked(text: &str, marks: &[Mark]) -> AnyView {
    pieces(text, marks)
        .into_iter()
        .map(|(piece, class)| {
            let piece = text[piece].to_owned();
            if class.is_empty() {
                piece.into_any()
            } else {
                view! { <span class=class>{piece}</span> }.into_any()
            }
        })
        .collect_view()
        .into_any()
}

/// The text in pieces, each with the classes of all marks over it.
fn pieces(text: &str, marks: &[Mark]) -> Vec<(Range<usize>, String)> {
    let marks: Vec<Mark> = marks
        .iter()
        .map(|(range, class)| {
            let start = text.floor_char_boundary(range.start);
            (start..text.ceil_char_boundary(range.end), *class)
        })
        .collect();
    let all = marks
        .iter()
        .flat_map(|(range, _)| [range.start, range.end])
        .chain([0, text.len()]);
    let mut edges: Vec<usize> = Vec::new();
    for edge in all {
        // In order, each once: there are few, and sorting them all at the end would weigh more.
        if let Err(place) = edges.binary_search(&edge) {
            edges.insert(place, edge);
        }
    }
    edges
        .windows(2)
        .map(|edges| {
            let over: Vec<&str> = marks
                .iter()
                .filter(|(range, _)| range.start <= edges[0] && edges[0] < range.end)
                .map(|(_, class)| *class)
                .collect();
            (edges[0]..edges[1], over.join(" "))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_pieces_and_none_is_lost() {
        for (text, marks, expected) in [
            ("", vec![], vec![]),
            ("abc", vec![], vec![("abc", "")]),
            (
                "abc",
                vec![(1..2, "x")],
                vec![("a", ""), ("b", "x"), ("c", "")],
            ),
            (
                "abcd",
                vec![(0..3, "x"), (2..4, "y")],
                vec![("ab", "x"), ("c", "x y"), ("d", "y")],
            ),
            ("abc", vec![(2..99, "x")], vec![("ab", ""), ("c", "x")]),
            // A mark that begins within a character takes all of it.
            (
                "aüb",
                vec![(2..3, "x")],
                vec![("a", ""), ("ü", "x"), ("b", "")],
            ),
        ] {
            let pieces = pieces(text, &marks);
            let found: Vec<_> = pieces
                .iter()
                .map(|(piece, class)| (&text[piece.clone()], class.as_str()))
                .filter(|(piece, _)| !piece.is_empty())
                .collect();
            let whole: String = found.iter().map(|(piece, _)| *piece).collect();
            assert_eq!(whole, text);
            assert_eq!(found, expected, "{text:?}, {marks:?}");
        }
    }
}
