//! The load simulation: what it tells, and what a lab worker is to do with it. Times are in seconds, rates are per second.

use serde::{Deserialize, Serialize};

use crate::{Simulation, SimulationProblem};

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
