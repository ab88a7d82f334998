//! Where that is which a server of a fleet did not find: the observer looks into all of them. No request ever does.

use protocol::{Check, Fact, Rejection, Timestamp, TokenCheck, TokenOutcome, TokenRejection};
use server::Server;
use sessions::{CredentialHash, ServerMemory};

use super::seats::Seats;

/// What the observer has to say of a refusal by this server of a request with this token; `None` where no other server has what it lacks.
pub(super) fn look(
    refusal: &Rejection,
    refused_by: u32,
    seats: &Seats,
    servers: &[Server],
    token: Option<&str>,
    now: Timestamp,
) -> Option<(Check, Fact)> {
    match refusal {
        Rejection::SessionUnknown { id_hash } => {
            let hash = CredentialHash::from_hex(id_hash)?;
            let server = kept_by(seats, refused_by, |memory| memory.keeps_session(&hash))?;
            Some((Check::SessionLocated, Fact::SessionIn { server }))
        }
        Rejection::RefreshTokenUnknown { token_hash } => {
            let hash = CredentialHash::from_hex(token_hash)?;
            let server = kept_by(seats, refused_by, |memory| memory.keeps_refresh(&hash))?;
            Some((Check::RefreshTokenLocated, Fact::RefreshTokenIn { server }))
        }
        Rejection::Token(TokenRejection::NoKey | TokenRejection::KeyUnknown { .. }) => {
            key_in(servers, token?, now)
        }
        _ => None,
    }
}

/// The first server besides this one in whose memory it is.
fn kept_by(seats: &Seats, refused_by: u32, keeps: impl Fn(&ServerMemory) -> bool) -> Option<u32> {
    let mut others = seats
        .main_memories()
        .filter(|(number, _)| *number != refused_by);
    Some(others.find(|(_, memory)| keeps(memory))?.0)
}

/// Which servers hold the key that has signed the token. Those of one make hold the same: one of them is asked for all.
fn key_in(servers: &[Server], token: &str, now: Timestamp) -> Option<(Check, Fact)> {
    let mut asked: Vec<(&Server, bool)> = Vec::new();
    let mut holders = servers.iter().filter(|server| {
        let alike = asked.iter().find(|(other, _)| server.verifies_like(other));
        if let Some((_, holds)) = alike {
            return *holds;
        }
        let holds = recognises(server, token, now);
        asked.push((server, holds));
        holds
    });
    let first = holders.next()?.number();
    let others = u32::try_from(holders.count()).unwrap_or(u32::MAX);
    let servers = others.saturating_add(1);
    Some((Check::KeyLocated, Fact::KeyIn { servers, first }))
}

/// Whether the token's signature is one that this server knows, whatever else it makes of it.
fn recognises(server: &Server, token: &str, now: Timestamp) -> bool {
    let verification = tokens::verify(token, server.verifier(), now);
    verification.steps.iter().any(|step| {
        step.check == TokenCheck::Signature && matches!(step.outcome, TokenOutcome::Passed(_))
    })
}
