//! What the advice asks and answers.

use crate::route::Stop;
use crate::state::advice::{Ground, Item, Question, Warning};

/// A question, and its answers.
pub(crate) const fn question(
    question: Question,
) -> (&'static str, [&'static str; Question::CHOICES]) {
    match question {
        Question::Servers => (
            "How many servers answer requests?",
            ["One", "Several, in one place", "Many, in several places"],
        ),
        Question::Clients => ("Who asks?", ["Browsers", "API clients and apps", "Both"]),
        Question::SignOut => (
            "How soon must a sign-out hold, for every copy?",
            [
                "With the next request",
                "Within minutes",
                "When the lifetime ends",
            ],
        ),
        Question::Verifiers => (
            "Who has to know who a user is?",
            [
                "These servers alone",
                "Other services too, which can ask",
                "Others too, which can’t ask: offline, or of another owner",
            ],
        ),
        Question::Store => (
            "Is there a store that all servers can ask?",
            ["Yes, nearby", "Yes, but far away or busy", "No"],
        ),
        Question::Roles => (
            "How soon must a changed role count?",
            [
                "With the next request",
                "Within minutes",
                "At the next sign-in",
            ],
        ),
    }
}

/// A reason, and the stop of the tour that shows it.
pub(crate) const fn ground(ground: Ground) -> (&'static str, Stop) {
    match ground {
        Ground::OwnServersWithStore => (
            "The servers that verify have a store to ask. A lookup is cheap then, and a record gives all else: sign-out, roles, a list of devices.",
            Stop::Lookup,
        ),
        Ground::OneServer => (
            "One server is its own store. A token would save a lookup that costs next to nothing.",
            Stop::Lookup,
        ),
        Ground::AtOnceNeedsRecord => (
            "A sign-out that holds with the next request needs something that is asked on each request: a record of those who are in, or a list of those who are out.",
            Stop::Kill,
        ),
        Ground::RolesNeedRecord => (
            "A role that counts at once has to be looked up. What stands in a token was true when it was signed.",
            Stop::Tamper,
        ),
        Ground::BrowsersCarryCookies => (
            "Browsers carry cookies by themselves, and an HttpOnly cookie is out of reach for any script in the page.",
            Stop::Ticket,
        ),
        Ground::VerifiersCannotAsk => (
            "Whoever can’t ask can still check a signature. That is what tokens are for.",
            Stop::Signature,
        ),
        Ground::OthersVerify => (
            "Other services verify with a public key alone, and never meet your users’ records.",
            Stop::ThousandServers,
        ),
        Ground::NoSharedStore => (
            "Without a store that all can ask, a session is known only where it was written down.",
            Stop::TenServers,
        ),
        Ground::StoreIsFar => (
            "A lookup on each request would be felt, and nothing here needs its answer at once.",
            Stop::ThousandServers,
        ),
        Ground::ClientsCarryHeaders => (
            "API clients carry an `Authorization` field as easily as a cookie, and no other site can make them send it.",
            Stop::Passport,
        ),
        Ground::MinutesAreEnough => (
            "A token of a few minutes, and a refresh token with a record: the record is asked only when the token is renewed, and ending it ends both within minutes.",
            Stop::Cure,
        ),
        Ground::ExpiryIsEnough => (
            "If the end of its lifetime is soon enough, a token needs no record at all. Keep the lifetime short.",
            Stop::Logout,
        ),
    }
}

/// What speaks against it.
pub(crate) const fn warning(warning: Warning) -> &'static str {
    match warning {
        Warning::CannotSignOutAtOnce => {
            "A sign-out with the next request can’t be had: whoever can’t ask can’t learn of it. The token’s lifetime is how long a copy works; make it as short as you can bear."
        }
        Warning::CannotChangeRoleAtOnce => {
            "A role that counts with the next request can’t be had either, for the same reason. Keep in the token who it is, and look up what they may."
        }
        Warning::SignOutNeedsMeans => {
            "A sign-out alone ends nothing here: ASVS 7.4.1 asks for a means, such as a denylist or a version number of the user."
        }
        Warning::ScriptReadsToken => {
            "Page script reads this token, and so does any script that gets into the page. In browsers an HttpOnly cookie is the safer carrier."
        }
        Warning::CookiesNeedOriginCheck => {
            "Browsers send cookies with requests that other sites make: requests that change something need a check of their origin."
        }
        Warning::StoreMustBeThere => {
            "While the store is down, nobody is known. Give it a second one before you give it a third server."
        }
        Warning::OpenQuestions => {
            "Some questions are open. What is said here may change with their answers."
        }
    }
}

/// A requirement: its number in OWASP ASVS 5.0, and what it asks for.
pub(crate) const fn item(item: Item) -> (&'static str, &'static str) {
    match item {
        Item::RandomId => (
            "7.2.3",
            "IDs have 128 bits or more, from a cryptographically secure generator.",
        ),
        Item::NewAtSignIn => ("7.2.4", "Sign-in gives a new ID and ends the old session."),
        Item::IdleTimeout => (
            "7.3.1",
            "A session ends if it is not used for a while, on the server.",
        ),
        Item::AbsoluteTimeout => (
            "7.3.2",
            "It ends at a greatest age in any case, on the server.",
        ),
        Item::SignOutEnds => ("7.4.1", "A sign-out ends any further use, of copies too."),
        Item::SignOutWaits => (
            "7.4.1",
            "A sign-out ends any further use. Here copies of the token work until it expires: keep its lifetime short.",
        ),
        Item::SuspendingEnds => (
            "7.4.2",
            "Suspending or deleting an account ends all its sessions.",
        ),
        Item::EndOthers => (
            "7.4.3",
            "After a changed password, the others can be ended.",
        ),
        Item::AdministratorEnds => (
            "7.4.5",
            "Administrators can end the sessions of one user, or of all.",
        ),
        Item::UserSees => (
            "7.5.2",
            "Users see their own sessions and end them, after signing in again.",
        ),
        Item::Secure => ("3.3.1", "The cookie has `Secure`."),
        Item::SecurePrefix => (
            "3.3.1",
            "The refresh cookie’s name begins with `__Secure-`: with a narrow path it can’t have `__Host-`.",
        ),
        Item::SameSite => (
            "3.3.2",
            "The cookie has `SameSite`, as strict as its use allows.",
        ),
        Item::HostPrefix => ("3.3.3", "The cookie’s name begins with `__Host-`."),
        Item::HttpOnly => ("3.3.4", "The cookie has `HttpOnly`."),
        Item::OriginCheck => (
            "3.5.1",
            "Requests that change something are checked for their origin, or carry a token against forgery.",
        ),
        Item::VerifiedFirst => (
            "9.1.1",
            "The signature is checked before anything of the content is believed.",
        ),
        Item::AlgorithmList => (
            "9.1.2",
            "The server’s own list says which algorithms it takes, and `none` is not on it.",
        ),
        Item::TrustedKeys => (
            "9.1.3",
            "Keys come from where the server trusts them, never from the token.",
        ),
        Item::TokenTime => ("9.2.1", "`exp` and `nbf` are checked."),
        Item::TokenType => (
            "9.2.2",
            "The token’s type is checked: no ID token as an access token.",
        ),
        Item::TokenAudience => ("9.2.3", "`aud` is checked against the service’s own name."),
    }
}
