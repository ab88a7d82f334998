//! What each step says.

use protocol::{Carrier, Check, Fact, Outcome, Party, Rejection, Step};

use super::check::title;
use super::event::audit_event;
use super::said::Said;
use super::short_hash::short_hash;
use super::time::{counted, duration, octets};
use super::{cookie, fleet, rejection, scheme, token};

/// Who did it.
pub(crate) fn party(step: &Step) -> String {
    match step.party {
        _ if step.check == Check::OtherDeviceAsked => String::from("another device"),
        Party::PageScript => String::from("page script"),
        Party::CopyHolder => String::from("whoever has the copy"),
        Party::UserAgent => String::from("browser"),
        Party::Network => String::from("network"),
        Party::Balancer => String::from("balancer"),
        Party::Server(number) => format!("server {number}"),
        Party::Observer => String::from("the observer"),
    }
}

/// What the step says.
pub(crate) fn step(step: &Step) -> Said {
    match &step.outcome {
        Outcome::Passed(fact) | Outcome::Noted(fact) => done(step.check, fact),
        Outcome::Failed(reason) => refused(step.party, reason),
        Outcome::NotReached => Said::of(title(step.check)),
    }
}

/// Why it was refused: of several servers that share nothing, which one lacks what others may have.
fn refused(party: Party, reason: &Rejection) -> Said {
    match (party, reason) {
        (Party::Server(number @ 2..), Rejection::SessionUnknown { .. }) => {
            Said::of(format!("Server {number} has no session of this ID."))
        }
        (Party::Server(number @ 2..), Rejection::RefreshTokenUnknown { .. }) => Said::of(format!(
            "Server {number} has no refresh token of this hash."
        )),
        _ => rejection::say(reason),
    }
}

fn done(check: Check, fact: &Fact) -> Said {
    match fact {
        Fact::Token(fact) => match check {
            Check::Token(check) => token::passed(check, fact),
            _ => Said::of(title(check)),
        },
        Fact::NoToken {
            key,
            carrier: Carrier::LocalStorage,
        } => Said::of(format!("Page script has no token under `{key}` to attach")),
        Fact::NoToken { key, carrier } => Said::of(format!(
            "Page script has nothing under `{key}` in {} to attach",
            scheme::place_of(*carrier)
        )),
        Fact::TokenAttached {
            key,
            carrier: Carrier::LocalStorage,
            bytes,
        } => Said::with(
            format!("Page script read `{key}` and attached it"),
            attached(*bytes),
        ),
        Fact::TokenAttached {
            key,
            carrier,
            bytes,
        } => Said::with(
            format!(
                "Page script took `{key}` from {} and attached it",
                scheme::place_of(*carrier)
            ),
            attached(*bytes),
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
                String::from("no answer of this server set it: script can’t see its attributes")
            },
        ),
        Fact::CookieHeld { name, rule } => Said::with(
            format!("The browser held the cookie `{name}` back"),
            cookie::held(rule),
        ),
        Fact::Octets(count) => Said::with(title(check), octets(*count)),
        Fact::ServerChosen(number) => Said::of(format!("Server {number} was chosen")),
        Fact::ServerPicked { server, of, by } => fleet::picked(*server, *of, *by),
        Fact::ServerDown(server) => Said::of(format!("Server {server} does not answer")),
        Fact::Pinned { server } => Said::of(format!(
            "The balancer sets its own cookie: this browser goes to server {server} from now on"
        )),
        Fact::ClockOff(seconds) => Said::of(fleet::clock_off(*seconds)),
        Fact::SessionIn { server } => Said::of(fleet::memory_of_another("session", *server)),
        Fact::RefreshTokenIn { server } => {
            Said::of(fleet::memory_of_another("refresh token", *server))
        }
        Fact::KeyIn { servers, first } => Said::of(fleet::key_elsewhere(*servers, *first)),
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
            "The server signed a token, and kept no copy of it",
            format!("{algorithm}, kid = {kid}, {}", octets(*bytes)),
        ),
        Fact::SessionCookie { name, bytes }
        | Fact::AccessCookie { name, bytes }
        | Fact::RefreshCookie { name, bytes } => Said::with(
            format!("The request carries the cookie `{name}`"),
            format!("{bytes} characters"),
        ),
        Fact::IdHash(id_hash) => {
            Said::with(title(check), format!("SHA-256 → {}", short_hash(id_hash)))
        }
        Fact::Session {
            user,
            cached_since: Some(_),
            ..
        } => Said::with(
            format!("The server remembers a session of this hash: user #{user}’s"),
            "looked up before; no store was asked",
        ),
        Fact::Session { user, .. } => Said::of(format!(
            "The store has a session of this hash: user #{user}’s"
        )),
        Fact::Deadline { at, now } => {
            Said::with(title(check), format!("{} left", duration(*now, *at)))
        }
        Fact::User { id, name, role } => Said::with(
            format!("“Ah yes, this is user #{id}.”"),
            format!("{name}, {role}"),
        ),
        Fact::TouchNotDue { .. } => {
            Said::of("The last use need not be written yet: it was, a moment ago")
        }
        Fact::NotSliding => Said::of("Use does not prolong this session, so nothing is written"),
        Fact::RoleUnchanged => Said::of(title(check)),
        Fact::SessionRenewed {
            before,
            now,
            id_hash,
        } => Said::with(
            "The user has another role by now: the session goes on under a new ID",
            format!("role = {before} → {now}, SHA-256 → {}", short_hash(id_hash)),
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
            "There is nothing to end: the server keeps no record of the token, so it works until it expires",
        ),
        Fact::Rows(count) if check == Check::SessionsListed => {
            Said::with(title(check), counted(*count, "session"))
        }
        Fact::Rows(count) => Said::with(
            title(check),
            format!("{count} rows, for the application itself"),
        ),
        Fact::Order(number) => Said::with(title(check), format!("order {number}")),
        Fact::Role(role) => Said::with(title(check), format!("role = {role}")),
        Fact::Status(status) => Said::of(format!("The server answered {status}")),
        Fact::Storing(storing) => Said::of(cookie::storing(storing)),
        Fact::NotDenied { jti } => Said::with(title(check), format!("jti = {jti}")),
        Fact::TokenDenied { jti, .. } => Said::with(
            "The server put the token on the list of those that are refused, until it would have expired",
            format!("jti = {jti}"),
        ),
        Fact::TokenVersion(version) => Said::with(title(check), format!("ver = {version}")),
        Fact::TokenVersionRaised { to } => Said::with(
            "The server raised the user’s version number: every token that carries an older one is refused",
            format!("ver = {to}"),
        ),
        Fact::RefreshTokenIssued {
            family, token_hash, ..
        } => Said::with(
            "The server made a refresh token and stored its hash",
            format!(
                "family {}, SHA-256 → {}",
                short_hash(family),
                short_hash(token_hash)
            ),
        ),
        Fact::RefreshToken { user, family, .. } => Said::with(
            format!("The store has a refresh token of this hash: user #{user}’s"),
            format!("family {}", short_hash(family)),
        ),
        Fact::WithinGrace { used, until } => Said::with(
            "It was used before, so shortly ago that it is taken once more",
            format!("within {}", duration(*used, *until)),
        ),
        Fact::RefreshTokenRotated {
            family, token_hash, ..
        } => Said::with(
            "The server exchanged it for the next one of its family, whose end stays as it was",
            format!(
                "family {}, SHA-256 → {}",
                short_hash(family),
                short_hash(token_hash)
            ),
        ),
        Fact::RefreshFamilyEnded { family, tokens } => Said::with(
            "The family of refresh tokens was ended: none of it brings another token",
            format!(
                "family {}, {}",
                short_hash(family),
                counted(*tokens, "refresh token")
            ),
        ),
        Fact::SessionsEnded(count) => Said::with(title(check), counted(*count, "session")),
        Fact::Done => Said::of(title(check)),
    }
}

fn attached(bytes: u32) -> String {
    format!("Authorization: Bearer …, {}", octets(bytes))
}
