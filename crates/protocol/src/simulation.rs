//! The load simulation: what it is told. Times are in seconds, rates are per second.

use serde::{Deserialize, Serialize};

use crate::{Balancer, Scheduled};

/// A run of the load model. The same one gives the same bytes, wherever it runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Simulation {
    /// Where chance starts.
    pub seed: u64,
    /// How many requests arrive in each lane: from 1 to [`Simulation::MOST_REQUESTS`].
    pub requests: u64,
    /// How many of the first ones are left out of the figures, while the system fills.
    pub warm_up: u64,
    /// How many users they come from: from 1 to [`Simulation::MOST_USERS`].
    pub users: u32,
    /// How requests arrive.
    pub arrivals: Arrivals,
    /// How many servers: `c`. From 1 to [`Fleet::MOST_SERVERS`](crate::Fleet::MOST_SERVERS).
    pub servers: u32,
    /// Where requests wait for them.
    pub queue: Queue,
    /// How many can wait: at each server, or in the one queue. One more fails. 0 is as many as memory holds,
    /// [`Simulation::MOST_WAITING`].
    pub waiting_places: u32,
    /// After how long a user gives up; 0 is never. The request fails then.
    pub patience: f64,
    /// What a request takes of a server for the application itself, in both lanes the same.
    pub service: Distribution,
    /// What a sign-in takes of a server on top: the password's hash.
    pub sign_in: Distribution,
    /// One way between user and server.
    pub network: Distribution,
    /// How many operations on the store the application itself needs a request, in both lanes the same; the mean.
    pub application_reads: f64,
    /// The store that all servers share.
    pub store: StoreModel,
    /// One or two designs, on the same arrivals.
    pub lanes: Vec<LaneModel>,
    /// What happens to the fleet, and when.
    pub schedule: Vec<Scheduled>,
    /// What things cost.
    pub prices: Prices,
}

impl Simulation {
    /// The most requests of a run.
    pub const MOST_REQUESTS: u64 = 100_000_000;
    /// The most users.
    pub const MOST_USERS: u32 = 1_000_000;
    /// The most requests that can wait at one place.
    pub const MOST_WAITING: u32 = 1_000_000;
    /// The lowest rate, a second: one in thirty years.
    pub const LOWEST_RATE: f64 = 1e-9;
    /// The highest rate, a second.
    pub const HIGHEST_RATE: f64 = 10_000_000.0;
    /// The longest mean of a time, in seconds.
    pub const LONGEST_SECONDS: f64 = 3_600.0;
    /// The most connections to a store.
    pub const MOST_CONNECTIONS: u32 = 10_000;
    /// The most entries of a schedule.
    pub const MOST_SCHEDULED: usize = 64;
    /// The most operations on the store that a request can need, as a mean.
    pub const MOST_STORE_OPERATIONS: f64 = 20.0;
}

/// Why a run makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SimulationProblem {
    /// No requests, or too many.
    Requests,
    /// As many requests are left out as arrive, or more.
    WarmUp,
    /// No users, or too many.
    Users,
    /// A rate that is no positive number, or too high; bursts that make no sense.
    Arrivals,
    /// No servers, or too many.
    Servers,
    /// More waiting places than there can be.
    WaitingPlaces,
    /// A patience that is no time.
    Patience,
    /// A time of the servers, of the network or of users that is no time, or too long.
    Time,
    /// A store that makes no sense.
    Store,
    /// No lane, or more than two.
    Lanes,
    /// An entry of the schedule that makes no sense, or too many of them.
    Schedule,
    /// A price that is none.
    Prices,
}

/// How requests arrive.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Arrivals {
    /// Independently of each other: the gaps are exponential.
    Poisson {
        /// λ.
        rate: f64,
    },
    /// Calm and bursts take turns, each exponentially long; within each, arrivals are Poisson.
    Bursty {
        /// λ, over both.
        rate: f64,
        /// How many times as many arrive in a burst as in calm: 1 or more.
        burst_factor: f64,
        /// How long a burst lasts, the mean.
        burst_seconds: f64,
        /// How long calm lasts, the mean.
        calm_seconds: f64,
    },
    /// Each user thinks, asks, waits for the answer, and thinks again. Lanes then differ in when requests arrive, but not
    /// in how long each user thinks.
    Users {
        /// How long a user thinks.
        think_time: Distribution,
    },
}

/// Where requests wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Queue {
    /// In one queue, in order of arrival; whichever server is free takes the next.
    Shared,
    /// At the server that the balancer chose.
    OneEach(Balancer),
}

/// How long something takes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Distribution {
    /// Always the same.
    Constant {
        /// How long.
        seconds: f64,
    },
    /// Exponential.
    Exponential {
        /// μ: how many a second, the inverse of the mean.
        rate: f64,
    },
    /// Any length between two with the same chance.
    Uniform {
        /// The shortest.
        from: f64,
        /// The longest.
        to: f64,
    },
    /// The logarithm is normal: many short ones, a few very long ones.
    LogNormal {
        /// The mean.
        mean: f64,
        /// The standard deviation as a multiple of the mean.
        variation: f64,
    },
}

impl Distribution {
    /// The mean.
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Constant { seconds } => seconds,
            Self::Exponential { rate } => 1.0 / rate,
            Self::Uniform { from, to } => f64::midpoint(from, to),
            Self::LogNormal { mean, .. } => mean,
        }
    }
}

/// The shared store: so many connections, each of which serves one operation at a time, one queue before them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoreModel {
    /// How many operations it serves at once.
    pub connections: u32,
    /// How long one operation takes it.
    pub service: Distribution,
    /// The network from a server to the store and back. It takes no connection.
    pub round_trip: Distribution,
}

/// What one design adds to a request.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaneModel {
    /// What is done on the server itself to know the user: a hash of the session ID, or a signature and its checks.
    pub check: Distribution,
    /// How many reads of the store that takes, the mean: 1 for a session, 0 for a token.
    pub reads: f64,
    /// How many writes, the mean: `last_seen` now and then.
    pub writes: f64,
    /// Where the records of users are.
    pub records: Records,
    /// Whether a key must be there, and be the right one.
    pub needs_key: bool,
    /// How many octets a request carries up for it.
    pub octets: u32,
}

/// Where the records of users are, if there are any.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Records {
    /// There are none: what users carry is all.
    None,
    /// In the shared store.
    Store,
    /// In the memory of the server that signed the user in. Another one refuses, and the user signs in again there.
    ServerMemory,
}

/// What things cost. Modelled: a price list to be changed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prices {
    /// A server, a month.
    pub server_month: f64,
    /// The store, a month, without what follows.
    pub store_month: f64,
    /// A million operations on the store.
    pub million_operations: f64,
    /// A gigabyte (10⁹ octets) of credentials that users send.
    pub gigabyte: f64,
}
