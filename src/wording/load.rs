//! What is said of the load simulation: of what happened in a lane, of a moment, and of what can't be run.

use protocol::{
    Distribution, Fault, FaultKind, FleetChange, FleetFrame, LaneModel, LaneReport, Limit, Records,
    Scheduled, SimulationProblem, SweepPoint, TheorySystem, Varied,
};

use super::number::grouped;
pub(crate) use super::quantity::{digits, money, percent, seconds, whole};

/// What happened in a lane, in a sentence or two.
pub(crate) fn outcome(lane: &LaneReport, model: Option<&LaneModel>) -> String {
    if lane.arrived == 0 {
        return String::from("No request has arrived yet that counts.");
    }
    let cost = lane.cost.servers + lane.cost.store + lane.cost.traffic;
    let figures = format!(
        "{} answered a second, 95 of 100 within {}; {} a month.",
        digits(lane.throughput),
        seconds(lane.latency.p95),
        money(cost)
    );
    let limit = limit(lane);
    let mut said = match lane.overload {
        Some(_) => format!("{limit} {figures}"),
        None => format!("{figures} {limit}"),
    };
    if lane.failed > 0 {
        said.push_str(&format!(
            " {} of the requests failed: {}.",
            grouped(lane.failed),
            percent(lane.failed as f64 / lane.arrived as f64)
        ));
    }
    if lane.refused > 0 {
        let refused = percent(lane.refused as f64 / lane.arrived as f64);
        said.push_str(&if lane.signed_out > 0 {
            format!(" {refused} of the requests were refused.")
        } else {
            format!(" {refused} of the requests were refused, though nobody lost a session.")
        });
    }
    if lane.signed_out > 0 {
        said.push_str(&format!(
            " Sessions were lost {} times, and users had to sign in again: each time costs a password hash.",
            grouped(lane.signed_out)
        ));
    }
    let asks_nobody = model.is_some_and(|model| model.reads == 0.0 && model.writes == 0.0);
    if asks_nobody && lane.store_reads > 0.0 {
        said.push_str(" Knowing the user asks no store; what is asked is the application’s own.");
    }
    said
}

fn limit(lane: &LaneReport) -> String {
    if let Some(overload) = lane.overload {
        let offered = digits(overload.offered);
        return match overload.limit {
            Limit::Store => format!(
                "Overloaded: {offered} times as much is asked of the store as its connections can do. The queue before it grows without end; what this shows holds for this many requests only."
            ),
            Limit::SignIns => format!(
                "Overloaded: {offered} times as much work arrives as the servers can do, most of it password hashes of users who lost their sessions."
            ),
            Limit::Servers | Limit::None => format!(
                "Overloaded: {offered} times as much work arrives as the servers can do. Their queues grow without end; what this shows holds for this many requests only."
            ),
        };
    }
    let servers = percent(lane.utilisation);
    let store = percent(lane.store_utilisation);
    match lane.limit {
        Limit::None => {
            format!(
                "Nothing is in the way: the servers are busy {servers} of the time, the store’s connections {store}."
            )
        }
        Limit::Servers => {
            format!(
                "The servers are busy {servers} of the time: they are what limits first. The store’s connections are busy {store}."
            )
        }
        Limit::Store => format!(
            "The store’s connections are busy {store} of the time: that is what limits. The servers are busy {servers}."
        ),
        Limit::SignIns => format!(
            "The servers are busy {servers} of the time, and with passwords before all else: sessions are lost again and again. That is what limits."
        ),
    }
}

/// What limits, in a word or two.
pub(crate) const fn limit_word(limit: Limit) -> &'static str {
    match limit {
        Limit::None => "nothing",
        Limit::Servers => "the servers",
        Limit::Store => "the store’s connections",
        Limit::SignIns => "sign-ins",
    }
}

/// What a lane adds to a request, in short.
pub(crate) fn lane_model(model: &LaneModel) -> String {
    let records = match model.records {
        Records::None => "no records",
        Records::Store => "records in the store",
        Records::ServerMemory => "records in each server’s memory",
    };
    format!(
        "{records}; {} to check; reads {} and writes {} a request",
        seconds(model.check.mean()),
        digits(model.reads),
        digits(model.writes)
    )
}

/// A distribution, in short.
pub(crate) fn distribution(distribution: &Distribution) -> String {
    match *distribution {
        Distribution::Constant { seconds: it } => format!("always {}", seconds(it)),
        Distribution::Exponential { rate } => format!("exponential, mean {}", seconds(1.0 / rate)),
        Distribution::Uniform { from, to } => {
            format!("uniform, {} to {}", seconds(from), seconds(to))
        }
        Distribution::LogNormal { mean, variation } => format!(
            "log-normal, mean {}, variation {}",
            seconds(mean),
            digits(variation)
        ),
    }
}

/// What happens, and when.
pub(crate) fn scheduled(entry: &Scheduled) -> String {
    let from = digits(entry.at);
    match (entry.change, entry.until) {
        (FleetChange::ServersAdded { servers }, _) => {
            let plural = if servers == 1 { "" } else { "s" };
            format!(
                "{} server{plural} added at {from} s",
                grouped(servers.into())
            )
        }
        (FleetChange::Fault(fault), None) => format!("{} from {from} s on", happening(&fault)),
        (FleetChange::Fault(fault), Some(until)) => {
            format!("{} from {from} to {} s", happening(&fault), digits(until))
        }
    }
}

fn happening(fault: &Fault) -> String {
    let which = if fault.first == fault.last {
        format!("server {}", fault.first)
    } else {
        format!("servers {} to {}", fault.first, fault.last)
    };
    match fault.kind {
        FaultKind::ServerDown => format!("{which} down"),
        FaultKind::StoreDown => String::from("the store down"),
        FaultKind::StoreSlow { milliseconds } => {
            format!("the store slower by {milliseconds} ms")
        }
        FaultKind::StoreUnreachable => format!("{which} cut off from the store"),
        FaultKind::KeyTaken => format!("{which} without a key"),
        FaultKind::KeyOld => format!("{which} without the newest key"),
        FaultKind::ClockOff { seconds } => format!("{which} with a clock {seconds} s off"),
    }
}

/// The most requests that a picture tells of a server.
const MOST_TOLD: u8 = u8::MAX - 1;

/// A picture of one lane's fleet, in words.
pub(crate) fn moment(frame: &FleetFrame, lane: usize) -> String {
    let servers = frame.servers.get(lane).map_or(&[][..], Vec::as_slice);
    let is_dead = |count: u8| count == u8::MAX;
    let dead = servers.iter().filter(|count| is_dead(**count)).count();
    let there: u64 = servers
        .iter()
        .filter(|count| !is_dead(**count))
        .map(|count| u64::from(*count))
        .sum();
    let busiest = servers
        .iter()
        .enumerate()
        .filter(|(_, count)| !is_dead(**count) && **count > 0)
        .max_by_key(|(place, count)| (**count, usize::MAX - place));
    let mut said = format!(
        "At {}: {}{} at {}",
        seconds(frame.at),
        if servers.contains(&MOST_TOLD) {
            "at least "
        } else {
            ""
        },
        counted(there, "request"),
        counted(servers.len() as u64, "server")
    );
    if let Some((place, count)) = busiest {
        said.push_str(&format!(", the most at server {}: {count}", place + 1));
    }
    if dead > 0 {
        said.push_str(&format!("; {} dead", grouped(dead as u64)));
    }
    let store = frame.store.get(lane).copied().unwrap_or_default();
    said.push_str(&format!(
        "; {} at the store.",
        counted(store.into(), "operation")
    ));
    said
}

/// A count of things, however many.
fn counted(count: u64, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", grouped(count))
}

/// What one server does at a moment.
pub(crate) fn server(place: usize, requests: u8) -> String {
    match requests {
        u8::MAX => format!("Server {} is dead.", place + 1),
        0 => format!("Server {} is idle.", place + 1),
        1 => format!("At server {} is 1 request.", place + 1),
        MOST_TOLD => format!("At server {} are {MOST_TOLD} requests or more.", place + 1),
        more => format!("At server {} are {more} requests.", place + 1),
    }
}

/// Where a lane's knee is.
pub(crate) fn knee(varied: Varied, point: &SweepPoint, lane: usize, limit: Limit) -> String {
    let at = varied_value(varied, point.value);
    let report = point.lanes.get(lane);
    let throughput = report.map_or(0.0, |it| it.throughput);
    let slow = seconds(report.map_or(0.0, |it| it.latency.p95));
    let throughput = digits(throughput);
    let limit = limit_word(limit);
    if report.is_some_and(|it| it.limit == Limit::None) {
        return format!(
            "The knee is at {at}: {throughput} answered a second, p95 {slow}. Nothing limits there; what would be the first to: {limit}."
        );
    }
    format!(
        "The knee is at {at}: {throughput} answered a second, p95 {slow}. What limits there: {limit}."
    )
}

/// That a lane has no knee.
pub(crate) const NO_KNEE: &str = "There is no knee between these values: widen the range.";

/// A value of what is varied.
pub(crate) fn varied_value(varied: Varied, value: f64) -> String {
    match varied {
        Varied::Servers => match value.round() as u64 {
            1 => String::from("1 server"),
            more => format!("{} servers", grouped(more)),
        },
        Varied::Rate => format!("{} requests a second", digits(value)),
    }
}

/// Why a run makes no sense.
pub(crate) const fn problem(problem: SimulationProblem) -> &'static str {
    match problem {
        SimulationProblem::Requests => "It takes 1 to 100,000,000 requests.",
        SimulationProblem::WarmUp => {
            "Fewer requests must be left out than arrive: nothing would be counted."
        }
        SimulationProblem::Users => "It takes 1 to 1,000,000 users.",
        SimulationProblem::Arrivals => {
            "A rate is more than 0 and at most 10,000,000 a second; a burst brings 1 to 1,000,000 times as many, and lasts up to an hour, as calm does."
        }
        SimulationProblem::Servers => "It takes 1 to 1,000 servers.",
        SimulationProblem::WaitingPlaces => "At most 1,000,000 can wait; 0 is as many as that.",
        SimulationProblem::Patience => "Patience is 0 (never gives up) to 3,600 seconds.",
        SimulationProblem::Time => {
            "A time is 0 to an hour, and the longest no less than the shortest; an exponential one is more than 0."
        }
        SimulationProblem::Store => {
            "The store has 1 to 10,000 connections, takes up to an hour, and is asked at most 20 times a request."
        }
        SimulationProblem::Lanes => {
            "A lane’s check takes up to an hour, and at most 20 reads and 20 writes."
        }
        SimulationProblem::Schedule => {
            "A fault begins at 0 or later, ends after it begins, and concerns servers that exist. At most 64 entries, and at most 1,000 servers with those added."
        }
        SimulationProblem::Prices => "A price is 0 to 1,000,000,000.",
    }
}

/// What the model leaves out, sentence by sentence.
pub(crate) const LEFT_OUT: [&str; 11] = [
    "A server works at one request at a time, in order of arrival; real ones share their cores among several. A server of several cores is like several servers with one queue.",
    "Servers don’t slow down with load: no garbage is collected, no caches run cold, no threads are switched.",
    "The network has no bandwidth and loses nothing. Connections are open already.",
    "The store works at each operation alike, however many records it has. It has no replicas. Its operations come after the server’s work; a request that waits for the store holds no server.",
    "A store that is down or cut off says so at once; a real one often lets callers wait for a timeout.",
    "The balancer sees at once that a server is down, and how many requests are under way at each. Of several real balancers each knows only its own requests.",
    "A balancer’s cookie holds users to a server in both lanes. A token that page script sends comes without cookies, and would go by turns.",
    "Nobody retries: who is refused or fails comes again with the next request. Retries make an overload worse.",
    "All users are signed in at the start, and are all alike. Whoever is refused signs in with the next request, at the server that it leads to.",
    "Tokens are renewed once in a quarter of an hour, each user’s at its own time. With a new key that has not reached all servers, those that were renewed since are refused there.",
    "At most a million requests are under way in each lane; one more fails.",
];

/// A system of queueing theory, in Kendall's notation.
pub(crate) fn system(system: TheorySystem) -> String {
    match system {
        TheorySystem::Mm1 => String::from("M/M/1"),
        TheorySystem::Mmc { servers } => format!("M/M/{servers}"),
        TheorySystem::Md1 => String::from("M/D/1"),
        TheorySystem::Mg1 => String::from("M/G/1 (log-normal)"),
    }
}

#[cfg(test)]
mod tests;
