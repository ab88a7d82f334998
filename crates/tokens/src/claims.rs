//! The claims of our access tokens: shaped after RFC 9068, not conforming to it.

use protocol::Timestamp;
use serde::{Serialize, Serializer};

use crate::numeric_date;
use crate::object::{Json, Object};

/// What an access token says. Signed in the order in which it is listed here; what is absent is left out.
///
/// Read from a token, a claim other than `exp` is absent also where it is of another type than here: who needs one
/// refuses a token without it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Claims {
    /// Who issued it. RFC 7519, 4.1.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iss: Option<String>,
    /// Whom it is about: the user. RFC 7519, 4.1.2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    /// For whom it is meant: as JSON a string where it is one, an array where there are more. RFC 7519, 4.1.3.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "audience")]
    pub aud: Vec<String>,
    /// When it was issued; signed in whole seconds, rounded down. RFC 7519, 4.1.6.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "some_seconds"
    )]
    pub iat: Option<Timestamp>,
    /// When it expires; signed in whole seconds, rounded down. RFC 7519, 4.1.4.
    #[serde(serialize_with = "seconds")]
    pub exp: Timestamp,
    /// Its own ID. RFC 7519, 4.1.7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jti: Option<String>,
    /// The version number of the user's tokens when it was issued: one with an older number is refused. Ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ver: Option<u32>,
    /// The sign-in that it came of, by the family of its refresh tokens. OpenID Connect Front-Channel Logout, 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// The user's role. Ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The user's name. OpenID Connect Core, 5.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Claims {
    /// Reads them from a payload that has passed the checks; `None` without an `exp`.
    pub(crate) fn read(payload: &Object<'_>) -> Option<Self> {
        let text = |name| payload.text(name).map(str::to_owned);
        let moment = |name| payload.get(name).and_then(numeric_date::read);
        Some(Self {
            iss: text("iss"),
            sub: text("sub"),
            aud: payload
                .get("aud")
                .and_then(audiences)
                .map_or_else(Vec::new, |names| {
                    names.into_iter().map(str::to_owned).collect()
                }),
            iat: moment("iat"),
            exp: moment("exp")?,
            jti: text("jti"),
            ver: payload.get("ver").and_then(Json::count),
            sid: text("sid"),
            role: text("role"),
            name: text("name"),
        })
    }
}

/// The names in an `aud`: a string, or an array of strings. `None` where it is neither. RFC 7519, 4.1.3.
pub(crate) fn audiences<'a>(aud: &'a Json<'_>) -> Option<Vec<&'a str>> {
    match aud {
        Json::Text(name) => Some(vec![name]),
        Json::List(items) => items.iter().map(Json::text).collect(),
        _ => None,
    }
}

fn audience<S: Serializer>(names: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    match names {
        [name] => name.serialize(serializer),
        names => names.serialize(serializer),
    }
}

fn seconds<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(moment.seconds())
}

fn some_seconds<S: Serializer>(
    moment: &Option<Timestamp>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    moment.map(Timestamp::seconds).serialize(serializer)
}
