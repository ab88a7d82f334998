//! Requests that are held on their way, so that something can happen meanwhile: another request, a kill, a restart.

use std::collections::VecDeque;

use protocol::{Errand, Exchange, PageContext};
use server::Environment;
use sessions::{KeyStore, ObserverAccess, Store};
use user_agent::RequestContext;

use super::{Carried, Deployment};
use crate::way::Flight;

/// How many requests can be on their way: with one more, the one that left first is lost.
const MOST_FLIGHTS: usize = 64;

/// The requests on their way.
#[derive(Clone, Default)]
pub(super) struct Flights {
    held: VecDeque<(u32, Flight)>,
    last: u32,
}

impl Flights {
    /// Gives the flight's number, and the flight that is lost for it.
    fn add(&mut self, flight: Flight) -> (u32, Option<Flight>) {
        let lost = if self.held.len() == MOST_FLIGHTS {
            self.held.pop_front()
        } else {
            None
        };
        self.last = self.last.wrapping_add(1);
        self.held.push_back((self.last, flight));
        (self.last, lost.map(|(_, flight)| flight))
    }

    fn place(&self, number: u32) -> Option<usize> {
        self.held.iter().position(|(held, _)| *held == number)
    }
}

impl<S: Store + KeyStore + ObserverAccess> Deployment<S> {
    /// Lets a request leave the browser, with what that holds now, and holds it on its way. Gives its number, and what has
    /// happened so far.
    pub fn depart(
        &mut self,
        page: &PageContext,
        errand: &Errand,
        environment: &mut Environment<'_>,
    ) -> (u32, Exchange) {
        let context = RequestContext::page(&page.site);
        let now = environment.now;
        self.jar.begin(page.cookie.as_deref(), &context, now);
        let flight = self.way.depart(page, errand, &self.jar, now);
        let so_far = flight.so_far();
        let (number, lost) = self.flights.add(flight);
        if let Some(lost) = lost {
            self.end_under_way(&lost);
        }
        (number, so_far)
    }

    /// Lets a request arrive at its server, as that is by now; `None` where none of this number is on its way there.
    pub fn arrive(&mut self, number: u32, environment: &mut Environment<'_>) -> Option<Exchange> {
        let place = self.flights.place(number)?;
        if self.flights.held.get(place)?.1.is_answered() {
            return None;
        }
        let (_, mut flight) = self.flights.held.remove(place)?;
        self.answer(&mut flight, environment);
        if let Some(server) = flight.picked() {
            flight.lane().of_mut(&mut self.balancers).begin(server);
        }
        let so_far = flight.so_far();
        self.flights.held.insert(place, (number, flight));
        Some(so_far)
    }

    /// Lets the answer arrive in the browser; `None` where no request of this number was answered.
    pub fn deliver(&mut self, number: u32, environment: &mut Environment<'_>) -> Option<Carried> {
        let place = self.flights.place(number)?;
        if !self.flights.held.get(place)?.1.is_answered() {
            return None;
        }
        let (_, flight) = self.flights.held.remove(place)?;
        self.end_under_way(&flight);
        let jar_before = self.jar.clone();
        let exchange = Self::arrive_at_browser(flight, &mut self.jar, environment.now);
        self.exchanges_so_far += 1;
        Some(Carried {
            exchanges: vec![Exchange {
                number: self.exchanges_so_far,
                ..exchange
            }],
            removal_lines: Vec::new(),
            jar_changed: self.jar != jar_before,
        })
    }

    /// A request is under way at its server until its answer is in the browser, or it is lost.
    fn end_under_way(&mut self, flight: &Flight) {
        if let Some(server) = flight.picked() {
            flight.lane().of_mut(&mut self.balancers).end(server);
        }
    }
}
