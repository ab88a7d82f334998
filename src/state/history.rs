//! What has happened: pairs of exchanges, newest last, bounded.

use std::collections::VecDeque;
use std::sync::Arc;

use protocol::{Lane, Timestamp};

use super::progress::Progress;
use super::record::{Entry, Event, Happening, Recorded, octets};

/// How many entries are kept.
pub(crate) const LIMIT: usize = 500;
/// How many octets they may weigh in all.
const OCTETS_LIMIT: usize = 16 * 1024 * 1024;

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

    /// The last that happened in that lane, up to the entry of that number if one is named.
    pub(crate) fn last_by(&self, lane: Lane, number: Option<u32>) -> Option<&Arc<Recorded>> {
        self.entries
            .iter()
            .rev()
            .skip_while(|entry| number.is_some_and(|number| entry.number > number))
            .find_map(|entry| entry.lane(lane))
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use protocol::Presented;

    use super::super::sample::answered;

    use super::*;

    fn recorded(lane: Lane, status: u16) -> Arc<Recorded> {
        answered(lane, "/me", status, Presented::FromBrowser)
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
        let last = |lane, number| history.last_by(lane, number).and_then(|it| it.status());
        assert_eq!(last(Lane::A, None), Some(200));
        assert_eq!(last(Lane::B, None), Some(404));
        assert_eq!(last(Lane::A, Some(1)), Some(401));
        assert_eq!(last(Lane::A, Some(3)), Some(200), "as it was then");
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
