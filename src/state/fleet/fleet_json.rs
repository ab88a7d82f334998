//! A fleet, a fault and what the observer sees of servers, as JSON: in the console and in a shared link. What can't be
//! read is said in a sentence, and never guessed.

use protocol::{
    Balancer, Fault, FaultKind, Fleet, FleetKeys, FleetProblem, FleetView, Lane, Scheme,
    ServerView, StorePlace,
};
use serde_json::{Map, Value, json};

use crate::state::json_words::{meant, unknown, word};
use crate::wording::servers;

/// The balancers by name.
pub(crate) const BALANCERS: [(&str, Balancer); 6] = [
    ("round-robin", Balancer::RoundRobin),
    ("random", Balancer::Random),
    ("least-busy", Balancer::LeastBusy),
    ("two-choices", Balancer::TwoChoices),
    ("sticky-cookie", Balancer::StickyCookie),
    ("hash-of-id", Balancer::HashOfId),
];
/// Who holds which half of the key, by name.
pub(crate) const KEYS: [(&str, FleetKeys); 2] = [
    ("shared", FleetKeys::Shared),
    ("public-halves", FleetKeys::PublicHalves),
];
/// Where records are, by name.
pub(crate) const PLACES: [(&str, StorePlace); 2] = [
    ("database", StorePlace::Database),
    ("memory", StorePlace::ServerMemory),
];
/// What can go wrong, by name. The numbers are those that are taken where none is given.
const FAULTS: [(&str, FaultKind); 7] = [
    ("server-down", FaultKind::ServerDown),
    ("store-down", FaultKind::StoreDown),
    ("store-slow", FaultKind::StoreSlow { milliseconds: 200 }),
    ("store-unreachable", FaultKind::StoreUnreachable),
    ("key-taken", FaultKind::KeyTaken),
    ("key-old", FaultKind::KeyOld),
    ("clock-off", FaultKind::ClockOff { seconds: 60 }),
];

/// A fleet with both lanes' places of records, whole, and what is wrong with it.
pub(crate) fn fleet_to_json(fleet: &Fleet, [a, b]: &[Scheme; 2]) -> Value {
    let place = |scheme: &Scheme| word(&PLACES, scheme.store.place);
    json!({
        "servers": fleet.servers,
        "balancer": word(&BALANCERS, fleet.balancer),
        "store": { "a": place(a), "b": place(b) },
        "keys": word(&KEYS, fleet.keys),
        "faults": fleet.faults.iter().map(fault_to_json).collect::<Vec<_>>(),
    })
}

/// What this describes. What it leaves out, or says wrongly, is as at present; each thing that is wrong is a sentence.
pub(crate) fn fleet_from_json(
    value: &Value,
    present: &Fleet,
    schemes: &[Scheme; 2],
) -> (Fleet, [Scheme; 2], Vec<String>) {
    let (mut fleet, mut schemes) = (present.clone(), *schemes);
    let mut wrong = Vec::new();
    let Some(parts) = value.as_object() else {
        wrong.push(String::from(
            "A fleet is an object, such as { servers: 10, balancer: \"round-robin\" }.",
        ));
        return (fleet, schemes, wrong);
    };
    for (name, part) in parts {
        let read = match name.as_str() {
            "servers" => servers_of(part).map(|servers| fleet.servers = servers),
            "balancer" => meant(name, &BALANCERS, part).map(|it| fleet.balancer = it),
            "keys" => meant(name, &KEYS, part).map(|it| fleet.keys = it),
            "store" => read_store(part, &mut schemes),
            // What was wrong with servers is told, and never deployed.
            "faults" => Ok(()),
            _ => Err(unknown("A fleet", name)),
        };
        wrong.extend(read.err());
    }
    (fleet, schemes, wrong)
}

fn servers_of(value: &Value) -> Result<u32, String> {
    value
        .as_u64()
        .and_then(|servers| u32::try_from(servers).ok())
        .filter(|servers| (1..=Fleet::MOST_SERVERS).contains(servers))
        .ok_or_else(|| servers::problem(FleetProblem::Servers))
}

fn read_store(value: &Value, schemes: &mut [Scheme; 2]) -> Result<(), String> {
    let Some(by_lane) = value.as_object() else {
        let place = meant("store", &PLACES, value)?;
        for scheme in schemes {
            scheme.store.place = place;
        }
        return Ok(());
    };
    for (name, part) in by_lane {
        let lane = Lane::parse(name).ok_or_else(|| unknown("A store by lane", name))?;
        lane.of_mut(schemes).store.place = meant("store", &PLACES, part)?;
    }
    Ok(())
}

/// A fault.
fn fault_to_json(fault: &Fault) -> Value {
    let kind = FAULTS
        .iter()
        .find(|(_, kind)| std::mem::discriminant(kind) == std::mem::discriminant(&fault.kind));
    let mut json = json!({
        "kind": kind.map(|(word, _)| *word),
        "servers": [fault.first, fault.last],
    });
    match fault.kind {
        FaultKind::StoreSlow { milliseconds } => json["milliseconds"] = json!(milliseconds),
        FaultKind::ClockOff { seconds } => json["seconds"] = json!(seconds),
        _ => {}
    }
    json
}

/// The fault that this describes, in a fleet of that many servers.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub(crate) fn fault_from_json(parts: &Map<String, Value>, count: u32) -> Result<Fault, String> {
    let named = parts.get("kind").unwrap_or(&Value::Null);
    let mut kind = meant("kind", &FAULTS, named)?;
    let mut range = None;
    for (name, part) in parts {
        match (name.as_str(), &mut kind) {
            ("kind", _) => {}
            ("server", _) => {
                let server = whole(part).ok_or("“server” is a server’s number.")?;
                range = Some((server, server));
            }
            ("servers", _) => {
                let [first, last] =
                    part.as_array()
                        .map_or([None, None], |ends| match ends.as_slice() {
                            [first, last] => [whole(first), whole(last)],
                            _ => [None, None],
                        });
                range = Some(
                    first
                        .zip(last)
                        .ok_or("“servers” is the first and the last number, such as [6, 10].")?,
                );
            }
            ("milliseconds", FaultKind::StoreSlow { milliseconds }) => {
                *milliseconds =
                    whole(part).ok_or("“milliseconds” is a whole number, zero or more.")?;
            }
            ("seconds", FaultKind::ClockOff { seconds }) => {
                *seconds = part
                    .as_i64()
                    .and_then(|it| i32::try_from(it).ok())
                    .ok_or("“seconds” is a whole number: ahead where it is positive.")?;
            }
            _ => return Err(unknown("This fault", name)),
        }
    }
    let is_of_store = matches!(kind, FaultKind::StoreDown | FaultKind::StoreSlow { .. });
    let (first, last) = match range {
        Some(range) => range,
        None if is_of_store => (1, Fleet::MOST_SERVERS),
        None => {
            return Err(String::from(
                "This fault needs “server”, a number, or “servers”, the first and the last.",
            ));
        }
    };
    let fault = Fault { kind, first, last };
    match fault.problem(count) {
        Some(problem) => Err(servers::problem(problem)),
        None => Ok(fault),
    }
}

/// What the observer sees of each lane's servers.
pub(crate) fn view_to_json(view: &FleetView) -> Value {
    let [a, b] = &view.lanes;
    let lane =
        |servers: &[ServerView]| -> Value { servers.iter().zip(1..).map(server_to_json).collect() };
    json!({ "a": lane(a), "b": lane(b) })
}

fn server_to_json((server, number): (&ServerView, u32)) -> Value {
    json!({
        "server": number,
        "isDown": server.is_down,
        "answered": server.answered,
        "records": server.records,
        "cached": server.cached,
        "keys": server.keys,
        "hasNewestKey": server.has_newest_key,
        "canSign": server.can_sign,
        "clockOffSeconds": server.clock_off_seconds,
        "reachesStore": server.reaches_store,
    })
}

fn whole(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Value {
        serde_json::from_str(text).expect("it is JSON")
    }

    #[test]
    fn a_fleet_is_read_as_it_was_written_but_for_its_faults() {
        let mut schemes = [Scheme::STATEFUL, Scheme::STATELESS];
        schemes[0].store.place = StorePlace::ServerMemory;
        for (_, balancer) in BALANCERS {
            let mut fleet = Fleet {
                servers: 1_000,
                balancer,
                keys: FleetKeys::PublicHalves,
                faults: vec![Fault {
                    kind: FaultKind::ClockOff { seconds: -5 },
                    first: 3,
                    last: 4,
                }],
            };
            let written = fleet_to_json(&fleet, &schemes);
            let present = [Scheme::STATEFUL, Scheme::STATELESS];
            let read = fleet_from_json(&written, &Fleet::default(), &present);
            fleet.faults.clear();
            assert_eq!(read, (fleet, schemes, Vec::new()), "{written}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_and_the_rest_is_kept() {
        for (text, servers, said) in [
            ("{\"servers\":0}", 1, vec!["There are 1 to 1,000 servers"]),
            ("{\"servers\":1001}", 1, vec!["There are 1 to 1,000"]),
            ("{\"servers\":\"10\"}", 1, vec!["There are 1 to 1,000"]),
            ("{\"servers\":1.5}", 1, vec!["There are 1 to 1,000"]),
            (
                "{\"servers\":7,\"balancer\":\"fair\"}",
                7,
                vec!["“balancer” is one of round-robin, random"],
            ),
            (
                "{\"colour\":1,\"keys\":true,\"servers\":3}",
                3,
                vec!["A fleet has no “colour”.", "“keys” is one of shared"],
            ),
            ("[]", 1, vec!["A fleet is an object"]),
            (
                "{\"store\":\"disk\"}",
                1,
                vec!["“store” is one of database"],
            ),
            (
                "{\"store\":{\"c\":\"memory\"}}",
                1,
                vec!["A store by lane has no “c”."],
            ),
        ] {
            let schemes = [Scheme::STATEFUL, Scheme::STATELESS];
            let (fleet, _, wrong) = fleet_from_json(&parsed(text), &Fleet::default(), &schemes);
            assert_eq!(fleet.servers, servers, "{text}");
            assert_eq!(wrong.len(), said.len(), "{text}: {wrong:?}");
            for (wrong, said) in wrong.iter().zip(said) {
                assert!(wrong.starts_with(said), "{text}: {wrong}");
            }
        }
    }

    #[test]
    fn a_fault_is_read_or_said_to_be_none() {
        let fault = |kind, first, last| Ok(Fault { kind, first, last });
        for (text, expected) in [
            (
                "{\"kind\":\"server-down\",\"server\":3}",
                fault(FaultKind::ServerDown, 3, 3),
            ),
            (
                "{\"kind\":\"key-old\",\"servers\":[6,10]}",
                fault(FaultKind::KeyOld, 6, 10),
            ),
            (
                "{\"kind\":\"store-slow\",\"milliseconds\":9}",
                fault(FaultKind::StoreSlow { milliseconds: 9 }, 1, 1_000),
            ),
            (
                "{\"kind\":\"clock-off\",\"server\":1,\"seconds\":-90}",
                fault(FaultKind::ClockOff { seconds: -90 }, 1, 1),
            ),
            ("{}", Err("“kind” is one of server-down")),
            ("{\"kind\":\"fire\"}", Err("“kind” is one of server-down")),
            ("{\"kind\":\"server-down\"}", Err("This fault needs")),
            (
                "{\"kind\":\"server-down\",\"server\":11}",
                Err("There is no such server"),
            ),
            (
                "{\"kind\":\"server-down\",\"server\":0}",
                Err("There is no such server"),
            ),
            (
                "{\"kind\":\"server-down\",\"server\":-1}",
                Err("“server” is a server’s number."),
            ),
            (
                "{\"kind\":\"server-down\",\"servers\":[3]}",
                Err("“servers” is the first and the last"),
            ),
            (
                "{\"kind\":\"server-down\",\"server\":1,\"seconds\":4}",
                Err("This fault has no “seconds”."),
            ),
            (
                "{\"kind\":\"store-slow\",\"milliseconds\":60001}",
                Err("A store is slowed"),
            ),
        ] {
            let value = parsed(text);
            let parts = value.as_object().expect("it is an object");
            match (fault_from_json(parts, 10), expected) {
                (Ok(read), expected) => assert_eq!(Ok(read), expected, "{text}"),
                (Err(said), Err(start)) => assert!(said.starts_with(start), "{text}: {said}"),
                (Err(said), Ok(_)) => panic!("{text}: {said}"),
            }
        }
    }
}
