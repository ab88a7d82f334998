//! Why a run makes no sense: one look at each number of it, and at how they fit.

use protocol::{
    Arrivals, Distribution, Fleet, FleetChange, LaneModel, Prices, Scheduled, Simulation,
    SimulationProblem, StoreModel,
};

/// The shortest mean gap or time that a rate can stand for, in seconds.
const HIGHEST_SERVICE_RATE: f64 = 1e12;
/// How much more may arrive in a burst.
const HIGHEST_FACTOR: f64 = 1_000_000.0;
/// The largest coefficient of variation.
const HIGHEST_VARIATION: f64 = 100.0;
/// The latest moment that an entry of a schedule can name, in seconds.
const LATEST_SECONDS: f64 = 1e9;
/// The longest credential, in octets.
const LONGEST_CREDENTIAL: u32 = 1_000_000;
/// The highest price.
const HIGHEST_PRICE: f64 = 1e9;

/// Why it makes no sense, where it makes none.
pub fn problem(simulation: &Simulation) -> Option<SimulationProblem> {
    use SimulationProblem as Problem;
    let checks = [
        (
            (1..=Simulation::MOST_REQUESTS).contains(&simulation.requests),
            Problem::Requests,
        ),
        (simulation.warm_up < simulation.requests, Problem::WarmUp),
        (
            (1..=Simulation::MOST_USERS).contains(&simulation.users),
            Problem::Users,
        ),
        (are_arrivals(&simulation.arrivals), Problem::Arrivals),
        (
            (1..=Fleet::MOST_SERVERS).contains(&simulation.servers),
            Problem::Servers,
        ),
        (
            simulation.waiting_places <= Simulation::MOST_WAITING,
            Problem::WaitingPlaces,
        ),
        (
            within(simulation.patience, Simulation::LONGEST_SECONDS),
            Problem::Patience,
        ),
        (
            [simulation.service, simulation.sign_in, simulation.network]
                .iter()
                .all(is_time),
            Problem::Time,
        ),
        (
            is_store(&simulation.store)
                && within(
                    simulation.application_reads,
                    Simulation::MOST_STORE_OPERATIONS,
                ),
            Problem::Store,
        ),
        (
            (1..=2).contains(&simulation.lanes.len()) && simulation.lanes.iter().all(is_lane),
            Problem::Lanes,
        ),
        (is_schedule(simulation), Problem::Schedule),
        (are_prices(&simulation.prices), Problem::Prices),
    ];
    checks
        .into_iter()
        .find_map(|(holds, problem)| (!holds).then_some(problem))
}

/// λ: how many requests arrive a second, the mean. Where users think and wait, as many as would arrive if no answer took
/// longer than the work itself: the most.
pub fn arrival_rate(simulation: &Simulation) -> f64 {
    match simulation.arrivals {
        Arrivals::Poisson { rate } | Arrivals::Bursty { rate, .. } => rate,
        Arrivals::Users { think_time } => {
            let turn =
                think_time.mean() + simulation.service.mean() + 2.0 * simulation.network.mean();
            f64::from(simulation.users) / turn
        }
    }
}

/// Whether it is a number from 0 to the most. No comparison holds for what is no number.
fn within(value: f64, most: f64) -> bool {
    (0.0..=most).contains(&value)
}

fn is_time(time: &Distribution) -> bool {
    let longest = Simulation::LONGEST_SECONDS;
    match *time {
        Distribution::Constant { seconds } => within(seconds, longest),
        Distribution::Exponential { rate } => {
            (1.0 / longest..=HIGHEST_SERVICE_RATE).contains(&rate)
        }
        Distribution::Uniform { from, to } => within(from, to) && within(to, longest),
        Distribution::LogNormal { mean, variation } => {
            within(mean, longest) && within(variation, HIGHEST_VARIATION)
        }
    }
}

fn is_rate(rate: f64) -> bool {
    rate >= Simulation::LOWEST_RATE && within(rate, Simulation::HIGHEST_RATE)
}

fn are_arrivals(arrivals: &Arrivals) -> bool {
    match arrivals {
        Arrivals::Poisson { rate } => is_rate(*rate),
        Arrivals::Bursty {
            rate,
            burst_factor,
            burst_seconds,
            calm_seconds,
        } => {
            let is_length =
                |seconds: f64| seconds.is_normal() && within(seconds, Simulation::LONGEST_SECONDS);
            is_rate(*rate)
                && (1.0..=HIGHEST_FACTOR).contains(burst_factor)
                && is_length(*burst_seconds)
                && is_length(*calm_seconds)
        }
        Arrivals::Users { think_time } => is_time(think_time),
    }
}

fn is_store(store: &StoreModel) -> bool {
    (1..=Simulation::MOST_CONNECTIONS).contains(&store.connections)
        && is_time(&store.service)
        && is_time(&store.round_trip)
}

fn is_lane(lane: &LaneModel) -> bool {
    is_time(&lane.check)
        && within(lane.reads, Simulation::MOST_STORE_OPERATIONS)
        && within(lane.writes, Simulation::MOST_STORE_OPERATIONS)
        && lane.octets <= LONGEST_CREDENTIAL
}

fn is_schedule(simulation: &Simulation) -> bool {
    if simulation.schedule.len() > Simulation::MOST_SCHEDULED {
        return false;
    }
    let mut servers = simulation.servers;
    for entry in &simulation.schedule {
        if let FleetChange::ServersAdded { servers: more } = entry.change {
            servers = servers.saturating_add(more);
            if more == 0 || servers > Fleet::MOST_SERVERS {
                return false;
            }
        }
    }
    simulation.schedule.iter().all(|entry| {
        are_moments(entry)
            && match entry.change {
                FleetChange::Fault(fault) => fault.problem(servers).is_none(),
                FleetChange::ServersAdded { .. } => true,
            }
    })
}

fn are_moments(entry: &Scheduled) -> bool {
    within(entry.at, LATEST_SECONDS)
        && entry
            .until
            .is_none_or(|until| until > entry.at && within(until, LATEST_SECONDS))
}

fn are_prices(prices: &Prices) -> bool {
    [
        prices.server_month,
        prices.store_month,
        prices.million_operations,
        prices.gigabyte,
    ]
    .into_iter()
    .all(|price| within(price, HIGHEST_PRICE))
}

/// The name of the setting that a run's problem is about, as precisely as JSON can name it.
pub(crate) fn key_in(simulation: &Simulation, problem: SimulationProblem) -> &'static str {
    match problem {
        SimulationProblem::Time if is_time(&simulation.service) => {
            if is_time(&simulation.sign_in) {
                "network"
            } else {
                "signIn"
            }
        }
        SimulationProblem::Store if is_store(&simulation.store) => "applicationReads",
        other => key(other),
    }
}

/// The name of the setting that a problem is about, as links and JSON write it.
pub(crate) const fn key(problem: SimulationProblem) -> &'static str {
    match problem {
        SimulationProblem::Requests => "requests",
        SimulationProblem::WarmUp => "warmUp",
        SimulationProblem::Users => "users",
        SimulationProblem::Arrivals => "arrivals",
        SimulationProblem::Servers => "servers",
        SimulationProblem::WaitingPlaces => "waitingPlaces",
        SimulationProblem::Patience => "patience",
        SimulationProblem::Time => "service",
        SimulationProblem::Store => "store",
        SimulationProblem::Lanes => "lanes",
        SimulationProblem::Schedule => "faults",
        SimulationProblem::Prices => "prices",
    }
}
