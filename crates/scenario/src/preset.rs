//! Runs that have a name. What each one shows is said by the page's wording.

use protocol::{
    Arrivals, Balancer, Distribution, Fault, FaultKind, FleetChange, LaneModel, Preset, Prices,
    Queue, Records, Scheduled, Scheme, ServerAlgorithm, Simulation, StoreModel, StorePlace,
    StoreSettings,
};

use crate::lane::{CheckTimes, Habits, lane_model};
use crate::measured::MEASURED;

/// Modelled, as all prices: a small server, a small managed Redis (which has no price by operation), and what a load
/// balancer takes for a gigabyte.
const PRICES: Prices = Prices {
    server_month: 35.0,
    store_month: 50.0,
    million_operations: 0.0,
    gigabyte: 0.008,
};

/// A run that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LoadPreset {
    /// Ten servers and a store that all of them share: the default run.
    TenServers,
    /// One server.
    OneServer,
    /// One station, its queue and nothing else: M/M/1.
    OneStation,
    /// Ten servers, each of which keeps its sessions in its own memory.
    TenMemories,
    /// A thousand servers, and the one store.
    ThousandServers,
    /// The store dies for a while.
    StoreDies,
    /// Three of ten servers die for a while; sessions are in their memories.
    ServersDie,
    /// A new key reaches half of the servers first.
    KeyReachesHalf,
    /// Calm and bursts take turns.
    Bursts,
}

impl LoadPreset {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::TenServers,
        Self::OneServer,
        Self::OneStation,
        Self::TenMemories,
        Self::ThousandServers,
        Self::StoreDies,
        Self::ServersDie,
        Self::KeyReachesHalf,
        Self::Bursts,
    ];

    /// Its run, with a session and a token as the two lanes, but for the one station.
    pub fn simulation(self) -> Simulation {
        let ten = default_run();
        match self {
            Self::TenServers => ten,
            Self::OneServer => Simulation {
                servers: 1,
                arrivals: Arrivals::Poisson { rate: 120.0 },
                users: 1_000,
                requests: 50_000,
                warm_up: 5_000,
                ..ten
            },
            Self::OneStation => plain_station(),
            Self::TenMemories => with_memories(ten),
            Self::ThousandServers => Simulation {
                servers: 1_000,
                arrivals: Arrivals::Poisson { rate: 120_000.0 },
                users: 1_000_000,
                requests: 1_000_000,
                warm_up: 100_000,
                // Together with a session's one it is more than one Redis can do; alone it is not.
                application_reads: 0.8,
                ..ten
            },
            Self::StoreDies => faulty(ten, 1, FaultKind::StoreDown),
            Self::ServersDie => faulty(with_memories(ten), 3, FaultKind::ServerDown),
            Self::KeyReachesHalf => faulty(ten, 5, FaultKind::KeyOld),
            Self::Bursts => Simulation {
                arrivals: Arrivals::Bursty {
                    rate: 1_200.0,
                    burst_factor: 4.0,
                    burst_seconds: 2.0,
                    calm_seconds: 8.0,
                },
                ..ten
            },
        }
    }
}

/// The run that everything starts from: ten servers, a Redis that all of them share, a session beside a token.
pub fn default_run() -> Simulation {
    let run = Simulation {
        seed: 1,
        requests: 100_000,
        warm_up: 10_000,
        users: 10_000,
        arrivals: Arrivals::Poisson { rate: 1_200.0 },
        servers: 10,
        queue: Queue::OneEach(Balancer::TwoChoices),
        waiting_places: 1_000,
        patience: 10.0,
        // Modelled: an application's own work.
        service: Distribution::Exponential { rate: 200.0 },
        sign_in: Distribution::Constant {
            seconds: MEASURED.argon2id,
        },
        network: Distribution::LogNormal {
            mean: 0.02,
            variation: 0.5,
        },
        application_reads: 1.0,
        store: StoreModel {
            // Redis runs one command at a time.
            connections: 1,
            service: Distribution::Constant {
                seconds: MEASURED.redis_get_service,
            },
            // Modelled: the network within a data centre.
            round_trip: Distribution::Constant { seconds: 0.000_5 },
        },
        lanes: Vec::new(),
        schedule: Vec::new(),
        prices: PRICES,
    };
    let lanes = lanes_of(&run, &[Scheme::STATEFUL, Scheme::STATELESS]);
    Simulation { lanes, ..run }
}

/// One station and nothing around it, M/M/1 at ρ = 0.8: one lane, no check, no store, no network.
pub fn plain_station() -> Simulation {
    let nothing = Distribution::Constant { seconds: 0.0 };
    Simulation {
        seed: 1,
        requests: 1_000_000,
        warm_up: 100_000,
        users: 10_000,
        arrivals: Arrivals::Poisson { rate: 0.8 },
        servers: 1,
        queue: Queue::Shared,
        waiting_places: 0,
        patience: 0.0,
        service: Distribution::Exponential { rate: 1.0 },
        sign_in: nothing,
        network: nothing,
        application_reads: 0.0,
        store: StoreModel {
            connections: 1,
            service: nothing,
            round_trip: nothing,
        },
        lanes: vec![LaneModel {
            check: nothing,
            reads: 0.0,
            writes: 0.0,
            records: Records::None,
            needs_key: false,
            octets: 0,
        }],
        schedule: Vec::new(),
        prices: PRICES,
    }
}

/// The lanes of these schemes, as measured, with the algorithm that servers start with.
fn lanes_of(run: &Simulation, schemes: &[Scheme]) -> Vec<LaneModel> {
    let times = CheckTimes::measured(ServerAlgorithm::Hs256);
    let habits = Habits::of(run);
    schemes
        .iter()
        .map(|scheme| lane_model(scheme, &times, &habits))
        .collect()
}

fn with_memories(run: Simulation) -> Simulation {
    let session = Scheme {
        store: StoreSettings {
            place: StorePlace::ServerMemory,
            ..StoreSettings::DEFAULT
        },
        ..Preset::Stateful.scheme()
    };
    let run = Simulation {
        queue: Queue::OneEach(Balancer::StickyCookie),
        ..run
    };
    let lanes = lanes_of(&run, &[session, Preset::Stateless.scheme()]);
    Simulation { lanes, ..run }
}

/// The same with a fault of the first servers, from a third of the time to two thirds.
fn faulty(run: Simulation, last: u32, kind: FaultKind) -> Simulation {
    Simulation {
        schedule: vec![Scheduled {
            at: 30.0,
            until: Some(60.0),
            change: FleetChange::Fault(Fault {
                kind,
                first: 1,
                last,
            }),
        }],
        ..run
    }
}
