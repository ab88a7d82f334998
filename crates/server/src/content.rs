//! Reading a request's content. What it refuses it never quotes: it may be a password.

use protocol::{Rejection, Request};
use serde::de::DeserializeOwned;

use crate::trace::cut;

/// The content as JSON. `needed` says what must be in it, for those who sent something else.
pub(crate) fn read<T: DeserializeOwned>(request: &Request, needed: &str) -> Result<T, Rejection> {
    serde_json::from_str(&request.body).map_err(|error| Rejection::ContentMalformed {
        message: without_content(&error, needed),
    })
}

/// What the parser says. Where it would quote a value of the wrong type, the place alone.
fn without_content(error: &serde_json::Error, needed: &str) -> String {
    let said = error.to_string();
    if error.is_data() && !said.starts_with("missing field") {
        return format!("{needed}: line {}, column {}", error.line(), error.column());
    }
    cut(&said)
}
