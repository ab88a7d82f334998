//! JSON objects as a token's checks need them: members in order, and every name as often as it stands there.
//!
//! It never forgets a second member of the same name, as a map would, and never copies a string that has no escapes.
//! Literals inside are read, so that they must be well-formed, but not kept: no check asks for them. A name that stands
//! twice is noticed where one asks: of a token at the top level alone.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use protocol::{TokenPart, TokenRejection};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::excerpt::excerpt;

/// A JSON object's members in order.
#[derive(Default)]
pub(crate) struct Object<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

/// A member's value.
pub(crate) enum Json<'a> {
    /// A string.
    Text(Cow<'a, str>),
    /// A number without fraction, at the edge of the range where it would overflow.
    Whole(i64),
    /// Any other number; always finite, as JSON knows no other.
    Fraction(f64),
    /// An array.
    List(Vec<Json<'a>>),
    /// An object.
    Object(Object<'a>),
    /// A boolean or null.
    Other,
}

/// Why a text is no object.
pub(crate) enum Fault {
    /// It is not JSON: where that shows, counted from 1, and what the parser says.
    NotJson {
        line: u32,
        column: u32,
        message: String,
    },
    /// It is JSON, but something else.
    NotObject,
}

impl<'a> Object<'a> {
    /// Reads the bytes of one part. RFC 7515, 4; RFC 7519, 7.2.
    pub(crate) fn read(part: TokenPart, bytes: &'a [u8]) -> Result<Self, TokenRejection> {
        Self::parse(bytes).map_err(|fault| match fault {
            Fault::NotJson {
                line,
                column,
                message,
            } => TokenRejection::NotJson {
                part,
                line,
                column,
                message,
            },
            Fault::NotObject => TokenRejection::NotObject { part },
        })
    }

    /// Reads a whole JSON text. RFC 8259, 4.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, Fault> {
        let document = serde_json::from_slice(bytes).map_err(|error| {
            let message = error.to_string();
            // The parser ends its sentence with the place, which is reported by itself.
            let sentence = message
                .rsplit_once(" at line ")
                .map_or(&*message, |(text, _)| text);
            Fault::NotJson {
                line: counted_from_one(error.line()),
                column: counted_from_one(error.column()),
                message: excerpt(sentence),
            }
        })?;
        match document {
            Json::Object(object) => Ok(object),
            _ => Err(Fault::NotObject),
        }
    }

    /// The value of the first member of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&Json<'a>> {
        let member = self.0.iter().find(|(member, _)| member == name);
        member.map(|(_, value)| value)
    }

    /// The value of the first member of that name, if it is a string.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Json::text)
    }

    /// The first name that stands there a second time.
    pub(crate) fn repeated_name(&self) -> Option<&str> {
        let mut seen = BTreeSet::new();
        self.names().find(|&name| !seen.insert(name))
    }

    /// The names of all members.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| &**name)
    }
}

impl Json<'_> {
    /// The value, if it is a string.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value, if it is a whole number that counts something.
    pub(crate) fn count(&self) -> Option<u32> {
        match *self {
            Self::Whole(number) => u32::try_from(number).ok(),
            _ => None,
        }
    }
}

fn counted_from_one(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX).max(1)
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // In full: a parser that skips what is not kept overlooks broken escapes.
        deserializer.deserialize_any(Top)
    }
}

/// Builds a [`Json`] from whatever the parser meets. The parser itself limits the depth.
struct Top;

impl<'de> Visitor<'de> for Top {
    type Value = Json<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            members.push((name, map.next_value()?));
        }
        Ok(Json::Object(Object(members)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Json::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        Ok(Json::Whole(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Json::Fraction(number))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Json::Other)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Json::Other)
    }
}

/// A member's name: borrowed where it has no escapes, which serde's own `Cow` never is.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;

        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(NameVisitor)
    }
}
