//! A link that holds a token and the terms under which it is looked at, in the fragment: no server ever sees it. A token
//! is a credential, and a key even more so: keys never go in, and a signature only where everyone could have made it.

use protocol::{KeyEncoding, ServerAlgorithm, TokenCheck};

use super::share::without_settings;
use super::terms::{OPTIONAL, SAMPLE_SECRET, Terms};
use super::token_parts::with_signature;

/// The scene's fragment.
const SCENE: &str = "#/token";
/// The longest link that is made or read, in octets: some programs cut longer ones.
pub(crate) const LONGEST: usize = 16 * 1024;

/// What a link says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Linked {
    /// The token.
    pub(crate) token: String,
    /// The terms.
    pub(crate) terms: Terms,
    /// Whether a key was given that is not in the link.
    pub(crate) key_left_out: bool,
}

/// Why a link can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LinkProblem {
    /// It is longer than links that are made here.
    TooLong,
    /// What stands in it is not what stands in a link: it was cut, or changed, or is of another version.
    Malformed,
}

/// Why no link is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoLink {
    /// It would be longer than those that are made here.
    TooLong,
    /// The text has not the three parts of a signed token: all of it may be a credential.
    NotThreeParts,
}

/// The fragment that holds this token and these terms. The signature goes along only where the caller knows that it was
/// made with the sample key.
pub(crate) fn fragment(
    token: &str,
    terms: &Terms,
    algorithm: ServerAlgorithm,
    with_its_signature: bool,
) -> Result<String, NoLink> {
    let has_parts = token.split('.').count() == 3;
    if !has_parts && !token.is_empty() {
        return Err(NoLink::NotThreeParts);
    }
    let token = if has_parts && !with_its_signature {
        with_signature(token, "")
    } else {
        token.to_owned()
    };
    let servers = Terms::of_server(algorithm);
    let mut fragment = format!("{SCENE}?token={}", encoded(&token));
    let mut put = |name: &str, value: &str| {
        fragment.push_str(&format!("&{name}={}", encoded(value)));
    };
    if terms.own_key {
        put("key", if is_sample(terms) { "sample" } else { "own" });
    }
    for (name, value, usual) in [
        (
            "alg",
            terms.allowed().join(" "),
            servers.allowed().join(" "),
        ),
        ("iss", terms.issuer.clone(), servers.issuer),
        ("aud", terms.audience.clone(), servers.audience),
        ("typ", terms.token_type.clone(), servers.token_type),
        ("leeway", terms.leeway.clone(), servers.leeway),
        ("without", left_out(terms), String::new()),
    ] {
        if value != usual {
            put(name, &value);
        }
    }
    if fragment.len() > LONGEST {
        return Err(NoLink::TooLong);
    }
    Ok(fragment)
}

/// What the fragment says, `None` where it says nothing of a token.
pub(crate) fn read(
    fragment: &str,
    algorithm: ServerAlgorithm,
) -> Option<Result<Linked, LinkProblem>> {
    let query = fragment.strip_prefix(SCENE)?.strip_prefix('?')?;
    let query = without_settings(query, &[]);
    (!query.is_empty()).then(|| read_query(&query, algorithm))
}

fn read_query(query: &str, algorithm: ServerAlgorithm) -> Result<Linked, LinkProblem> {
    if query.len() > LONGEST {
        return Err(LinkProblem::TooLong);
    }
    let mut token = None;
    let mut terms = Terms::of_server(algorithm);
    let mut key_left_out = false;
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').ok_or(LinkProblem::Malformed)?;
        let value = decoded(value).ok_or(LinkProblem::Malformed)?;
        match (name, value.as_str()) {
            ("token", _) => token = Some(value),
            ("key", "sample") => {
                terms.own_key = true;
                SAMPLE_SECRET.clone_into(&mut terms.key.text);
            }
            ("key", "own") => (terms.own_key, key_left_out) = (true, true),
            ("alg", _) => allow_only(&mut terms, &value),
            ("iss", _) => terms.issuer = value,
            ("aud", _) => terms.audience = value,
            ("typ", _) => terms.token_type = value,
            ("leeway", _) => terms.leeway = value,
            ("without", _) => {
                for name in value.split(' ') {
                    let check = OPTIONAL.into_iter().find(|check| claim(*check) == name);
                    terms.run(check.ok_or(LinkProblem::Malformed)?, false);
                }
            }
            _ => return Err(LinkProblem::Malformed),
        }
    }
    Ok(Linked {
        token: token.ok_or(LinkProblem::Malformed)?,
        terms,
        key_left_out,
    })
}

/// Whether the terms' key is the one that everyone knows.
pub(crate) fn is_sample(terms: &Terms) -> bool {
    terms.key.text == SAMPLE_SECRET
        && matches!(terms.key.encoding, KeyEncoding::Detect | KeyEncoding::Text)
}

fn allow_only(terms: &mut Terms, names: &str) {
    terms.algorithms.clear();
    for name in names.split(' ').filter(|name| !name.is_empty()) {
        terms.allow(name, true);
    }
    // What is in no family was typed.
    let known = terms.allowed();
    let typed = |name: &&String| !known.contains(name);
    terms.others = terms
        .algorithms
        .iter()
        .filter(typed)
        .cloned()
        .collect::<Vec<_>>()
        .join(" ");
    terms.algorithms.retain(|name| known.contains(name));
}

fn left_out(terms: &Terms) -> String {
    let names: Vec<_> = OPTIONAL
        .into_iter()
        .filter(|check| terms.left_out.contains(check))
        .map(claim)
        .collect();
    names.join(" ")
}

/// The claim or header parameter that an optional check reads.
pub(crate) const fn claim(check: TokenCheck) -> &'static str {
    match check {
        TokenCheck::Expiry => "exp",
        TokenCheck::NotBefore => "nbf",
        TokenCheck::Issuer => "iss",
        TokenCheck::Audience => "aud",
        _ => "typ",
    }
}

/// All but what RFC 3986, 2.3 leaves as it is.
pub(crate) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// What percent-encoding stands for; `None` where it is cut or not UTF-8.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = std::str::from_utf8(tail.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &tail[2..];
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HS256: ServerAlgorithm = ServerAlgorithm::Hs256;
    const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln";
    const UNSIGNED: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.";

    fn there_and_back(token: &str, terms: &Terms, with_its_signature: bool) -> Linked {
        let fragment = fragment(token, terms, HS256, with_its_signature).expect("it is short");
        read(&fragment, HS256)
            .expect("it has a token")
            .expect("it can be read")
    }

    #[test]
    fn what_goes_into_a_link_comes_out_of_it() {
        let mut terms = Terms::with_key(SAMPLE_SECRET, &["HS512", "RS256"]);
        terms.others = String::from("ES512");
        terms.issuer = String::from("https://a.example/?x=1&y=ü #");
        terms.audience.clear();
        terms.leeway = String::from("-soon");
        terms.run(TokenCheck::Type, false);
        terms.run(TokenCheck::Expiry, false);
        for terms in [Terms::of_server(HS256), terms] {
            for token in [TOKEN, "", "a & b..", "🎫.%2E.x+y"] {
                let linked = there_and_back(token, &terms, true);
                assert_eq!(linked.token, token);
                assert_eq!(linked.terms.options(HS256), terms.options(HS256));
                assert_eq!(linked.terms.leeway, terms.leeway);
                assert!(!linked.key_left_out);
            }
        }
    }

    #[test]
    fn neither_signature_nor_key_goes_in() {
        for secret in ["my secret", "-----BEGIN PRIVATE KEY-----"] {
            let terms = Terms::with_key(secret, &["HS256"]);
            let fragment = fragment(TOKEN, &terms, HS256, false).expect("it is short");
            for hidden in ["c2ln", "secret", "PRIVATE"] {
                assert!(!fragment.contains(hidden), "{fragment}");
            }
            let linked = there_and_back(TOKEN, &terms, false);
            assert_eq!(linked.token, UNSIGNED);
            assert!(linked.key_left_out);
            assert!(linked.terms.own_key);
            assert_eq!(linked.terms.key.text, "");
        }
        let encoded = Terms {
            key: protocol::GivenKey {
                text: SAMPLE_SECRET.to_owned(),
                encoding: KeyEncoding::Base64url,
            },
            ..Terms::with_key("", &["HS256"])
        };
        assert!(there_and_back(TOKEN, &encoded, false).key_left_out);
    }

    #[test]
    fn what_is_no_link_is_said_to_be_none() {
        use LinkProblem::{Malformed, TooLong};
        let huge = format!("#/token?token={}", "a".repeat(LONGEST));
        for (fragment, expected) in [
            ("", None),
            ("#/token", None),
            ("#/token?", None),
            ("#/compare?token=a", None),
            ("#/token?token", Some(Malformed)),
            ("#/token?key=sample", Some(Malformed)),
            ("#/token?token=%", Some(Malformed)),
            ("#/token?token=%zz", Some(Malformed)),
            ("#/token?token=%FF", Some(Malformed)),
            ("#/token?token=a&new=1", Some(Malformed)),
            ("#/token?token=a&key=a-secret", Some(Malformed)),
            ("#/token?token=a&without=sub", Some(Malformed)),
            (&huge, Some(TooLong)),
        ] {
            let read = read(fragment, HS256);
            assert_eq!(read.map(Result::err), expected.map(Some), "{fragment:.80}");
        }
    }

    #[test]
    fn what_may_be_a_credential_as_a_whole_goes_into_no_link() {
        let huge = format!("{}..", "a".repeat(LONGEST));
        let two_tokens = format!("{TOKEN}\n{TOKEN}");
        for (token, expected) in [
            (huge.as_str(), NoLink::TooLong),
            (two_tokens.as_str(), NoLink::NotThreeParts),
            ("an-opaque-token", NoLink::NotThreeParts),
            ("a.b", NoLink::NotThreeParts),
            ("a.b.c.d.e", NoLink::NotThreeParts),
            (
                "{\"payload\":\"a\",\"signatures\":[]}",
                NoLink::NotThreeParts,
            ),
        ] {
            for with_its_signature in [false, true] {
                let made = fragment(token, &Terms::of_server(HS256), HS256, with_its_signature);
                assert_eq!(made, Err(expected), "{token:.40}");
            }
        }
    }
}
