//! What the cookie scene's fields hold, in a link. The cookies' values stay out of it: they may be someone's.

use crate::state::share::pairs;
use crate::state::token_link::encoded;

use super::cookie_studio::{CookieStudio, Field};

/// The fields by their names in a link.
const FIELDS: [(&str, Field); 4] = [
    ("url", Field::Url),
    ("to", Field::To),
    ("after", Field::Seconds),
    ("lines", Field::Lines),
];
/// What stands for a value.
const MASK: &str = "value";

impl CookieStudio {
    /// What stands in the fields, without the cookies' values. Tracked.
    pub(crate) fn link_part(self) -> String {
        let of_field = |(name, field)| {
            let text = self.text(field);
            let text = match field {
                Field::Lines => without_values(&text),
                Field::Url | Field::To | Field::Seconds => text,
            };
            format!("{name}={}", encoded(&text))
        };
        FIELDS.map(of_field).join("&")
    }

    /// Opens what a link says of the fields. Whether it says anything.
    pub(crate) fn open_link(self, fragment: &str) -> bool {
        let pairs = pairs(fragment).unwrap_or_default();
        let mut edits = Vec::new();
        for (name, text) in &pairs {
            let named = FIELDS.iter().find(|(known, _)| known == name);
            if let (Some((_, field)), Some(text)) = (named, text) {
                edits.push((*field, text.as_str()));
            }
        }
        self.edit(&edits);
        !edits.is_empty()
    }
}

/// The lines with another value in the place of each. What is no pair stays out.
fn without_values(lines: &str) -> String {
    let masked = lines.lines().filter_map(|line| {
        let (field, rest) = match line.split_once(':') {
            Some((field, rest)) if field.trim().eq_ignore_ascii_case("set-cookie") => {
                ("Set-Cookie: ", rest.trim_start())
            }
            _ => ("", line),
        };
        let (pair, attributes) = rest.split_at(rest.find(';').unwrap_or(rest.len()));
        let (name, _) = pair.split_once('=')?;
        Some(format!("{field}{name}={MASK}{attributes}"))
    });
    masked.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_goes_into_a_link() {
        for (lines, expected) in [
            ("", ""),
            (
                "Set-Cookie: sid=secret; Path=/; HttpOnly",
                "Set-Cookie: sid=value; Path=/; HttpOnly",
            ),
            ("set-cookie:sid=secret=more", "Set-Cookie: sid=value"),
            (
                "sid=secret; Secure\nother=1",
                "sid=value; Secure\nother=value",
            ),
            ("secret", ""),
            ("a=https://x:1; Path=/", "a=value; Path=/"),
        ] {
            assert_eq!(without_values(lines), expected, "{lines}");
        }
    }

    #[test]
    fn what_goes_into_a_link_comes_out_of_it() {
        let studio = CookieStudio::new();
        studio.edit(&[
            (Field::Url, "https://a.example/ü?x=1&y=2"),
            (
                Field::Lines,
                "Set-Cookie: a=secret; Path=/x\nSet-Cookie: b=1",
            ),
        ]);
        let other = CookieStudio::new();
        assert!(other.open_link(&format!("#/cookie?{}", studio.link_part())));
        assert_eq!(other.text(Field::Url), "https://a.example/ü?x=1&y=2");
        assert_eq!(
            other.text(Field::Lines),
            "Set-Cookie: a=value; Path=/x\nSet-Cookie: b=value"
        );
        for nothing in ["#/cookie", "#/cookie?", "#/cookie?embed", "#/cookie?url=%2"] {
            assert!(!other.open_link(nothing), "{nothing}");
        }
    }
}
