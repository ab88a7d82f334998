//! Reads a run from the text of a link.

use std::str::{FromStr, Split};

use protocol::{
    Arrivals, Distribution, Fault, FleetChange, LaneModel, Prices, Scheduled, Simulation,
    StoreModel,
};

use super::{LONGEST_TEXT, TextProblem, excerpt};
use crate::names;
use crate::preset::default_run;
use crate::problem::problem;

/// The settings, in the order in which they are written. The last two can stand there several times.
const NAMES: [&str; 17] = [
    "seed",
    "requests",
    "warmUp",
    "users",
    "arrivals",
    "servers",
    "queue",
    "waitingPlaces",
    "patience",
    "service",
    "signIn",
    "network",
    "applicationReads",
    "store",
    "prices",
    "lane",
    "event",
];

/// The run that a text holds. What it does not say is as in the default run.
///
/// # Errors
///
/// What can't be read, by its name; or why what was read makes no sense.
pub fn from_text(text: &str) -> Result<Simulation, TextProblem> {
    if text.len() > LONGEST_TEXT {
        return Err(TextProblem::TooLong);
    }
    let mut run = default_run();
    let mut lanes = Vec::new();
    let mut seen = [false; NAMES.len()];
    for pair in text.split(',').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once(':').unwrap_or((pair, ""));
        let Some(place) = NAMES.iter().position(|name| *name == key) else {
            return Err(TextProblem::Unknown { name: excerpt(key) });
        };
        let name = NAMES[place];
        if std::mem::replace(&mut seen[place], true) && !matches!(name, "lane" | "event") {
            return Err(TextProblem::Twice { name });
        }
        let mut parts = Parts(value.split('~'));
        take(&mut run, &mut lanes, name, &mut parts)
            .filter(|()| parts.0.next().is_none())
            .ok_or(TextProblem::Value { name })?;
    }
    if !lanes.is_empty() {
        run.lanes = lanes;
    }
    match problem(&run) {
        Some(problem) => Err(TextProblem::Senseless(problem)),
        None => Ok(run),
    }
}

/// What follows, part by part.
struct Parts<'text>(Split<'text, char>);

impl Parts<'_> {
    fn any<T: FromStr>(&mut self) -> Option<T> {
        self.0.next()?.parse().ok()
    }

    fn time(&mut self) -> Option<Distribution> {
        Some(match self.0.next()? {
            "constant" => Distribution::Constant {
                seconds: self.any()?,
            },
            "exponential" => Distribution::Exponential { rate: self.any()? },
            "uniform" => Distribution::Uniform {
                from: self.any()?,
                to: self.any()?,
            },
            "lognormal" => Distribution::LogNormal {
                mean: self.any()?,
                variation: self.any()?,
            },
            _ => return None,
        })
    }

    fn arrivals(&mut self) -> Option<Arrivals> {
        Some(match self.0.next()? {
            "poisson" => Arrivals::Poisson { rate: self.any()? },
            "bursty" => Arrivals::Bursty {
                rate: self.any()?,
                burst_factor: self.any()?,
                burst_seconds: self.any()?,
                calm_seconds: self.any()?,
            },
            "users" => Arrivals::Users {
                think_time: self.time()?,
            },
            _ => return None,
        })
    }

    fn lane(&mut self) -> Option<LaneModel> {
        Some(LaneModel {
            check: self.time()?,
            reads: self.any()?,
            writes: self.any()?,
            records: names::records(self.0.next()?)?,
            needs_key: match self.0.next()? {
                "key" => true,
                "no-key" => false,
                _ => return None,
            },
            octets: self.any()?,
        })
    }

    fn event(&mut self) -> Option<Scheduled> {
        let at = self.any()?;
        let until = match self.0.next()? {
            "-" => None,
            until => Some(until.parse().ok()?),
        };
        let kind = self.0.next()?;
        let change = if kind == names::SERVERS_ADDED {
            FleetChange::ServersAdded {
                servers: self.any()?,
            }
        } else {
            let kind = names::fault(kind)?;
            let (first, last) = (self.any()?, self.any()?);
            let kind = match names::amount(kind) {
                Some(_) => names::with_amount(kind, self.any()?)?,
                None => kind,
            };
            FleetChange::Fault(Fault { kind, first, last })
        };
        Some(Scheduled { at, until, change })
    }
}

fn take(
    run: &mut Simulation,
    lanes: &mut Vec<LaneModel>,
    name: &str,
    parts: &mut Parts<'_>,
) -> Option<()> {
    match name {
        "seed" => run.seed = parts.any()?,
        "requests" => run.requests = parts.any()?,
        "warmUp" => run.warm_up = parts.any()?,
        "users" => run.users = parts.any()?,
        "arrivals" => run.arrivals = parts.arrivals()?,
        "servers" => run.servers = parts.any()?,
        "queue" => run.queue = names::queue(parts.0.next()?)?,
        "waitingPlaces" => run.waiting_places = parts.any()?,
        "patience" => run.patience = parts.any()?,
        "service" => run.service = parts.time()?,
        "signIn" => run.sign_in = parts.time()?,
        "network" => run.network = parts.time()?,
        "applicationReads" => run.application_reads = parts.any()?,
        "store" => {
            run.store = StoreModel {
                connections: parts.any()?,
                service: parts.time()?,
                round_trip: parts.time()?,
            };
        }
        "prices" => {
            run.prices = Prices {
                server_month: parts.any()?,
                store_month: parts.any()?,
                million_operations: parts.any()?,
                gigabyte: parts.any()?,
            };
        }
        "lane" => lanes.push(parts.lane()?),
        "event" => run.schedule.push(parts.event()?),
        _ => return None,
    }
    Some(())
}
