//! Tokens to start from, as texts to be signed: one for each thing that can be wrong. It never signs.

use protocol::{GivenKey, KeyEncoding, Timestamp};

use super::terms::{SAMPLE_SECRET, SERVER_AUDIENCE, SERVER_ISSUER, SERVER_TYPE, Terms};

/// A key pair's public half, as anyone may have it. Nobody holds the private one.
const PUBLIC_KEY: &str = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAy5m2PH55D206/oKnxyCQ
zAXXCA7xQh6yuJK7Ajd/EBZwhxY4zxUi1cNixt931FDmpsgQdiP/W4sxrEU1R8+e
n5SuZX5popsc7p/mcLWsdZx6fyXzH1hnSdWU5yz2h//dLNjVaenCvcSNwDb4o2cl
UBpuBs+6bdE/u/qa7RoXWU4vTngPAvRIeCcjFLhcD5pLjfXuFig9M5Qocy6dGjUK
Max2bkRJYuU3mDjCaB4Mu+yIn3TcM/eSfdOspCPkR4T5fLgk26HXiH6a/dRSbKRf
f+yNqdFdOjyJmTCAvOOiECGsKVx7wCIPHMyvDoIoYU5wVZzt7hdvEXyHCG/jqMNk
SwIDAQAB
-----END PUBLIC KEY-----
";

/// A token to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Example {
    /// All checks hold.
    Valid,
    /// `exp` is past.
    Expired,
    /// `nbf` is to come.
    NotYetValid,
    /// Someone changed the role after it was signed.
    WrongSignature,
    /// Meant for someone else.
    WrongAudience,
    /// `none`: unsigned.
    Unsigned,
    /// Signed with HMAC, and a public RSA key for a secret.
    KeyConfusion,
    /// Not base64url.
    Broken,
}

/// What an example is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recipe {
    /// The header as text.
    pub(crate) header: String,
    /// The payload as text.
    pub(crate) payload: String,
    /// The secret that signs it; `None` leaves it unsigned.
    pub(crate) secret: Option<GivenKey>,
    /// The terms under which it is looked at.
    pub(crate) terms: Terms,
    /// What is put in another's place after it was signed: the wanted payload.
    pub(crate) changed_payload: Option<String>,
}

impl Example {
    /// All of them.
    pub(crate) const ALL: [Self; 8] = [
        Self::Valid,
        Self::Expired,
        Self::NotYetValid,
        Self::WrongSignature,
        Self::WrongAudience,
        Self::Unsigned,
        Self::KeyConfusion,
        Self::Broken,
    ];

    /// What it is made of, at that time by the one clock.
    pub(crate) fn recipe(self, now: Timestamp) -> Recipe {
        let now = now.seconds();
        let minutes = |minutes: i64| now + minutes * 60;
        let (not_before, expires) = match self {
            Self::Expired => (minutes(-20), minutes(-5)),
            Self::NotYetValid => (minutes(10), minutes(25)),
            _ => (now, minutes(15)),
        };
        let audience = match self {
            Self::WrongAudience => "billing",
            _ => SERVER_AUDIENCE,
        };
        let payload = |role: &str| {
            format!(
                "{{\n  \"iss\": \"{SERVER_ISSUER}\",\n  \"sub\": \"42\",\n  \"aud\": \"{audience}\",\n  \"iat\": {issued},\n  \"nbf\": {not_before},\n  \"exp\": {expires},\n  \"role\": \"{role}\"\n}}",
                issued = not_before.min(now),
            )
        };
        let algorithm = match self {
            Self::Unsigned => "none",
            _ => "HS256",
        };
        let (key, allowed): (&str, &[&str]) = match self {
            // A verifier with a public key that takes HMAC as well: the mistake that makes this attack.
            Self::KeyConfusion => (PUBLIC_KEY, &["HS256", "RS256"]),
            _ => (SAMPLE_SECRET, &["HS256"]),
        };
        Recipe {
            header: format!("{{\"alg\":\"{algorithm}\",\"typ\":\"{SERVER_TYPE}\"}}"),
            payload: payload("member"),
            secret: (self != Self::Unsigned).then(|| GivenKey {
                text: key.to_owned(),
                encoding: KeyEncoding::Text,
            }),
            terms: Terms::with_key(key, allowed),
            changed_payload: (self == Self::WrongSignature).then(|| payload("admin")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn all_but_one_thing_is_as_the_server_expects() {
        let now = Timestamp::from_seconds(1_000_000);
        for example in Example::ALL {
            let recipe = example.recipe(now);
            let header: Value = serde_json::from_str(&recipe.header).expect("it is JSON");
            let payload: Value = serde_json::from_str(&recipe.payload).expect("it is JSON");
            let seconds = |name: &str| payload[name].as_i64().expect("it is a date");
            let wrong = [
                (Example::Expired, seconds("exp") <= 1_000_000),
                (Example::NotYetValid, seconds("nbf") > 1_000_000),
                (Example::WrongSignature, recipe.changed_payload.is_some()),
                (Example::WrongAudience, payload["aud"] != SERVER_AUDIENCE),
                (Example::Unsigned, header["alg"] == "none"),
                (Example::KeyConfusion, recipe.terms.key.text == PUBLIC_KEY),
            ];
            for (of, is_wrong) in wrong {
                assert_eq!(is_wrong, of == example, "{of:?} of {example:?}");
            }
            assert!(seconds("iat") <= 1_000_000 && seconds("nbf") < seconds("exp"));
        }
    }
}
