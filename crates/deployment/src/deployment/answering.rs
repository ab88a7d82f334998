//! A request on the other side of the network: the balancer finds a server, which answers on its own memory and the
//! database. Nothing is done here that the parties do not do.

use protocol::{Exchange, Timestamp};
use server::Environment;
use sessions::{KeyStore, ObserverAccess, Rehearsal, ServerStore, Store};
use user_agent::Jar;

use super::{Deployment, located};
use crate::balancer::BalancerState;
use crate::way::{self, Flight};

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
        if keeping == Keeping::All {
            seat.answered = seat.answered.saturating_add(1);
        }
        let mut response = match keeping {
            _ if !S::is_open() => {
                let store = &mut self.store;
                flight.handled(|request, site| {
                    server.handle_unopened(request, site, store, environment)
                })
            }
            Keeping::All => {
                let store = ServerStore::new(&mut self.store, &mut seat.memory, settings, now);
                let mut store = store.cut_off(is_cut_off);
                flight
                    .handled(|request, site| server.handle(request, site, &mut store, environment))
            }
            Keeping::Nothing => {
                let (database, memory) = (&mut self.store, &mut seat.memory);
                let store = ServerStore::rehearsing(database, memory, settings, now);
                let mut store = store.cut_off(is_cut_off);
                let mut store = Rehearsal::new(&mut store);
                flight
                    .handled(|request, site| server.handle(request, site, &mut store, environment))
            }
        };
        if S::is_open() {
            self.look_around(flight, number, environment.now);
            way::pin(flight, &mut response);
        } else if flight.is_to_be_pinned() || flight.has_content() {
            // What takes cookies in, and passwords out, comes with the database.
            self.store.note_key_use();
        }
        self.way.send_back(flight, response);
    }

    /// After a refusal by the server of this number the observer looks where that is which it lacked.
    fn look_around(&self, flight: &mut Flight, number: u32, now: Timestamp) {
        let lane = flight.lane();
        if flight.picked().is_some() {
            let seats = lane.of(&self.seats);
            let servers = lane.of(&self.way.lanes).main_servers();
            let token = flight.token();
            let line = flight
                .refusal()
                .and_then(|refusal| located::look(refusal, number, seats, servers, token, now));
            if let Some((check, fact)) = line {
                flight.note(check, fact);
            }
        }
    }

    /// The answer arrives in the browser. What is answered before the database is there has no content to look through,
    /// and brings no cookie.
    pub(super) fn arrive_at_browser(flight: Flight, jar: &mut Jar, now: Timestamp) -> Exchange {
        if S::is_open() {
            way::deliver(flight, jar, now)
        } else {
            flight.into_plain_exchange()
        }
    }
}
