//! What happens to the fleet on schedule, and what that means for its servers.

use protocol::{Fault, FaultKind, Records};

use crate::changes::Change;
use crate::fleet::{Line, NONE};
use crate::lane::{LOST, Lane};
use crate::wrong::Wrong;

impl Lane {
    /// The next entry of the schedule happens.
    pub(crate) fn change(&mut self) {
        let now = self.now;
        match self.changes_mut().to_come.pop() {
            Some((_, Change::Begins(place, fault))) => {
                self.changes_mut().present.push((place, now, fault));
            }
            Some((_, Change::Ends(place))) => {
                self.changes_mut().present.retain(|entry| entry.0 != place);
            }
            Some((_, Change::Added(servers))) => self.fleet.add(servers),
            None => {}
        }
        let present = self.changes_mut().present.clone();
        self.apply_to_store(&present);
        self.is_anything_wrong = !present.is_empty();
        let mut dying = Vec::new();
        for place in 0..self.fleet.servers.len() {
            if self.apply_to_server(place, &present) {
                dying.push(place as u32);
            }
        }
        if !dying.is_empty() {
            self.kill(&dying);
        }
        self.fleet.count_alive();
        self.resume();
    }

    /// Of two that contradict each other the worse holds, and of two clocks the last: as with real servers.
    fn apply_to_store(&mut self, present: &[(usize, f64, Fault)]) {
        let was_down = self.store.is_down;
        self.store.is_down = false;
        self.store.slowed = 0.0;
        for (_, _, fault) in present {
            match fault.kind {
                FaultKind::StoreDown => self.store.is_down = true,
                FaultKind::StoreSlow { milliseconds } => {
                    let seconds = f64::from(milliseconds) / 1_000.0;
                    self.store.slowed = self.store.slowed.max(seconds);
                }
                _ => {}
            }
        }
        if self.store.is_down && !was_down {
            self.fail_at_store();
        }
    }

    /// Whether the server dies of it.
    fn apply_to_server(&mut self, place: usize, present: &[(usize, f64, Fault)]) -> bool {
        let was_down = self.fleet.servers[place].is_down;
        let mut is_down = false;
        let mut wrong = Wrong::NOTHING;
        for (_, since, fault) in present {
            if !fault.concerns(place as u32 + 1) {
                continue;
            }
            match fault.kind {
                FaultKind::ServerDown => is_down = true,
                FaultKind::StoreUnreachable => wrong.reaches_store = false,
                FaultKind::KeyTaken => wrong.has_key = false,
                FaultKind::KeyOld => {
                    let first = wrong.key_old_since.unwrap_or(*since);
                    wrong.key_old_since = Some(first.min(*since));
                }
                FaultKind::ClockOff { seconds } => wrong.clock_ahead = f64::from(seconds),
                FaultKind::StoreDown | FaultKind::StoreSlow { .. } => {}
            }
        }
        self.fleet.wrongs[place] = wrong;
        self.fleet.servers[place].is_down = is_down;
        is_down && !was_down
    }

    /// Servers die: what they worked at and who waited there fail, and what they remembered is gone. All at once, as it
    /// takes a look at each request and each user.
    fn kill(&mut self, servers: &[u32]) {
        self.fail_at_servers(servers);
        let mut is_dying = vec![false; self.fleet.servers.len()];
        for &server in servers {
            is_dying[server as usize] = true;
            let state = &mut self.fleet.servers[server as usize];
            state.line = Line::EMPTY;
            state.working_at = NONE;
            self.fleet.under_way[server as usize] = 0;
        }
        if self.model.records != Records::ServerMemory {
            return;
        }
        let mut lost = 0;
        for home in self.homes_mut() {
            // Who is signed out, or lost the session before, is at home nowhere.
            if is_dying.get(*home as usize) == Some(&true) {
                *home = LOST;
                lost += 1;
            }
        }
        self.count_signed_out(lost);
    }
}
