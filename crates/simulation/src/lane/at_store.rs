//! A request's operations on the store, one after another.

use super::{Ending, Event, Lane};

impl Lane {
    /// The next operation on the store, or the answer.
    #[inline]
    pub(super) fn proceed(&mut self, id: u32) {
        let request = *self.requests.at(id);
        if request.operations_left() == 0 {
            self.finish(id, Ending::Answered);
            return;
        }
        let is_cut_off =
            self.is_anything_wrong && !self.fleet.wrongs[request.server as usize].reaches_store;
        if self.store.is_down || is_cut_off || request.has_ended || self.is_too_late(&request) {
            self.finish(id, Ending::Failed);
            return;
        }
        let round_trip = self.store.draw_round_trip();
        if round_trip > 0.0 {
            self.events
                .add(self.now + round_trip, Event::ReachedStore(id));
        } else {
            self.reached_store(id);
        }
    }

    pub(super) fn reached_store(&mut self, id: u32) {
        if self.requests.at(id).is_dead {
            self.requests.remove(id);
        } else if self.store.is_down {
            self.finish(id, Ending::Failed);
        } else if self.store.busy < self.store.connections {
            self.serve(id);
        } else {
            self.requests.put_last(&mut self.store.line, id);
        }
    }

    /// A connection begins with an operation.
    #[inline]
    pub(super) fn serve(&mut self, id: u32) {
        self.store.busy += 1;
        let is_write = self.requests.at(id).take_operation();
        if self.is_measuring {
            self.outcomes.reads_in_time += u64::from(!is_write);
            self.outcomes.writes_in_time += u64::from(is_write);
        }
        let piece = self.series.at(self.now);
        piece.store_operations = piece.store_operations.saturating_add(1);
        let seconds = self.store.draw_service();
        self.events.add(self.now + seconds, Event::Stored(id));
    }

    pub(super) fn stored(&mut self, id: u32) {
        self.store.busy -= 1;
        while let Some(next) = self.requests.take_first(&mut self.store.line) {
            let waiting = *self.requests.at(next);
            if waiting.is_dead {
                self.requests.remove(next);
            } else if waiting.has_ended || self.is_too_late(&waiting) {
                self.finish(next, Ending::Failed);
            } else {
                self.serve(next);
                break;
            }
        }
        if self.requests.at(id).is_dead {
            self.requests.remove(id);
        } else if self.store.is_down {
            self.finish(id, Ending::Failed);
        } else {
            self.proceed(id);
        }
    }

    /// All that waits for the store fails.
    pub(crate) fn fail_at_store(&mut self) {
        while let Some(id) = self.requests.take_first(&mut self.store.line) {
            if self.requests.at(id).is_dead {
                self.requests.remove(id);
            } else {
                self.finish(id, Ending::Failed);
            }
        }
    }
}
