//! What stands in a HAR that someone opens: tokens and cookies, where they were seen first, and how often.

use serde::{Deserialize, Serialize};

/// What was found in a HAR.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HarFindings {
    /// What wrote it: name and version.
    pub creator: String,
    /// How many requests there are.
    pub requests: u32,
    /// The tokens, in the order in which they stand there.
    pub tokens: Vec<HarToken>,
    /// How many different ones there are: more than are listed, where there are very many.
    pub tokens_in_all: u32,
    /// The cookies, in the order in which they stand there.
    pub cookies: Vec<HarCookie>,
    /// How many different ones there are: more than are listed, where there are very many.
    pub cookies_in_all: u32,
}

/// A token: three parts, the first of which is a JSON object that names an algorithm. RFC 7515, 7.1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HarToken {
    /// The token.
    pub token: String,
    /// The algorithm that its header names.
    pub algorithm: String,
    /// Where it was seen first.
    pub place: HarPlace,
    /// What stands before it there: a cookie's name, a field of a form, a member of an object; empty where nothing does.
    pub name: String,
    /// The URL of the request.
    pub url: String,
    /// How often it stands in the HAR.
    pub times: u32,
}

/// A part of a request or of its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HarPlace {
    /// The request's URL.
    Url,
    /// The request's field of that name.
    RequestField(String),
    /// The request's content.
    RequestContent,
    /// The answer's field of that name.
    ResponseField(String),
    /// The answer's content.
    ResponseContent,
}

/// A cookie, as it was set or as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HarCookie {
    /// A `Set-Cookie` line, or a pair of name and value.
    pub line: String,
    /// Whether an answer set it; else a request carried it.
    pub was_set: bool,
    /// The URL of the request where it was seen first.
    pub url: String,
    /// How often it stands in the HAR.
    pub times: u32,
}

/// Why nothing was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HarProblem {
    /// The file has no octets.
    Empty,
    /// The browser could not read the file.
    Unreadable(String),
    /// It is no JSON.
    NotJson {
        /// In which line it stops being so, counted from 1.
        line: u32,
        /// At which octet of the line.
        column: u32,
    },
    /// It ends in the middle.
    CutOff,
    /// It is JSON, but there is no list of entries in it.
    NotHar,
    /// There are no requests in it.
    NoRequests,
}
