//! Cookies as a user agent stores them, and its decisions. Sections are those of RFC 6265bis, draft 22.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// A cookie in the jar. Section 5.7.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cookie {
    /// Its name; empty for a nameless cookie.
    pub name: String,
    /// Its value.
    pub value: String,
    /// The host that set it, or the domain that its `Domain` attribute names, in lower case.
    pub domain: String,
    /// Whether only the very host that set it gets it back: there was no `Domain` attribute.
    pub host_only: bool,
    /// The path below which it is sent.
    pub path: String,
    /// When it ends; `None` for one that lasts until the browser closes.
    pub expires: Option<Timestamp>,
    /// Sent over secure connections only.
    pub secure: bool,
    /// Out of page script's sight.
    pub http_only: bool,
    /// Which requests from other sites carry it.
    pub same_site: SameSite,
    /// When it was first stored.
    pub created: Timestamp,
    /// Whether the attributes above are known. They are not where page script found a cookie that no response set:
    /// script sees names and values alone, and the attributes are then the most permissive guess.
    pub attributes_known: bool,
}

/// The `SameSite` attribute. Section 5.6.7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SameSite {
    /// Only on requests from the same site.
    Strict,
    /// Also when a user follows a link from another site.
    Lax,
    /// On all requests; needs `Secure`.
    None,
    /// Not given, or not understood.
    Default,
}

/// How a server sets its session cookie: the attributes of its `Set-Cookie` line. Section 4.1.
///
/// The default is what the comparison starts from. It is one step short of good practice: a real site turns `HttpOnly`
/// on, and `Secure` wherever it can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CookieSettings {
    /// Whether the cookie is kept out of page script's sight.
    pub http_only: bool,
    /// Whether it is sent over secure connections only; `None` where that follows from the site's own scheme.
    pub secure: Option<bool>,
    /// Which requests from other sites carry it.
    pub same_site: SameSite,
    /// Whether its name starts with `__Host-`.
    pub host_prefix: bool,
    /// Below which path it is sent.
    pub path: CookiePath,
    /// How long the browser is to keep it.
    pub lifetime: CookieLifetime,
}

impl Default for CookieSettings {
    fn default() -> Self {
        Self {
            http_only: false,
            secure: None,
            same_site: SameSite::Lax,
            host_prefix: false,
            path: CookiePath::Site,
            lifetime: CookieLifetime::AsSession,
        }
    }
}

/// Below which path a session cookie is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CookiePath {
    /// The folder of the site.
    Site,
    /// `/`: the whole host.
    Root,
    /// The site's `/admin` alone.
    Admin,
}

/// How long the browser is told to keep a session cookie. The server's record has its own end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CookieLifetime {
    /// As long as the session may last: `Max-Age` is the absolute timeout.
    AsSession,
    /// One minute.
    OneMinute,
    /// Until the browser closes: there is no `Max-Age`.
    UntilClosed,
}

/// Who caused a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Initiator {
    /// A page of this very site.
    ThisSite,
    /// A `fetch` without credentials by this very site's script.
    ThisSiteFetchWithoutCredentials,
    /// A link on another site that the user follows in the top-level window.
    ForeignLink,
    /// A form on another site, sent in the top-level window.
    ForeignForm,
    /// An image, script or style sheet on another site's page.
    ForeignSubresource,
    /// A `fetch` with credentials by another site's script.
    ForeignFetch,
    /// A `fetch` without credentials by another site's script.
    ForeignFetchWithoutCredentials,
    /// A frame inside another site's page: whatever it loads, a link or form in it among them.
    ForeignFrame,
}

impl Initiator {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::ThisSite,
        Self::ThisSiteFetchWithoutCredentials,
        Self::ForeignLink,
        Self::ForeignForm,
        Self::ForeignSubresource,
        Self::ForeignFetch,
        Self::ForeignFetchWithoutCredentials,
        Self::ForeignFrame,
    ];

    /// Whether another site caused the request.
    pub const fn is_foreign(self) -> bool {
        !matches!(self, Self::ThisSite | Self::ThisSiteFetchWithoutCredentials)
    }

    /// Whether cookies have a part in the request and its answer at all. Fetch, credentials mode.
    pub const fn has_credentials(self) -> bool {
        !matches!(
            self,
            Self::ThisSiteFetchWithoutCredentials | Self::ForeignFetchWithoutCredentials
        )
    }

    /// Whether the request replaces the page in the address bar.
    pub const fn is_top_level_navigation(self) -> bool {
        matches!(self, Self::ForeignLink | Self::ForeignForm)
    }
}

/// What became of one `Set-Cookie` line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Storing {
    /// It is in the jar now, in place of an older one of the same name, domain and path.
    Stored(Cookie),
    /// Its lifetime had already passed: the cookie of that name was removed, if there was one.
    Removed {
        /// The cookie's name.
        name: String,
        /// Whether there was one to remove.
        was_there: bool,
    },
    /// It was refused.
    Refused(CookieRule),
}

/// The rule by which a cookie is refused. Sections 5.6 and 5.7.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CookieRule {
    /// The request was a `fetch` without credentials: its answer sets nothing. Fetch, HTTP-network fetch.
    WithoutCredentials,
    /// A control character other than a tab. 5.6, step 1.
    ControlCharacter,
    /// Name and value are both empty. 5.6.
    Empty,
    /// Name and value are over 4,096 octets together. 5.6.
    TooLarge {
        /// How many they are.
        octets: u32,
    },
    /// `Domain` names neither the host nor a parent of it. 5.7.
    ForeignDomain {
        /// The attribute's value.
        domain: String,
    },
    /// `Domain` names a public suffix, such as `com`. 5.7.
    PublicSuffix {
        /// The attribute's value.
        domain: String,
    },
    /// Page script may not set an HttpOnly cookie. 5.7.
    HttpOnlyFromScript,
    /// `Secure` from an insecure origin. 5.7.
    SecureFromInsecure,
    /// An insecure origin would overlay a Secure cookie. 5.7.
    OverlaysSecure,
    /// Another site's frame or subresource may not set a Lax or Strict cookie. 5.7.
    CrossSite,
    /// `SameSite=None` without `Secure`. 5.7.
    NoneWithoutSecure,
    /// `__Secure-` without `Secure`. 5.7.
    SecurePrefix,
    /// `__Host-` without `Secure`, without `Path=/`, or with a `Domain`. 5.7.
    HostPrefix,
    /// A nameless cookie whose value starts with a prefix. 5.7.
    NamelessPrefix,
    /// Page script would overwrite an HttpOnly cookie. 5.7.
    OverwritesHttpOnly,
}

/// The rule by which a cookie in the jar was not sent. Section 5.8.3.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CookieHeld {
    /// The request is a `fetch` without credentials. Fetch, HTTP-network-or-cache fetch.
    WithoutCredentials,
    /// For another host.
    Domain {
        /// Where it would go.
        domain: String,
    },
    /// The request's path is not below the cookie's.
    Path {
        /// The cookie's path.
        path: String,
    },
    /// It has ended.
    Expired {
        /// When.
        at: Timestamp,
    },
    /// A Secure cookie on an insecure connection.
    Secure,
    /// An HttpOnly cookie, asked for by page script.
    HttpOnly,
    /// Another site caused the request.
    SameSite {
        /// What the cookie allows.
        same_site: SameSite,
        /// Who caused the request.
        initiator: Initiator,
    },
}

/// An attribute of a `Set-Cookie` line that had no effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IgnoredAttribute {
    /// The attribute's name as written, cut after 64 characters.
    pub name: String,
    /// Whether its name is unknown (else its value had no meaning, was too long, or another attribute won).
    pub unknown: bool,
}

/// What one `Set-Cookie` line of a response did, and what page script is to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CookieEffect {
    /// The field's value as the server sent it.
    pub line: String,
    /// What the user agent's model did with it.
    pub storing: Storing,
    /// Attributes that had no effect.
    pub ignored: Vec<IgnoredAttribute>,
    /// What the page is to assign to `document.cookie`; `None` where the cookie is kept from it, or was refused.
    pub script_line: Option<String>,
}
