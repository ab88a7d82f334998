//! The numbers of a run that can be typed: how each reads, and what a run is with it. It judges none of them.

use protocol::{Arrivals, Distribution, Simulation};

/// A number of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// Where chance starts.
    Seed,
    /// How many requests arrive in each lane.
    Requests,
    /// How many of the first are left out of the figures.
    WarmUp,
    /// How many users there are.
    Users,
    /// λ.
    Rate,
    /// How many times as many arrive in a burst.
    BurstFactor,
    /// How long a burst lasts.
    BurstSeconds,
    /// How long calm lasts.
    CalmSeconds,
    /// c.
    Servers,
    /// How many can wait.
    WaitingPlaces,
    /// After how long users give up.
    Patience,
    /// How many operations on the store the application itself needs.
    ApplicationReads,
    /// How many connections the store has.
    Connections,
    /// How long something takes.
    Time(TimeOf, Part),
    /// How many reads of the store a lane needs to know the user.
    Reads(usize),
    /// How many writes.
    Writes(usize),
    /// A server, a month.
    ServerMonth,
    /// The store, a month.
    StoreMonth,
    /// A million operations on the store.
    MillionOperations,
    /// A gigabyte of credentials.
    Gigabyte,
}

/// What takes a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TimeOf {
    /// The application's own work.
    Service,
    /// The password's hash.
    SignIn,
    /// One way between user and server.
    Network,
    /// One operation on the store.
    Store,
    /// The way from a server to the store and back.
    RoundTrip,
    /// How long users think.
    Think,
    /// A lane's check, by its place.
    Check(usize),
}

/// Which number of a distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The mean, or the shortest.
    First,
    /// The longest, or the variation.
    Second,
}

/// Which kind it is, by its place.
pub(crate) const fn kind(distribution: &Distribution) -> usize {
    match distribution {
        Distribution::Constant { .. } => 0,
        Distribution::Exponential { .. } => 1,
        Distribution::Uniform { .. } => 2,
        Distribution::LogNormal { .. } => 3,
    }
}

/// The distribution of that kind with the same mean.
fn of_kind(kind: usize, mean: f64) -> Distribution {
    match kind {
        1 => Distribution::Exponential { rate: 1.0 / mean },
        2 => Distribution::Uniform {
            from: mean / 2.0,
            to: mean * 1.5,
        },
        3 => Distribution::LogNormal {
            mean,
            variation: 1.0,
        },
        _ => Distribution::Constant { seconds: mean },
    }
}

/// The same with another kind, by its place. Where that has no such mean, with the nearest that it has.
pub(crate) fn turned_into(of: TimeOf, old: &Distribution, kind: usize) -> Distribution {
    let mean = match (kind, old.mean()) {
        // An exponential time is none that never passes: one of the unit in which it is typed.
        (1, mean) if mean <= 1e-12 => 1.0 / of.in_a_second(),
        // Its longest is half as much again.
        (2, mean) => mean.min(Simulation::LONGEST_SECONDS / 1.5),
        (_, mean) => mean,
    };
    of_kind(kind, mean)
}

/// The same distribution with another mean.
pub(crate) fn with_mean(distribution: &Distribution, mean: f64) -> Distribution {
    match *distribution {
        Distribution::LogNormal { variation, .. } => Distribution::LogNormal { mean, variation },
        Distribution::Uniform { from, to } => {
            let old = f64::midpoint(from, to);
            let scale = if old > 0.0 { mean / old } else { 1.0 };
            Distribution::Uniform {
                from: from * scale,
                to: to * scale,
            }
        }
        _ => of_kind(kind(distribution), mean),
    }
}

impl TimeOf {
    /// Where it stands in a run; `None` where the run has none.
    pub(crate) fn of(self, run: &Simulation) -> Option<Distribution> {
        match self {
            Self::Service => Some(run.service),
            Self::SignIn => Some(run.sign_in),
            Self::Network => Some(run.network),
            Self::Store => Some(run.store.service),
            Self::RoundTrip => Some(run.store.round_trip),
            Self::Think => match run.arrivals {
                Arrivals::Users { think_time } => Some(think_time),
                _ => None,
            },
            Self::Check(lane) => run.lanes.get(lane).map(|lane| lane.check),
        }
    }

    /// Puts another one there.
    pub(crate) fn put(self, run: &mut Simulation, distribution: Distribution) {
        match self {
            Self::Service => run.service = distribution,
            Self::SignIn => run.sign_in = distribution,
            Self::Network => run.network = distribution,
            Self::Store => run.store.service = distribution,
            Self::RoundTrip => run.store.round_trip = distribution,
            Self::Think => {
                run.arrivals = Arrivals::Users {
                    think_time: distribution,
                };
            }
            Self::Check(lane) => {
                if let Some(lane) = run.lanes.get_mut(lane) {
                    lane.check = distribution;
                }
            }
        }
    }

    /// How many of the numbers that are typed make a second.
    pub(crate) const fn in_a_second(self) -> f64 {
        match self {
            Self::Think => 1.0,
            Self::Check(_) | Self::Store => 1_000_000.0,
            _ => 1000.0,
        }
    }
}

impl Field {
    /// The number as it is typed; empty where the run has none.
    pub(crate) fn read(self, run: &Simulation) -> String {
        match self {
            Self::Seed => run.seed.to_string(),
            Self::Requests => run.requests.to_string(),
            Self::WarmUp => run.warm_up.to_string(),
            Self::Users => run.users.to_string(),
            Self::Servers => run.servers.to_string(),
            Self::WaitingPlaces => run.waiting_places.to_string(),
            Self::Connections => run.store.connections.to_string(),
            other => other.fraction(run).map(shown).unwrap_or_default(),
        }
    }

    fn fraction(self, run: &Simulation) -> Option<f64> {
        let value = match self {
            Self::Rate => match run.arrivals {
                Arrivals::Poisson { rate } | Arrivals::Bursty { rate, .. } => rate,
                Arrivals::Users { .. } => return None,
            },
            Self::BurstFactor | Self::BurstSeconds | Self::CalmSeconds => {
                let Arrivals::Bursty {
                    burst_factor,
                    burst_seconds,
                    calm_seconds,
                    ..
                } = run.arrivals
                else {
                    return None;
                };
                match self {
                    Self::BurstFactor => burst_factor,
                    Self::BurstSeconds => burst_seconds,
                    _ => calm_seconds,
                }
            }
            Self::Patience => run.patience,
            Self::ApplicationReads => run.application_reads,
            Self::Reads(lane) => run.lanes.get(lane)?.reads,
            Self::Writes(lane) => run.lanes.get(lane)?.writes,
            Self::ServerMonth => run.prices.server_month,
            Self::StoreMonth => run.prices.store_month,
            Self::MillionOperations => run.prices.million_operations,
            Self::Gigabyte => run.prices.gigabyte,
            Self::Time(of, part) => {
                let scale = of.in_a_second();
                match (of.of(run)?, part) {
                    (Distribution::Uniform { from, .. }, Part::First) => from * scale,
                    (Distribution::Uniform { to, .. }, Part::Second) => to * scale,
                    (Distribution::LogNormal { variation, .. }, Part::Second) => variation,
                    (_, Part::Second) => return None,
                    (distribution, Part::First) => distribution.mean() * scale,
                }
            }
            _ => return None,
        };
        Some(value)
    }

    /// The run with what was typed; `None` where that is no number, or the run has no place for it.
    pub(crate) fn write(self, run: &Simulation, typed: &str) -> Option<Simulation> {
        let typed = typed.trim().replace('_', "");
        let mut changed = run.clone();
        match self {
            Self::Seed => changed.seed = typed.parse().ok()?,
            Self::Requests => changed.requests = typed.parse().ok()?,
            Self::WarmUp => changed.warm_up = typed.parse().ok()?,
            Self::Users => changed.users = typed.parse().ok()?,
            Self::Servers => changed.servers = typed.parse().ok()?,
            Self::WaitingPlaces => changed.waiting_places = typed.parse().ok()?,
            Self::Connections => changed.store.connections = typed.parse().ok()?,
            other => other.put(&mut changed, typed.parse().ok()?)?,
        }
        Some(changed)
    }

    fn put(self, run: &mut Simulation, value: f64) -> Option<()> {
        let place = match self {
            Self::Rate => match &mut run.arrivals {
                Arrivals::Poisson { rate } | Arrivals::Bursty { rate, .. } => rate,
                Arrivals::Users { .. } => return None,
            },
            Self::BurstFactor | Self::BurstSeconds | Self::CalmSeconds => {
                let Arrivals::Bursty {
                    burst_factor,
                    burst_seconds,
                    calm_seconds,
                    ..
                } = &mut run.arrivals
                else {
                    return None;
                };
                match self {
                    Self::BurstFactor => burst_factor,
                    Self::BurstSeconds => burst_seconds,
                    _ => calm_seconds,
                }
            }
            Self::Patience => &mut run.patience,
            Self::ApplicationReads => &mut run.application_reads,
            Self::Reads(lane) => &mut run.lanes.get_mut(lane)?.reads,
            Self::Writes(lane) => &mut run.lanes.get_mut(lane)?.writes,
            Self::ServerMonth => &mut run.prices.server_month,
            Self::StoreMonth => &mut run.prices.store_month,
            Self::MillionOperations => &mut run.prices.million_operations,
            Self::Gigabyte => &mut run.prices.gigabyte,
            Self::Time(of, part) => {
                let seconds = value / of.in_a_second();
                let put = match (of.of(run)?, part) {
                    (Distribution::Uniform { to, .. }, Part::First) => {
                        Distribution::Uniform { from: seconds, to }
                    }
                    (Distribution::Uniform { from, .. }, Part::Second) => {
                        Distribution::Uniform { from, to: seconds }
                    }
                    (Distribution::LogNormal { mean, .. }, Part::Second) => {
                        Distribution::LogNormal {
                            mean,
                            variation: value,
                        }
                    }
                    (_, Part::Second) => return None,
                    (old, Part::First) => with_mean(&old, seconds),
                };
                of.put(run, put);
                return Some(());
            }
            _ => return None,
        };
        *place = value;
        Some(())
    }
}

/// A fraction as it is typed: to seven digits, so that what multiplying leaves does not show.
fn shown(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return value.to_string();
    }
    let power = 10_f64.powf(6.0 - value.abs().log10().floor());
    if power.is_finite() && power > 0.0 {
        ((value * power).round() / power).to_string()
    } else {
        value.to_string()
    }
}

#[cfg(test)]
mod tests;
