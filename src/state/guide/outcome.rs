//! What came of a stop's deed, read from the history: the answers since the stop was opened that the stop is about.

use std::sync::Arc;

use protocol::{Lane, Presented};

use super::reason::Reason;
use crate::route::Stop;
use crate::state::{Entry, Event, Happening, Held, History, Recorded};
use crate::wording;

/// How the answers in a lane went, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// All of them were good.
    Accepted,
    /// None was.
    Refused,
    /// Some were.
    Mixed,
}

/// What came in a lane. Counted from its exchanges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Came {
    /// How it went.
    pub(crate) ending: Ending,
    /// The status of the answer that is told: the first refusal, else the last answer. `None` where no answer came.
    pub(crate) status: Option<u16>,
    /// Why, in kind; `None` where it is none of those that can be foreseen.
    pub(crate) reason: Option<Reason>,
    /// The same in a sentence.
    pub(crate) sentence: String,
    /// How many answers there were.
    pub(crate) answers: u32,
    /// How many of them were good.
    pub(crate) good: u32,
    /// Reads of a store or a memory for authentication.
    pub(crate) reads: u32,
    /// Writes for authentication.
    pub(crate) writes: u32,
    /// Signatures checked.
    pub(crate) checks: u32,
}

impl Came {
    fn of(all: &[&Arc<Recorded>]) -> Option<Self> {
        let good = all.iter().filter(|it| is_good(it)).count();
        let told = all.iter().find(|it| !is_good(it)).or(all.last())?;
        let sum = |of: fn(&protocol::Ledger) -> u32| {
            let ledgers = all.iter().filter_map(|it| it.exchange());
            ledgers.map(|exchange| of(&exchange.ledger)).sum()
        };
        Some(Self {
            ending: match good {
                0 => Ending::Refused,
                good if good == all.len() => Ending::Accepted,
                _ => Ending::Mixed,
            },
            status: told.status(),
            reason: told.exchange().and_then(Reason::of),
            sentence: wording::verdict(told).sentence,
            answers: count(all.len()),
            good: count(good),
            reads: sum(|it| it.authentication.reads),
            writes: sum(|it| it.authentication.writes),
            checks: sum(|it| it.signature_checks),
        })
    }
}

/// Which answers a stop is about.
enum About {
    /// The last sign-in to both lanes.
    SignIn,
    /// The last request to both lanes after such an event.
    RequestAfter(fn(&Event) -> bool),
    /// The last request to both lanes.
    Request,
    /// All requests to both lanes after the servers were deployed anew.
    Requests,
    /// The copies that were sent after the last sign-out.
    Copies,
}

const fn about(stop: Stop) -> About {
    match stop {
        Stop::TicketHandshake | Stop::PassportHandshake => About::SignIn,
        Stop::Lookup | Stop::Signature => About::Request,
        Stop::Ticket => {
            About::RequestAfter(|event| matches!(event, Event::Deleted { held: Held::Cookie }))
        }
        Stop::Passport => {
            About::RequestAfter(|event| matches!(event, Event::Deleted { held: Held::Token }))
        }
        Stop::Kill => About::RequestAfter(|event| matches!(event, Event::SessionKilled { .. })),
        Stop::Restart => {
            About::RequestAfter(|event| matches!(event, Event::ServersRestarted { .. }))
        }
        Stop::Tamper => {
            About::RequestAfter(|event| matches!(event, Event::Edited { held: Held::Token }))
        }
        Stop::TenServers | Stop::ThousandServers => About::Requests,
        Stop::Logout | Stop::Cure => About::Copies,
    }
}

/// What came of the stop in both lanes since that entry of the history; `None` while there is nothing to tell.
pub(super) fn came_since(history: &History, since: u32, stop: Stop) -> Option<[Came; 2]> {
    let about = about(stop);
    let mut found: [Vec<&Arc<Recorded>>; 2] = [Vec::new(), Vec::new()];
    let mut is_open = !matches!(
        about,
        About::RequestAfter(_) | About::Requests | About::Copies
    );
    for entry in history.entries().filter(|entry| entry.number > since) {
        match (&about, &entry.what) {
            (About::RequestAfter(begins), Happening::Event(event)) if begins(event) => {
                is_open = true;
                found = [Vec::new(), Vec::new()];
            }
            (About::Requests, Happening::Event(Event::Deployed { .. })) => {
                is_open = true;
                found = [Vec::new(), Vec::new()];
            }
            (About::Copies, Happening::Exchanges(_)) if both_at(entry, "/logout") => {
                is_open = true;
                found = [Vec::new(), Vec::new()];
            }
            (_, Happening::Exchanges(_)) if is_open => take(&about, entry, &mut found),
            _ => {}
        }
    }
    let [a, b] = found;
    Some([Came::of(&a)?, Came::of(&b)?])
}

fn take<'a>(about: &About, entry: &'a Entry, found: &mut [Vec<&'a Arc<Recorded>>; 2]) {
    let is_one = match about {
        About::SignIn => both_at(entry, "/login"),
        About::Copies => {
            for lane in Lane::BOTH {
                if let Some(recorded) = entry.lane(lane)
                    && matches!(recorded.errand.credential, Presented::Copy(_))
                {
                    *lane.of_mut(found) = vec![recorded];
                }
            }
            return;
        }
        About::Request | About::RequestAfter(_) | About::Requests => {
            !both_at(entry, "/login") && !both_at(entry, "/logout")
        }
    };
    let both = Lane::BOTH.map(|lane| entry.lane(lane));
    if let (true, [Some(a), Some(b)]) = (is_one, both)
        && [a, b]
            .iter()
            .all(|it| it.errand.credential == Presented::FromBrowser)
    {
        if !matches!(about, About::Requests) {
            *found = [Vec::new(), Vec::new()];
        }
        let [of_a, of_b] = found;
        of_a.push(a);
        of_b.push(b);
    }
}

fn both_at(entry: &Entry, path: &str) -> bool {
    Lane::BOTH.iter().all(|lane| {
        let recorded = entry.lane(*lane);
        recorded.is_some_and(|it| it.errand.path == path)
    })
}

fn is_good(recorded: &Recorded) -> bool {
    recorded.status().is_some_and(|status| status < 400)
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// How a stop ends where it shows what it means to show.
pub(super) const fn meant(stop: Stop) -> [Ending; 2] {
    use Ending::{Accepted, Mixed, Refused};
    match stop {
        Stop::TicketHandshake | Stop::Lookup | Stop::PassportHandshake | Stop::Signature => {
            [Accepted, Accepted]
        }
        Stop::Ticket | Stop::Kill | Stop::Restart | Stop::Logout => [Refused, Accepted],
        Stop::Passport | Stop::Tamper => [Accepted, Refused],
        Stop::TenServers => [Mixed, Accepted],
        Stop::ThousandServers => [Accepted, Accepted],
        Stop::Cure => [Refused, Refused],
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Balancer, FleetKeys, Timestamp};

    use super::*;
    use crate::state::sample::answered;

    fn both(path: &str, statuses: [u16; 2]) -> Vec<Arc<Recorded>> {
        let of = |lane, status| answered(lane, path, status, Presented::FromBrowser);
        vec![of(Lane::A, statuses[0]), of(Lane::B, statuses[1])]
    }

    fn copy(lane: Lane, status: u16) -> Vec<Arc<Recorded>> {
        vec![answered(
            lane,
            "/me",
            status,
            Presented::Copy(String::from("copy")),
        )]
    }

    enum Did {
        Asked(Vec<Arc<Recorded>>),
        Happened(Event),
    }
    use Did::{Asked, Happened};

    fn check(stop: Stop, did: Vec<Did>, expected: Option<[(Ending, Option<u16>, u32); 2]>) {
        let mut history = History::default();
        // What was before the stop counts for nothing.
        history.push(Timestamp::default(), both("/login", [500, 500]));
        let since = history.last_number();
        for one in did {
            match one {
                Asked(recorded) => history.push(Timestamp::default(), recorded),
                Happened(event) => history.push_event(Timestamp::default(), event),
            }
        }
        let came = came_since(&history, since, stop);
        let seen = came.map(|lanes| lanes.map(|it| (it.ending, it.status, it.answers)));
        assert_eq!(seen, expected, "{stop:?}");
    }

    #[test]
    fn a_stop_is_told_by_the_answers_that_it_is_about() {
        use Ending::{Accepted, Mixed, Refused};
        let killed = || {
            Happened(Event::SessionKilled {
                id_hash: String::new(),
            })
        };
        let deployed = || {
            Happened(Event::Deployed {
                servers: 10,
                balancer: Balancer::RoundRobin,
                keys: FleetKeys::Shared,
            })
        };
        check(Stop::TicketHandshake, vec![], None);
        check(
            Stop::TicketHandshake,
            vec![Asked(both("/me", [200, 200]))],
            None,
        );
        check(
            Stop::TicketHandshake,
            vec![
                Asked(both("/login", [401, 401])),
                Asked(both("/login", [200, 200])),
            ],
            Some([(Accepted, Some(200), 1); 2]),
        );
        check(Stop::Kill, vec![Asked(both("/me", [401, 200]))], None);
        check(Stop::Kill, vec![killed()], None);
        check(
            Stop::Kill,
            vec![killed(), Asked(both("/me", [401, 200]))],
            Some([(Refused, Some(401), 1), (Accepted, Some(200), 1)]),
        );
        check(
            Stop::Kill,
            vec![killed(), Asked(both("/me", [401, 200])), killed()],
            None,
        );
        check(
            Stop::TenServers,
            vec![
                Asked(both("/me", [200, 200])),
                deployed(),
                Asked(both("/login", [200, 200])),
                Asked(both("/me", [200, 200])),
                Asked(both("/me", [401, 200])),
            ],
            Some([(Mixed, Some(401), 2), (Accepted, Some(200), 2)]),
        );
        check(
            Stop::Logout,
            vec![Asked(copy(Lane::A, 200)), Asked(copy(Lane::B, 200))],
            None,
        );
        check(
            Stop::Logout,
            vec![
                Asked(both("/logout", [204, 204])),
                Asked(copy(Lane::A, 401)),
                Asked(copy(Lane::B, 200)),
            ],
            Some([(Refused, Some(401), 1), (Accepted, Some(200), 1)]),
        );
    }
}
