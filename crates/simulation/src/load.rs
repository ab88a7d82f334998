//! What of it all stands in the way of more, whether more arrives than can leave, and what a month costs.

use protocol::{Arrivals, Limit, MonthlyCost, Overload, Simulation};

use crate::lane::Lane;
use crate::series::Areas;

/// A month of 730 hours, in seconds.
const MONTH_SECONDS: f64 = 730.0 * 3_600.0;

/// How busy each part is, and with what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Busy {
    pub(crate) servers: f64,
    pub(crate) store: f64,
    /// Which share of the servers' work is signing in.
    pub(crate) signing_in: f64,
}

impl Busy {
    /// The busiest part.
    pub(crate) fn most(&self) -> (Limit, f64) {
        if self.store > self.servers {
            (Limit::Store, self.store)
        } else if self.signing_in > 0.5 {
            (Limit::SignIns, self.servers)
        } else {
            (Limit::Servers, self.servers)
        }
    }

    /// The part that is busy for more than half of the time.
    pub(crate) fn limit(&self) -> Limit {
        match self.most() {
            (limit, share) if share > 0.5 => limit,
            _ => Limit::None,
        }
    }
}

/// The work that arrives, as a multiple of what can be done: the rate, times the mean work, by the capacity. `None` where
/// users wait for their answers: they never send more than is answered.
pub(crate) fn overload(simulation: &Simulation, lane: &Lane, areas: &Areas) -> Option<Overload> {
    if matches!(simulation.arrivals, Arrivals::Users { .. }) {
        return None;
    }
    let rate = scenario::arrival_rate(simulation);
    let outcomes = &lane.outcomes;
    let share = |part: u64| part as f64 / (outcomes.arrived.max(1)) as f64;
    // Sign-ins and refusals depend on each other and on the balancer: as they were seen.
    let (signs_in, refused) = (share(outcomes.sign_ins), share(outcomes.refused));
    let model = &lane.model;
    let sign_in_work = signs_in * simulation.sign_in.mean();
    let work = model.check.mean() + (1.0 - refused) * simulation.service.mean() + sign_in_work;
    let servers = if areas.seconds > 0.0 {
        areas.alive / areas.seconds
    } else {
        f64::from(simulation.servers)
    };
    let operations = (1.0 - refused) * (model.reads + model.writes + simulation.application_reads);
    let busy = Busy {
        servers: rate * work / servers.max(f64::MIN_POSITIVE),
        store: rate * operations * simulation.store.service.mean()
            / f64::from(simulation.store.connections),
        signing_in: if work > 0.0 { sign_in_work / work } else { 0.0 },
    };
    let (limit, offered) = busy.most();
    (offered >= 1.0 && offered.is_finite()).then_some(Overload { limit, offered })
}

/// What a month costs with so many servers, requests and operations a second.
pub(crate) fn monthly_cost(
    simulation: &Simulation,
    lane: &Lane,
    servers: f64,
    rate: f64,
    operations: f64,
) -> MonthlyCost {
    let prices = &simulation.prices;
    let model = &lane.model;
    let asks_store = model.reads + model.writes + simulation.application_reads > 0.0;
    MonthlyCost {
        servers: servers * prices.server_month,
        store: if asks_store {
            prices.store_month + operations * MONTH_SECONDS / 1e6 * prices.million_operations
        } else {
            0.0
        },
        traffic: rate * f64::from(model.octets) * MONTH_SECONDS / 1e9 * prices.gigabyte,
    }
}
