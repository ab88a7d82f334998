//! Where in a fleet something is: who answered last, and in whose memory this browser's session is. It reads what was
//! recorded and observed, and asks nobody.

use protocol::{Check, Exchange, Fact, Lane, Observation, Outcome, Party, Presented};

use crate::state::{History, Recorded};

/// The server that answered.
pub(crate) fn answered_by(exchange: &Exchange) -> Option<u32> {
    exchange
        .steps
        .iter()
        .rev()
        .find_map(|step| match (step.check, &step.outcome, step.party) {
            (_, Outcome::NotReached, _) => None,
            (Check::Answered, _, Party::Server(number)) => Some(number),
            _ => None,
        })
}

/// In which server's memory the session is that this browser came with last; `None` where it has none, or it is in no
/// server's memory.
pub(crate) fn session_server(history: &History, seen: &Observation, lane: Lane) -> Option<u32> {
    let hash = history
        .entries()
        .rev()
        .filter_map(|entry| entry.lane(lane))
        .find_map(|recorded| own_session(recorded))?;
    seen.sessions
        .iter()
        .find(|row| row.lane == lane && row.id_hash == hash)?
        .server
}

/// The hash of the session ID that the browser has after this.
fn own_session(recorded: &Recorded) -> Option<String> {
    if recorded.errand.credential != Presented::FromBrowser {
        return None;
    }
    let exchange = recorded.exchange()?;
    let hash_in = |wanted: fn(&Fact) -> Option<&String>| {
        exchange
            .steps
            .iter()
            .rev()
            .find_map(|step| match &step.outcome {
                Outcome::Passed(fact) | Outcome::Noted(fact) => wanted(fact).cloned(),
                Outcome::Failed(_) | Outcome::NotReached => None,
            })
    };
    hash_in(|fact| match fact {
        Fact::SessionCreated { id_hash, .. } | Fact::SessionRenewed { id_hash, .. } => {
            Some(id_hash)
        }
        _ => None,
    })
    .or_else(|| {
        hash_in(|fact| match fact {
            Fact::IdHash(hash) => Some(hash),
            _ => None,
        })
    })
}
