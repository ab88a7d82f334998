//! Writes a run as the text of a link.

use protocol::{Arrivals, Distribution, FleetChange, LaneModel, Scheduled, Simulation, StoreModel};

use crate::names;
use crate::preset::default_run;

/// The run as text: empty for the default run.
pub fn to_text(simulation: &Simulation) -> String {
    let usual = default_run();
    let mut pairs = Vec::new();
    let mut put = |name: &str, differs: bool, value: &dyn Fn() -> String| {
        if differs {
            pairs.push(format!("{name}:{}", value()));
        }
    };
    let now = simulation;
    put("seed", now.seed != usual.seed, &|| now.seed.to_string());
    put("requests", now.requests != usual.requests, &|| {
        now.requests.to_string()
    });
    put("warmUp", now.warm_up != usual.warm_up, &|| {
        now.warm_up.to_string()
    });
    put("users", now.users != usual.users, &|| now.users.to_string());
    put("arrivals", now.arrivals != usual.arrivals, &|| {
        arrivals(&now.arrivals)
    });
    put("servers", now.servers != usual.servers, &|| {
        now.servers.to_string()
    });
    put("queue", now.queue != usual.queue, &|| {
        names::of_queue(now.queue).to_owned()
    });
    put(
        "waitingPlaces",
        now.waiting_places != usual.waiting_places,
        &|| now.waiting_places.to_string(),
    );
    put("patience", now.patience != usual.patience, &|| {
        number(now.patience)
    });
    put("service", now.service != usual.service, &|| {
        time(&now.service)
    });
    put("signIn", now.sign_in != usual.sign_in, &|| {
        time(&now.sign_in)
    });
    put("network", now.network != usual.network, &|| {
        time(&now.network)
    });
    put(
        "applicationReads",
        now.application_reads != usual.application_reads,
        &|| number(now.application_reads),
    );
    put("store", now.store != usual.store, &|| store(&now.store));
    if now.lanes != usual.lanes {
        for each in &now.lanes {
            put("lane", true, &|| lane(each));
        }
    }
    for entry in &now.schedule {
        put("event", true, &|| event(entry));
    }
    put("prices", now.prices != usual.prices, &|| {
        let prices = &now.prices;
        [
            prices.server_month,
            prices.store_month,
            prices.million_operations,
            prices.gigabyte,
        ]
        .map(number)
        .join("~")
    });
    pairs.join(",")
}

/// The shortest text that gives the same number again.
fn number(value: f64) -> String {
    let text = format!("{value:?}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn time(time: &Distribution) -> String {
    match *time {
        Distribution::Constant { seconds } => format!("constant~{}", number(seconds)),
        Distribution::Exponential { rate } => format!("exponential~{}", number(rate)),
        Distribution::Uniform { from, to } => format!("uniform~{}~{}", number(from), number(to)),
        Distribution::LogNormal { mean, variation } => {
            format!("lognormal~{}~{}", number(mean), number(variation))
        }
    }
}

fn arrivals(arrivals: &Arrivals) -> String {
    match arrivals {
        Arrivals::Poisson { rate } => format!("poisson~{}", number(*rate)),
        Arrivals::Bursty {
            rate,
            burst_factor,
            burst_seconds,
            calm_seconds,
        } => format!(
            "bursty~{}",
            [*rate, *burst_factor, *burst_seconds, *calm_seconds]
                .map(number)
                .join("~")
        ),
        Arrivals::Users { think_time } => format!("users~{}", time(think_time)),
    }
}

fn store(store: &StoreModel) -> String {
    format!(
        "{}~{}~{}",
        store.connections,
        time(&store.service),
        time(&store.round_trip)
    )
}

fn lane(lane: &LaneModel) -> String {
    format!(
        "{}~{}~{}~{}~{}~{}",
        time(&lane.check),
        number(lane.reads),
        number(lane.writes),
        names::of_records(lane.records),
        if lane.needs_key { "key" } else { "no-key" },
        lane.octets
    )
}

fn event(entry: &Scheduled) -> String {
    let until = entry.until.map_or("-".to_owned(), number);
    let change = match entry.change {
        FleetChange::ServersAdded { servers } => format!("{}~{servers}", names::SERVERS_ADDED),
        FleetChange::Fault(fault) => {
            let mut text = format!(
                "{}~{}~{}",
                names::of_fault(fault.kind),
                fault.first,
                fault.last
            );
            if let Some(amount) = names::amount(fault.kind) {
                text.push_str(&format!("~{amount}"));
            }
            text
        }
    };
    format!("{}~{until}~{change}", number(entry.at))
}
