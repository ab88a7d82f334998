//! Cookies of header fields as a HAR lists them. It decides nothing: what a browser makes of a line is the user agent's.

use protocol::Timestamp;
use serde_json::{Value, json};

use super::moment::iso_8601;

/// The pairs of a `Cookie` field.
pub(super) fn sent(field: &str) -> Vec<(&str, &str)> {
    field
        .split(';')
        .map(str::trim)
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or(("", pair)))
        .collect()
}

/// Name and value of a `Set-Cookie` line, and its attributes.
pub(super) fn set(line: &str) -> (&str, &str, Vec<(&str, &str)>) {
    let mut parts = line.split(';').map(str::trim);
    let pair = parts.next().unwrap_or_default();
    let (name, value) = pair.split_once('=').unwrap_or(("", pair));
    let attributes = parts
        .filter(|part| !part.is_empty())
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect();
    (name.trim(), value.trim(), attributes)
}

/// The pairs of a `Cookie` field, as a HAR lists them.
pub(super) fn sent_json(field: &str) -> Vec<Value> {
    sent(field)
        .into_iter()
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect()
}

/// The cookie of a `Set-Cookie` line that came at a moment.
pub(super) fn set_json(line: &str, at: Timestamp) -> Value {
    let (name, value, attributes) = set(line);
    let attribute = |wanted: &str| {
        let is_it = |(name, _): &&(&str, &str)| name.eq_ignore_ascii_case(wanted);
        attributes.iter().rev().find(is_it).map(|(_, value)| *value)
    };
    let mut cookie = json!({
        "name": name,
        "value": value,
        "httpOnly": attribute("HttpOnly").is_some(),
        "secure": attribute("Secure").is_some(),
    });
    for (key, attribute) in [
        ("path", attribute("Path")),
        ("domain", attribute("Domain")),
        ("sameSite", attribute("SameSite")),
    ] {
        if let Some(value) = attribute {
            cookie[key] = json!(value);
        }
    }
    if let Some(seconds) = attribute("Max-Age").and_then(|seconds| seconds.parse().ok()) {
        cookie["expires"] = json!(iso_8601(at.plus_seconds(seconds)));
    }
    cookie
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_listed_with_its_attributes() {
        let at = Timestamp::from_seconds(0);
        let line =
            "sid=a=b; path=/x; HttpOnly; SameSite=Lax; Max-Age=60; Path=/y;; Domain=example.org";
        let expected = json!({
            "name": "sid", "value": "a=b", "path": "/y", "domain": "example.org", "httpOnly": true,
            "secure": false, "sameSite": "Lax", "expires": "1970-01-01T00:01:00.000Z",
        });
        assert_eq!(set_json(line, at), expected);
        let bare = json!({ "name": "", "value": "bare", "httpOnly": false, "secure": true });
        assert_eq!(set_json("bare; Secure; Max-Age=soon", at), bare);
    }

    #[test]
    fn pairs_are_those_of_the_field() {
        assert_eq!(
            sent("a=1; b=2=3;; c; =d"),
            [("a", "1"), ("b", "2=3"), ("", "c"), ("", "d")]
        );
        assert_eq!(sent(""), []);
    }
}
