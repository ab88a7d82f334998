//! What a pasted text is, and which lines it holds. It never reads what a line says beyond telling its kind.

use protocol::{AttributeKind, CookieText};

use crate::set_cookie::{kind_of, trim};

/// Lines, ready to be read.
#[derive(Debug, Default)]
pub(crate) struct Lines<'text> {
    /// What they are; `None` where there are none.
    pub(crate) kind: Option<CookieText>,
    /// Whether a field's name was taken off one of them.
    pub(crate) unwrapped: bool,
    /// How many were left out as other fields of a message.
    pub(crate) other_fields: usize,
    /// The lines; of [`CookieText::Pairs`] the single pairs.
    pub(crate) lines: Vec<&'text str>,
}

/// Finds the lines of a text. Where no kind is given, the first field's name tells it; without one, what has no
/// attribute that anyone knows is a list of pairs.
pub(crate) fn lines_of(text: &str, kind: Option<CookieText>) -> Lines<'_> {
    let found: Vec<(Option<CookieText>, &str)> = text
        .lines()
        .map(unwrap)
        .filter(|(wrapped, line)| wrapped.is_some() || !line.is_empty())
        .collect();
    if found.is_empty() {
        return Lines::default();
    }
    let named = found.iter().find_map(|(wrapped, _)| *wrapped);
    let kind = kind.or(named).unwrap_or_else(|| {
        if found.iter().all(|(_, line)| is_list_of_pairs(line)) {
            CookieText::Pairs
        } else {
            CookieText::SetCookie
        }
    });
    let is_ours = |(wrapped, line): &(Option<CookieText>, &str)| match wrapped {
        // A line that says what it is belongs to no other kind, unless all of them do.
        Some(wrapped) => Some(*wrapped) == named,
        None => named.is_none() || !is_other_field(line),
    };
    let ours: Vec<&str> = found
        .iter()
        .filter(|one| is_ours(one))
        .map(|(_, line)| *line)
        .collect();
    Lines {
        kind: Some(kind),
        unwrapped: named.is_some(),
        other_fields: found.len() - ours.len(),
        lines: match kind {
            CookieText::SetCookie | CookieText::Assigned => ours,
            CookieText::Pairs => ours
                .into_iter()
                .flat_map(|line| line.split(';'))
                .map(trim)
                .filter(|pair| !pair.is_empty())
                .collect(),
        },
    }
}

/// Takes the field's name off a line, and what says which way it went, as `curl -v` prints it.
fn unwrap(line: &str) -> (Option<CookieText>, &str) {
    let line = line.trim_end_matches('\r');
    let line = ["< ", "> "]
        .iter()
        .find_map(|way| line.strip_prefix(way))
        .unwrap_or(line);
    let line = trim(line);
    for (name, end, kind) in [
        ("set-cookie", ':', CookieText::SetCookie),
        ("cookie", ':', CookieText::Pairs),
        ("document.cookie", '=', CookieText::Assigned),
    ] {
        if let (Some(start), Some(rest)) = (line.get(..name.len()), line.get(name.len()..))
            && start.eq_ignore_ascii_case(name)
            && let Some(rest) = trim(rest).strip_prefix(end)
        {
            let rest = trim(rest);
            return match kind {
                CookieText::Assigned => (Some(kind), unquote(rest)),
                _ => (Some(kind), rest),
            };
        }
    }
    (None, line)
}

/// A script's string without its quotes.
fn unquote(text: &str) -> &str {
    let inner = trim(text.strip_suffix(';').unwrap_or(text));
    ['"', '\'', '`']
        .iter()
        .find_map(|quote| inner.strip_prefix(*quote)?.strip_suffix(*quote))
        .unwrap_or(text)
}

/// Whether a line is nothing but pairs: there is more than one, and none of the others is an attribute.
fn is_list_of_pairs(line: &str) -> bool {
    let mut others = line
        .split(';')
        .skip(1)
        .map(trim)
        .filter(|piece| !piece.is_empty())
        .peekable();
    others.peek().is_some()
        && others.all(|piece| {
            piece.split_once('=').is_some_and(|(name, _)| {
                let name = trim(name);
                kind_of(name) == AttributeKind::Unknown && !name.eq_ignore_ascii_case("priority")
            })
        })
}

/// Whether a line is another field of a message, or its first line.
fn is_other_field(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default();
    line.contains(" HTTP/")
        || line.starts_with("HTTP/")
        || (name.len() < line.len()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
}
