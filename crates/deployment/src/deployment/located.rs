//! Where that is which a server of a fleet did not find: the observer looks into all of them. No request ever does.

use protocol::{Check, Fact, Rejection, TokenRejection};
use server::Server;
use sessions::{CredentialHash, ServerMemory};

use super::seats::Seats;

/// What the observer has to say of a refusal by this server; `None` where no other server has what it lacks.
pub(super) fn look(
    refusal: &Rejection,
    refused_by: u32,
    seats: &Seats,
    servers: &[Server],
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
        Rejection::Token(TokenRejection::NoKey) => {
            // Nobody read which key the token names: any key is one that was missed.
            key_in(servers, |server| !server.verifier().keys.is_empty())
        }
        Rejection::Token(TokenRejection::KeyUnknown { kid: Some(kid) }) => {
            key_in(servers, |server| {
                let mut keys = server.verifier().keys.iter();
                keys.any(|key| key.kid.as_ref() == Some(kid))
            })
        }
        _ => None,
    }
}

/// The first server besides this one in whose memory it is.
fn kept_by(
    seats: &Seats,
    refused_by: u32,
    keeps: impl Fn(&ServerMemory) -> bool,
) -> Option<u32> {
    let mut others = seats
        .main_memories()
        .filter(|(number, _)| *number != refused_by);
    Some(others.find(|(_, memory)| keeps(memory))?.0)
}

fn key_in(servers: &[Server], holds: impl Fn(&Server) -> bool) -> Option<(Check, Fact)> {
    let mut holders = servers.iter().filter(|server| holds(server));
    let first = holders.next()?.number();
    let servers = u32::try_from(holders.count()).unwrap_or(u32::MAX);
    let servers = servers.saturating_add(1);
    Some((Check::KeyLocated, Fact::KeyIn { servers, first }))
}
