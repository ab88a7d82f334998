//! Values of JSON, read as one kind or another. What is wrong is told by the key where it is.

use serde_json::{Map, Value};

use super::{JsonFault, JsonProblem};

/// An object, and which of its keys were not read yet.
pub(super) struct Object<'json> {
    at: String,
    map: &'json Map<String, Value>,
    left: Vec<&'json str>,
}

impl<'json> Object<'json> {
    pub(super) fn of(value: &'json Value, at: String) -> Result<Self, JsonProblem> {
        match value.as_object() {
            Some(map) => Ok(Self {
                left: map.keys().map(String::as_str).collect(),
                map,
                at,
            }),
            None => Err(expected(at, "an object")),
        }
    }

    pub(super) fn key(&self, name: &str) -> String {
        if self.at.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.at)
        }
    }

    pub(super) fn take(&mut self, name: &str) -> Option<&'json Value> {
        self.left.retain(|left| *left != name);
        self.map.get(name)
    }

    /// Reads into the place, where there is such a key.
    pub(super) fn read<T>(
        &mut self,
        name: &str,
        read: Reader<T>,
        place: &mut T,
    ) -> Result<(), JsonProblem> {
        if let Some(value) = self.take(name) {
            *place = read(value, self.key(name))?;
        }
        Ok(())
    }

    pub(super) fn need<T>(&mut self, name: &str, read: Reader<T>) -> Result<T, JsonProblem> {
        match self.take(name) {
            Some(value) => read(value, self.key(name)),
            None => Err(JsonProblem {
                key: self.key(name),
                fault: JsonFault::Missing,
            }),
        }
    }

    pub(super) fn end(&self) -> Result<(), JsonProblem> {
        match self.left.first() {
            Some(name) => Err(JsonProblem {
                key: self.key(name),
                fault: JsonFault::Unknown,
            }),
            None => Ok(()),
        }
    }
}

pub(super) type Reader<T> = fn(&Value, String) -> Result<T, JsonProblem>;

pub(super) fn expected(key: String, what: &'static str) -> JsonProblem {
    JsonProblem {
        key,
        fault: JsonFault::Expected(what),
    }
}

pub(super) fn number(value: &Value, key: String) -> Result<f64, JsonProblem> {
    value.as_f64().ok_or_else(|| expected(key, "a number"))
}

/// A whole number that is not negative. JavaScript writes a million as `1000000` or as `1e6`: both are whole.
pub(super) fn whole(value: &Value, key: String) -> Result<u64, JsonProblem> {
    /// From here on not every whole number is one of JavaScript's.
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    if let Some(whole) = value.as_u64() {
        return Ok(whole);
    }
    match value.as_f64() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "looked at"
        )]
        Some(number) if number.fract() == 0.0 && (0.0..=LARGEST).contains(&number) => {
            Ok(number as u64)
        }
        _ => Err(expected(key, "a whole number, 0 or more")),
    }
}

pub(super) fn small(value: &Value, key: String) -> Result<u32, JsonProblem> {
    // What is too large for the type is too large for every setting: it is told as out of range.
    Ok(u32::try_from(whole(value, key)?).unwrap_or(u32::MAX))
}

pub(super) fn signed(value: &Value, key: String) -> Result<i32, JsonProblem> {
    value
        .as_i64()
        .and_then(|seconds| seconds.try_into().ok())
        .ok_or_else(|| expected(key, "a whole number"))
}

pub(super) fn flag(value: &Value, key: String) -> Result<bool, JsonProblem> {
    value
        .as_bool()
        .ok_or_else(|| expected(key, "true or false"))
}

pub(super) fn list<T>(
    value: &Value,
    key: &str,
    mut read: impl FnMut(&Value, String) -> Result<T, JsonProblem>,
) -> Result<Vec<T>, JsonProblem> {
    value
        .as_array()
        .ok_or_else(|| expected(key.to_owned(), "a list"))?
        .iter()
        .enumerate()
        .map(|(place, each)| read(each, format!("{key}[{place}]")))
        .collect()
}

/// A list of two numbers.
pub(super) fn pair<T: Copy>(
    value: &Value,
    key: String,
    read: Reader<T>,
) -> Result<(T, T), JsonProblem> {
    match list(value, &key, read)?[..] {
        [first, last] => Ok((first, last)),
        _ => Err(expected(key, "a list of two numbers")),
    }
}
