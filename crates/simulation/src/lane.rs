//! One lane: its events, one after another, and what each request meets.

mod ending;
mod request;

use protocol::{LaneModel, Records, Simulation};

use crate::chance::{Chance, Times, mixed};
use crate::events::{Event, Events};
use crate::faults::Changes;
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
                lane.events.add(at, Event::Asked(user));
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

    #[inline]
    fn reached(&mut self, id: u32) {
        self.requests.at(id).waiting_since = self.now;
        if self.fleet.is_shared() {
            if self.fleet.alive.is_empty() {
                self.finish(id, Ending::Failed);
            } else if let Some(server) = self.fleet.take_idle() {
                if !self.begin(server, id) {
                    self.fleet.list_idle(server);
                }
            } else {
                self.wait(None, id);
            }
            return;
        }
        let user = self.requests.at(id).user;
        let Some(server) = self.fleet.choose(user) else {
            self.finish(id, Ending::Failed);
            return;
        };
        if self.fleet.servers[server as usize].working_at == NONE {
            self.begin(server, id);
        } else {
            self.wait(Some(server), id);
        }
    }

    /// Puts a request into a server's queue, or into the one of all.
    fn wait(&mut self, server: Option<u32>, id: u32) {
        let line = match server {
            Some(server) => &mut self.fleet.servers[server as usize].line,
            None => &mut self.fleet.line,
        };
        if line.length >= self.waiting_places {
            self.finish(id, Ending::Failed);
            return;
        }
        self.requests.put_last(line, id);
        if self.is_measuring {
            self.outcomes.longest_queue = self.outcomes.longest_queue.max(line.length);
        }
        self.waiting += 1;
        if let Some(server) = server {
            self.fleet.under_way[server as usize] += 1;
            self.requests.at(id).server = server;
        }
    }

    /// A server begins with a request, unless its user has given up.
    #[inline]
    fn begin(&mut self, server: u32, id: u32) -> bool {
        let now = self.now;
        let request = *self.requests.at(id);
        if request.server == NONE {
            self.fleet.under_way[server as usize] += 1;
            self.requests.at(id).server = server;
        }
        if request.has_ended || self.is_too_late(&request) {
            self.finish(id, Ending::Failed);
            return false;
        }
        let mut work = self.check.draw(&mut self.check_chance);
        let (is_refused, signs_in) = self.look_at(server, request.user);
        let (mut reads, mut writes) = (0, 0);
        if !is_refused {
            work += request.service;
            (reads, writes) = self.store.draw_operations();
        }
        if signs_in {
            work += request.sign_in;
            self.outcomes.sign_ins += u64::from(request.is_measured);
        }
        if self.is_measuring {
            self.outcomes.work += work;
            if signs_in {
                self.outcomes.sign_in_work += request.sign_in;
            }
        }
        let state = self.requests.at(id);
        state.waited = now - request.waiting_since;
        state.is_refused = is_refused;
        state.reads = reads;
        state.writes = writes;
        self.fleet.servers[server as usize].working_at = id;
        self.working += 1;
        self.events.add(now + work, Event::Worked(id));
        true
    }

    /// What a server finds when it looks at what a user carries: whether it refuses, and whether the user signs in.
    #[inline]
    fn look_at(&mut self, server: u32, user: u32) -> (bool, bool) {
        if self.homes.is_empty() && !self.is_anything_wrong {
            return (false, false);
        }
        let wrong = &self.fleet.wrongs[server as usize];
        if self.model.needs_key && wrong.refuses_token(user, self.now) {
            return (true, false);
        }
        if self.homes.is_empty() {
            return (
                self.model.records != Records::None && wrong.finds_idle(),
                false,
            );
        }
        let home = self.homes[user as usize];
        if home == SIGNED_OUT {
            self.homes[user as usize] = server;
            return (false, true);
        }
        let is_elsewhere = self.model.records == Records::ServerMemory && home != server;
        if is_elsewhere || wrong.finds_idle() {
            if home != LOST {
                self.count_signed_out(1);
            }
            self.homes[user as usize] = SIGNED_OUT;
            return (true, false);
        }
        (false, false)
    }

    pub(crate) fn count_signed_out(&mut self, users: u32) {
        if self.is_measuring {
            self.outcomes.signed_out += u64::from(users);
        }
        self.series.at(self.now).signed_out += users;
    }

    fn worked(&mut self, id: u32) {
        let request = *self.requests.at(id);
        if request.is_dead {
            self.requests.remove(id);
            return;
        }
        self.working -= 1;
        self.fleet.servers[request.server as usize].working_at = NONE;
        self.begin_next(request.server);
        if request.is_refused {
            self.finish(id, Ending::Refused);
        } else {
            self.proceed(id);
        }
    }

    /// A server that is free takes the next request, where one waits.
    #[inline]
    fn begin_next(&mut self, server: u32) {
        loop {
            let line = if self.fleet.is_shared() {
                &mut self.fleet.line
            } else {
                &mut self.fleet.servers[server as usize].line
            };
            let Some(id) = self.requests.take_first(line) else {
                break;
            };
            self.waiting -= 1;
            if self.begin(server, id) {
                return;
            }
        }
        if self.fleet.is_shared() {
            self.fleet.list_idle(server);
        }
    }

    /// The next operation on the store, or the answer.
    #[inline]
    fn proceed(&mut self, id: u32) {
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

    fn reached_store(&mut self, id: u32) {
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
    fn serve(&mut self, id: u32) {
        self.store.busy += 1;
        let is_write = self.requests.at(id).take_operation();
        if self.is_measuring {
            self.outcomes.reads_in_time += u64::from(!is_write);
            self.outcomes.writes_in_time += u64::from(is_write);
        }
        self.series.at(self.now).store_operations += 1;
        let seconds = self.store.draw_service();
        self.events.add(self.now + seconds, Event::Stored(id));
    }

    fn stored(&mut self, id: u32) {
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

    pub(crate) const fn changes_mut(&mut self) -> &mut Changes {
        &mut self.changes
    }

    pub(crate) fn homes_mut(&mut self) -> &mut [u32] {
        &mut self.homes
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

    /// All that is under way at a server fails.
    pub(crate) fn fail_at_server(&mut self, server: u32) {
        let mut line = self.fleet.servers[server as usize].line;
        while let Some(id) = self.requests.take_first(&mut line) {
            self.waiting -= 1;
            self.finish(id, Ending::Failed);
        }
        if self.fleet.servers[server as usize].working_at != NONE {
            self.working -= 1;
        }
        for id in self.requests.at_server(server) {
            self.die(id);
        }
    }

    /// Servers that came back or were added take what waits for all of them.
    pub(crate) fn resume(&mut self) {
        while self.fleet.line.length > 0 {
            let Some(server) = self.fleet.take_idle() else {
                return;
            };
            self.begin_next(server);
        }
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
