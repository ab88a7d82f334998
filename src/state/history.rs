//! What has happened: pairs of exchanges, newest last, bounded.

use std::collections::VecDeque;
use std::sync::Arc;

use protocol::{Errand, Exchange, Lane, Timestamp};

/// How many entries are kept.
const LIMIT: usize = 500;

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
    /// Nothing was written: the cookie was kept from page script, or refused by the model.
    NotWritten,
    /// It shows what the model expects.
    AsModelled,
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

/// What happened at one time: the same errand in one lane or in both.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// Counted from 1, since the page was opened.
    pub(crate) number: u32,
    /// When.
    pub(crate) at: Timestamp,
    /// By lane.
    pub(crate) a: Option<Arc<Recorded>>,
    /// By lane.
    pub(crate) b: Option<Arc<Recorded>>,
}

impl Entry {
    /// What happened in that lane.
    pub(crate) const fn lane(&self, lane: Lane) -> Option<&Arc<Recorded>> {
        match lane {
            Lane::A => self.a.as_ref(),
            Lane::B => self.b.as_ref(),
        }
    }

    /// Whether both lanes were asked, and answered with different statuses.
    pub(crate) fn differs(&self) -> bool {
        match (&self.a, &self.b) {
            (Some(a), Some(b)) => a.status() != b.status(),
            _ => false,
        }
    }

    /// Method and path, as asked for.
    pub(crate) fn title(&self) -> String {
        self.a
            .as_ref()
            .or(self.b.as_ref())
            .map(|recorded| format!("{} {}", recorded.errand.method, recorded.errand.path))
            .unwrap_or_default()
    }
}

/// All entries that are kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    entries: VecDeque<Arc<Entry>>,
    last_number: u32,
    dropped: u32,
}

impl History {
    /// Adds an entry; the oldest makes room.
    pub(crate) fn push(&mut self, at: Timestamp, recorded: Vec<Arc<Recorded>>) {
        self.last_number += 1;
        let of = |lane: Lane| {
            recorded
                .iter()
                .rfind(|recorded| recorded.errand.lane == lane)
                .cloned()
        };
        self.entries.push_back(Arc::new(Entry {
            number: self.last_number,
            at,
            a: of(Lane::A),
            b: of(Lane::B),
        }));
        while self.entries.len() > LIMIT {
            self.entries.pop_front();
            self.dropped += 1;
        }
    }

    /// Oldest first.
    pub(crate) fn entries(&self) -> impl DoubleEndedIterator<Item = &Arc<Entry>> {
        self.entries.iter()
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
