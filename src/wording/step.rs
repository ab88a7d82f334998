//! What each step says.

use protocol::{Check, Fact, Outcome, Party, Step};

use super::event::audit_event;
use super::said::Said;
use super::short_hash::short_hash;
use super::time::{duration, octets};
use super::{cookie, rejection, token};

/// Who did it.
pub(crate) fn party(party: Party) -> String {
    match party {
        Party::PageScript => String::from("page script"),
        Party::CopyHolder => String::from("whoever has the copy"),
        Party::UserAgent => String::from("browser"),
        Party::Network => String::from("network"),
        Party::Balancer => String::from("balancer"),
        Party::Server(number) => format!("server {number}"),
    }
}

/// What the step says.
pub(crate) fn step(step: &Step) -> Said {
    match &step.outcome {
        Outcome::Passed(fact) | Outcome::Noted(fact) => done(step.check, fact),
        Outcome::Failed(reason) => rejection::say(reason),
        Outcome::NotReached => Said::of(title(step.check)),
    }
}

/// The check's name, as the console gives it.
pub(crate) const fn check_name(check: Check) -> &'static str {
    match check {
        Check::BearerAttached => "bearerAttached",
        Check::CopyPresented => "copyPresented",
        Check::EventRecorded => "eventRecorded",
        Check::CookieSelected => "cookieSelected",
        Check::RequestTravelled => "requestTravelled",
        Check::ServerChosen => "serverChosen",
        Check::SizeLimited => "sizeLimited",
        Check::RouteFound => "routeFound",
        Check::OriginAllowed => "originAllowed",
        Check::BodyRead => "bodyRead",
        Check::AccountLookedUp => "accountLookedUp",
        Check::PasswordVerified => "passwordVerified",
        Check::AccountActive => "accountActive",
        Check::OldSessionEnded => "oldSessionEnded",
        Check::SessionCreated => "sessionCreated",
        Check::TokenIssued => "tokenIssued",
        Check::SessionCookieFound => "sessionCookieFound",
        Check::SessionIdWellFormed => "sessionIdWellFormed",
        Check::SessionIdHashed => "sessionIdHashed",
        Check::SessionFound => "sessionFound",
        Check::IdleTimeout => "idleTimeout",
        Check::AbsoluteTimeout => "absoluteTimeout",
        Check::UserActive => "userActive",
        Check::UserIdentified => "userIdentified",
        Check::LastSeenTouched => "lastSeenTouched",
        Check::BearerFound => "bearerFound",
        Check::Token(check) => token::token_check_name(check),
        Check::SessionEnded => "sessionEnded",
        Check::KeysPublished => "keysPublished",
        Check::OrdersRead => "ordersRead",
        Check::OrderPlaced => "orderPlaced",
        Check::RoleAllowed => "roleAllowed",
        Check::UsersRead => "usersRead",
        Check::TokenOutlivesSignOut => "tokenOutlivesSignOut",
        Check::Answered => "answered",
        Check::ResponseTravelled => "responseTravelled",
        Check::CookieStored => "cookieStored",
    }
}

/// What a step is for, said where it was not reached or has no more to say.
const fn title(check: Check) -> &'static str {
    match check {
        Check::BearerAttached => "Page script attaches the token",
        Check::CopyPresented => "A copy of the credential is sent",
        Check::EventRecorded => "The server writes its audit log",
        Check::CookieSelected => "The browser chooses the cookies",
        Check::RequestTravelled => "The request travels to the server",
        Check::ServerChosen => "A server is chosen",
        Check::SizeLimited => "The request is not too large",
        Check::RouteFound => "A route matches path and method",
        Check::OriginAllowed => "The request comes from this site's own pages",
        Check::BodyRead => "The content is read",
        Check::AccountLookedUp => "The server looks the account up",
        Check::PasswordVerified => "The password is the right one",
        Check::AccountActive => "The account may sign in",
        Check::OldSessionEnded => "An earlier session is ended",
        Check::SessionCreated => "A session is made",
        Check::TokenIssued => "A token is signed",
        Check::SessionCookieFound => "The session cookie is in the request",
        Check::SessionIdWellFormed => "It has the form of a session ID",
        Check::SessionIdHashed => "The server hashed the session ID",
        Check::SessionFound => "The store has a session of this hash",
        Check::IdleTimeout => "The session was used lately enough",
        Check::AbsoluteTimeout => "The session is not too old",
        Check::UserActive => "The user may use the site",
        Check::UserIdentified => "The server knows who this is",
        Check::LastSeenTouched => "The last use is written down",
        Check::BearerFound => "A bearer token is in the request",
        Check::Token(check) => token::title(check),
        Check::SessionEnded => "The session is ended",
        Check::KeysPublished => "The server gives out the public halves of its keys",
        Check::OrdersRead => "The application reads the user’s orders",
        Check::OrderPlaced => "The application writes the order",
        Check::RoleAllowed => "The role allows it",
        Check::UsersRead => "The application reads all users",
        Check::TokenOutlivesSignOut => "There is nothing to end",
        Check::Answered => "The server answered",
        Check::ResponseTravelled => "The answer travels back",
        Check::CookieStored => "The browser stores the cookie",
    }
}

fn done(check: Check, fact: &Fact) -> Said {
    match fact {
        Fact::Token(fact) => match check {
            Check::Token(check) => token::passed(check, fact),
            _ => Said::of(title(check)),
        },
        Fact::NoToken { key } => {
            Said::of(format!("Page script has no token under `{key}` to attach"))
        }
        Fact::TokenAttached { key, bytes } => Said::with(
            format!("Page script read `{key}` and attached it"),
            format!("Authorization: Bearer …, {}", octets(*bytes)),
        ),
        Fact::Copy { bytes } => Said::with(
            "A copy of the credential is sent, the very bytes, by someone who kept it",
            octets(*bytes),
        ),
        Fact::Recorded(event) => Said::with(
            "The server wrote it into its audit log",
            audit_event(*event),
        ),
        Fact::NoCookie => Said::of("The browser has no cookie for this site"),
        Fact::CookieSent {
            name,
            path,
            same_site,
            attributes_known,
        } => Said::with(
            format!("The browser sent the cookie `{name}`"),
            if *attributes_known {
                format!(
                    "path {path} matches, SameSite={}, same site",
                    cookie::same_site_word(*same_site)
                )
            } else {
                String::from("no answer of this server set it: script can't see its attributes")
            },
        ),
        Fact::CookieHeld { name, rule } => Said::with(
            format!("The browser held the cookie `{name}` back"),
            cookie::held(rule),
        ),
        Fact::Octets(count) => Said::with(title(check), octets(*count)),
        Fact::ServerChosen(number) => Said::of(format!("Server {number} was chosen")),
        Fact::PublicKeys(0) => Said::with(
            title(check),
            "none: a shared secret has no half that could be given away",
        ),
        Fact::PublicKeys(count) => Said::with(title(check), format!("{count}")),
        Fact::Route { method, path } => Said::of(format!("A route matches: `{method} {path}`")),
        Fact::Origin(origin) => Said::with(title(check), origin.clone()),
        Fact::SafeMethod => Said::with(title(check), "a method that changes nothing"),
        Fact::Account { user: Some(user) } => {
            Said::with("The server looked the account up", format!("user #{user}"))
        }
        Fact::Account { user: None } => Said::with(
            "The server looked the account up",
            "no such account: a hash is computed all the same",
        ),
        Fact::PasswordHash {
            memory_kib,
            passes,
            lanes,
        } => Said::with(
            title(check),
            format!(
                "argon2id, {} MiB, {passes} passes, {lanes} lane",
                memory_kib / 1024
            ),
        ),
        Fact::NoOldSession => Said::of("The browser came without a session to end"),
        Fact::SessionCreated {
            id_hash,
            random_bits,
            ..
        } => Said::with(
            "The server made a session and stored it",
            format!(
                "{random_bits} random bits, stored as SHA-256 → {}",
                short_hash(id_hash)
            ),
        ),
        Fact::TokenIssued {
            kid,
            algorithm,
            bytes,
            ..
        } => Said::with(
            "The server signed a token, and stored nothing",
            format!("{algorithm}, kid = {kid}, {}", octets(*bytes)),
        ),
        Fact::SessionCookie { name, bytes } => Said::with(
            format!("The request carries the cookie `{name}`"),
            format!("{bytes} characters"),
        ),
        Fact::IdHash(id_hash) => {
            Said::with(title(check), format!("SHA-256 → {}", short_hash(id_hash)))
        }
        Fact::Session { user, .. } => Said::of(format!(
            "The store has a session of this hash: user #{user}'s"
        )),
        Fact::Deadline { at, now } => {
            Said::with(title(check), format!("{} left", duration(*now, *at)))
        }
        Fact::User { id, name, role } => Said::with(
            format!("“Ah yes, this is user #{id}.”"),
            format!("{name}, {role}"),
        ),
        Fact::TouchNotDue { .. } => Said::with(
            "The last use need not be written yet",
            "at most once a minute",
        ),
        Fact::Touched { .. } => Said::of("The server wrote the last use down"),
        Fact::BearerToken { bytes } => Said::with(title(check), octets(*bytes)),
        Fact::SessionEnded {
            id_hash,
            was_there: true,
        } => Said::with(
            "The session was ended: its row is gone",
            short_hash(id_hash),
        ),
        Fact::SessionEnded {
            id_hash,
            was_there: false,
        } => Said::with(
            "There was no session of this hash to end",
            short_hash(id_hash),
        ),
        Fact::TokenOutlives { .. } => Said::of(
            "There is nothing to end: the server keeps no record, so the token works until it expires",
        ),
        Fact::Rows(count) => Said::with(
            title(check),
            format!("{count} rows, for the application itself"),
        ),
        Fact::Order(number) => Said::with(title(check), format!("order {number}")),
        Fact::Role(role) => Said::with(title(check), format!("role = {role}")),
        Fact::Status(status) => Said::of(format!("The server answered {status}")),
        Fact::Storing(storing) => Said::of(cookie::storing(storing)),
        Fact::Done => Said::of(title(check)),
    }
}
