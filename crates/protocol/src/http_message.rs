//! Requests and responses as HTTP/1.1 writes them. RFC 9112.

use std::fmt;

use http::StatusCode;
use serde::{Deserialize, Serialize};

/// One field line. RFC 9110, 5.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The field name, in the case in which it was written.
    pub name: String,
    /// The field value, without surrounding white space.
    pub value: String,
}

impl Header {
    /// A field line of this name and value.
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
        }
    }
}

/// A request as the server receives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The method, in upper case for the standard ones.
    pub method: String,
    /// The request target in origin form: path and query. RFC 9112, 3.2.1.
    pub target: String,
    /// Field lines in the order in which they are sent.
    pub headers: Vec<Header>,
    /// The content, empty where there is none.
    pub body: String,
}

impl Request {
    /// The value of the first field of that name, compared without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The target without its query.
    pub fn path(&self) -> &str {
        self.target
            .split_once('?')
            .map_or(self.target.as_str(), |(path, _)| path)
    }
}

impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} HTTP/1.1\r\n", self.method, self.target)?;
        write_rest(f, &self.headers, &self.body)
    }
}

/// A response as the server sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The status code. RFC 9110, 15.
    pub status: u16,
    /// Field lines in the order in which they are sent; `Set-Cookie` may stand several times.
    pub headers: Vec<Header>,
    /// The content, empty where there is none.
    pub body: String,
}

impl Response {
    /// The value of the first field of that name, compared without case.
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    /// The standard's phrase for the status code; empty for a code that has none.
    pub fn reason(&self) -> &'static str {
        StatusCode::from_u16(self.status)
            .ok()
            .and_then(|status| status.canonical_reason())
            .unwrap_or_default()
    }
}

impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP/1.1 {} {}\r\n", self.status, self.reason())?;
        write_rest(f, &self.headers, &self.body)
    }
}

fn find<'a>(headers: &'a [Header], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|header| header.name.eq_ignore_ascii_case(name))
        .map(|header| header.value.as_str())
}

fn write_rest(f: &mut fmt::Formatter<'_>, headers: &[Header], body: &str) -> fmt::Result {
    for header in headers {
        write!(f, "{}: {}\r\n", header.name, header.value)?;
    }
    write!(f, "\r\n{body}")
}
