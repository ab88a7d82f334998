//! The servers of one lane as they are deployed: those that sign users in by their numbers, then those of orders and of
//! billing. It makes them, and never asks one.

use std::collections::BTreeMap;

use protocol::{FleetKeys, Lane, Scheme, Service};
use server::{Policy, Server};
use tokens::Algorithm;

use crate::condition::{Condition, Holding};
use crate::keys::{self, TrustedKeys};

/// How many servers there are besides those that sign users in.
pub(crate) const OTHER_SERVICES: usize = Service::ALL.len() - 1;

/// The servers of one lane.
#[derive(Clone)]
pub(crate) struct LaneServers {
    /// What a server that signs users in is where nothing is wrong with it: the observer's measure.
    sound: [Server; Service::ALL.len()],
    /// All of them, by their numbers.
    servers: Vec<Server>,
}

/// What all servers of a lane have in common.
pub(crate) struct Make<'a> {
    pub(crate) lane: Lane,
    pub(crate) scheme: Scheme,
    pub(crate) policy: &'a Policy,
    pub(crate) algorithm: Algorithm,
    pub(crate) keys: &'a TrustedKeys,
    pub(crate) halves: FleetKeys,
}

impl LaneServers {
    /// One server for each of these conditions: those of orders and of billing are the last two.
    pub(crate) fn new(make: &Make<'_>, conditions: &[Condition]) -> Self {
        let sound = Service::ALL.map(|service| {
            let is_half = service != Service::Main;
            make.server(service, Holding::All, is_half)
        });
        let main_servers = conditions.len().saturating_sub(OTHER_SERVICES);
        let (of_fleet, of_others) = conditions.split_at(main_servers);
        let mut made = BTreeMap::new();
        let mut servers = Vec::with_capacity(conditions.len());
        for (number, condition) in (1..).zip(of_fleet) {
            let is_half = make.halves == FleetKeys::PublicHalves && number > 1;
            let alike = made
                .entry((condition.keys, is_half))
                .or_insert_with(|| make.server(Service::Main, condition.keys, is_half));
            servers.push(alike.numbered(number, condition.troubles));
        }
        let others = sound.iter().skip(1).zip(of_others);
        for (number, (server, condition)) in (number_after(main_servers)..).zip(others) {
            servers.push(server.numbered(number, condition.troubles));
        }
        Self { sound, servers }
    }

    /// The server of that number.
    pub(crate) fn numbered(&self, number: u32) -> Option<&Server> {
        self.servers.get(number.checked_sub(1)? as usize)
    }

    /// Those that sign users in.
    pub(crate) fn main_servers(&self) -> &[Server] {
        let count = self.servers.len().saturating_sub(OTHER_SERVICES);
        self.servers.get(..count).unwrap_or_default()
    }

    /// What a server of this service is where nothing is wrong with it.
    pub(crate) const fn sound(&self, service: Service) -> &Server {
        let [main, orders, billing] = &self.sound;
        match service {
            Service::Main => main,
            Service::Orders => orders,
            Service::Billing => billing,
        }
    }
}

impl Make<'_> {
    fn server(&self, service: Service, holding: Holding, is_half: bool) -> Server {
        let whole = match holding {
            Holding::All => self.keys.now.as_slice(),
            Holding::BeforeNewest => &self.keys.before_newest,
            Holding::Nothing => &[],
        };
        let keys = if is_half {
            keys::public_halves(whole)
        } else {
            whole.to_vec()
        };
        Server::new(
            self.lane,
            service,
            self.scheme,
            self.policy.clone(),
            self.algorithm,
            keys,
        )
    }
}

fn number_after(servers: usize) -> u32 {
    u32::try_from(servers).unwrap_or(u32::MAX).saturating_add(1)
}
