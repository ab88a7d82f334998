//! Steps: what one party did with a request, as typed facts.

use serde::{Deserialize, Serialize};

use crate::{Fact, Rejection, StorePlace, TokenCheck};

/// One thing that one party did. Steps stand in the order in which they happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Who did it.
    pub party: Party,
    /// What was done.
    pub check: Check,
    /// What came of it.
    pub outcome: Outcome,
    /// What it cost.
    pub cost: Cost,
}

/// Who did a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Party {
    /// Page script of the site: what the site's own JavaScript does.
    PageScript,
    /// Someone who kept a copy of a credential, and is not this browser.
    CopyHolder,
    /// The browser's part that owns the cookie jar.
    UserAgent,
    /// What lies between browser and servers: modelled.
    Network,
    /// What chooses a server.
    Balancer,
    /// The server of that number, counted from 1.
    Server(u32),
    /// The person at the page, who looks into every party: no party of the request's.
    Observer,
}

/// What a step did. Each has its standard's section; the page's wording says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Check {
    /// Page script took the credential from where it keeps it, and put it into the `Authorization` field. RFC 6750, 2.1.
    BearerAttached,
    /// Someone who kept a copy of a credential sent it.
    CopyPresented,
    /// Another device asked, which has no credential yet.
    OtherDeviceAsked,
    /// The user agent decided whether the request carries one cookie. RFC 6265bis, 5.8.3.
    CookieSelected,
    /// The request went over the network.
    RequestTravelled,
    /// The balancer tried a server that does not answer.
    ServerTried,
    /// The balancer chose a server.
    ServerChosen,
    /// The balancer set its own cookie.
    ServerPinned,
    /// The server read its clock, which is off.
    ClockRead,
    /// The observer looked where a session is that a server did not find.
    SessionLocated,
    /// The observer looked where a refresh token is that a server did not find.
    RefreshTokenLocated,
    /// The observer looked where a key is that a server does not hold.
    KeyLocated,
    /// The request's fields and content are within the server's limits. RFC 6585, 5; RFC 9110, 15.5.14.
    SizeLimited,
    /// A route matches path and method. RFC 9110, 15.5.5 and 15.5.6.
    RouteFound,
    /// A request that changes something comes from the site's own pages. ASVS 3.5.1.
    OriginAllowed,
    /// The content is the JSON that the route needs.
    BodyRead,
    /// The account was looked up by its name.
    AccountLookedUp,
    /// The password was hashed and compared. ASVS 11.4.2.
    PasswordVerified,
    /// The account may sign in.
    AccountActive,
    /// The session that the browser came with was ended: a new sign-in gets a new ID. ASVS 7.2.4.
    OldSessionEnded,
    /// A session was made and stored. ASVS 7.2.3.
    SessionCreated,
    /// A token was made and signed; nothing was stored.
    TokenIssued,
    /// The session cookie is in the request.
    SessionCookieFound,
    /// The session ID has the form that the server gives out.
    SessionIdWellFormed,
    /// The session ID was hashed, as the store knows hashes alone.
    SessionIdHashed,
    /// The store has a session of this hash.
    SessionFound,
    /// The session has not been idle too long. ASVS 7.3.1.
    IdleTimeout,
    /// The session is not too old. ASVS 7.3.2.
    AbsoluteTimeout,
    /// The session's user may use the site. ASVS 7.4.2.
    UserActive,
    /// The user has the role that the session ID was issued for; else it gets a new ID. OWASP, Session Management.
    SessionRenewed,
    /// The server knows who the user is.
    UserIdentified,
    /// The session's last use was written down.
    LastSeenTouched,
    /// An `Authorization: Bearer` field is in the request. RFC 6750, 2.1.
    BearerFound,
    /// The access token's cookie is in the request.
    AccessCookieFound,
    /// A check of the token itself.
    Token(TokenCheck),
    /// The token is not on the list of those that are refused. ASVS 7.4.1.
    TokenNotDenied,
    /// The token carries the user's present version number. ASVS 7.4.1.
    TokenVersionCurrent,
    /// The token was put on the list of those that are refused. ASVS 7.4.1.
    TokenDenied,
    /// The user's version number was raised: all tokens that carry an older one are refused. ASVS 7.4.1.
    TokenVersionRaised,
    /// A family of refresh tokens began. RFC 9700, 4.14.2.
    RefreshTokenIssued,
    /// The refresh token's cookie is in the request.
    RefreshCookieFound,
    /// The refresh token has the form that the server gives out.
    RefreshTokenWellFormed,
    /// The refresh token was hashed, as the store knows hashes alone.
    RefreshTokenHashed,
    /// The store has a refresh token of this hash.
    RefreshTokenFound,
    /// Its family was not ended. RFC 9700, 4.14.2.
    RefreshFamilyActive,
    /// Its family has not expired. RFC 9700, 4.14.2.
    RefreshTokenExpiry,
    /// It was not used before. RFC 9700, 4.14.2.
    RefreshTokenUnused,
    /// It was exchanged for a new one of its family. RFC 9700, 4.14.2.
    RefreshTokenRotated,
    /// A family of refresh tokens was ended. RFC 9700, 4.14.2.
    RefreshFamilyEnded,
    /// The user's account was looked up by the user's number.
    UserLookedUp,
    /// The user's sessions were read. ASVS 7.5.2.
    SessionsListed,
    /// Sessions of the user were ended. ASVS 7.5.2.
    SessionsEnded,
    /// The server wrote the event into its audit log. ASVS 16.3.1.
    EventRecorded,
    /// The session was ended. ASVS 7.4.1.
    SessionEnded,
    /// The server gave out the public halves of its keys. RFC 7517, 5.
    KeysPublished,
    /// The application read the user's orders.
    OrdersRead,
    /// The application wrote an order.
    OrderPlaced,
    /// The user's role allows the request. ASVS 8.2.1.
    RoleAllowed,
    /// The application read all users.
    UsersRead,
    /// There is no record of a token that could be ended. ASVS 7.4.1 is not met.
    TokenOutlivesSignOut,
    /// The server answered.
    Answered,
    /// The answer went over the network.
    ResponseTravelled,
    /// The user agent stored a cookie, or refused to. RFC 6265bis, 5.7.
    CookieStored,
}

/// What came of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// A check held, or a thing was done.
    Passed(Fact),
    /// Neither good nor bad, but worth knowing.
    Noted(Fact),
    /// A check did not hold and decided the answer.
    Failed(Rejection),
    /// An earlier check had decided already.
    NotReached,
}

/// What a step cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// The operations on the store. Counted.
    pub store: Vec<StoreOperation>,
    /// How many signatures were verified. Counted.
    pub signature_checks: u32,
    /// How many signatures were made. Counted.
    pub signatures_made: u32,
    /// How many passwords were hashed. Counted.
    pub password_hashes: u32,
    /// How long it took on the server's machine, in microseconds. Measured: no finer than the timer's grain.
    pub microseconds: f64,
    /// How long it took on the network, between browser and server or between server and database, in milliseconds.
    /// Modelled: a setting.
    pub network_milliseconds: f64,
}

/// One operation on the store, as the store itself counted it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreOperation {
    /// Whether it reads or writes.
    pub access: Access,
    /// Where it ran.
    pub place: StorePlace,
    /// What for.
    pub purpose: Purpose,
    /// The SQL that ran, with its placeholders; for a store in memory, the name of the operation.
    pub statement: String,
    /// Rows that a read returned or a write changed.
    pub rows: u32,
    /// Steps of a full table scan, as SQLite counts them; 0 in memory.
    pub full_scan_steps: u32,
    /// Steps of SQLite's virtual machine; 0 in memory.
    pub vm_steps: u32,
}

/// Whether a store operation reads or writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// It reads.
    Read,
    /// It writes.
    Write,
}

/// What a store operation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// To know who the user is.
    Authentication,
    /// For the application itself.
    Application,
}
