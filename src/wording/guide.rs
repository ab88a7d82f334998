//! What the guide says at each stop, and of what came there.

use super::time::counted;
use crate::route::Stop;
use crate::state::guide::{Came, Ending, GuessedStatus, Hit, Reason};

/// What is said at a stop.
pub(crate) struct StopWords {
    /// Its title.
    pub(crate) title: &'static str,
    /// What it is about.
    pub(crate) text: &'static str,
    /// What the button does.
    pub(crate) deed: &'static str,
    /// How to do it oneself.
    pub(crate) by_hand: &'static str,
    /// What was seen, once it was.
    pub(crate) seen: &'static str,
}

/// What is said at a stop.
pub(crate) const fn stop(stop: Stop) -> StopWords {
    match stop {
        Stop::TicketHandshake => StopWords {
            title: "The handshake: the server writes you down",
            text: "The stateful server is the brain. When you sign in, it makes a session: a row in its own database that says who you are. Your browser gets no more than a random ID that leads to the row.",
            deed: "Sign in as user #42",
            by_hand: "Or press “Sign in to both” below.",
            seen: "The stateful server wrote a row: find it below in “On the server”. The stateless one wrote nothing.",
        },
        Stop::Ticket => StopWords {
            title: "The ticket: a random ID in a cookie",
            text: "The session ID came as a cookie, a real one: your browser’s developer tools show it. It says nothing of you. Whoever lets go of it is a stranger, though the row is still there.",
            deed: "Delete the cookie, then send",
            by_hand: "Or delete the cookie below or in your developer tools, then press “Send to both”.",
            seen: "Without its ticket the browser is nobody to the stateful server. The stateless lane never used it.",
        },
        Stop::Lookup => StopWords {
            title: "The verification: “Ah yes, this is user #42”",
            text: "On each request the stateful server takes the ID from the cookie, hashes it, and looks it up. That is one read of the store for each request, and the row decides.",
            deed: "Send GET /me",
            by_hand: "Or press “Send to both” below.",
            seen: "The stateful lane’s steps show the very `SELECT` that ran, and how many rows it found. In the stateless lane nothing was asked.",
        },
        Stop::PassportHandshake => StopWords {
            title: "The handshake: the server signs, and forgets",
            text: "The stateless server checks your password too. Then it writes who you are into a token, signs it, hands it out, and keeps nothing: the client is the brain.",
            deed: "Sign in as user #42",
            by_hand: "Or press “Sign in to both” below.",
            seen: "The stateless server wrote no record of you. What it knows of you is in the token alone.",
        },
        Stop::Passport => StopWords {
            title: "The passport: carried by the client",
            text: "The token is in localStorage, in three parts. Anyone who holds it can read it: it is signed, not encrypted. Let go of it, and the server has nothing to find you by.",
            deed: "Delete the token, then send",
            by_hand: "Or delete the token below or in your developer tools, then press “Send to both”.",
            seen: "Without its passport the browser is nobody to the stateless server, which has no record to fall back on.",
        },
        Stop::Signature => StopWords {
            title: "The verification: a signature, no lookup",
            text: "The stateless server computes the signature anew with its key. If it matches, the content is what was signed, and the server believes it. It asks no store.",
            deed: "Send GET /me",
            by_hand: "Or press “Send to both” below.",
            seen: "In the stateless lane: no reads, one signature checked. That is the whole bargain: no lookup, and no way to take it back.",
        },
        Stop::Kill => StopWords {
            title: "Kill the session",
            text: "An administrator ends a session by deleting its row. Nothing has to reach the browser: its ticket simply points at nothing any more. What could be deleted for a token?",
            deed: "Sign in, kill the session, then send",
            by_hand: "Or press “Kill” beside the session below, then “Send to both”.",
            seen: "The ticket died at once. The passport knows nothing of it.",
        },
        Stop::Restart => StopWords {
            title: "Restart the server",
            text: "Many servers keep sessions in their own memory, because that is quick. Here lane A’s does so for once. Then both servers are started again, and all that was in memory is gone.",
            deed: "Sign in, restart, then send",
            by_hand: "Or choose “Server memory” for lane A below, sign in, press “Restart the servers”, then send from Compare.",
            seen: "The session was in the memory that is gone. A signature needs no memory; a session in a database would have lived too.",
        },
        Stop::TenServers => StopWords {
            title: "Ten servers",
            text: "Ten servers stand behind a balancer, and each request goes to the next one. Each keeps sessions in its own memory, so a ticket is written down at one of them alone.",
            deed: "Deploy ten, sign in, send ten requests",
            by_hand: "Or press “Ten servers, each its own memory” below.",
            seen: "Where the ticket is not written down, it is worth nothing. A store that all ten share cures it, and is asked on each request: “Ten servers, one store” below shows that.",
        },
        Stop::ThousandServers => StopWords {
            title: "A thousand servers",
            text: "A thousand servers have one thing in common: the key. None of them shares anything else with the others, and none has seen you before.",
            deed: "Deploy a thousand, sign in, send ten requests",
            by_hand: "Or press “A thousand servers, one key” below.",
            seen: "Each knew you by the key alone. The ticket worked too, since all thousand asked one store: see its reads.",
        },
        Stop::Tamper => StopWords {
            title: "Tamper with it",
            text: "The token says `member`. It stands in your browser, and you may write `admin` in its place. The signature is that of the old content.",
            deed: "Sign in, write “admin” into the token, then send",
            by_hand: "Or edit the payload below and put it into the browser, then press “Send to both”.",
            seen: "What a signature covers can be read by all, and changed only by whoever has the key.",
        },
        Stop::Logout => StopWords {
            title: "The logout that a token can’t do",
            text: "You sign out of both. The browser forgets cookie and token, and the stateful server deletes its row. But someone may have copied both before: now the copies are sent.",
            deed: "Sign in, sign out, then send the copies",
            by_hand: "Or sign in, send, sign out, and send each kept copy below.",
            seen: "The copied ticket is worthless. The copied passport works until it expires, whoever signed out.",
        },
        Stop::Cure => StopWords {
            title: "The cures, and their price",
            text: "A list of signed-out tokens ends them at once. The server then looks each token up in that list: a lookup on each request, as a session needs. Here lane B has such a list.",
            deed: "Sign in, sign out, then send the copies",
            by_hand: "Or choose “JWT and denylist” for lane B below, and do as at the stop before.",
            seen: "Now both copies are refused, and both servers read a store to know it. The other cures, short tokens with a refresh token and a version number per user, have prices of their own: Store measures them.",
        },
    }
}

/// What came in a lane, and what it cost.
pub(crate) fn came(came: &Came) -> String {
    let mut said = String::new();
    if came.answers > 1 {
        let Came { good, answers, .. } = came;
        said.push_str(&format!("{good} of {answers} accepted. "));
    }
    said.push_str(&came.sentence);
    said
}

/// What it cost a lane's server to know who asks.
pub(crate) fn cost(came: &Came) -> String {
    format!(
        "{}, {}, {} (counted)",
        counted(came.reads, "read"),
        counted(came.writes, "write"),
        counted(came.checks, "signature check"),
    )
}

/// How it went, in a word.
pub(crate) const fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::Accepted => "accepted",
        Ending::Refused => "refused",
        Ending::Mixed => "some accepted, some refused",
    }
}

/// The answer that may be predicted.
pub(crate) const fn guessed_status(status: GuessedStatus) -> &'static str {
    match status {
        GuessedStatus::Success => "200: accepted",
        GuessedStatus::Unauthorized => "401: refused, not known",
        GuessedStatus::Forbidden => "403: known, but not allowed",
        GuessedStatus::ServerError => "5xx: the server fails",
        GuessedStatus::Mixed => "Some accepted, some refused",
    }
}

/// The reason that may be predicted.
pub(crate) const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Known => "The server knows who this is",
        Reason::NothingCarried => "The request carries nothing that says who it is",
        Reason::NoRecord => "The server has no such record",
        Reason::Signature => "The signature does not match",
        Reason::Expired => "Its time is over",
        Reason::Revoked => "It was revoked",
        Reason::Role => "The role is not enough",
    }
}

/// How a guess stands to what came; `None` where nothing was predicted.
pub(crate) const fn hit(hit: Hit) -> Option<&'static str> {
    Some(match (hit.status, hit.reason) {
        (None, None) => return None,
        (Some(true), Some(true)) => "Predicted: the answer and the reason.",
        (Some(true), None) => "Predicted: the answer.",
        (None, Some(true)) => "Predicted: the reason.",
        (Some(true), Some(false)) => "The answer was predicted, the reason is another one.",
        (Some(false), Some(true)) => "The reason was predicted, the answer is another one.",
        (Some(false), None) => "The answer is another one than predicted.",
        (None, Some(false)) => "The reason is another one than predicted.",
        (Some(false), Some(false)) => "Answer and reason are others than predicted.",
    })
}

/// Said where what came is not what the stop means to show.
pub(crate) const OTHERWISE: &str = "This came out otherwise than this stop means to show: the reasons stand above. The button sets everything up by itself and tries again.";
