//! The words by which links and JSON name queues, faults, limits and systems. No sentences.

use protocol::{Balancer, FaultKind, Limit, Preset, Queue, Records, TheorySystem, Varied};

const QUEUES: [(&str, Queue); 7] = [
    ("shared", Queue::Shared),
    ("round-robin", Queue::OneEach(Balancer::RoundRobin)),
    ("random", Queue::OneEach(Balancer::Random)),
    ("least-busy", Queue::OneEach(Balancer::LeastBusy)),
    ("two-choices", Queue::OneEach(Balancer::TwoChoices)),
    ("sticky-cookie", Queue::OneEach(Balancer::StickyCookie)),
    ("hash-of-id", Queue::OneEach(Balancer::HashOfId)),
];

const RECORDS: [(&str, Records); 3] = [
    ("none", Records::None),
    ("store", Records::Store),
    ("server-memory", Records::ServerMemory),
];

/// The name of the change that adds servers.
pub(crate) const SERVERS_ADDED: &str = "servers-added";

pub(crate) fn queue(name: &str) -> Option<Queue> {
    QUEUES
        .iter()
        .find_map(|&(known, queue)| (known == name).then_some(queue))
}

pub(crate) fn of_queue(queue: Queue) -> &'static str {
    QUEUES
        .iter()
        .find_map(|&(name, known)| (known == queue).then_some(name))
        .unwrap_or("shared")
}

pub(crate) fn records(name: &str) -> Option<Records> {
    RECORDS
        .iter()
        .find_map(|&(known, records)| (known == name).then_some(records))
}

pub(crate) fn of_records(records: Records) -> &'static str {
    RECORDS
        .iter()
        .find_map(|&(name, known)| (known == records).then_some(name))
        .unwrap_or("none")
}

/// A kind of fault by its name, with 0 for the number that goes with it, where one does.
pub(crate) fn fault(name: &str) -> Option<FaultKind> {
    Some(match name {
        "server-down" => FaultKind::ServerDown,
        "store-down" => FaultKind::StoreDown,
        "store-slow" => FaultKind::StoreSlow { milliseconds: 0 },
        "store-unreachable" => FaultKind::StoreUnreachable,
        "key-taken" => FaultKind::KeyTaken,
        "key-old" => FaultKind::KeyOld,
        "clock-off" => FaultKind::ClockOff { seconds: 0 },
        _ => return None,
    })
}

pub(crate) const fn of_fault(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::ServerDown => "server-down",
        FaultKind::StoreDown => "store-down",
        FaultKind::StoreSlow { .. } => "store-slow",
        FaultKind::StoreUnreachable => "store-unreachable",
        FaultKind::KeyTaken => "key-taken",
        FaultKind::KeyOld => "key-old",
        FaultKind::ClockOff { .. } => "clock-off",
    }
}

pub(crate) const fn of_limit(limit: Limit) -> &'static str {
    match limit {
        Limit::None => "none",
        Limit::Servers => "servers",
        Limit::Store => "store",
        Limit::SignIns => "sign-ins",
    }
}

pub(crate) const fn of_varied(varied: Varied) -> &'static str {
    match varied {
        Varied::Servers => "servers",
        Varied::Rate => "rate",
    }
}

/// The system in Kendall's notation.
pub(crate) fn of_system(system: TheorySystem) -> String {
    match system {
        TheorySystem::Mm1 => "M/M/1".to_owned(),
        TheorySystem::Mmc { servers } => format!("M/M/{servers}"),
        TheorySystem::Md1 => "M/D/1".to_owned(),
        TheorySystem::Mg1 => "M/G/1".to_owned(),
    }
}

/// The number that goes with a kind of fault: milliseconds of slowness, seconds of a clock.
pub(crate) const fn amount(kind: FaultKind) -> Option<i64> {
    match kind {
        FaultKind::StoreSlow { milliseconds } => Some(milliseconds as i64),
        FaultKind::ClockOff { seconds } => Some(seconds as i64),
        _ => None,
    }
}

/// The same kind of fault with that number, `None` where it does not fit.
pub(crate) fn with_amount(kind: FaultKind, amount: i64) -> Option<FaultKind> {
    Some(match kind {
        FaultKind::StoreSlow { .. } => FaultKind::StoreSlow {
            milliseconds: amount.try_into().ok()?,
        },
        FaultKind::ClockOff { .. } => FaultKind::ClockOff {
            seconds: amount.try_into().ok()?,
        },
        _ => kind,
    })
}

const SCHEMES: [(&str, Preset); 6] = [
    ("stateful", Preset::Stateful),
    ("stateless", Preset::Stateless),
    ("hybrid", Preset::Hybrid),
    ("token-in-cookie", Preset::TokenInCookie),
    ("denylist", Preset::Denylist),
    ("user-version", Preset::UserVersion),
];

/// What must stand where a lane stands.
pub(crate) const SCHEMES_EXPECTED: &str =
    "an object, or one of stateful, stateless, hybrid, token-in-cookie, denylist, user-version";
/// What must stand where a fault's kind stands.
pub(crate) const FAULTS_EXPECTED: &str = "one of server-down, store-down, store-slow, store-unreachable, key-taken, key-old, clock-off, servers-added";

pub(crate) fn scheme(name: &str) -> Option<Preset> {
    SCHEMES
        .iter()
        .find_map(|&(known, preset)| (known == name).then_some(preset))
}
