//! What the browser holds and was given, as plain data.

use protocol::{CookieEffect, Timestamp};

use super::record::Readback;

/// What page script sees in the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BrowserView {
    /// `document.cookie`; `None` where cookies are disabled.
    pub(crate) cookie: Option<String>,
    /// The stateless lane's token.
    pub(crate) token: Option<String>,
    /// Whether that token is in memory only.
    pub(crate) token_in_memory: bool,
    /// Whether localStorage may be used.
    pub(crate) storage_allowed: bool,
}

/// What proves who one is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Credentials {
    /// The value of a `Cookie` field: `name=value`.
    pub(crate) cookie: Option<String>,
    /// The stateless lane's token.
    pub(crate) token: Option<String>,
}

/// A cookie that an answer brought.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CookieSet {
    /// When.
    pub(crate) at: Timestamp,
    /// What the user agent's model made of it.
    pub(crate) effect: CookieEffect,
    /// What the real browser made of it.
    pub(crate) readback: Readback,
}
