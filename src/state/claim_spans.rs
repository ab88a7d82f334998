//! Where the members of a JSON object stand in its text, and in the compact token. It reads as far as it can, and never
//! says whether a text is JSON: that is the verifier's matter.

use std::ops::Range;

use protocol::TokenPart;

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its name.
    pub(crate) name: String,
    /// From the name's first quotation mark to the value's end, in octets of the text.
    pub(crate) span: Range<usize>,
    /// The value.
    pub(crate) value: Range<usize>,
}

/// The members that stand in the text, up to the first that can't be read.
pub(crate) fn members(text: &str) -> Vec<Member> {
    let mut scanner = Scanner {
        text: text.as_bytes(),
        at: 0,
    };
    let mut found = Vec::new();
    if scanner.take(b'{').is_none() {
        return found;
    }
    while let Some((name, value)) = scanner.member() {
        // A name with an escape that means nothing is shown as it stands.
        let quoted = &text[name.clone()];
        let name_text = serde_json::from_str(quoted).unwrap_or_else(|_| quoted.to_owned());
        found.push(Member {
            name: name_text,
            span: name.start..value.end,
            value,
        });
        if scanner.take(b',').is_none() {
            break;
        }
    }
    found
}

/// Which member stands at that octet.
pub(crate) fn member_at(members: &[Member], octet: usize) -> Option<usize> {
    members
        .iter()
        .position(|member| (member.span.start..=member.span.end).contains(&octet))
}

/// The object with this value, as JSON, as the member of that name: in its place, or at the end. `None` where there is no
/// member yet to stand behind.
pub(crate) fn with_member(text: &str, name: &str, value: &str) -> Option<String> {
    let members = members(text);
    let mut text = text.to_owned();
    match members.iter().find(|member| member.name == name) {
        Some(member) => text.replace_range(member.value.clone(), value),
        None => text.insert_str(members.last()?.span.end, &format!(",\"{name}\":{value}")),
    }
    Some(text)
}

/// Where these octets of a part's text stand in the compact token: all characters that hold a bit of them.
pub(crate) fn in_compact(token: &str, part: TokenPart, octets: &Range<usize>) -> Range<usize> {
    let start = part_start(token, part);
    start + octets.start * 4 / 3..start + (octets.end * 4).div_ceil(3)
}

/// Which part, and which octet of its text, that character of the compact token holds; of the signature there is no
/// text.
pub(crate) fn in_text(token: &str, character: usize) -> Option<(TokenPart, usize)> {
    [TokenPart::Header, TokenPart::Payload]
        .into_iter()
        .find_map(|part| {
            let start = part_start(token, part);
            let length = token.get(start..)?.find('.').unwrap_or(token.len() - start);
            let inside = character.checked_sub(start)?;
            (inside <= length).then_some((part, inside * 3 / 4))
        })
}

/// At which octet a part begins; the token's end where there is no such part.
pub(crate) fn part_start(token: &str, part: TokenPart) -> usize {
    let dots = match part {
        TokenPart::Header => return 0,
        TokenPart::Payload => 0,
        TokenPart::Signature => 1,
    };
    token
        .match_indices('.')
        .nth(dots)
        .map_or(token.len(), |(dot, _)| dot + 1)
}

/// The octet before which so many UTF-16 units stand: browsers count in those.
pub(crate) fn octet_of_unit(text: &str, units: usize) -> usize {
    let mut seen = 0;
    for (octet, character) in text.char_indices() {
        if seen >= units {
            return octet;
        }
        seen += character.len_utf16();
    }
    text.len()
}

/// The octet of a line and a column, both counted from 1 as `serde_json` does: columns are octets.
pub(crate) fn octet_of_place(text: &str, line: u32, column: u32) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1) as usize)
        .map(str::len)
        .sum();
    let mut octet = (before + column.saturating_sub(1) as usize).min(text.len());
    while !text.is_char_boundary(octet) {
        octet -= 1;
    }
    octet
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn next(&mut self) -> Option<u8> {
        while self.text.get(self.at)?.is_ascii_whitespace() {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        (self.next()? == wanted).then(|| self.at += 1)
    }

    fn member(&mut self) -> Option<(Range<usize>, Range<usize>)> {
        let name = self.string()?;
        self.take(b':')?;
        Some((name, self.value()?))
    }

    fn string(&mut self) -> Option<Range<usize>> {
        (self.next()? == b'"').then_some(())?;
        let start = self.at;
        self.at += 1;
        loop {
            match self.text.get(self.at)? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(start..self.at)
    }

    /// A string, what stands between brackets, or a word. It may be no value: then the verifier says so.
    fn value(&mut self) -> Option<Range<usize>> {
        let first = self.next()?;
        let start = self.at;
        match first {
            b'"' => return self.string(),
            b'{' | b'[' => {
                let mut depth = 0_usize;
                loop {
                    match self.next()? {
                        b'"' => {
                            self.string()?;
                            continue;
                        }
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' => depth -= 1,
                        _ => {}
                    }
                    self.at += 1;
                    if depth == 0 {
                        break;
                    }
                }
            }
            _ => {
                let is_end = |byte: &u8| byte.is_ascii_whitespace() || b",}]:\"".contains(byte);
                let rest = &self.text[start..];
                self.at += rest.iter().position(is_end).unwrap_or(rest.len());
            }
        }
        (self.at > start).then_some(start..self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::token_parts::{part_text, with_part};

    fn read(text: &str) -> Vec<(String, String)> {
        members(text)
            .into_iter()
            .map(|member| (member.name, text[member.value].to_owned()))
            .collect()
    }

    #[test]
    fn members_are_found_as_far_as_the_text_can_be_read() {
        for (text, expected) in [
            ("", &[][..]),
            ("{}", &[]),
            ("[1]", &[]),
            ("\"sub\"", &[]),
            (
                "{\"sub\":\"42\",\"exp\":4}",
                &[("sub", "\"42\""), ("exp", "4")],
            ),
            (
                " {\n \"a\" : [1, {\"b\": \"]}\"}] ,\n\"c\":true }",
                &[("a", "[1, {\"b\": \"]}\"}]"), ("c", "true")],
            ),
            (
                "{\"\\u0073ub\":\"\\\"\",\"ü\":\"😀\"}",
                &[("sub", "\"\\\"\""), ("ü", "\"😀\"")],
            ),
            ("{\"a\":1,\"a\":2}", &[("a", "1"), ("a", "2")]),
            ("{\"a\":1,\"b\":", &[("a", "1")]),
            ("{\"a\":1,\"b\":\"open", &[("a", "1")]),
            ("{\"a\":1,\"b\":{\"c\":1", &[("a", "1")]),
            ("{\"a\":1 \"b\":2}", &[("a", "1")]),
            ("{\"a\":1,}", &[("a", "1")]),
            ("{\"a\":,\"b\":2}", &[]),
            ("{\"a\":\"\\", &[]),
            ("{\"a\"", &[]),
        ] {
            let found = read(text);
            let found: Vec<_> = found
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn a_member_is_put_in_the_place_of_another_or_at_the_end() {
        for (text, expected) in [
            ("{\"role\": \"member\"}", Some("{\"role\": 1}")),
            ("{\"a\":[] }", Some("{\"a\":[],\"role\":1 }")),
            ("{\"a\":2,", Some("{\"a\":2,\"role\":1,")),
            ("{}", None),
            ("", None),
        ] {
            assert_eq!(with_member(text, "role", "1").as_deref(), expected);
        }
    }

    #[test]
    fn a_claim_is_found_in_the_compact_token_and_back() {
        let text = "{\"sub\":\"42\", \"näme\":\"😀\",\"exp\":4}";
        for payload in ["eyJzdWIiOiI0MiJ9", "e30"] {
            let token = with_part(&format!("e30.{payload}.c2ln"), TokenPart::Payload, text);
            for (index, member) in members(text).iter().enumerate() {
                let range = in_compact(&token, TokenPart::Payload, &member.span);
                // From its first character to its last, all lead back to it.
                for character in [range.start + 1, range.end - 1] {
                    let (part, octet) = in_text(&token, character).expect("it is in a part");
                    assert_eq!(part, TokenPart::Payload);
                    assert_eq!(member_at(&members(text), octet), Some(index));
                }
                // Marking reaches no further than the characters that hold it.
                let mut cut = token.clone();
                cut.replace_range(range.end.., "");
                assert!(
                    part_text(&format!("{cut}."), TokenPart::Payload).text.len()
                        >= member.span.end - 1
                );
            }
        }
        assert_eq!(in_text("e30.e30.sig", 9), None, "a signature has no text");
        assert_eq!(in_text("e30", 1), Some((TokenPart::Header, 0)));
        assert_eq!(in_text("", 0), Some((TokenPart::Header, 0)));
    }

    #[test]
    fn units_lines_and_columns_lead_to_octets() {
        for (units, octet) in [(0, 0), (1, 1), (2, 3), (4, 7), (9, 8)] {
            assert_eq!(octet_of_unit("aü😀b", units), octet, "{units}");
        }
        let text = "{\n\"aü\":}";
        for (line, column, octet) in [
            (1, 1, 0),
            (1, 0, 0),
            (2, 3, 4),
            (2, 4, 4),
            (2, 99, text.len()),
            (9, 1, text.len()),
        ] {
            assert_eq!(octet_of_place(text, line, column), octet);
        }
    }
}
