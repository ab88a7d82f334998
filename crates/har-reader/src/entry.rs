//! What is read of a HAR: as little as tokens and cookies need.

use serde::Deserialize;

use crate::lenient::{Flag, List, Object, Text};

/// A file.
#[derive(Deserialize)]
pub(crate) struct Har<'a> {
    #[serde(borrow, default)]
    pub(crate) log: Option<Object<Log<'a>>>,
}

/// Its log.
#[derive(Deserialize)]
pub(crate) struct Log<'a> {
    #[serde(borrow, default)]
    pub(crate) creator: Option<Object<Creator<'a>>>,
    #[serde(borrow, default)]
    pub(crate) entries: Option<List<Object<Entry<'a>>>>,
}

/// What wrote it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Creator<'a> {
    #[serde(borrow)]
    pub(crate) name: Text<'a>,
    #[serde(borrow)]
    pub(crate) version: Text<'a>,
}

/// A request and its answer.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Entry<'a> {
    #[serde(borrow)]
    pub(crate) request: Option<Object<Request<'a>>>,
    #[serde(borrow)]
    pub(crate) response: Option<Object<Response<'a>>>,
}

/// A request.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Request<'a> {
    #[serde(borrow)]
    pub(crate) url: Text<'a>,
    #[serde(borrow)]
    pub(crate) headers: Option<List<Object<Pair<'a>>>>,
    #[serde(borrow)]
    pub(crate) cookies: Option<List<Object<Cookie<'a>>>>,
    #[serde(borrow, rename = "postData")]
    pub(crate) content: Option<Object<Content<'a>>>,
}

/// An answer.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Response<'a> {
    #[serde(borrow)]
    pub(crate) headers: Option<List<Object<Pair<'a>>>>,
    #[serde(borrow)]
    pub(crate) cookies: Option<List<Object<Cookie<'a>>>>,
    #[serde(borrow)]
    pub(crate) content: Option<Object<Content<'a>>>,
}

/// Name and value: of a header field, or of a form's.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Pair<'a> {
    #[serde(borrow)]
    pub(crate) name: Text<'a>,
    #[serde(borrow)]
    pub(crate) value: Text<'a>,
}

/// What was sent or came.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Content<'a> {
    #[serde(borrow)]
    pub(crate) text: Text<'a>,
    #[serde(borrow)]
    pub(crate) encoding: Text<'a>,
    #[serde(borrow)]
    pub(crate) params: Option<List<Object<Pair<'a>>>>,
}

/// A cookie as a program took it apart.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Cookie<'a> {
    #[serde(borrow)]
    pub(crate) name: Text<'a>,
    #[serde(borrow)]
    pub(crate) value: Text<'a>,
    #[serde(borrow)]
    pub(crate) path: Text<'a>,
    #[serde(borrow)]
    pub(crate) domain: Text<'a>,
    #[serde(borrow, rename = "sameSite")]
    pub(crate) same_site: Text<'a>,
    pub(crate) secure: Flag,
    #[serde(rename = "httpOnly")]
    pub(crate) http_only: Flag,
}

impl Cookie<'_> {
    /// The pair.
    pub(crate) fn pair(&self) -> String {
        format!("{}={}", self.name.0, self.value.0)
    }

    /// The line that would set it. When it ends is left out: what stands there is a moment, and no line has one so.
    pub(crate) fn line(&self) -> String {
        let mut line = self.pair();
        for (name, value) in [
            ("Path", &self.path),
            ("Domain", &self.domain),
            ("SameSite", &self.same_site),
        ] {
            if !value.0.is_empty() {
                line.push_str(&format!("; {name}={}", value.0));
            }
        }
        for (name, flag) in [("Secure", self.secure), ("HttpOnly", self.http_only)] {
            if flag.0 {
                line.push_str(&format!("; {name}"));
            }
        }
        line
    }
}

/// What is there of a list.
pub(crate) fn all<T>(list: &Option<List<Object<T>>>) -> impl Iterator<Item = &T> {
    let items = list.as_ref().and_then(|list| list.0.as_deref());
    items
        .unwrap_or_default()
        .iter()
        .filter_map(|it| it.0.as_ref())
}

/// What is there of an object.
pub(crate) fn there<T>(object: &Option<Object<T>>) -> Option<&T> {
    object.as_ref().and_then(|object| object.0.as_ref())
}
