//! What a step saw or did, where it went well.

use serde::{Deserialize, Serialize};

use crate::{AuditEvent, Carrier, ChosenBy, CookieHeld, SameSite, Storing, Timestamp, TokenFact};

/// What a step saw or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// Nothing more to say than that it was done.
    Done,
    /// Page script keeps nothing to send.
    NoToken {
        /// The key under which it would be.
        key: String,
        /// Where it would be.
        carrier: Carrier,
    },
    /// The token, or session ID, that page script attached.
    TokenAttached {
        /// The key under which it was.
        key: String,
        /// Where it was.
        carrier: Carrier,
        /// Its length.
        bytes: u32,
    },
    /// A copy of a credential was sent.
    Copy {
        /// Its length.
        bytes: u32,
    },
    /// The event that was written into the audit log.
    Recorded(AuditEvent),
    /// The jar holds no cookie for this site.
    NoCookie,
    /// A cookie was sent.
    CookieSent {
        /// Its name.
        name: String,
        /// Its path.
        path: String,
        /// Its `SameSite` attribute.
        same_site: SameSite,
        /// Whether path and `SameSite` are known: see [`crate::Cookie::attributes_known`].
        attributes_known: bool,
    },
    /// A cookie was held back.
    CookieHeld {
        /// Its name.
        name: String,
        /// The rule that held it.
        rule: CookieHeld,
    },
    /// Octets on the wire.
    Octets(u32),
    /// The server of that number was chosen.
    ServerChosen(u32),
    /// One of several servers of the same kind was chosen.
    ServerPicked {
        /// Its number.
        server: u32,
        /// Among how many.
        of: u32,
        /// How.
        by: ChosenBy,
    },
    /// The server of that number does not answer.
    ServerDown(u32),
    /// The balancer's cookie names this server from now on.
    Pinned {
        /// Its number.
        server: u32,
    },
    /// The server's clock is off by so many seconds: ahead where it is positive.
    ClockOff(i32),
    /// The session lives in the memory of the server of that number.
    SessionIn {
        /// Its number.
        server: u32,
    },
    /// The refresh token lives in the memory of the server of that number.
    RefreshTokenIn {
        /// Its number.
        server: u32,
    },
    /// Other servers hold the key.
    KeyIn {
        /// How many.
        servers: u32,
        /// The number of the first of them.
        first: u32,
    },
    /// The route's method and path below the site's own.
    Route {
        /// The method.
        method: String,
        /// The path.
        path: String,
    },
    /// The origin that the request names.
    Origin(String),
    /// A method that changes nothing needs no origin.
    SafeMethod,
    /// Whether the account exists. The answer to the client never says so.
    Account {
        /// Its user, if it exists.
        user: Option<u32>,
    },
    /// The parameters of the password hash.
    PasswordHash {
        /// Memory in KiB.
        memory_kib: u32,
        /// Passes.
        passes: u32,
        /// Lanes.
        lanes: u32,
    },
    /// There was no session to end.
    NoOldSession,
    /// A session was created.
    SessionCreated {
        /// SHA-256 of its ID, hex.
        id_hash: String,
        /// Random bits in the ID.
        random_bits: u32,
        /// When it ends if it is not used.
        idle_expires: Timestamp,
        /// When it ends in any case.
        absolute_expires: Timestamp,
    },
    /// A token was issued.
    TokenIssued {
        /// The key that signed it.
        kid: String,
        /// Its algorithm.
        algorithm: String,
        /// When it expires.
        expires: Timestamp,
        /// Its length.
        bytes: u32,
    },
    /// The session cookie was found.
    SessionCookie {
        /// Its name.
        name: String,
        /// The value's length.
        bytes: u32,
    },
    /// SHA-256 of the session ID, hex.
    IdHash(String),
    /// The store's record.
    Session {
        /// The session's user.
        user: u32,
        /// When it began.
        created: Timestamp,
        /// When it was last used, as far as written down.
        last_seen: Timestamp,
        /// Since when the server remembers it, where it asked no store.
        cached_since: Option<Timestamp>,
    },
    /// A deadline that has not passed.
    Deadline {
        /// The deadline.
        at: Timestamp,
        /// The clock at the check.
        now: Timestamp,
    },
    /// The server knows who the user is.
    User {
        /// The user's number.
        id: u32,
        /// The user's name.
        name: String,
        /// The user's role.
        role: String,
    },
    /// The last use was written recently enough.
    TouchNotDue {
        /// When it will be due.
        due: Timestamp,
    },
    /// Use does not prolong the session, so nothing is written.
    NotSliding,
    /// The session ID was issued for the role that the user has.
    RoleUnchanged,
    /// The user's role is another than the session ID was issued for: the session goes on under a new ID.
    SessionRenewed {
        /// The role until now.
        before: String,
        /// The role from now on.
        now: String,
        /// SHA-256 of the new ID, hex.
        id_hash: String,
    },
    /// The session's last use was written.
    Touched {
        /// When the session ends now if it is not used.
        idle_expires: Timestamp,
    },
    /// A bearer token of this length was found.
    BearerToken {
        /// Its length.
        bytes: u32,
    },
    /// What a check of the token saw.
    Token(TokenFact),
    /// How many public keys were given out.
    PublicKeys(u32),
    /// How many rows the application read.
    Rows(u32),
    /// The number of the order that was placed.
    Order(u32),
    /// The role that allows it.
    Role(String),
    /// Whether there was a session, which is gone now.
    SessionEnded {
        /// SHA-256 of its ID, hex.
        id_hash: String,
        /// Whether there was one.
        was_there: bool,
    },
    /// Until when the token that was signed out still works for whoever has a copy.
    TokenOutlives {
        /// Its `exp`, and the leeway.
        until: Timestamp,
    },
    /// The access token's cookie was found.
    AccessCookie {
        /// Its name.
        name: String,
        /// The value's length.
        bytes: u32,
    },
    /// The token is not on the list of those that are refused.
    NotDenied {
        /// Its `jti`.
        jti: String,
    },
    /// The token is on the list from now on.
    TokenDenied {
        /// Its `jti`.
        jti: String,
        /// Until when it must stand there: its `exp`, and the leeway.
        until: Timestamp,
    },
    /// The token carries the user's present version number.
    TokenVersion(u32),
    /// The user's version number was raised.
    TokenVersionRaised {
        /// To this.
        to: u32,
    },
    /// A family of refresh tokens began.
    RefreshTokenIssued {
        /// The family, hex.
        family: String,
        /// SHA-256 of the token, hex.
        token_hash: String,
        /// When the family ends.
        expires: Timestamp,
    },
    /// The refresh token's cookie was found.
    RefreshCookie {
        /// Its name.
        name: String,
        /// The value's length.
        bytes: u32,
    },
    /// The store's record of a refresh token.
    RefreshToken {
        /// Its user.
        user: u32,
        /// Its family, hex.
        family: String,
        /// When it was issued.
        created: Timestamp,
    },
    /// It was used before, so shortly ago that it is taken once more.
    WithinGrace {
        /// When it was used.
        used: Timestamp,
        /// Until when it is taken.
        until: Timestamp,
    },
    /// The refresh token was exchanged.
    RefreshTokenRotated {
        /// The family, hex.
        family: String,
        /// SHA-256 of the new token, hex.
        token_hash: String,
        /// When the family ends: as before.
        expires: Timestamp,
    },
    /// A family was ended.
    RefreshFamilyEnded {
        /// The family, hex.
        family: String,
        /// How many refresh tokens it had.
        tokens: u32,
    },
    /// How many of the user's other sessions were ended.
    SessionsEnded(u32),
    /// The answer's status code.
    Status(u16),
    /// What the user agent did with a `Set-Cookie` line.
    Storing(Storing),
}
