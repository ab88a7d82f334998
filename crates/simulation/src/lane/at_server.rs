//! A request's way to a server: the balancer, the queue, what the server finds when it looks at what the user carries,
//! and its work.

use protocol::Records;

use super::{Ending, Event, LOST, Lane, NONE, SIGNED_OUT};

impl Lane {
    #[inline]
    pub(super) fn reached(&mut self, id: u32) {
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
    pub(super) fn wait(&mut self, server: Option<u32>, id: u32) {
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
    pub(super) fn begin(&mut self, server: u32, id: u32) -> bool {
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
    pub(super) fn look_at(&mut self, server: u32, user: u32) -> (bool, bool) {
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

    pub(super) fn worked(&mut self, id: u32) {
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
    pub(super) fn begin_next(&mut self, server: u32) {
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

    /// All that is under way at these servers fails.
    pub(crate) fn fail_at_servers(&mut self, servers: &[u32]) {
        let mut is_one = vec![false; self.fleet.servers.len()];
        for &server in servers {
            is_one[server as usize] = true;
            let mut line = self.fleet.servers[server as usize].line;
            while let Some(id) = self.requests.take_first(&mut line) {
                self.waiting -= 1;
                self.finish(id, Ending::Failed);
            }
            if self.fleet.servers[server as usize].working_at != NONE {
                self.working -= 1;
            }
        }
        for id in self.requests.at_servers(|server| is_one[server as usize]) {
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
}
