//! What is said of a fleet of servers.

use protocol::{ChosenBy, Timestamp};

use super::number::grouped;
use super::said::Said;
use super::time::{counted, duration};

/// Which server was chosen, and why.
pub(super) fn picked(server: u32, of: u32, by: ChosenBy) -> Said {
    Said::with(
        format!(
            "Server {} of {} was chosen",
            grouped(server.into()),
            grouped(of.into())
        ),
        match by {
            ChosenBy::Turn => String::from("its turn"),
            ChosenBy::Chance => String::from("chance"),
            ChosenBy::FewestUnderWay { under_way } => {
                format!("{under_way} under way, the fewest")
            }
            ChosenBy::TwoChoices {
                other,
                under_way,
                other_under_way,
            } => format!("{under_way} under way; server {other} has {other_under_way}"),
            ChosenBy::Cookie => String::from("its cookie names it"),
            ChosenBy::TurnWithoutCookie => String::from("no such cookie came, so its turn"),
            ChosenBy::TurnAsPinnedIsDown { pinned } => {
                format!("server {pinned}, which the cookie names, is down, so its turn")
            }
            ChosenBy::Hash => String::from("the hash of the credential leads there"),
            ChosenBy::TurnWithoutId => String::from("nothing to hash yet, so its turn"),
            ChosenBy::SignsAlone => String::from("it alone can sign"),
        },
    )
}

/// Where the record is that a server did not find.
pub(super) fn memory_of_another(record: &str, server: u32) -> String {
    format!("The {record} lives in the memory of server {server}, which this server can’t see")
}

/// How far a server's clock is off.
pub(super) fn clock_off(seconds: i32) -> String {
    let direction = if seconds < 0 { "behind" } else { "ahead" };
    let off = duration(
        Timestamp::from_seconds(0),
        Timestamp::from_seconds(i64::from(seconds.unsigned_abs())),
    );
    format!("The server’s own clock is {off} {direction}")
}

/// Who holds the key that this server lacks.
pub(super) fn key_elsewhere(servers: u32, first: u32) -> String {
    if servers == 1 {
        return format!("The key is there: server {first} holds it");
    }
    let holders = counted(servers, "server");
    format!("The key is there: {holders} hold it, the first of them server {first}")
}

#[cfg(test)]
mod tests {
    use protocol::{Check, Cost, Fact, Outcome, Party, Rejection, Step};

    use super::*;

    fn said(party: Party, check: Check, outcome: Outcome) -> Said {
        super::super::step(&Step {
            party,
            check,
            outcome,
            cost: Cost::default(),
        })
    }

    #[test]
    fn the_balancer_says_whom_it_chose_and_why() {
        let two = ChosenBy::TwoChoices {
            other: 3,
            under_way: 0,
            other_under_way: 2,
        };
        let down = ChosenBy::TurnAsPinnedIsDown { pinned: 4 };
        let fewest = ChosenBy::FewestUnderWay { under_way: 1 };
        for (by, detail) in [
            (ChosenBy::Turn, "its turn"),
            (ChosenBy::Chance, "chance"),
            (fewest, "1 under way, the fewest"),
            (two, "0 under way; server 3 has 2"),
            (ChosenBy::Cookie, "its cookie names it"),
            (
                ChosenBy::TurnWithoutCookie,
                "no such cookie came, so its turn",
            ),
            (
                down,
                "server 4, which the cookie names, is down, so its turn",
            ),
            (ChosenBy::Hash, "the hash of the credential leads there"),
            (ChosenBy::TurnWithoutId, "nothing to hash yet, so its turn"),
            (ChosenBy::SignsAlone, "it alone can sign"),
        ] {
            let picked = Fact::ServerPicked {
                server: 7,
                of: 10,
                by,
            };
            let outcome = Outcome::Passed(picked);
            let said = said(Party::Balancer, Check::ServerChosen, outcome);
            let expected = Said::with("Server 7 of 10 was chosen", detail);
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn one_of_several_servers_speaks_for_itself_alone() {
        let id_hash = String::from("00ff");
        let unknown = Rejection::SessionUnknown { id_hash };
        for (server, sentence) in [
            (1, "No session has this ID here."),
            (7, "Server 7 has no session of this ID."),
        ] {
            let outcome = Outcome::Failed(unknown.clone());
            let said = said(Party::Server(server), Check::SessionFound, outcome);
            assert_eq!(said, Said::of(sentence));
        }
    }

    #[test]
    fn the_observer_says_where_it_is() {
        for (fact, sentence) in [
            (
                Fact::SessionIn { server: 3 },
                "The session lives in the memory of server 3, which this server can’t see",
            ),
            (
                Fact::RefreshTokenIn { server: 3 },
                "The refresh token lives in the memory of server 3, which this server can’t see",
            ),
            (
                Fact::KeyIn {
                    servers: 1,
                    first: 4,
                },
                "The key is there: server 4 holds it",
            ),
            (
                Fact::KeyIn {
                    servers: 9,
                    first: 1,
                },
                "The key is there: 9 servers hold it, the first of them server 1",
            ),
        ] {
            let outcome = Outcome::Noted(fact);
            let said = said(Party::Observer, Check::SessionLocated, outcome);
            assert_eq!(said, Said::of(sentence));
        }
    }

    #[test]
    fn a_clock_is_ahead_or_behind() {
        for (seconds, sentence) in [
            (90, "The server’s own clock is 1:30 min ahead"),
            (-7_200, "The server’s own clock is 2 h 00 min behind"),
        ] {
            assert_eq!(clock_off(seconds), sentence);
        }
    }
}
