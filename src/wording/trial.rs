//! What is said of a trial of faults: what happens in it, and who noticed.

use protocol::{FleetChange, LaneOutcome, Scheduled};

use super::number::grouped;
use super::servers::{fault_began, servers_in_number};
use super::time::counted;
use crate::state::fleet::{Happens, TrialPreset};

/// That the worker of a trial died.
pub(crate) fn trial_died(why: &str) -> String {
    format!("The worker that tried it died: {why}")
}

/// What happens in a trial.
pub(crate) const fn happens(happens: Happens) -> &'static str {
    match happens {
        Happens::ServerDown => "servers die",
        Happens::CutOff => "servers are cut off from the store",
        Happens::KeyTaken => "servers lose all keys",
        Happens::KeyOld => "a new key does not reach servers",
        Happens::ClockOff => "servers’ clocks are off",
        Happens::StoreDown => "the store dies",
        Happens::StoreSlow => "the store slows down",
        Happens::ServersAdded => "servers are added",
    }
}

/// A trial that is at hand.
pub(crate) const fn trial_preset(preset: TrialPreset) -> &'static str {
    match preset {
        TrialPreset::ServerDies => "A server dies",
        TrialPreset::StoreDies => "The store dies",
        TrialPreset::Split => "The network splits",
        TrialPreset::KeyRollout => "A new key reaches half",
        TrialPreset::ClockDrift => "A clock drifts",
        TrialPreset::ServersAdded => "Servers are added",
    }
}

/// An entry of a schedule, as a mark of the chart.
pub(crate) fn scheduled(entry: &Scheduled) -> String {
    let what = match &entry.change {
        FleetChange::Fault(fault) => fault_began(fault).trim_end_matches('.').to_owned(),
        FleetChange::ServersAdded { servers } => format!("{} added", servers_in_number(*servers)),
    };
    let from = super::plain(entry.at);
    match (entry.until, &entry.change) {
        (Some(until), FleetChange::Fault(_)) => {
            format!("{what}: from {from} s to {} s", super::plain(until))
        }
        _ => format!("{what}: from {from} s on"),
    }
}

/// Who noticed in a lane, in sentences.
pub(crate) fn noticed(outcome: &LaneOutcome) -> String {
    let mut said = Vec::new();
    let all = outcome.signed_out + outcome.refused + outcome.failed + outcome.unaware;
    if outcome.unaware == all {
        return format!("None of {} noticed anything.", users(all));
    }
    for (count, what) in [
        (
            outcome.signed_out,
            "still refused once all faults were over, and must sign in again",
        ),
        (
            outcome.refused,
            "refused at times, and known in one more request once all faults were over",
        ),
        (
            outcome.failed,
            "answered by failures at times, and never refused",
        ),
    ] {
        if count > 0 {
            let verb = if count == 1 { "was" } else { "were" };
            said.push(format!("{} {verb} {what}.", users(count)));
        }
    }
    said.push(match outcome.unaware {
        0 => String::from("Everyone noticed."),
        count => format!("{} noticed nothing.", users(count)),
    });
    if let Some(reason) = &outcome.first_trouble {
        said.push(format!("The first reason: {}", super::rejection(reason)));
    }
    said.join(" ")
}

/// What was refused before the first fault, for which no fault is to blame. The rounds are so many seconds apart.
pub(crate) fn refused_before(
    outcome: &LaneOutcome,
    first_fault: Option<f64>,
    round_seconds: u32,
) -> Option<String> {
    let first_fault = first_fault.unwrap_or(f64::INFINITY);
    let refused: u32 = outcome
        .rounds
        .iter()
        .zip(0_u32..)
        .take_while(|(_, number)| f64::from(number * round_seconds) < first_fault)
        .map(|(round, _)| round.refused)
        .sum();
    (refused > 0).then(|| {
        format!(
            " Refused before anything went wrong: {}. That is how the servers are deployed, and no fault’s doing.",
            counted(refused, "request")
        )
    })
}

fn users(count: u32) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} user{plural}", grouped(count.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_noticed_is_told_user_by_user() {
        let outcome = |signed_out, refused, failed, unaware| LaneOutcome {
            signed_out,
            refused,
            failed,
            unaware,
            ..LaneOutcome::default()
        };
        for (outcome, said) in [
            (outcome(0, 0, 0, 100), "None of 100 users noticed anything."),
            (
                outcome(1, 0, 0, 9),
                "1 user was still refused once all faults were over, and must sign in again. 9 users noticed nothing.",
            ),
            (
                outcome(0, 2, 3, 0),
                "2 users were refused at times, and known in one more request once all faults were over. 3 users were answered by failures at times, and never refused. Everyone noticed.",
            ),
        ] {
            assert_eq!(noticed(&outcome), said);
        }
    }

    #[test]
    fn what_no_fault_did_is_told_apart() {
        let round = |refused| protocol::RoundOutcome {
            refused,
            ..protocol::RoundOutcome::default()
        };
        for (rounds, first_fault, told) in [
            (vec![round(0), round(0), round(9)], Some(20.0), false),
            (vec![round(0), round(3), round(9)], Some(20.0), true),
            (vec![round(0), round(0), round(9)], None, true),
            (vec![round(9)], Some(0.0), false),
        ] {
            let outcome = LaneOutcome {
                rounds,
                ..LaneOutcome::default()
            };
            let said = refused_before(&outcome, first_fault, 10);
            assert_eq!(said.is_some(), told, "{said:?}");
        }
    }
}
