//! What has happened: pairs of exchanges, newest last, bounded.

use std::collections::VecDeque;
use std::sync::Arc;

use protocol::{Carrier, Errand, Exchange, Header, Lane, Presented, Timestamp};

use super::progress::Progress;

/// How many entries are kept.
pub(crate) const LIMIT: usize = 500;
/// How many octets they may weigh in all.
const OCTETS_LIMIT: usize = 16 * 1024 * 1024;
/// What a step weighs, about.
const STEP_OCTETS: usize = 256;

/// One errand and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Recorded {
    /// What was asked for.
    pub(crate) errand: Errand,
    /// What became of it.
    pub(crate) outcome: Outcome,
}

/// What became of an errand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// It was answered.
    Answered {
        /// The exchange.
        exchange: Box<Exchange>,
        /// What the real browser made of each of the exchange's cookies.
        readbacks: Vec<Readback>,
    },
    /// No answer came.
    NoAnswer {
        /// Why.
        reason: String,
    },
}

/// What the real browser shows after a line was assigned to `document.cookie`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Readback {
    /// Nothing was written: the model refused the cookie.
    NotWritten,
    /// It is HttpOnly: the line was assigned all the same, and the browser did not take it from page script.
    RefusedFromScript,
    /// It shows what the model expects.
    AsModelled,
    /// It was written, for a path whose cookies page script on this page is not shown.
    OutOfSight,
    /// The browser did not take the cookie.
    NotTaken,
    /// The browser still shows a cookie that should be gone.
    StillThere,
}

impl Recorded {
    /// The exchange, if there was an answer.
    pub(crate) fn exchange(&self) -> Option<&Exchange> {
        match &self.outcome {
            Outcome::Answered { exchange, .. } => Some(exchange),
            Outcome::NoAnswer { .. } => None,
        }
    }

    /// The answer's status, if there was one.
    pub(crate) fn status(&self) -> Option<u16> {
        self.exchange()?
            .response
            .as_ref()
            .map(|response| response.status)
    }
}

/// Something that happened besides requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// The user moved the one clock.
    ClockMoved {
        /// Where it is now, in seconds from real time.
        offset_seconds: i64,
    },
    /// The user ended a session on the server.
    SessionKilled {
        /// SHA-256 of its ID, hex.
        id_hash: String,
    },
    /// The user put another cookie or token into the browser.
    Edited {
        /// Which.
        carrier: Carrier,
    },
    /// The user deleted the cookie or the token.
    Deleted {
        /// Which.
        carrier: Carrier,
    },
    /// The user changed how the server sets its session cookie.
    CookieSettingsChanged,
    /// The worker died, and another one took its place.
    ServerRestarted,
}

/// What happened at one time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// Counted from 1, since the page was opened.
    pub(crate) number: u32,
    /// When, by the one clock.
    pub(crate) at: Timestamp,
    /// What.
    pub(crate) what: Happening,
}

/// What happened: the same errand in one lane or in both, or something else.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Happening {
    /// Requests, by lane: left, right.
    Exchanges([Option<Arc<Recorded>>; 2]),
    /// Something else.
    Event(Event),
}

impl Entry {
    /// What happened in that lane.
    pub(crate) const fn lane(&self, lane: Lane) -> Option<&Arc<Recorded>> {
        match (&self.what, lane) {
            (Happening::Exchanges([a, _]), Lane::A) => a.as_ref(),
            (Happening::Exchanges([_, b]), Lane::B) => b.as_ref(),
            (Happening::Event(_), _) => None,
        }
    }

    /// Whether both lanes were asked, and answered with different statuses.
    pub(crate) fn differs(&self) -> bool {
        match (self.lane(Lane::A), self.lane(Lane::B)) {
            (Some(a), Some(b)) => a.status() != b.status(),
            _ => false,
        }
    }

    /// What was asked for, in the lanes that were asked: the first of them.
    pub(crate) fn errand(&self) -> Option<&Errand> {
        self.lane(Lane::A)
            .or_else(|| self.lane(Lane::B))
            .map(|recorded| &recorded.errand)
    }
}

/// All entries that are kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    entries: VecDeque<Arc<Entry>>,
    last_number: u32,
    dropped: u32,
    /// What the entries weigh, by [`octets`].
    octets: usize,
    progress: Progress,
}

/// Some entries in a row, newest first, and how many there are on either side.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// The entries.
    pub(crate) entries: Vec<Arc<Entry>>,
    /// How many newer ones are kept.
    pub(crate) newer: usize,
    /// How many older ones are kept.
    pub(crate) older: usize,
}

/// An entry never changes: the same place is the same content.
impl PartialEq for Page {
    fn eq(&self, other: &Self) -> bool {
        (self.newer, self.older) == (other.newer, other.older)
            && self.entries.len() == other.entries.len()
            && self
                .entries
                .iter()
                .zip(&other.entries)
                .all(|(one, other)| Arc::ptr_eq(one, other))
    }
}

impl History {
    /// Adds what became of an errand in its lanes.
    pub(crate) fn push(&mut self, at: Timestamp, recorded: Vec<Arc<Recorded>>) {
        let lanes = Lane::BOTH.map(|lane| {
            recorded
                .iter()
                .rfind(|recorded| recorded.errand.lane == lane)
                .cloned()
        });
        self.add(at, Happening::Exchanges(lanes));
    }

    /// Adds what happened besides requests.
    pub(crate) fn push_event(&mut self, at: Timestamp, event: Event) {
        self.add(at, Happening::Event(event));
    }

    /// The oldest makes room.
    fn add(&mut self, at: Timestamp, what: Happening) {
        self.last_number += 1;
        self.progress.take_in(&what);
        self.octets += octets(&what);
        self.entries.push_back(Arc::new(Entry {
            number: self.last_number,
            at,
            what,
        }));
        // The newest stays, however much it weighs.
        while self.entries.len() > LIMIT || (self.octets > OCTETS_LIMIT && self.entries.len() > 1) {
            if let Some(oldest) = self.entries.pop_front() {
                self.octets -= octets(&oldest.what);
            }
            self.dropped += 1;
        }
    }

    /// Oldest first.
    pub(crate) fn entries(&self) -> impl DoubleEndedIterator<Item = &Arc<Entry>> {
        self.entries.iter()
    }

    /// The entry of that number, if it is still kept.
    pub(crate) fn entry(&self, number: u32) -> Option<&Arc<Entry>> {
        self.entries.iter().find(|entry| entry.number == number)
    }

    /// How far someone has come with what there is to try.
    pub(crate) const fn progress(&self) -> Progress {
        self.progress
    }

    /// A page that starts with the entry of that number, or with the newest. It is full wherever there are enough
    /// entries: where older ones made room, it starts with a newer one.
    pub(crate) fn page(&self, start: Option<u32>, length: usize) -> Page {
        let count = self.entries.len();
        let newer = start.map_or(0, |number| self.last_number.saturating_sub(number) as usize);
        let newer = newer.min(count.saturating_sub(length));
        let shown = length.min(count - newer);
        Page {
            entries: self
                .entries
                .iter()
                .rev()
                .skip(newer)
                .take(shown)
                .cloned()
                .collect(),
            newer,
            older: count - newer - shown,
        }
    }

    /// The number of the newest entry; 0 while there is none.
    pub(crate) const fn last_number(&self) -> u32 {
        self.last_number
    }

    /// How many made room for newer ones.
    pub(crate) const fn dropped(&self) -> u32 {
        self.dropped
    }

    /// The last that happened in that lane.
    pub(crate) fn last(&self, lane: Lane) -> Option<&Arc<Recorded>> {
        self.entries.iter().rev().find_map(|entry| entry.lane(lane))
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// What an entry weighs, about: its texts, and a fixed weight a step.
fn octets(what: &Happening) -> usize {
    let Happening::Exchanges(lanes) = what else {
        return 0;
    };
    lanes.iter().flatten().map(|it| recorded_octets(it)).sum()
}

fn recorded_octets(recorded: &Recorded) -> usize {
    let of_headers = |headers: &[Header]| -> usize {
        headers
            .iter()
            .map(|header| header.name.len() + header.value.len())
            .sum()
    };
    let errand = &recorded.errand;
    let asked = errand.path.len() + errand.body.len() + of_headers(&errand.headers);
    let copied = match &errand.credential {
        Presented::FromBrowser => 0,
        Presented::Copy(copy) => copy.len(),
    };
    let exchanged = recorded.exchange().map_or(0, |exchange| {
        let request = &exchange.request;
        let response = exchange.response.as_ref();
        request.target.len()
            + request.body.len()
            + of_headers(&request.headers)
            + response.map_or(0, |it| it.body.len() + of_headers(&it.headers))
            + exchange.steps.len() * STEP_OCTETS
    });
    asked + copied + exchanged
}

#[cfg(test)]
mod tests {

    use super::*;

    fn recorded(lane: Lane, status: u16) -> Arc<Recorded> {
        let errand = Errand {
            lane,
            method: String::from("GET"),
            path: String::from("/me"),
            headers: Vec::new(),
            body: String::new(),
            credential: Presented::FromBrowser,
        };
        let exchange = Exchange {
            number: 1,
            lane,
            at: Timestamp::from_seconds(1),
            path: errand.path.clone(),
            request: protocol::Request {
                method: errand.method.clone(),
                target: errand.path.clone(),
                headers: Vec::new(),
                body: String::new(),
            },
            response: Some(protocol::Response {
                status,
                headers: Vec::new(),
                body: String::new(),
            }),
            steps: Vec::new(),
            cookies: Vec::new(),
            ledger: protocol::Ledger::default(),
        };
        Arc::new(Recorded {
            errand,
            outcome: Outcome::Answered {
                exchange: Box::new(exchange),
                readbacks: Vec::new(),
            },
        })
    }

    #[test]
    fn lanes_that_answer_differently_differ() {
        let mut history = History::default();
        let at = Timestamp::from_seconds(1);
        history.push(at, vec![recorded(Lane::A, 401), recorded(Lane::B, 200)]);
        history.push(at, vec![recorded(Lane::A, 200), recorded(Lane::B, 200)]);
        history.push(at, vec![recorded(Lane::B, 404)]);

        let differ: Vec<bool> = history.entries().map(|entry| entry.differs()).collect();
        assert_eq!(differ, [true, false, false]);
        assert_eq!(history.last(Lane::A).and_then(|it| it.status()), Some(200));
        assert_eq!(history.last(Lane::B).and_then(|it| it.status()), Some(404));
    }

    #[test]
    fn heavy_entries_make_room_before_there_are_many() {
        let mut history = History::default();
        for _ in 0..5 {
            let mut heavy = Arc::unwrap_or_clone(recorded(Lane::B, 431));
            heavy.errand.credential = Presented::Copy("x".repeat(OCTETS_LIMIT / 3));
            history.push(Timestamp::from_seconds(1), vec![Arc::new(heavy)]);
        }
        assert_eq!(history.entries().count(), 2);
        assert_eq!(history.dropped(), 3);
    }

    #[test]
    fn the_newest_stays_however_heavy_it_is() {
        let mut history = History::default();
        let mut heavy = Arc::unwrap_or_clone(recorded(Lane::B, 431));
        heavy.errand.body = "x".repeat(OCTETS_LIMIT + 1);
        history.push(Timestamp::from_seconds(1), vec![Arc::new(heavy)]);
        assert_eq!(history.entries().count(), 1);

        history.push(Timestamp::from_seconds(1), vec![recorded(Lane::A, 200)]);
        assert_eq!(history.entries().next().map(|it| it.number), Some(2));
        assert_eq!(history.dropped(), 1);
    }

    #[test]
    fn a_page_is_full_wherever_there_are_enough_entries() {
        let mut history = History::default();
        for _ in 0..50 {
            history.push(Timestamp::from_seconds(1), vec![recorded(Lane::A, 200)]);
        }
        let check = |history: &History, start, first, count, newer, older| {
            let page = history.page(start, 20);
            let number = page.entries.first().map_or(0, |entry| entry.number);
            let seen = (number, page.entries.len(), page.newer, page.older);
            assert_eq!(seen, (first, count, newer, older), "{start:?}");
        };
        check(&history, None, 50, 20, 0, 30);
        check(&history, Some(30), 30, 20, 20, 10);
        check(&history, Some(10), 20, 20, 30, 0);
        check(&history, Some(70), 50, 20, 0, 30);

        for _ in 0..LIMIT {
            history.push(Timestamp::from_seconds(1), vec![recorded(Lane::A, 200)]);
        }
        check(&history, None, 550, 20, 0, 480);
        check(&history, Some(30), 70, 20, 480, 0);
        check(&History::default(), Some(30), 0, 0, 0, 0);
    }

    #[test]
    fn the_oldest_makes_room_and_is_counted() {
        let mut history = History::default();
        for _ in 0..LIMIT + 3 {
            history.push(Timestamp::from_seconds(1), vec![recorded(Lane::A, 200)]);
        }
        assert_eq!(history.entries().count(), LIMIT);
        assert_eq!(history.dropped(), 3);
        assert_eq!(history.entries().next().map(|entry| entry.number), Some(4));
    }
}
