//! A request on the other side of the network: the balancer finds a server, which answers on its own memory and the
//! database. Nothing is done here that the parties do not do.

use server::Environment;
use sessions::{KeyStore, ObserverAccess, Rehearsal, ServerStore, Store};

use super::{Deployment, located};
use crate::balancer::BalancerState;
use crate::way::Flight;

/// Whether what a request changes is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeping {
    /// It is.
    All,
    /// It is only tried.
    Nothing,
}

impl<S: Store + KeyStore + ObserverAccess> Deployment<S> {
    /// Lets a request arrive, and be answered.
    pub(super) fn answer(&mut self, flight: &mut Flight, environment: &mut Environment<'_>) {
        let lane = flight.lane();
        let mut balancer = std::mem::take(lane.of_mut(&mut self.balancers));
        self.answer_by(&mut balancer, flight, Keeping::All, environment);
        *lane.of_mut(&mut self.balancers) = balancer;
    }

    /// The same where this balancer chooses.
    pub(super) fn answer_by(
        &mut self,
        balancer: &mut BalancerState,
        flight: &mut Flight,
        keeping: Keeping,
        environment: &mut Environment<'_>,
    ) {
        let lane = flight.lane();
        let Some(number) = self.way.route(flight, balancer) else {
            return;
        };
        let server = lane.of(&self.way.lanes).numbered(number);
        let seat = lane.of_mut(&mut self.seats).of_mut(number);
        let (Some(server), Some(seat)) = (server, seat) else {
            return;
        };
        let settings = lane.of(&self.configuration.schemes).store;
        let now = server.clock(environment.now);
        let is_cut_off = self.way.condition(number).is_cut_off;
        let response = match keeping {
            Keeping::All => {
                seat.answered = seat.answered.saturating_add(1);
                let store = ServerStore::new(&mut self.store, &mut seat.memory, settings, now);
                let mut store = store.cut_off(is_cut_off);
                self.way.handle(flight, server, &mut store, environment)
            }
            Keeping::Nothing => {
                let (database, memory) = (&mut self.store, &mut seat.memory);
                let store = ServerStore::rehearsing(database, memory, settings, now);
                let mut store = store.cut_off(is_cut_off);
                let mut store = Rehearsal::new(&mut store);
                self.way.handle(flight, server, &mut store, environment)
            }
        };
        if flight.picked().is_some() {
            let seats = lane.of(&self.seats);
            let servers = lane.of(&self.way.lanes).main_servers();
            let token = flight.token();
            let line = flight.refusal().and_then(|refusal| {
                located::look(refusal, number, seats, servers, token, environment.now)
            });
            if let Some((check, fact)) = line {
                flight.note(check, fact);
            }
        }
        self.way.send_back(flight, response);
    }
}
