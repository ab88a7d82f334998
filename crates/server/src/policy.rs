//! The server's settings that no scheme changes.

use protocol::CookieSettings;

/// What the server expects and grants, whatever its scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How the session cookie is set.
    pub cookie: CookieSettings,
    /// `iss` of the tokens, and the one that is expected.
    pub issuer: String,
    /// The most octets that request line and field lines may have.
    pub field_octets_limit: u32,
    /// The most octets that the content may have.
    pub content_octets_limit: u32,
}

/// The type of our access tokens, shaped after RFC 9068.
pub(crate) const TOKEN_TYPE: &str = "at+jwt";

impl Default for Policy {
    fn default() -> Self {
        Self {
            cookie: CookieSettings::default(),
            issuer: String::from("ticket-or-passport"),
            field_octets_limit: 16 * 1024,
            content_octets_limit: 64 * 1024,
        }
    }
}
