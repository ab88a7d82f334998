//! What is pasted as a token is seldom only that. What was around it is taken off, and told. It never touches what does
//! not hold a token, and nothing that is typed.

use serde_json::Value;

use super::token_link::decoded;

/// How often something around the token is looked for: a curl command holds a quoted field that holds a scheme.
const LAYERS: usize = 6;
/// The members of a JSON text in which servers give tokens out.
const MEMBERS: [&str; 4] = ["access_token", "id_token", "token", "jwt"];

/// What was taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The name of an `Authorization` field, and what stood before it.
    Field,
    /// The scheme `Bearer`.
    Scheme,
    /// Quotation marks.
    Quotes,
    /// Spaces and line breaks.
    Spaces,
    /// Percent-encoding. RFC 3986, 2.1.
    PercentEncoding,
    /// A line of cookies around the one of this name.
    Cookies(String),
    /// The JSON around a member of this name.
    Json(&'static str),
    /// The JSON serialisation of one signature. RFC 7515, 7.2.
    Serialization,
}

/// The token in what was pasted, and what was taken off around it; `None` where nothing was, or where there is no token.
pub(crate) fn clean(pasted: &str) -> Option<(String, Vec<Taken>)> {
    let mut text = pasted.to_owned();
    let mut taken = Vec::new();
    for _ in 0..LAYERS {
        let Some((inner, what)) = without_layer(&text) else {
            break;
        };
        text = inner;
        if !taken.contains(&what) {
            taken.push(what);
        }
    }
    (!taken.is_empty() && begins_like_a_token(&text)).then_some((text, taken))
}

/// A token begins with a JSON object in base64url, and has a dot.
fn begins_like_a_token(text: &str) -> bool {
    text.starts_with("ey") && text.contains('.')
}

fn without_layer(text: &str) -> Option<(String, Taken)> {
    let trimmed = text.trim();
    if trimmed.len() < text.len() {
        return Some((trimmed.to_owned(), Taken::Spaces));
    }
    json(text)
        .or_else(|| field(text))
        .or_else(|| scheme(text))
        .or_else(|| cookies(text))
        .or_else(|| quotes(text))
        .or_else(|| percent_encoding(text))
        .or_else(|| spaces(text))
}

fn json(text: &str) -> Option<(String, Taken)> {
    if !text.starts_with('{') {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let member = |name: &'static str| Some((value.get(name)?.as_str()?.to_owned(), name));
    if let Some((token, name)) = MEMBERS.into_iter().find_map(member) {
        return Some((token, Taken::Json(name)));
    }
    // Flattened, or general with one signature. What an unprotected header says is in no compact token.
    let signed = match value.get("signatures").and_then(Value::as_array) {
        Some(signatures) => match signatures.as_slice() {
            [one] => one,
            _ => return None,
        },
        None => &value,
    };
    let part = |of: &Value, name: &str| of.get(name)?.as_str().map(str::to_owned);
    let (protected, signature) = (part(signed, "protected")?, part(signed, "signature")?);
    let payload = part(&value, "payload")?;
    (signed.get("header").is_none()).then(|| {
        (
            format!("{protected}.{payload}.{signature}"),
            Taken::Serialization,
        )
    })
}

fn field(text: &str) -> Option<(String, Taken)> {
    const NAME: &str = "authorization:";
    let at = text.to_ascii_lowercase().find(NAME)?;
    let value = &text[at + NAME.len()..];
    // On its own line, or in the quotation marks that stand around the whole field, as in a curl command.
    let value = match text[..at].chars().next_back() {
        Some(mark @ ('"' | '\'')) => value.split(mark).next()?,
        _ => value,
    };
    Some((value.trim_start().to_owned(), Taken::Field))
}

fn scheme(text: &str) -> Option<(String, Taken)> {
    let (scheme, token) = text.split_once([' ', '\t'])?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| (token.trim_start().to_owned(), Taken::Scheme))
}

fn quotes(text: &str) -> Option<(String, Taken)> {
    const MARKS: [char; 7] = ['"', '\'', '`', '“', '”', '‘', '’'];
    let inner = text.trim_end_matches([',', ';']).trim_matches(MARKS);
    (inner.len() < text.len() && text.contains(MARKS)).then(|| (inner.to_owned(), Taken::Quotes))
}

/// A line of `Cookie`, `Set-Cookie` or `document.cookie`.
fn cookies(text: &str) -> Option<(String, Taken)> {
    let value = match text.split_once(':') {
        Some((name, value)) if name.to_ascii_lowercase().ends_with("cookie") => value,
        _ => text,
    };
    value.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        let value = value.trim();
        begins_like_a_token(value.trim_start_matches('"'))
            .then(|| (value.to_owned(), Taken::Cookies(name.trim().to_owned())))
    })
}

fn percent_encoding(text: &str) -> Option<(String, Taken)> {
    let plain = decoded(text)?;
    (plain != text).then_some((plain, Taken::PercentEncoding))
}

fn spaces(text: &str) -> Option<(String, Taken)> {
    let dense: String = text.split_whitespace().collect();
    (dense.len() < text.len()).then_some((dense, Taken::Spaces))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln";

    #[test]
    fn what_stands_around_a_token_is_taken_off_and_told() {
        use Taken::{Cookies, Field, Json, PercentEncoding, Quotes, Scheme, Serialization, Spaces};
        let access_token = || Cookies(String::from("access_token"));
        for (pasted, expected) in [
            (
                "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln",
                vec![Scheme],
            ),
            (
                "  bearer\teyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln\n",
                vec![Spaces, Scheme],
            ),
            (
                "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln\r\n",
                vec![Spaces, Field, Scheme],
            ),
            (
                "curl -H 'authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln' https://example.org/me",
                vec![Field, Scheme],
            ),
            (
                "\"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln\",",
                vec![Quotes],
            ),
            ("“eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln”", vec![Quotes]),
            (
                "eyJhbGciOiJIUzI1NiJ9.\n  eyJzdWIiOiI0MiJ9\n.c2ln",
                vec![Spaces],
            ),
            (
                "eyJhbGciOiJIUzI1NiJ9%2EeyJzdWIiOiI0MiJ9%2ec2ln",
                vec![PercentEncoding],
            ),
            (
                "Cookie: a=b; access_token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln; c=d",
                vec![access_token()],
            ),
            (
                "Set-Cookie: access_token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln; Path=/; HttpOnly",
                vec![access_token()],
            ),
            (
                "access_token=\"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln\"",
                vec![access_token(), Quotes],
            ),
            (
                "{\"access_token\":\"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln\",\"token_type\":\"Bearer\"}",
                vec![Json("access_token")],
            ),
            (
                "{\"protected\":\"eyJhbGciOiJIUzI1NiJ9\",\"payload\":\"eyJzdWIiOiI0MiJ9\",\"signature\":\"c2ln\"}",
                vec![Serialization],
            ),
            (
                "{\"payload\":\"eyJzdWIiOiI0MiJ9\",\"signatures\":[{\"protected\":\"eyJhbGciOiJIUzI1NiJ9\",\"signature\":\"c2ln\"}]}",
                vec![Serialization],
            ),
        ] {
            assert_eq!(
                clean(pasted),
                Some((TOKEN.to_owned(), expected)),
                "{pasted}"
            );
        }
    }

    #[test]
    fn what_holds_no_token_stays_as_it_is() {
        for pasted in [
            "",
            TOKEN,
            "Bearer",
            "Bearer no-token",
            "\"quoted\"",
            "a sentence with spaces. And another.",
            "100% of 3.5",
            "eyJ%zz.x",
            "{\"access_token\":42}",
            "{\"protected\":\"eyJ9\",\"header\":{\"kid\":\"1\"},\"payload\":\"eyJ9\",\"signature\":\"c2ln\"}",
            "{\"payload\":\"eyJ9\",\"signatures\":[]}",
            "{\"broken\":",
            "a=b; c=d",
            "<b>eyJ.x</b>",
        ] {
            assert_eq!(clean(pasted), None, "{pasted}");
        }
    }

    #[test]
    fn a_broken_token_is_freed_too() {
        let (text, _) = clean("Bearer eyJhbGciOi!.x").expect("it begins like one");
        assert_eq!(text, "eyJhbGciOi!.x");
    }
}
