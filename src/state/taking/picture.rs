//! What stands with a lane's diagram when it is a picture of its own.

use protocol::{BuildId, Lane};

use crate::state::record::Recorded;
use crate::wording;

/// The picture's file, without its ending.
pub(crate) fn file_stem(lane: Lane) -> String {
    format!("lane-{lane}")
}

/// The lines below the diagram, of so many characters at most: which lane it is, what it shows, what came of it, and which
/// build drew it.
pub(crate) fn picture_lines(
    name: &str,
    title: &str,
    recorded: Option<&Recorded>,
    longest: usize,
) -> Vec<String> {
    let verdict = recorded.map(wording::verdict);
    let verdict = verdict.map(|it| format!("{} {}", it.status, plain(&it.sentence)));
    let build = format!(
        "Ticket or Passport {}, build {:08x}. Network time is modelled.",
        env!("CARGO_PKG_VERSION"),
        BuildId::this().0 >> 32
    );
    [
        Some(name.to_owned()),
        Some(title.to_owned()),
        verdict,
        Some(build),
    ]
    .into_iter()
    .flatten()
    .flat_map(|line| wrapped(line.trim(), longest))
    .collect()
}

/// Without the marks of prose.
fn plain(sentence: &str) -> String {
    sentence.replace('`', "")
}

/// In lines that fit, broken between words.
fn wrapped(text: &str, longest: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last().map_or(0, |line| line.chars().count());
        if last > 0 && last + 1 + word.chars().count() > longest {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use protocol::Presented;

    use super::*;
    use crate::state::sample::answered;

    #[test]
    fn a_picture_says_what_it_is() {
        let recorded = answered(Lane::A, "/me", 200, Presented::FromBrowser);
        let lines = picture_lines("Stateful", "GET /me, answered 200", Some(&recorded), 80);
        assert_eq!(lines[..2], ["Stateful", "GET /me, answered 200"]);
        assert!(lines[2].starts_with("200"), "{lines:?}");
        let last = lines.last().expect("there are lines");
        assert!(last.contains(env!("CARGO_PKG_VERSION")), "{last}");
        assert_eq!(picture_lines("Stateful", "nothing yet", None, 80).len(), 3);
        assert_eq!(file_stem(Lane::B), "lane-b");
    }

    #[test]
    fn long_lines_are_broken_between_words() {
        let words = "word ".repeat(40);
        let lines = wrapped(&words, 30);
        assert_eq!(lines.join(" "), words.trim());
        assert!(lines.iter().all(|line| line.len() <= 30));
        let unbroken = "x".repeat(100);
        assert_eq!(
            wrapped(&format!("a {unbroken} b"), 30),
            ["a", &unbroken, "b"]
        );
    }
}
