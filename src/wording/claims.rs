//! What is said of the claims of the scene Fleet, and of what came of trying them.

use protocol::Lane;

use super::number::grouped;
use super::time::counted;
use crate::state::fleet::{Answers, Claim};

/// What is deployed, on the button that tries it.
pub(crate) const fn setting(claim: Claim) -> &'static str {
    match claim {
        Claim::OwnMemory => "Ten servers, each its own memory",
        Claim::OneStore => "Ten servers, one store",
        Claim::OneKey => "A thousand servers, one key",
        Claim::PinnedDies => "Pinned to one server, which dies",
    }
}

/// A lane, and how it knows its users here.
pub(crate) const fn lane(lane: Lane) -> &'static str {
    match lane {
        Lane::A => "Lane A: a session ID",
        Lane::B => "Lane B: a token",
    }
}

/// The claim.
pub(crate) const fn claim(claim: Claim) -> &'static str {
    match claim {
        Claim::OwnMemory => "A ticket is good only where it is written down.",
        Claim::OneStore => "Servers that share a store know all tickets, and ask it each time.",
        Claim::OneKey => "A passport needs only the key, at every server.",
        Claim::PinnedDies => "A dead server takes its tickets along, and no passport.",
    }
}

/// What came back in a lane, in a sentence or two.
pub(crate) fn told(answers: &Answers, died: Option<u32>) -> String {
    let sent = answers.successes.len();
    let good = answers.successes.iter().filter(|it| **it).count();
    let servers = u32::try_from(answers.servers.len()).unwrap_or(u32::MAX);
    let mut said = format!(
        "{good} of {sent} accepted; {} answered.",
        counted(servers, "server")
    );
    if let Some(server) = died {
        said.push_str(&format!(
            " Server {} died half-way.",
            grouped(server.into())
        ));
    }
    match &answers.first_reason {
        Some(reason) => said.push_str(&format!(" The first reason: {reason}")),
        None if answers.lookups == 0 => said.push_str(" No lookup: the key was enough."),
        None => said.push_str(&format!(
            " {} to know who it is.",
            counted(answers.lookups, "lookup")
        )),
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_back_is_told() {
        let check =
            |successes: &[bool], servers: &[u32], lookups, reason: Option<&str>, died, expected| {
                let answers = Answers {
                    successes: successes.to_vec(),
                    servers: servers.to_vec(),
                    lookups,
                    first_reason: reason.map(str::to_owned),
                };
                assert_eq!(told(&answers, died), expected);
            };
        let both = [true, true];
        check(
            &both,
            &[1, 2],
            2,
            None,
            None,
            "2 of 2 accepted; 2 servers answered. 2 lookups to know who it is.",
        );
        check(
            &both,
            &[1_000],
            0,
            None,
            None,
            "2 of 2 accepted; 1 server answered. No lookup: the key was enough.",
        );
        check(
            &[true, false],
            &[1, 2],
            1,
            Some("No session has this ID here."),
            Some(1),
            "1 of 2 accepted; 2 servers answered. Server 1 died half-way. The first reason: No session has this ID here.",
        );
    }
}
