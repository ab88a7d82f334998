//! How requests end: once each.

use super::request::Request;
use super::{Ending, Event, Lane, NONE};

impl Lane {
    /// Whether its user has given up by now.
    #[inline]
    pub(super) fn is_too_late(&self, request: &Request) -> bool {
        self.patience > 0.0 && self.now - request.arrived > self.patience
    }

    /// A request leaves the fleet; its answer takes the network's time, should its user still wait for it.
    #[inline]
    pub(super) fn finish(&mut self, id: u32, ending: Ending) {
        let request = *self.requests.at(id);
        if request.server != NONE {
            self.fleet.under_way[request.server as usize] -= 1;
        }
        if !request.has_ended {
            self.end(&request, ending);
        }
        self.requests.remove(id);
    }

    /// A request's server has died. Where its last event is still to come, its place is kept for it.
    pub(super) fn die(&mut self, id: u32) {
        let request = *self.requests.at(id);
        if !request.has_ended {
            self.end(&request, Ending::Failed);
        }
        let state = self.requests.at(id);
        state.has_ended = true;
        state.is_dead = true;
    }

    /// The user of a request gives up, where users wait before they think again.
    pub(super) fn gave_up(&mut self, id: u32) {
        self.giving_up = self.giving_up.saturating_sub(1);
        if self.requests.could_give_up(id, self.now, self.patience) {
            let request = *self.requests.at(id);
            self.end(&request, Ending::Failed);
            self.requests.at(id).has_ended = true;
        }
    }

    /// Counts how a request ended.
    fn end(&mut self, request: &Request, ending: Ending) {
        let mut at = self.now + request.network;
        let mut ending = ending;
        let latest = request.arrived + self.patience;
        if self.patience > 0.0 && at > latest {
            at = latest;
            ending = Ending::Failed;
        }
        let latency = at - request.arrived;
        let piece = self.series.at(at);
        match ending {
            Ending::Answered => {
                piece.answered += 1;
                piece.latency.add(latency);
                self.outcomes.answers_in_time += u64::from(self.is_measuring);
                if request.is_measured {
                    self.outcomes.add_answer(latency, request.waited);
                }
            }
            Ending::Refused => {
                piece.refused += 1;
                self.outcomes.refused += u64::from(request.is_measured);
            }
            Ending::Failed => {
                piece.failed += 1;
                self.outcomes.failed += u64::from(request.is_measured);
            }
        }
        if self.workload.is_of_users() {
            let thought = self.workload.thought(request.user);
            self.events
                .add(at.max(self.now) + thought, Event::Asked(request.user));
        }
    }
}
