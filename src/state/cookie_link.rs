//! What the cookie scene's fields hold and what is chosen there, in a link. Cookies' values and URLs' queries stay out of it:
//! they may be someone's.

use leptos::prelude::{Get, RwSignal, Set};
use protocol::Initiator;

use crate::state::share::pairs;
use crate::state::token_link::encoded;

use super::cookie_studio::{CookieStudio, Field, METHODS};
use super::jar_json::initiator_name;

/// The fields by their names in a link.
const FIELDS: [(&str, Field); 4] = [
    ("url", Field::Url),
    ("to", Field::To),
    ("after", Field::Seconds),
    ("lines", Field::Lines),
];
/// What lines are read as; first that it is to be found out.
const KINDS: [&str; 4] = ["any", "set-cookie", "document-cookie", "cookie"];
/// What holds where a cookie has no `SameSite`.
const DEFAULTS: [&str; 2] = ["chromium", "others"];
/// Where a request is caused.
const WINDOWS: [&str; 2] = ["window", "frame"];
/// That name's place in a link.
const WINDOW: &str = "in";
/// What stands for a value.
const MASK: &str = "value";
/// What may stand behind a pair as it is.
const ATTRIBUTES: [&str; 9] = [
    "Expires",
    "Max-Age",
    "Domain",
    "Path",
    "Secure",
    "HttpOnly",
    "SameSite",
    "Partitioned",
    "Priority",
];

impl CookieStudio {
    /// What stands in the fields, without the cookies' values, and what is chosen otherwise than at first. Tracked.
    pub(crate) fn link_part(self) -> String {
        let of_field = |(name, field)| {
            let text = self.text(field);
            let text = match field {
                Field::Lines => without_values(&text),
                Field::Url | Field::To => without_query(&text),
                Field::Seconds => text,
            };
            format!("{name}={}", encoded(&text))
        };
        let mut parts = FIELDS.map(of_field).to_vec();
        for (name, chosen, names) in self.choices() {
            let place = chosen.get();
            if place > 0 {
                parts.push(format!("{name}={}", names[place % names.len()]));
            }
        }
        if !self.top_level.get() {
            parts.push(format!("{WINDOW}={}", WINDOWS[1]));
        }
        parts.join("&")
    }

    /// Opens what a link says. What it leaves out of what can be chosen is as at first. The names of what can't be used;
    /// `None` where it says nothing.
    pub(crate) fn open_link(self, fragment: &str) -> Option<Vec<String>> {
        let pairs = pairs(fragment).unwrap_or_default();
        let mut edits = Vec::new();
        for (name, text) in &pairs {
            let named = FIELDS.iter().find(|(known, _)| known == name);
            if let (Some((_, field)), Some(text)) = (named, text) {
                edits.push((*field, text.as_str()));
            }
        }
        let choices = self.choices();
        let mut left = Vec::new();
        let mut place_of = |wanted: &str, names: &[&str]| {
            let (_, text) = pairs.iter().find(|(name, _)| name == wanted)?;
            let place = names.iter().position(|it| text.as_deref() == Some(it));
            if place.is_none() {
                left.push(wanted.to_owned());
            }
            place
        };
        let places = choices
            .each_ref()
            .map(|(name, _, names)| place_of(name, names));
        let window = place_of(WINDOW, &WINDOWS);
        let is_chosen = places.iter().any(Option::is_some) || window.is_some();
        if edits.is_empty() && !is_chosen && left.is_empty() {
            return None;
        }
        self.edit(&edits);
        for ((_, chosen, _), place) in choices.iter().zip(places) {
            chosen.set(place.unwrap_or_default());
        }
        self.top_level.set(window != Some(1));
        Some(left)
    }

    /// What is chosen from a list: its name in a link, the place of what is chosen, and the names in the list's order.
    fn choices(self) -> [(&'static str, RwSignal<usize>, Vec<&'static str>); 5] {
        let initiators = || Initiator::ALL.map(initiator_name).to_vec();
        [
            ("as", self.kind, KINDS.to_vec()),
            ("for", self.set_for, initiators()),
            ("method", self.method, METHODS.to_vec()),
            ("by", self.initiator, initiators()),
            ("without", self.defaults, DEFAULTS.to_vec()),
        ]
    }
}

/// A URL as far as cookies depend on it. A query, a fragment and a user's name may be someone's.
fn without_query(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let url = &url[..end];
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let authority = rest.find('/').unwrap_or(rest.len());
    let host = rest[..authority].rfind('@').map_or(0, |at| at + 1);
    format!("{scheme}://{}", &rest[host..])
}

/// The lines with another value in the place of each. What is no pair stays out.
fn without_values(lines: &str) -> String {
    let masked: Vec<String> = lines.lines().filter_map(masked_line).collect();
    masked.join("\n")
}

/// A line, or nothing where it holds no pair.
fn masked_line(line: &str) -> Option<String> {
    // As `curl -v` prints which way it went.
    let line = line.trim_start_matches(['<', '>', ' ', '\t']).trim_end();
    let field = |name: &str| {
        let (start, rest) = line.split_once(':')?;
        start.trim().eq_ignore_ascii_case(name).then_some(rest)
    };
    let assigned = |line: &'_ str| {
        let (start, rest) = line.split_once('=')?;
        let is_script = start.trim().eq_ignore_ascii_case("document.cookie");
        is_script.then(|| {
            rest.trim_matches([' ', '\t', ';', '"', '\'', '`'])
                .to_owned()
        })
    };
    if let Some(rest) = field("Set-Cookie") {
        Some(format!("Set-Cookie: {}", masked(rest, true)?))
    } else if let Some(rest) = field("Cookie") {
        Some(format!("Cookie: {}", masked(rest, false)?))
    } else if let Some(rest) = assigned(line) {
        Some(format!("document.cookie = \"{}\"", masked(&rest, true)?))
    } else {
        masked(line, true)
    }
}

/// The pieces of a line. An attribute is one that everyone knows: any other may be a cookie.
fn masked(line: &str, has_attributes: bool) -> Option<String> {
    let mut pieces = Vec::new();
    for (place, piece) in line.split(';').map(str::trim).enumerate() {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        let name = name.trim_end();
        let is_known = ATTRIBUTES.iter().any(|it| it.eq_ignore_ascii_case(name));
        if place > 0 && has_attributes && is_known {
            pieces.push(piece.to_owned());
        } else if piece.contains('=') && !name.contains([':', ' ', '\t']) {
            let value = if value.is_empty() { "" } else { MASK };
            pieces.push(format!("{name}={value}"));
        } else if place == 0 && has_attributes {
            return None;
        }
    }
    (!pieces.is_empty()).then(|| pieces.join("; "))
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
            ("a=secret; b=secret; c", "a=value; b=value"),
            (
                "Cookie: a=secret; path=secret",
                "Cookie: a=value; path=value",
            ),
            ("> cookie: a=secret; b=secret", "Cookie: a=value; b=value"),
            (
                "< Set-Cookie: a=secret; other=secret",
                "Set-Cookie: a=value; other=value",
            ),
            (
                "document.cookie = 'a=secret; Path=/';",
                "document.cookie = \"a=value; Path=/\"",
            ),
            ("Set-Cookie: a=; Max-Age=0", "Set-Cookie: a=; Max-Age=0"),
            ("Authorization: Basic c2VjcmV0==\na=1", "a=value"),
        ] {
            assert_eq!(without_values(lines), expected, "{lines}");
        }
    }

    #[test]
    fn of_a_url_only_that_goes_into_a_link_on_which_cookies_depend() {
        for (url, expected) in [
            ("https://a.example/x/y", "https://a.example/x/y"),
            (
                "https://a.example/x?code=secret#secret",
                "https://a.example/x",
            ),
            (
                "https://me:secret@a.example:1/x@y",
                "https://a.example:1/x@y",
            ),
            ("https://me:secret@a.example", "https://a.example"),
            ("https://a.example#secret", "https://a.example"),
            ("nonsense?secret", "nonsense"),
        ] {
            assert_eq!(without_query(url), expected, "{url}");
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
        studio.kind.set(1);
        studio.set_for.set(7);
        studio.method.set(3);
        studio.initiator.set(2);
        studio.top_level.set(false);
        studio.defaults.set(1);
        let other = CookieStudio::new();
        let link = format!("#/cookie?{}", studio.link_part());
        assert_eq!(other.open_link(&link), Some(Vec::new()));
        assert_eq!(other.text(Field::Url), "https://a.example/ü");
        assert_eq!(
            other.text(Field::Lines),
            "Set-Cookie: a=value; Path=/x\nSet-Cookie: b=value"
        );
        let chosen = |studio: CookieStudio| studio.choices().map(|(_, chosen, _)| chosen.get());
        assert_eq!(chosen(other), [1, 7, 3, 2, 1]);
        assert!(!other.top_level.get());
        for nothing in ["#/cookie", "#/cookie?", "#/cookie?embed", "#/cookie?url=%2"] {
            assert_eq!(other.open_link(nothing), None, "{nothing}");
        }
        assert_eq!(chosen(other), [1, 7, 3, 2, 1]);
    }

    #[test]
    fn what_can_not_be_chosen_is_named_and_the_rest_holds() {
        let studio = CookieStudio::new();
        let left = studio.open_link("#/cookie?after=60&method=BREW&by=link&in=nowhere");
        assert_eq!(left, Some(vec!["method".to_owned(), "in".to_owned()]));
        assert_eq!(studio.text(Field::Seconds), "60");
        assert_eq!((studio.method.get(), studio.initiator.get()), (0, 2));
        // What another link leaves out is as at first.
        assert_eq!(studio.open_link("#/cookie?after=1"), Some(Vec::new()));
        assert_eq!(studio.initiator.get(), 0);
    }
}
