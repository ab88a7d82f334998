//! What is said of how servers are deployed, and of what is wrong with them.

use protocol::{
    Balancer, Fault, FaultKind, Fleet, FleetKeys, FleetProblem, ServerAlgorithm, ServerView,
    StorePlace, Timestamp,
};

use super::number::grouped;
use super::time::{counted, duration};
use crate::state::fleet::{Census, Trouble, troubles};

/// How many servers there are, and what spreads requests over them.
pub(crate) fn deployed(servers: u32, balancer: Balancer) -> String {
    if servers == 1 {
        String::from("1 server")
    } else {
        format!("{}, {}", servers_in_number(servers), spread(balancer))
    }
}

/// The same, with how many things are wrong.
pub(crate) fn deployed_now(fleet: &Fleet) -> String {
    let said = deployed(fleet.servers, fleet.balancer);
    match u32::try_from(fleet.faults.len()).unwrap_or(u32::MAX) {
        0 => said,
        faults => format!("{said}; {}", counted(faults, "fault")),
    }
}

/// `10 servers`.
pub(crate) fn servers_in_number(servers: u32) -> String {
    let plural = if servers == 1 { "" } else { "s" };
    format!("{} server{plural}", grouped(servers.into()))
}

const fn spread(balancer: Balancer) -> &'static str {
    match balancer {
        Balancer::RoundRobin => "by turns",
        Balancer::Random => "by chance",
        Balancer::LeastBusy => "the least busy",
        Balancer::TwoChoices => "the less busy of two",
        Balancer::StickyCookie => "each user stays, by a cookie",
        Balancer::HashOfId => "by the hash of the credential",
    }
}

/// A balancer’s name.
pub(crate) const fn balancer(balancer: Balancer) -> &'static str {
    match balancer {
        Balancer::RoundRobin => "round robin",
        Balancer::Random => "random",
        Balancer::LeastBusy => "least busy",
        Balancer::TwoChoices => "two choices",
        Balancer::StickyCookie => "sticky, by a cookie",
        Balancer::HashOfId => "hash of the ID",
    }
}

/// What a balancer does, in a sentence.
pub(crate) const fn balancer_meaning(balancer: Balancer) -> &'static str {
    match balancer {
        Balancer::RoundRobin => "One server after another.",
        Balancer::Random => "Any server, with the same chance.",
        Balancer::LeastBusy => {
            "The server with the fewest requests under way; among equals, one after another."
        }
        Balancer::TwoChoices => {
            "Chance picks two servers; the one with fewer requests under way gets the request."
        }
        Balancer::StickyCookie => {
            "The balancer’s own cookie names the server that answered first, and every request goes there until it dies. Page script that sends a Bearer token omits cookies, so there it goes by turns."
        }
        Balancer::HashOfId => {
            "The hash of the session ID or token leads to a server. When a server dies, only its own users move."
        }
    }
}

/// Where a lane’s records are.
pub(crate) const fn place(place: StorePlace) -> &'static str {
    match place {
        StorePlace::ServerMemory => "each server’s own memory",
        StorePlace::Database | StorePlace::SessionCache => "one shared store (SQLite)",
    }
}

/// Where records are, if there are any, and how that place is.
pub(crate) fn store_state(
    place: Option<StorePlace>,
    is_down: bool,
    slower_milliseconds: u32,
) -> String {
    let mut said = match place {
        Some(place) => format!("sessions: {}", self::place(place)),
        None => String::from("sessions: none, here or in the store; users and keys: the store"),
    };
    if place == Some(StorePlace::ServerMemory) {
        said.push_str("; users and keys: the store");
    }
    if is_down {
        said.push_str(" · ✕ the store is dead");
    } else if slower_milliseconds > 0 {
        said.push_str(&format!(
            " · ◷ the store takes {} ms longer",
            grouped(slower_milliseconds.into())
        ));
    }
    said
}

/// Who holds which half of the key.
pub(crate) const fn keys(keys: FleetKeys) -> &'static str {
    match keys {
        FleetKeys::Shared => "all servers hold the whole key",
        FleetKeys::PublicHalves => "public halves: server 1 alone can sign",
    }
}

/// What that means with that algorithm.
pub(crate) fn keys_meaning(keys: FleetKeys, algorithm: ServerAlgorithm) -> String {
    match (keys, algorithm) {
        (FleetKeys::PublicHalves, ServerAlgorithm::Hs256) => String::from(
            "HS256 has no public half: the one secret signs and verifies, so all servers hold all of it, as if the key were shared. Choose another algorithm for tokens.",
        ),
        (FleetKeys::Shared, ServerAlgorithm::Hs256) => String::from(
            "Each server can verify, and with the same secret sign: whoever breaks into one of them can sign for all.",
        ),
        (FleetKeys::Shared, _) => String::from(
            "Each server can sign. With a pair it need not be so: the public half is enough to verify.",
        ),
        (FleetKeys::PublicHalves, _) => format!(
            "Sign-ins go to server 1, which alone holds the private half of the {} pair. The others verify, and can’t sign.",
            algorithm.name()
        ),
    }
}

/// Why a fleet, a fault or a trial makes no sense.
pub(crate) fn problem(problem: FleetProblem) -> String {
    String::from(match problem {
        FleetProblem::Servers => "There are 1 to 1,000 servers: a whole number.",
        FleetProblem::Faults => "There are 64 faults already. Put something right first.",
        FleetProblem::FaultServers => "There is no such server.",
        FleetProblem::FaultSlowness => "A store is slowed by at most 60,000 ms.",
        FleetProblem::FaultClock => "A clock is off by at most ten years.",
        FleetProblem::Users => "There are 1 to 1,000 users: a whole number.",
        FleetProblem::Newcomers => "There are up to 1,000 newcomers: a whole number.",
        FleetProblem::Rounds => "There are 1 to 60 rounds: a whole number.",
        FleetProblem::Schedule => {
            "An entry of the schedule begins in the past, or ends before it begins."
        }
    })
}

fn named(first: u32, last: u32) -> String {
    if first == last {
        format!("erver {}", grouped(first.into()))
    } else {
        format!(
            "ervers {} to {}",
            grouped(first.into()),
            grouped(last.into())
        )
    }
}

/// `server 3`, or `servers 6 to 10`.
pub(crate) fn range(first: u32, last: u32) -> String {
    format!("s{}", named(first, last))
}

fn subject(fault: &Fault) -> String {
    format!("S{}", named(fault.first, fault.last))
}

/// That something went wrong.
pub(crate) fn fault_began(fault: &Fault) -> String {
    let who = subject(fault);
    match fault.kind {
        FaultKind::ServerDown => format!("{who} died, memory and all."),
        FaultKind::StoreDown => String::from("The store died."),
        FaultKind::StoreSlow { milliseconds } => format!(
            "The store takes {} ms longer.",
            grouped(milliseconds.into())
        ),
        FaultKind::StoreUnreachable => format!("{who} lost the way to the store."),
        FaultKind::KeyTaken => format!("{who} lost all keys."),
        FaultKind::KeyOld => format!("{who} did not get the newest key."),
        FaultKind::ClockOff { seconds } => {
            format!("{who}: the clock is {}.", clock_off(seconds))
        }
    }
}

/// That it is right again.
pub(crate) fn fault_ended(fault: &Fault) -> String {
    let who = subject(fault);
    match fault.kind {
        FaultKind::ServerDown => format!("{who} started again, with an empty memory."),
        FaultKind::StoreDown => String::from("The store answers again."),
        FaultKind::StoreSlow { .. } => String::from("The store is as fast as before."),
        FaultKind::StoreUnreachable => format!("{who} found the way to the store again."),
        FaultKind::KeyTaken => format!("{who} got the keys back."),
        FaultKind::KeyOld => format!("{who} got the newest key."),
        FaultKind::ClockOff { .. } => format!("{who}: the clock is right again."),
    }
}

/// `5 min ahead`.
fn clock_off(seconds: i32) -> String {
    let direction = if seconds < 0 { "behind" } else { "ahead" };
    let off = duration(
        Timestamp::from_seconds(0),
        Timestamp::from_seconds(i64::from(seconds.unsigned_abs())),
    );
    format!("{off} {direction}")
}

/// What is wrong with a server, in two or three words.
pub(crate) const fn trouble(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Down => "dead",
        Trouble::CutOff => "cut off from the store",
        Trouble::NoKey => "no key",
        Trouble::OldKey => "old key",
        Trouble::ClockOff => "clock off",
    }
}

/// The same, where there is little room.
pub(crate) const fn trouble_in_short(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::CutOff => "cut off",
        other => self::trouble(other),
    }
}

/// A lane’s servers in a sentence: `997 alike; dead: server 3; no key: servers 7 to 9`.
pub(crate) fn census(census: &Census) -> String {
    let mut parts = vec![match (census.well, census.troubled.is_empty()) {
        (well, true) => format!("{}, all well", servers_in_number(well)),
        (0, false) => String::from("None is well"),
        (well, false) => format!("{} well", grouped(well.into())),
    }];
    for (trouble, ranges) in &census.troubled {
        parts.push(format!("{}: {}", self::trouble(*trouble), listed(ranges)));
    }
    parts.join("; ")
}

/// The first few of them, and how many more there are.
fn listed(ranges: &[(u32, u32)]) -> String {
    const MOST: usize = 6;
    let mut said: Vec<String> = ranges
        .iter()
        .take(MOST)
        .map(|(first, last)| range(*first, *last))
        .collect();
    let more: u32 = ranges
        .iter()
        .skip(MOST)
        .map(|(first, last)| last - first + 1)
        .sum();
    if more > 0 {
        said.push(format!("{more} more"));
    }
    said.join(", ")
}

/// All of a server’s values, in a row.
pub(crate) fn server_values(number: u32, server: &ServerView, is_token: bool) -> String {
    let mut said = vec![format!("Server {}", grouped(number.into()))];
    let troubles = troubles(server, is_token);
    if troubles.is_empty() {
        said.push(String::from("well"));
    }
    for trouble in troubles {
        said.push(match trouble {
            Trouble::ClockOff => format!("clock {}", clock_off(server.clock_off_seconds)),
            trouble => self::trouble(trouble).to_owned(),
        });
    }
    said.push(format!("answered {}", grouped(server.answered.into())));
    said.push(format!(
        "{} in its memory",
        counted(server.records, "record")
    ));
    if server.cached > 0 {
        said.push(format!("{} cached", counted(server.cached, "session")));
    }
    if is_token {
        said.push(counted(server.keys, "key"));
        if !server.is_down {
            said.push(String::from(if server.can_sign {
                "can sign"
            } else {
                "can’t sign"
            }));
        }
    }
    said.join(" · ")
}

/// That a server was restarted.
pub(crate) fn restarted(number: u32, lost: u32) -> String {
    if lost == 0 {
        format!("Server {number} was restarted. Its memory held nothing.")
    } else {
        format!(
            "Server {number} was restarted. Lost with its memory: {}.",
            counted(lost, "record")
        )
    }
}

/// What a link did not bring.
pub(crate) fn link_opened(wrong: &[String]) -> String {
    const MOST: usize = 5;
    if wrong.is_empty() {
        return String::from("The link’s fleet holds now.");
    }
    let told: Vec<&str> = wrong.iter().take(MOST).map(String::as_str).collect();
    let mut said = format!(
        "Not all of the link can be used; the rest holds now. {}",
        told.join(" ")
    );
    // A link is made by anyone, and may hold thousands of such parts.
    if let Some(more @ 1..) = wrong.len().checked_sub(MOST) {
        said.push_str(&format!(" And {} more.", grouped(more as u64)));
    }
    said
}

/// That a part of a link can’t be read.
pub(crate) fn broken_part(name: &str) -> String {
    format!("The part “{name}” can’t be read.")
}

/// That a lane’s scheme in a link makes no sense.
pub(crate) fn bad_scheme(lane: &str, why: &str) -> String {
    format!("{lane}: {why}")
}

/// The most servers that are shown one by one.
pub(crate) const fn is_shown_singly(servers: usize) -> bool {
    servers <= 40
}

/// What is said where there is but one server.
pub(crate) const NEEDS_MORE: &str = "Half of one server is none: deploy more than one first.";

/// How many more servers there is room for.
pub(crate) const fn room(fleet: &Fleet) -> u32 {
    Fleet::MOST_SERVERS - fleet.servers
}

#[cfg(test)]
mod tests;
