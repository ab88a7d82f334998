//! The server's settings.

use protocol::CookieSettings;

/// What the server expects and grants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How the session cookie is set.
    pub cookie: CookieSettings,
    /// A session ends if it is not used for this long. ASVS 7.3.1.
    pub idle_timeout_seconds: i64,
    /// A session ends at this age in any case. ASVS 7.3.2.
    pub absolute_timeout_seconds: i64,
    /// A session's last use is written at most this often: sliding timeouts write.
    pub touch_interval_seconds: i64,
    /// How long an access token is valid.
    pub token_lifetime_seconds: i64,
    /// `iss` of the tokens, and the one that is expected.
    pub issuer: String,
    /// `aud` of the tokens, and the one that is expected.
    pub audience: String,
    /// How far `exp` and `nbf` may be off.
    pub leeway_seconds: u32,
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
            idle_timeout_seconds: 15 * 60,
            absolute_timeout_seconds: 8 * 60 * 60,
            touch_interval_seconds: 60,
            token_lifetime_seconds: 15 * 60,
            issuer: String::from("ticket-or-passport"),
            audience: String::from("api"),
            leeway_seconds: 0,
            field_octets_limit: 16 * 1024,
            content_octets_limit: 64 * 1024,
        }
    }
}
