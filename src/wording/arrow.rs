//! What stands at the arrows of a sequence diagram: a few words each, for the step list says it in full.

use protocol::{
    Access, Errand, Exchange, Fact, Outcome, Rejection, Request, Response, Step, StoreOperation,
    StorePlace, Storing, TokenRejection,
};

use super::number::plain;
use crate::browser::JsonObject;

/// How many characters of a secret are shown: enough to tell two apart.
const SHOWN_OF_SECRET: usize = 4;
/// How many characters of a path are shown.
const SHOWN_OF_PATH: usize = 22;

/// The request, as it leaves the browser.
pub(crate) fn request(path: &str, request: &Request) -> String {
    format!("{} · {}", asked(&request.method, path), credential(request))
}

/// Method and path.
pub(crate) fn asked(method: &str, path: &str) -> String {
    format!("{method} {}", cut(path, SHOWN_OF_PATH))
}

/// What the request carries to prove who the user is.
fn credential(request: &Request) -> String {
    if let Some(field) = request.header("Authorization") {
        let (scheme, value) = field.split_once(' ').unwrap_or((field, ""));
        return format!("{} {}", cut(scheme, 10), secret(value));
    }
    if let Some(cookie) = request.header("Cookie") {
        let first = cookie.split(';').next().unwrap_or_default();
        let more = if cookie.contains(';') { ", …" } else { "" };
        return format!("Cookie: {}{more}", pair(first));
    }
    if request.body.contains("\"password\"") {
        return String::from("account, password");
    }
    String::from("no credential")
}

/// The answer, and what it brings.
pub(crate) fn response(response: &Response) -> String {
    let status = format!("{} {}", response.status, response.reason());
    if let Some(line) = response.header("Set-Cookie") {
        let first = line.split(';').next().unwrap_or_default();
        return format!("{status} · Set-Cookie: {}", pair(first));
    }
    match brought(&response.body) {
        Some((word, value)) => format!("{status} · {word} {}", secret(&value)),
        None => status.trim_end().to_owned(),
    }
}

/// What the answer brings for page script to keep, and what it is called.
fn brought(body: &str) -> Option<(&'static str, String)> {
    let content = JsonObject::read(body);
    [("access_token", "token"), ("session_id", "session ID")]
        .into_iter()
        .find_map(|(name, word)| Some((word, content.text(name)?)))
}

/// An operation on the store: its verb and what it goes by.
pub(crate) fn query(operation: &StoreOperation) -> String {
    let words: Vec<&str> = operation.statement.split_whitespace().collect();
    let Some(verb) = words.first() else {
        return String::new();
    };
    let table = match *verb {
        "INSERT" => {
            let mut words = words.iter().skip_while(|word| **word != "INTO");
            words.nth(1).map(|table| format!("INTO {table}"))
        }
        "UPDATE" => words.get(1).map(|table| String::from(*table)),
        _ => None,
    };
    let condition = words
        .iter()
        .position(|word| *word == "WHERE")
        .and_then(|at| words.get(at + 1..))
        .map(|rest| rest.join(" "))
        .map(|condition| match condition.split_once('.') {
            // The alias of a joined table tells nothing here.
            Some((alias, rest)) if alias.len() == 1 => rest.to_owned(),
            _ => condition,
        });
    match (table, condition) {
        (Some(table), Some(condition)) => format!("{verb} {table} … {}", cut(&condition, 20)),
        (Some(table), None) => format!("{verb} {table}"),
        (None, Some(condition)) => format!("{verb} … {}", cut(&condition, 24)),
        (None, None) => cut(&words.join(" "), 28),
    }
}

/// An operation that needs no database: it runs where the server is.
pub(crate) fn at_hand(operation: &StoreOperation) -> String {
    match operation.place {
        StorePlace::SessionCache => String::from("remembered: asks nobody"),
        StorePlace::ServerMemory | StorePlace::Database => {
            format!("in memory: {}", cut(&operation.statement, 20))
        }
    }
}

/// What the store gave back.
pub(crate) fn rows(operation: &StoreOperation) -> String {
    let count = operation.rows;
    let noun = if count == 1 { "row" } else { "rows" };
    let done = match (
        operation.access,
        operation.statement.split_whitespace().next(),
    ) {
        (Access::Read, _) => "",
        (Access::Write, Some("INSERT")) => " added",
        (Access::Write, Some("DELETE")) => " deleted",
        (Access::Write, _) => " changed",
    };
    format!("{count} {noun}{done}")
}

/// A signature that was checked. The algorithm is the one that the token's header names and the server allows.
pub(crate) fn signature(algorithm: Option<&str>, same: bool) -> String {
    let name = match algorithm {
        Some("HS256") => "HMAC-SHA256",
        Some("HS384") => "HMAC-SHA384",
        Some("HS512") => "HMAC-SHA512",
        Some(other) => other,
        None => "signature",
    };
    format!("{name} {}", if same { "= same" } else { "≠ not the same" })
}

/// What a server did by itself, where that is worth an arrow.
pub(crate) fn on_server(step: &Step) -> Option<String> {
    match &step.outcome {
        Outcome::Passed(Fact::IdHash(hash)) => Some(format!("SHA-256 → {}", secret(hash))),
        Outcome::Passed(Fact::PasswordHash { memory_kib, .. }) => {
            Some(format!("argon2id, {} MiB = same", memory_kib / 1024))
        }
        Outcome::Passed(Fact::TokenIssued { algorithm, .. }) => {
            Some(format!("signs a token, {}", cut(algorithm, 8)))
        }
        Outcome::Noted(Fact::TokenOutlives { .. }) => Some(String::from("no record to end")),
        Outcome::Failed(Rejection::CredentialsWrong) => {
            Some(String::from("argon2id ≠ not the same"))
        }
        Outcome::Failed(reason) => Some(refusal(reason).to_owned()),
        Outcome::Passed(_) | Outcome::Noted(_) | Outcome::NotReached => None,
    }
}

/// A refusal in two or three words.
const fn refusal(reason: &Rejection) -> &'static str {
    match reason {
        Rejection::FieldsTooLarge { .. } | Rejection::ContentTooLarge { .. } => "too large",
        Rejection::NoRoute { .. } => "no such path",
        Rejection::MethodNotAllowed { .. } => "not this method",
        Rejection::OriginMissing => "no origin",
        Rejection::OriginForeign { .. } => "another site",
        Rejection::ContentMalformed { .. } => "not that JSON",
        Rejection::AccountSuspended { .. } => "suspended",
        Rejection::SessionCookieMissing { .. } => "no session cookie",
        Rejection::SessionIdMalformed { .. } => "not a session ID",
        Rejection::SessionUnknown { .. } => "no such session",
        Rejection::SessionIdle { .. } => "idle too long",
        Rejection::SessionTooOld { .. } => "too old",
        Rejection::AuthorizationMissing => "no token",
        Rejection::AuthorizationNotBearer { .. } => "not a bearer token",
        Rejection::Token(reason) => token_refusal(reason),
        Rejection::AccessCookieMissing { .. } => "no token cookie",
        Rejection::TokenDenied { .. } => "on the denylist",
        Rejection::TokenVersionOld { .. } => "an older version",
        Rejection::RefreshCookieMissing { .. } => "no refresh token",
        Rejection::RefreshTokenMalformed { .. } => "not a refresh token",
        Rejection::RefreshTokenUnknown { .. } => "unknown refresh token",
        Rejection::RefreshFamilyEnded { .. } => "family ended",
        Rejection::RefreshTokenExpired { .. } => "family expired",
        Rejection::RefreshTokenReused { .. } => "used twice",
        Rejection::NoServer { .. } => "no server",
        Rejection::StoreUnreachable => "store silent",
        Rejection::StoreFailed { .. } => "store failed",
        Rejection::SigningFailed { .. } => "can’t sign",
        _ => "refused",
    }
}

const fn token_refusal(reason: &TokenRejection) -> &'static str {
    match reason {
        TokenRejection::Empty => "empty token",
        TokenRejection::PartCount { .. } => "not three parts",
        TokenRejection::Encrypted => "encrypted token",
        TokenRejection::JsonSerialization => "JSON, not compact",
        TokenRejection::NoKey => "no key",
        TokenRejection::AlgorithmUnsupported { .. } => "unknown algorithm",
        TokenRejection::SignatureLength { .. } => "signature too long or short",
        TokenRejection::ForeignCharacter { .. } | TokenRejection::BadEnding { .. } => {
            "not base64url"
        }
        TokenRejection::NotJson { .. } => "not JSON",
        TokenRejection::NotObject { .. } => "not an object",
        TokenRejection::NameRepeated { .. } => "a name stands twice",
        TokenRejection::CriticalMalformed | TokenRejection::CriticalUnknown { .. } => {
            "crit not understood"
        }
        TokenRejection::AlgorithmMissing => "no algorithm",
        TokenRejection::AlgorithmNone => "alg none",
        TokenRejection::AlgorithmNotAllowed { .. } => "not that algorithm",
        TokenRejection::KeyUnknown { .. } => "no such key",
        TokenRejection::KeyUnfit { .. } => "key does not fit",
        TokenRejection::KeyTooShort { .. } => "key too short",
        TokenRejection::SignatureMismatch { .. } => "signature ≠",
        TokenRejection::Missing { .. } => "a claim is missing",
        TokenRejection::Malformed { .. } => "a claim is malformed",
        TokenRejection::Expired { .. } => "expired",
        TokenRejection::NotYetValid { .. } => "not valid yet",
        TokenRejection::Unexpected { .. } => "not as expected",
    }
}

/// What the browser did with a cookie.
pub(crate) fn storing(storing: &Storing) -> String {
    match storing {
        Storing::Stored(cookie) => format!("stores {}", cut(&cookie.name, 16)),
        Storing::Removed { name, .. } => format!("removes {}", cut(name, 16)),
        Storing::Refused(_) => String::from(COOKIE_REFUSED),
    }
}

/// The browser refused a cookie.
pub(crate) const COOKIE_REFUSED: &str = "refuses the cookie";
/// The database had no part in it.
pub(crate) const NOT_ASKED: &str = "not asked";
/// What the diagram says before anything has happened.
pub(crate) const WILL_MOVE_HERE: &str = "each message will move here";
/// No answer came.
pub(crate) const NO_ANSWER: &str = "no answer";

/// The title of an exchange's diagram.
pub(crate) fn diagram(exchange: &Exchange) -> String {
    let asked = asked(&exchange.request.method, &exchange.path);
    match &exchange.response {
        Some(response) => format!(
            "Who asked whom: {asked}, answered {} {}",
            response.status,
            response.reason()
        ),
        None => format!("Who asked whom: {asked}, {NO_ANSWER}"),
    }
}

/// The title of a diagram of a request that got no answer.
pub(crate) fn diagram_unanswered(errand: &Errand) -> String {
    let asked = asked(&errand.method, &errand.path);
    format!("Who asked whom: {asked}, {NO_ANSWER}")
}

/// The title of a diagram in which nothing has happened.
pub(crate) const DIAGRAM_EMPTY: &str = "Browser, server and database: nothing was sent yet";

/// By what factor the playback is slower than what it shows.
pub(crate) fn slowed(factor: f64) -> String {
    // Two digits say it: the network's part is modelled anyway.
    let rounded = if factor >= 100.0 {
        (factor / 10.0).round() * 10.0
    } else if factor >= 10.0 {
        factor.round()
    } else {
        (factor * 10.0).round() / 10.0
    };
    format!("slowed {} ×", plain(rounded))
}

fn pair(pair: &str) -> String {
    let (name, value) = pair.trim().split_once('=').unwrap_or((pair.trim(), ""));
    format!("{}={}", cut(name, 10), secret(value))
}

fn secret(value: &str) -> String {
    cut(value, SHOWN_OF_SECRET)
}

fn cut(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use protocol::Purpose;

    use super::*;

    #[test]
    fn a_statement_keeps_its_verb_and_what_it_goes_by() {
        for (statement, said) in [
            (
                "SELECT s.id_hash,\n  u.id\n FROM sessions AS s\n JOIN users AS u ON u.id = s.user_id\n WHERE s.id_hash = ?1",
                "SELECT … id_hash = ?1",
            ),
            (
                "SELECT id FROM users WHERE account = ?1",
                "SELECT … account = ?1",
            ),
            (
                "INSERT INTO sessions (id_hash) VALUES (?1)",
                "INSERT INTO sessions",
            ),
            (
                "INSERT OR REPLACE INTO audit_log (id) VALUES (?1)",
                "INSERT INTO audit_log",
            ),
            (
                "UPDATE sessions SET last_seen_at = ?2 WHERE id_hash = ?1",
                "UPDATE sessions … id_hash = ?1",
            ),
            (
                "DELETE FROM sessions WHERE id_hash = ?1",
                "DELETE … id_hash = ?1",
            ),
            ("find", "find"),
            ("", ""),
        ] {
            let operation = StoreOperation {
                access: Access::Read,
                place: StorePlace::Database,
                purpose: Purpose::Authentication,
                statement: String::from(statement),
                rows: 1,
                full_scan_steps: 0,
                vm_steps: 0,
            };
            assert_eq!(query(&operation), said);
        }
    }

    #[test]
    fn the_factor_has_two_digits() {
        for (factor, said) in [
            (74.6, "slowed 75 ×"),
            (1493.0, "slowed 1490 ×"),
            (2.54, "slowed 2.5 ×"),
        ] {
            assert_eq!(slowed(factor), said);
        }
    }
}
