//! The load simulation: what it is told, and what it tells. Times are in seconds, rates are per second.

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

/// What a run tells, while it is under way and at its end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SimulationReport {
    /// How many requests have arrived in each lane so far.
    pub requests: u64,
    /// Whether that is all.
    pub is_complete: bool,
    /// How many seconds were simulated.
    pub seconds: f64,
    /// One for each lane.
    pub lanes: Vec<LaneReport>,
    /// Pictures of the fleet, evenly spread over the time so far, at most [`SimulationReport::MOST_FRAMES`].
    pub frames: Vec<FleetFrame>,
}

impl SimulationReport {
    /// The most pictures of the fleet.
    pub const MOST_FRAMES: usize = 240;
    /// The most points of a series.
    pub const MOST_POINTS: usize = 240;
}

/// What a run tells of one lane. What was left out as warm-up is counted nowhere but in `series`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LaneReport {
    /// How many requests arrived. Each ends exactly once: `answered`, `refused` or `failed`, or it is `under_way`.
    pub arrived: u64,
    /// How many were answered as asked, with those that signed the user in first.
    pub answered: u64,
    /// How many were refused: no such session, no key, another clock.
    pub refused: u64,
    /// How many failed: no server, no store, no place to wait, or the user gave up.
    pub failed: u64,
    /// How many have not ended.
    pub under_way: u64,
    /// How many times a user lost a session.
    pub signed_out: u64,
    /// How many sign-ins there were.
    pub sign_ins: u64,
    /// Answered requests a second.
    pub throughput: f64,
    /// How long answered requests took, all in all.
    pub latency: Latency,
    /// How long they waited for a server.
    pub mean_wait: f64,
    /// Which share of the servers' time was work.
    pub utilisation: f64,
    /// How many requests waited for servers, the mean over time.
    pub mean_queue: f64,
    /// The longest that a queue was.
    pub longest_queue: u32,
    /// Which share of the connections' time was work.
    pub store_utilisation: f64,
    /// How many operations waited for the store, the mean over time.
    pub store_mean_queue: f64,
    /// Reads of the store a second.
    pub store_reads: f64,
    /// Writes of the store a second.
    pub store_writes: f64,
    /// What stands in the way of more.
    pub limit: Limit,
    /// Why it can't keep up, where it can't: more arrives than leaves, without end.
    pub overload: Option<Overload>,
    /// What a month costs at this rate.
    pub cost: MonthlyCost,
    /// How it went over time, at most [`SimulationReport::MOST_POINTS`] points.
    pub series: Vec<SeriesPoint>,
}

/// How long answered requests took. Percentiles come from a histogram, 1 % wide at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Latency {
    /// The mean.
    pub mean: f64,
    /// The half-width of the 99 % interval of the mean, from means of batches; 0 where there are too few.
    pub half_width: f64,
    /// The median.
    pub p50: f64,
    /// 95 of 100 took no longer.
    pub p95: f64,
    /// 99 of 100 took no longer.
    pub p99: f64,
    /// 999 of 1,000 took no longer.
    pub p999: f64,
    /// The longest.
    pub longest: f64,
}

/// What stands in the way of more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// Nothing is busy for more than half of the time.
    #[default]
    None,
    /// The servers.
    Servers,
    /// The store's connections.
    Store,
    /// Sign-ins, as sessions are lost again and again: the servers are busy with passwords.
    SignIns,
}

/// More arrives than can leave.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Overload {
    /// Where.
    pub limit: Limit,
    /// The work that arrives, as a multiple of what can be done: above 1.
    pub offered: f64,
}

/// What a month costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MonthlyCost {
    /// The servers.
    pub servers: f64,
    /// The store and its operations; nothing where nothing asks it.
    pub store: f64,
    /// What users send.
    pub traffic: f64,
}

/// How it went in one piece of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SeriesPoint {
    /// Where the piece begins, in seconds. Pieces follow each other without a gap.
    pub at: f64,
    /// How long it is.
    pub seconds: f64,
    /// Requests that arrived.
    pub arrived: u32,
    /// Requests that were answered.
    pub answered: u32,
    /// Requests that were refused.
    pub refused: u32,
    /// Requests that failed.
    pub failed: u32,
    /// Users who lost a session.
    pub signed_out: u32,
    /// The median of those that were answered.
    pub p50: f32,
    /// The 95th percentile.
    pub p95: f32,
    /// The 99th percentile.
    pub p99: f32,
    /// Which share of the servers' time was work.
    pub utilisation: f32,
    /// How many requests waited for servers, the mean.
    pub queue: f32,
    /// Which share of the connections' time was work.
    pub store_utilisation: f32,
    /// How many operations waited for the store, the mean.
    pub store_queue: f32,
    /// Operations on the store.
    pub store_operations: u32,
}

/// A picture of the fleet at one moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FleetFrame {
    /// When, in seconds.
    pub at: f64,
    /// For each lane, for each server, how many requests are there, in service or waiting, 254 at most; 255 where it is
    /// dead.
    pub servers: Vec<Vec<u8>>,
    /// For each lane, how many operations are at the store.
    pub store: Vec<u32>,
}

/// One point of a sweep: the same model with one number changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SweepPoint {
    /// The number: servers, or λ.
    pub value: f64,
    /// What came of it, without series and frames.
    pub lanes: Vec<LaneReport>,
}

/// What a sweep shows of one lane.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Knee {
    /// Which point, counted from 0: up to it more is gained than lost.
    pub point: u32,
    /// What limits there.
    pub limit: Limit,
}

/// What is varied in a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Varied {
    /// The number of servers.
    Servers,
    /// λ.
    Rate,
}

/// A system of queueing theory, with the formula's answer and the simulation's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TheoryRow {
    /// Which.
    pub system: TheorySystem,
    /// The load: the work that arrives, as a share of what can be done.
    pub rho: f64,
    /// The mean time in the system by the formula, in seconds.
    pub theory: f64,
    /// The mean that was simulated.
    pub simulated: f64,
    /// The half-width of its 99 % interval.
    pub half_width: f64,
    /// How many requests.
    pub requests: u64,
}

/// A system of queueing theory, in Kendall's notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TheorySystem {
    /// M/M/1.
    Mm1,
    /// M/M/c with one queue.
    Mmc {
        /// c.
        servers: u32,
    },
    /// M/D/1.
    Md1,
    /// M/G/1: log-normal service.
    Mg1,
}

/// What a lab worker is to do with the load model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LoadOrder {
    /// Run it, and tell how it goes.
    Run(Box<Simulation>),
    /// Run these one after another, and tell each one's outcome: points of a sweep, each with its number.
    Sweep(Vec<(f64, Simulation)>),
    /// Find each lane's knee among the points of a sweep, in the order of their numbers.
    FindKnees {
        /// What was varied.
        varied: Varied,
        /// The points.
        points: Vec<SweepPoint>,
    },
    /// Hold the model against theory, system by system.
    CheckTheory {
        /// How many requests each.
        requests: u64,
        /// Where chance starts.
        seed: u64,
    },
}

/// What a lab worker tells of that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LoadReport {
    /// How the run goes, or went.
    Ran(Box<SimulationReport>),
    /// A point of the sweep.
    Swept(Box<SweepPoint>),
    /// Each lane's knee; `None` where there is none within the sweep.
    Knees(Vec<Option<Knee>>),
    /// A row of the comparison with theory.
    Theory(TheoryRow),
    /// All of it was told.
    Done,
    /// It makes no sense.
    Refused(SimulationProblem),
}
