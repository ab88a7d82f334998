//! How many servers there are, what is wrong with them, and what the observer sees of each. It decides nothing about a
//! request.

use protocol::{Fleet, FleetView, Lane, ServerView};
use server::Server;
use sessions::{KeyStore, ObserverAccess, ServerMemory, Store};

use super::Deployment;
use super::seats::{Seat, Seats};
use crate::condition::Condition;
use crate::keys;
use crate::lane_servers::OTHER_SERVICES;

impl<S: Store + KeyStore + ObserverAccess> Deployment<S> {
    /// From now on the lanes' servers are deployed so. A fleet that makes no sense is left aside. Servers that stay keep
    /// what they remember; what dead ones remembered is gone.
    pub fn set_fleet(&mut self, fleet: &Fleet) {
        if self.configuration.fleet == *fleet || fleet.problem().is_some() {
            return;
        }
        for seats in &mut self.seats {
            seats.resize(fleet.servers);
        }
        self.configuration.fleet.clone_from(fleet);
        self.deploy();
        for (number, condition) in (1..).zip(&self.way.conditions) {
            if condition.is_down {
                let seats = self.seats.iter_mut();
                seats.for_each(|seats| {
                    forget(seats, number);
                });
            }
        }
    }

    /// Ends the server of that number in each lane and starts it anew: what it remembered is gone. Says how many sessions
    /// and refresh tokens that were.
    pub fn restart_server(&mut self, number: u32) -> u32 {
        if number > self.configuration.fleet.servers {
            return 0;
        }
        let seats = self.seats.iter_mut();
        seats.map(|seats| forget(seats, number)).sum()
    }

    /// What the observer sees of each server that signs users in.
    pub fn observe_fleet(&self) -> FleetView {
        let newest = keys::newest_kid(&self.stored_keys, self.configuration.algorithm);
        FleetView {
            lanes: Lane::BOTH.map(|lane| {
                let servers = lane.of(&self.way.lanes).main_servers();
                let seats = lane.of(&self.seats).numbered();
                servers
                    .iter()
                    .zip(seats)
                    .map(|(server, (number, seat))| {
                        view(server, seat, self.way.condition(number), newest)
                    })
                    .collect()
            }),
        }
    }
}

/// What is wrong with each server, by its number: those of the other services are the last.
pub(super) fn conditions(fleet: &Fleet) -> Vec<Condition> {
    let of_fleet = (1..=fleet.servers).map(|server| Condition::of(fleet, server));
    let others = std::iter::repeat_n(Condition::of_other_services(fleet), OTHER_SERVICES);
    of_fleet.chain(others).collect()
}

fn forget(seats: &mut Seats, number: u32) -> u32 {
    let seat = seats.of_mut(number);
    seat.map_or(0, |seat| seat.memory.clear())
}

fn view(
    server: &Server,
    seat: &Seat,
    condition: Condition,
    newest_kid: Option<&str>,
) -> ServerView {
    let keys = &server.verifier().keys;
    ServerView {
        is_down: condition.is_down,
        answered: seat.answered,
        records: count(records(&seat.memory)),
        cached: count(seat.memory.cached_sessions().count()),
        keys: count(keys.len()),
        has_newest_key: newest_kid.is_some()
            && keys.iter().any(|key| key.kid.as_deref() == newest_kid),
        can_sign: server.signing_key().is_some(),
        clock_off_seconds: condition.troubles.clock_off_seconds,
        reaches_store: !condition.is_cut_off,
    }
}

fn records(memory: &ServerMemory) -> usize {
    memory.sessions().count()
        + memory.refresh_tokens().count()
        + memory.denied().count()
        + memory.token_versions().count()
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
