//! One lane: its events, one after another, and what each request meets.

mod at_server;
mod at_store;
mod ending;
mod request;

use protocol::{LaneModel, Records, Simulation};

use crate::chance::{Chance, Times, mixed};
use crate::changes::Changes;
use crate::events::{Event, Events};
use crate::fleet::{Fleet, NONE};
use crate::outcome::{Ending, Outcomes};
use crate::series::{Areas, Picture, Series};
use crate::store::Store;
use crate::workload::Workload;

use request::{Request, Requests};

/// The user's session is lost, and the user does not know yet.
pub(crate) const LOST: u32 = u32::MAX - 1;
/// The user was refused, and signs in with the next request.
pub(crate) const SIGNED_OUT: u32 = u32::MAX;
/// How many users who would give up are told of by events, beyond twice as many as there are requests under way, before
/// those are left out who have their answers.
const MOST_STALE: usize = 4_096;
/// How many requests can be under way.
const MOST_UNDER_WAY: usize = Simulation::MOST_WAITING as usize;

/// One lane of a run.
#[derive(Debug)]
pub(crate) struct Lane {
    pub(crate) model: LaneModel,
    check: Times,
    check_chance: Chance,
    workload: Workload,
    requests_to_come: u64,
    warm_up: u64,
    arrived: u64,
    next_arrival: f64,
    pub(crate) now: f64,
    events: Events,
    changes: Changes,
    requests: Requests,
    pub(crate) fleet: Fleet,
    pub(crate) store: Store,
    /// Whose memory has each user's session.
    homes: Vec<u32>,
    waiting_places: u32,
    patience: f64,
    /// How many events tell that a user gives up, also of requests that have ended.
    giving_up: usize,
    /// When something is due that no request causes: a picture, a change of the fleet.
    due: f64,
    working: u32,
    waiting: u32,
    /// Since the last entry into the series.
    areas: Areas,
    areas_since: f64,
    is_measuring: bool,
    /// Whether any fault is present.
    pub(crate) is_anything_wrong: bool,
    pub(crate) series: Series,
    pub(crate) outcomes: Outcomes,
    pub(crate) is_complete: bool,
}

impl Lane {
    pub(crate) fn new(simulation: &Simulation, model: LaneModel) -> Self {
        let workload = Workload::new(simulation);
        let users = simulation.users as usize;
        let mut fleet = Fleet::new(simulation.servers, simulation.queue, users, simulation.seed);
        let remembers = model.records == Records::ServerMemory
            || (model.records == Records::Store && !simulation.schedule.is_empty());
        let homes = (0..if remembers { simulation.users } else { 0 })
            .map(|user| fleet.first_home(user))
            .collect();
        // A fifth of the pieces is left for what takes longer than the mean says.
        let width = simulation.requests as f64 / scenario::arrival_rate(simulation) / 200.0;
        let mut lane = Self {
            model,
            check: Times::new(model.check),
            check_chance: Chance::new(simulation.seed, 7),
            next_arrival: f64::INFINITY,
            requests_to_come: simulation.requests,
            warm_up: simulation.warm_up,
            arrived: 0,
            now: 0.0,
            events: Events::new(),
            changes: Changes::new(&simulation.schedule),
            requests: Requests::default(),
            store: Store::new(&simulation.store, &model, simulation.seed),
            fleet,
            homes,
            waiting_places: match simulation.waiting_places {
                0 => Simulation::MOST_WAITING,
                places => places,
            },
            patience: simulation.patience,
            giving_up: 0,
            due: 0.0,
            working: 0,
            waiting: 0,
            areas: Areas::default(),
            areas_since: 0.0,
            is_measuring: simulation.warm_up == 0,
            is_anything_wrong: false,
            series: Series::new(if width.is_finite() {
                width.max(1e-9)
            } else {
                1e-9
            }),
            outcomes: Outcomes::new(),
            is_complete: false,
            workload,
        };
        if lane.workload.is_of_users() {
            for user in 0..simulation.users {
                let at = lane.workload.thought(user);
                lane.events.add(lane.now + at, Event::Asked(user));
            }
        } else {
            lane.next_arrival = lane.workload.gap();
        }
        lane
    }

    /// Handles so many events at most.
    pub(crate) fn advance(&mut self, events: u32) {
        for _ in 0..events {
            let next = self.events.next_at();
            let at = next.min(self.next_arrival);
            if self.due <= at {
                if at == f64::INFINITY && !self.wait_for_change() {
                    return;
                }
                self.handle_due();
            } else if self.next_arrival <= next {
                self.pass(at);
                self.arrive(None);
                self.next_arrival = if self.arrived < self.requests_to_come {
                    at + self.workload.gap()
                } else {
                    f64::INFINITY
                };
            } else {
                self.pass(at);
                match self.events.take() {
                    Some(Event::Reached(id)) => self.reached(id),
                    Some(Event::Worked(id)) => self.worked(id),
                    Some(Event::ReachedStore(id)) => self.reached_store(id),
                    Some(Event::Stored(id)) => self.stored(id),
                    Some(Event::GaveUp(id)) => self.gave_up(id),
                    Some(Event::Asked(user)) if self.arrived < self.requests_to_come => {
                        self.arrive(Some(user));
                    }
                    Some(Event::Asked(_)) | None => {}
                }
            }
            if self.arrived == self.requests_to_come && self.requests.under_way() == 0 {
                self.enter_areas();
                self.is_complete = true;
                return;
            }
        }
    }

    /// Nothing happens any more by itself: whoever still waits, waits for a server to come back. Whether one may; else
    /// they fail.
    fn wait_for_change(&mut self) -> bool {
        if self.changes.next_at() < f64::INFINITY {
            return true;
        }
        while let Some(id) = self.requests.take_first(&mut self.fleet.line) {
            self.waiting -= 1;
            self.finish(id, Ending::Failed);
        }
        self.enter_areas();
        self.is_complete = true;
        false
    }

    /// Lets time pass.
    #[inline]
    fn pass(&mut self, now: f64) {
        let seconds = now - self.now;
        self.areas.working += seconds * f64::from(self.working);
        self.areas.waiting += seconds * f64::from(self.waiting);
        self.areas.store_working += seconds * f64::from(self.store.busy);
        self.areas.store_waiting += seconds * f64::from(self.store.line.length);
        self.now = now;
    }

    fn handle_due(&mut self) {
        let picture = self.series.next_picture();
        let change = self.changes.next_at();
        // An answer that is late may have made pieces longer since: then the next picture is due later.
        if picture.min(change) > self.due {
            self.due = picture.min(change);
            return;
        }
        self.pass(picture.min(change).max(self.now));
        self.enter_areas();
        if picture <= change {
            let picture = self.picture();
            self.series.add_picture(picture);
        } else {
            self.change();
        }
        self.due = self.series.next_picture().min(self.changes.next_at());
    }

    /// What was there since the last entry into the series.
    fn open_areas(&self) -> Areas {
        let seconds = self.now - self.areas_since;
        Areas {
            seconds,
            alive: seconds * self.fleet.alive.len() as f64,
            ..self.areas
        }
    }

    /// What was there in all of the time that is looked at. It leaves the run as it is: sums depend on their order, and a
    /// report must not change what comes after it.
    pub(crate) fn areas(&self) -> Areas {
        let mut areas = self.outcomes.areas;
        if self.is_measuring {
            areas.absorb(&self.open_areas());
        }
        areas
    }

    /// Enters what was there since the last time into the series, and into the figures.
    fn enter_areas(&mut self) {
        let areas = self.open_areas();
        self.areas = Areas::default();
        self.areas_since = self.now;
        if areas.seconds <= 0.0 {
            return;
        }
        if self.is_measuring {
            self.outcomes.areas.absorb(&areas);
        }
        let middle = (self.series.pictures.len() as f64 - 0.5) * self.series.width;
        self.series.at(middle.max(0.0)).areas.absorb(&areas);
    }

    pub(crate) fn picture(&self) -> Picture {
        Picture {
            servers: self
                .fleet
                .servers
                .iter()
                .zip(&self.fleet.under_way)
                .map(|(server, &under_way)| match server.is_down {
                    true => u8::MAX,
                    false => under_way.min(254) as u8,
                })
                .collect(),
            store: self.store.busy + self.store.line.length,
        }
    }

    #[inline]
    fn arrive(&mut self, user: Option<u32>) {
        if self.arrived == self.warm_up && !self.is_measuring {
            self.enter_areas();
            self.is_measuring = true;
        }
        let is_measured = self.arrived >= self.warm_up;
        self.arrived += 1;
        let brought = self.workload.next(user);
        self.series.at(self.now).arrived += 1;
        self.outcomes.arrived += u64::from(is_measured);
        let has_room = self.requests.under_way() < MOST_UNDER_WAY;
        let id = self
            .requests
            .add(Request::new(self.now, brought, is_measured));
        if self.workload.is_of_users() && self.patience > 0.0 {
            self.events.add(self.now + self.patience, Event::GaveUp(id));
            self.giving_up += 1;
            if self.giving_up > 2 * self.requests.under_way() + MOST_STALE {
                self.forget_answered();
            }
        }
        if !has_room {
            self.finish(id, Ending::Failed);
        } else if brought.network > 0.0 {
            self.events
                .add(self.now + brought.network, Event::Reached(id));
        } else {
            self.reached(id);
        }
        if self.arrived == self.requests_to_come {
            self.enter_areas();
            self.is_measuring = false;
        }
    }

    /// Most users have their answers before they would give up. What tells of them is left out, as memory is not to grow
    /// with the run.
    fn forget_answered(&mut self) {
        let (requests, patience) = (&self.requests, self.patience);
        self.giving_up = self
            .events
            .keep_giving_up(|id, at| requests.could_give_up(id, at, patience));
    }

    pub(crate) const fn changes_mut(&mut self) -> &mut Changes {
        &mut self.changes
    }

    pub(crate) fn homes_mut(&mut self) -> &mut [u32] {
        &mut self.homes
    }

    /// How many requests have not ended, of those that count.
    pub(crate) fn under_way(&self) -> u64 {
        let outcomes = &self.outcomes;
        outcomes.arrived - outcomes.answered - outcomes.refused - outcomes.failed
    }

    /// How many requests have arrived, with those of the warm-up.
    pub(crate) const fn arrived(&self) -> u64 {
        self.arrived
    }
}

impl Fleet {
    /// Where a user is signed in at the start: where the balancer sends this user, or anywhere.
    fn first_home(&mut self, user: u32) -> u32 {
        match self.starts_at(user) {
            Some(server) => server,
            None => (mixed(u64::from(user)) % self.servers.len() as u64) as u32,
        }
    }
}
