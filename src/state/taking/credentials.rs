//! What is left out of a file that is handed on: whatever a credential is, wherever it stands. It never touches the record.

use har_reader::tokens_in;
use protocol::{Fact, Header, Outcome, Rejection, Request, Response, TokenFact, TokenRejection};
use serde_json::Value;

use super::cookies;
use crate::state::record::Recorded;

/// What stands in a credential's place.
pub(super) const LEFT_OUT: &str = "[left out]";
/// A shorter value may stand anywhere by chance: it is left out where it is a credential, and nowhere else.
const SHORTEST: usize = 12;
/// The members of a JSON text in which servers give credentials out, and take them.
const MEMBERS: [&str; 6] = [
    "access_token",
    "refresh_token",
    "id_token",
    "session_id",
    "token",
    "jwt",
];

/// All credentials that were carried, so that each is found again in another place.
#[derive(Default)]
pub(super) struct Credentials(Vec<String>);

impl Credentials {
    /// Those of what was recorded.
    pub(super) fn of<'a>(recorded: impl Iterator<Item = &'a Recorded>) -> Self {
        let mut all = Vec::new();
        for recorded in recorded {
            gather_headers(&recorded.errand.headers, &mut all);
            all.extend(members(&recorded.errand.body));
            if let Some(exchange) = recorded.exchange() {
                gather_headers(&exchange.request.headers, &mut all);
                all.extend(exchange.steps.iter().flat_map(|it| signatures(&it.outcome)));
                all.extend(members(&exchange.request.body));
                if let Some(response) = &exchange.response {
                    gather_headers(&response.headers, &mut all);
                    all.extend(members(&response.body));
                }
            }
        }
        all.retain(|credential| credential.len() >= SHORTEST);
        // What holds another one goes first.
        all.sort_unstable_by(|one, other| other.len().cmp(&one.len()).then(one.cmp(other)));
        all.dedup();
        Self(all)
    }

    /// The request without them.
    pub(super) fn out_of_request(&self, request: &Request) -> Request {
        Request {
            method: request.method.clone(),
            target: self.out_of(&request.target),
            headers: self.out_of_headers(&request.headers),
            body: self.out_of_body(&request.body),
        }
    }

    /// The response without them.
    pub(super) fn out_of_response(&self, response: &Response) -> Response {
        Response {
            status: response.status,
            headers: self.out_of_headers(&response.headers),
            body: self.out_of_body(&response.body),
        }
    }

    /// A JSON value without them.
    pub(super) fn out_of_json(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.out_of(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.out_of_json(item)),
            Value::Object(members) => {
                for (_, member) in members.iter_mut() {
                    self.out_of_json(member);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A text without them, and without whatever has the shape of a token.
    pub(super) fn out_of(&self, text: &str) -> String {
        let mut left = text.to_owned();
        for credential in &self.0 {
            if left.contains(credential.as_str()) {
                left = left.replace(credential.as_str(), LEFT_OUT);
            }
        }
        let mut out = String::with_capacity(left.len());
        let mut from = 0;
        for token in tokens_in(&left) {
            out.push_str(&left[from..token.start]);
            out.push_str(LEFT_OUT);
            from = token.end;
        }
        out.push_str(&left[from..]);
        out
    }

    /// Content without them. What is short is left out as a whole text of JSON.
    fn out_of_body(&self, body: &str) -> String {
        let left_out = Value::from(LEFT_OUT).to_string();
        let short = members(body)
            .into_iter()
            .filter(|it| !it.is_empty() && it.len() < SHORTEST);
        short.fold(self.out_of(body), |body, credential| {
            body.replace(&Value::from(credential).to_string(), &left_out)
        })
    }

    fn out_of_headers(&self, headers: &[Header]) -> Vec<Header> {
        headers
            .iter()
            .map(|header| Header::new(self.out_of(&header.name), self.out_of_field(header)))
            .collect()
    }

    fn out_of_field(&self, header: &Header) -> String {
        match header.name.to_ascii_lowercase().as_str() {
            "authorization" | "proxy-authorization" => match header.value.split_once(' ') {
                Some((scheme, _)) => format!("{scheme} {LEFT_OUT}"),
                None => LEFT_OUT.to_owned(),
            },
            "cookie" => {
                let pairs: Vec<String> = cookies::sent(&header.value)
                    .into_iter()
                    .map(|(name, _)| format!("{}={LEFT_OUT}", self.out_of(name)))
                    .collect();
                pairs.join("; ")
            }
            "set-cookie" => {
                let attributes = header.value.split_once(';').map(|(_, rest)| rest);
                let (name, _, _) = cookies::set(&header.value);
                let attributes = attributes.map(|it| format!(";{}", self.out_of(it)));
                format!(
                    "{}={LEFT_OUT}{}",
                    self.out_of(name),
                    attributes.unwrap_or_default()
                )
            }
            _ => self.out_of(&header.value),
        }
    }
}

fn gather_headers(headers: &[Header], all: &mut Vec<String>) {
    for header in headers {
        match header.name.to_ascii_lowercase().as_str() {
            "authorization" | "proxy-authorization" => {
                let (_, credential) = header.value.split_once(' ').unwrap_or(("", &header.value));
                all.push(credential.trim().to_owned());
            }
            "cookie" => {
                let pairs = cookies::sent(&header.value);
                all.extend(pairs.into_iter().map(|(_, value)| value.to_owned()));
            }
            "set-cookie" => all.push(cookies::set(&header.value).1.to_owned()),
            _ => {}
        }
    }
}

/// The signatures that a step tells: with what it and others tell of the claims, one makes a token.
fn signatures(outcome: &Outcome) -> Vec<String> {
    match outcome {
        Outcome::Passed(Fact::Token(TokenFact::SignatureMatches { signature })) => {
            vec![signature.clone()]
        }
        Outcome::Failed(Rejection::Token(TokenRejection::SignatureMismatch {
            given,
            computed,
        })) => std::iter::once(given).chain(computed).cloned().collect(),
        _ => Vec::new(),
    }
}

/// The credentials in a JSON text.
fn members(body: &str) -> Vec<String> {
    // Nothing else is worth its reading.
    if !MEMBERS.iter().any(|name| body.contains(name)) {
        return Vec::new();
    }
    let Ok(value) = serde_json::from_str::<Value>(body) else {
        return Vec::new();
    };
    let texts = MEMBERS.iter().filter_map(|name| value.get(name)?.as_str());
    texts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln";

    fn credentials(all: &[&str]) -> Credentials {
        Credentials(all.iter().map(|it| (*it).to_owned()).collect())
    }

    #[test]
    fn short_ones_in_content_are_left_out_where_they_are_all_of_a_text() {
        let none = credentials(&[]);
        assert_eq!(
            none.out_of_body(r#"{"token":"me", "user": "memory", "id": "me2"}"#),
            r#"{"token":"[left out]", "user": "memory", "id": "me2"}"#
        );
        for same in ["", "token", r#"{"token":""}"#, r#"{"token":7}"#] {
            assert_eq!(none.out_of_body(same), same);
        }
    }

    #[test]
    fn fields_that_carry_credentials_keep_their_names_alone() {
        for (name, value, left) in [
            ("Authorization", "Bearer a.b.c", "Bearer [left out]"),
            ("authorization", "abc", "[left out]"),
            (
                "Cookie",
                "sid=1; theme=dark",
                "sid=[left out]; theme=[left out]",
            ),
            (
                "Set-Cookie",
                "sid=1; Path=/; HttpOnly",
                "sid=[left out]; Path=/; HttpOnly",
            ),
            ("set-cookie", "sid=", "sid=[left out]"),
            ("Accept", "text/html", "text/html"),
            ("X-Copy", "it is a-known-credential.", "it is [left out]."),
            ("X-Token", TOKEN, "[left out]"),
        ] {
            let none = credentials(&["a-known-credential"]);
            assert_eq!(none.out_of_field(&Header::new(name, value)), left, "{name}");
        }
    }

    #[test]
    fn what_was_carried_once_is_found_everywhere() {
        let mut all = Vec::new();
        gather_headers(
            &[
                Header::new("Cookie", "sid=from-a-cookie; x=short"),
                Header::new("set-cookie", "sid=from-a-set-cookie; Path=/"),
                Header::new("AUTHORIZATION", "Bearer from-a-field"),
            ],
            &mut all,
        );
        all.extend(members(
            "{\"session_id\":\"from-a-body\",\"user\":{\"name\":\"Ada\"}}",
        ));
        all.extend(members("{\"session_id\":"));
        let expected = [
            "from-a-cookie",
            "short",
            "from-a-set-cookie",
            "from-a-field",
            "from-a-body",
        ];
        assert_eq!(all, expected);
    }

    #[test]
    fn a_step_tells_signatures_which_are_left_out_too() {
        let text = str::to_owned;
        let matches = TokenFact::SignatureMatches {
            signature: text("right"),
        };
        let mismatch = |computed: Option<&str>| {
            Outcome::Failed(Rejection::Token(TokenRejection::SignatureMismatch {
                given: text("given"),
                computed: computed.map(text),
            }))
        };
        let of_others = Outcome::Passed(Fact::Token(TokenFact::Held));
        for (outcome, told) in [
            (Outcome::Passed(Fact::Token(matches)), vec!["right"]),
            (mismatch(None), vec!["given"]),
            (mismatch(Some("right")), vec!["given", "right"]),
            (of_others, vec![]),
        ] {
            assert_eq!(signatures(&outcome), told);
        }
    }

    #[test]
    fn a_value_is_left_out_of_every_text() {
        let credentials = credentials(&["longer-credential", "credential"]);
        let mut value = json!({
            "steps": [format!("a longer-credential, a credential, {TOKEN}; {TOKEN}."), 7, null],
            "other": "Ada",
        });
        credentials.out_of_json(&mut value);
        let expected = json!({
            "steps": ["a [left out], a [left out], [left out]; [left out].", 7, null],
            "other": "Ada",
        });
        assert_eq!(value, expected);
    }
}
