//! What is said of a token beside its editor, and what the server answers to it, are one and the same.

use proptest::prelude::*;
use protocol::{
    Exchange, InspectionOptions, Lane, Outcome, Rejection, Timestamp, TokenOutcome, TokenRejection,
};

use crate::browser::{Browser, errand, with_copy};

/// A change of a token.
#[derive(Clone, Debug)]
enum Edit {
    /// This text instead.
    Replace(String),
    /// A character at this place becomes another.
    Put(usize, char),
    /// The text ends here.
    Cut(usize),
    /// One part becomes this, encoded.
    Part(usize, String),
    /// The server's own key signs header and payload anew.
    Sign,
    /// The clock goes by so many seconds.
    Wait(i64),
}

fn json() -> impl Strategy<Value = String> {
    let member = prop::sample::select(vec![
        r#""alg":"HS256""#,
        r#""alg":"none""#,
        r#""alg":"RS256""#,
        r#""alg":7"#,
        r#""kid":"1""#,
        r#""kid":"2""#,
        r#""kid":["1"]"#,
        r#""typ":"at+jwt""#,
        r#""typ":"JWT""#,
        r#""crit":["b64"]"#,
        r#""iss":"ticket-or-passport""#,
        r#""iss":"someone""#,
        r#""aud":"api""#,
        r#""aud":["web","api"]"#,
        r#""sub":"42""#,
        r#""sub":42"#,
        r#""sub":"nobody""#,
        r#""exp":1700000900"#,
        r#""exp":1e3"#,
        r#""exp":"soon""#,
        r#""nbf":1700000060"#,
        r#""role":"admin""#,
        r#""name":"<b>Eve</b>""#,
    ]);
    let object = prop::collection::vec(member, 0..8)
        .prop_map(|members| format!("{{{}}}", members.join(",")));
    prop_oneof![6 => object, 1 => "\\PC{0,20}"]
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        1 => "\\PC{0,40}".prop_map(Edit::Replace),
        1 => "[A-Za-z0-9_.-]{0,60}".prop_map(Edit::Replace),
        2 => (any::<usize>(), any::<char>()).prop_map(|(place, character)| Edit::Put(place, character)),
        1 => any::<usize>().prop_map(Edit::Cut),
        4 => (0..3_usize, json()).prop_map(|(part, text)| Edit::Part(part, text)),
        4 => Just(Edit::Sign),
        1 => (-2_000..2_000_i64).prop_map(Edit::Wait),
    ]
}

fn apply(browser: &mut Browser, token: &mut String, edit: &Edit) {
    match edit {
        Edit::Replace(text) => text.clone_into(token),
        Edit::Put(place, character) => {
            let mut characters: Vec<char> = token.chars().collect();
            let length = characters.len().max(1);
            if let Some(old) = characters.get_mut(place % length) {
                *old = *character;
            }
            *token = characters.into_iter().collect();
        }
        Edit::Cut(place) => {
            let length = token.chars().count() + 1;
            *token = token.chars().take(place % length).collect();
        }
        Edit::Part(part, text) => {
            use base64::Engine;
            let encoded = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text);
            let mut parts: Vec<&str> = token.split('.').collect();
            parts.resize(3, "");
            parts[*part] = &encoded;
            *token = parts.join(".");
        }
        Edit::Sign => {
            let mut parts = token.split('.');
            let header = parts.next().unwrap_or_default();
            let input = format!("{header}.{}", parts.next().unwrap_or_default());
            let signer = protocol::Signer::Service(protocol::Service::Main);
            let signature = browser.deployment.sign(&input, &signer);
            *token = format!("{input}.{}", signature.expect("there is a key"));
        }
        Edit::Wait(seconds) => browser.now = browser.now.plus_seconds(*seconds),
    }
}

/// What the checks beside the editor say.
fn inspected(browser: &Browser, token: &str, now: Timestamp) -> Option<TokenRejection> {
    let options = InspectionOptions::default();
    let inspection = browser.deployment.inspect(token, &options, now);
    inspection
        .checks
        .into_iter()
        .find_map(|step| match step.outcome {
            TokenOutcome::Failed(rejection) => Some(rejection),
            _ => None,
        })
}

/// What the server says of the token; `Err` where it never came to look at it, or had more to say.
fn answered(exchange: &Exchange) -> Result<Option<TokenRejection>, Rejection> {
    let looked_at = exchange.steps.iter().any(|step| {
        matches!(step.check, protocol::Check::Token(_)) && step.outcome != Outcome::NotReached
    });
    match exchange.rejection() {
        None => Ok(None),
        Some(Rejection::Token(rejection)) if looked_at => Ok(Some(rejection.clone())),
        Some(other) => Err(other.clone()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_studio_and_the_server_agree(edits in prop::collection::vec(edit(), 0..6)) {
        let mut browser = Browser::new();
        browser.sign_in(Lane::B);
        let mut token = browser.copy(Lane::B);
        for edit in &edits {
            apply(&mut browser, &mut token, edit);
        }
        // No field can hold control characters: they are left out on the way. RFC 9110, 5.5.
        prop_assume!(!token.chars().any(char::is_control));
        let said = inspected(&browser, &token, browser.now);
        let request = with_copy(errand(Lane::B, "GET", "/me", ""), &token);
        let exchange = browser.send_errand(request);
        match answered(&exchange) {
            Ok(rejection) => {
                // That the subject is no user of ours is for the server to find, once the token has passed.
                let malformed_subject = Some(TokenRejection::Malformed { name: String::from("sub") });
                prop_assert!(rejection == said || rejection == malformed_subject && said.is_none(),
                    "{token:?}: {said:?}, but {rejection:?}");
            }
            Err(other) => prop_assert!(false, "{token:?}: {other:?}"),
        }
    }
}
