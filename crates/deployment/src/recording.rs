//! What is recorded of a request: all of it but passwords. Histories are shown and exported.

use protocol::{Header, Request};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// The most octets of one text in what is only shown while someone types.
const SHOWN_OCTETS: usize = 4 * 1024;

/// The part of a sign-in's content that is not recorded.
#[derive(Deserialize)]
struct Secret<'a> {
    #[serde(borrow)]
    password: &'a RawValue,
}

/// The request with asterisks in place of its password, octet by octet, so that all lengths stay those that were
/// sent. Content in which no password can be told apart is hidden whole, as is what names one elsewhere.
pub(crate) fn without_password(mut request: Request) -> Request {
    let body = &request.body;
    let hidden = match serde_json::from_str::<Secret<'_>>(body) {
        Ok(Secret { password }) if passwords(body) == Some(1) => {
            let text = password.get();
            let start = text.as_ptr() as usize - body.as_ptr() as usize;
            let (before, after) = (&body[..start], &body[start + text.len()..]);
            format!("{before}{}{after}", masked(text))
        }
        Err(_) if passwords(body) == Some(0) => return request,
        Ok(_) | Err(_) => asterisks(body.len()),
    };
    request.body = hidden;
    request
}

/// The request with its target, field values and content cut: the ledger keeps the lengths that were sent.
pub(crate) fn without_long_texts(request: Request) -> Request {
    let headers = request.headers.into_iter().map(|header| Header {
        name: cut(header.name),
        value: cut(header.value),
    });
    Request {
        method: cut(request.method),
        target: cut(request.target),
        headers: headers.collect(),
        body: cut(request.body),
    }
}

/// The start of a text, by whole characters.
pub(crate) fn cut(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(SHOWN_OCTETS));
    text
}

/// How many members of a JSON object, and of what stands in it, are named like a password; `None` where it is no object.
fn passwords(body: &str) -> Option<usize> {
    let content = serde_json::from_str::<Map<String, Value>>(body).ok()?;
    Some(passwords_in(&Value::Object(content)))
}

fn passwords_in(value: &Value) -> usize {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| {
                let is_one = name.to_ascii_lowercase().contains("password");
                usize::from(is_one) + passwords_in(member)
            })
            .sum(),
        Value::Array(items) => items.iter().map(passwords_in).sum(),
        _ => 0,
    }
}

/// A JSON string keeps its quotes.
fn masked(value: &str) -> String {
    value
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .map_or_else(
            || asterisks(value.len()),
            |inner| format!("\"{}\"", asterisks(inner.len())),
        )
}

fn asterisks(octets: usize) -> String {
    "*".repeat(octets)
}
