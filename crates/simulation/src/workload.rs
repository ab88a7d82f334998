//! What arrives, and what it takes: the same for both lanes, however they fare.

use protocol::{Arrivals, Balancer, Queue, Records, Simulation};

use crate::chance::{Chance, Count, Times, mixed};

/// How many arrivals there are at least in a calm and a burst, as a mean, for bursts to be simulated.
const FEWEST_A_TURN: f64 = 0.01;

/// What a request brings along.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Brought {
    pub(crate) user: u32,
    /// One way between user and server.
    pub(crate) network: f64,
    /// The application's own work.
    pub(crate) service: f64,
    /// A password's hash, should one be needed.
    pub(crate) sign_in: f64,
    /// The application's operations on the store.
    pub(crate) operations: u8,
}

/// How the next gap is found.
#[derive(Clone, Debug)]
enum Gaps {
    Poisson {
        mean_gap: f64,
    },
    Bursty {
        /// The mean gap in calm and in a burst.
        mean_gaps: [f64; 2],
        /// How long calm and bursts last, the means.
        lengths: [f64; 2],
        in_burst: bool,
        left: f64,
    },
    /// Users ask when they have thought.
    Users,
}

/// The stream of arrivals.
#[derive(Clone, Debug)]
pub(crate) struct Workload {
    seed: u64,
    users: u32,
    gaps: Gaps,
    think: Option<Times>,
    /// How often each user has asked, where users think.
    asked: Vec<u32>,
    arrivals: Chance,
    work: Chance,
    needs_users: bool,
    network: Times,
    service: Times,
    sign_in: Times,
    operations: Count,
}

impl Workload {
    pub(crate) fn new(simulation: &Simulation) -> Self {
        let mut arrivals = Chance::new(simulation.seed, 1);
        let (gaps, think) = match simulation.arrivals {
            Arrivals::Poisson { rate } => (
                Gaps::Poisson {
                    mean_gap: 1.0 / rate,
                },
                None,
            ),
            // Where so many pass from one arrival to the next, bursts can't be told from none.
            Arrivals::Bursty {
                rate,
                burst_seconds,
                calm_seconds,
                ..
            } if rate * (burst_seconds + calm_seconds) < FEWEST_A_TURN => {
                let mean_gap = 1.0 / rate;
                (Gaps::Poisson { mean_gap }, None)
            }
            Arrivals::Bursty {
                rate,
                burst_factor,
                burst_seconds,
                calm_seconds,
            } => {
                let calm_rate = rate * (burst_seconds + calm_seconds)
                    / (burst_factor * burst_seconds + calm_seconds);
                let gaps = Gaps::Bursty {
                    mean_gaps: [1.0 / calm_rate, 1.0 / (calm_rate * burst_factor)],
                    lengths: [calm_seconds, burst_seconds],
                    in_burst: false,
                    left: calm_seconds * arrivals.exponential(),
                };
                (gaps, None)
            }
            Arrivals::Users { think_time } => (Gaps::Users, Some(Times::new(think_time))),
        };
        Self {
            seed: simulation.seed,
            users: simulation.users,
            asked: if think.is_some() {
                vec![0; simulation.users as usize]
            } else {
                Vec::new()
            },
            gaps,
            think,
            arrivals,
            work: Chance::new(simulation.seed, 2),
            needs_users: needs_users(simulation),
            network: Times::new(simulation.network),
            service: Times::new(simulation.service),
            sign_in: Times::new(simulation.sign_in),
            operations: Count::new(simulation.application_reads),
        }
    }

    /// Whether requests come when users have thought, so that there are no gaps.
    pub(crate) const fn is_of_users(&self) -> bool {
        self.think.is_some()
    }

    /// The time until the next arrival.
    #[inline]
    pub(crate) fn gap(&mut self) -> f64 {
        match &mut self.gaps {
            Gaps::Poisson { mean_gap } => *mean_gap * self.arrivals.exponential(),
            Gaps::Bursty {
                mean_gaps,
                lengths,
                in_burst,
                left,
            } => {
                // What is left of an exponential gap is exponential again, whatever its rate.
                let mut gap = 0.0;
                let mut ahead = self.arrivals.exponential();
                loop {
                    let mean_gap = mean_gaps[usize::from(*in_burst)];
                    let needed = ahead * mean_gap;
                    if needed <= *left {
                        *left -= needed;
                        return gap + needed;
                    }
                    gap += *left;
                    ahead -= *left / mean_gap;
                    *in_burst = !*in_burst;
                    *left = lengths[usize::from(*in_burst)] * self.arrivals.exponential();
                }
            }
            Gaps::Users => f64::INFINITY,
        }
    }

    /// How long a user thinks before the next request.
    pub(crate) fn thought(&self, user: u32) -> f64 {
        match self.think {
            Some(think) => think.draw(&mut self.of_user(user, 3)),
            None => f64::INFINITY,
        }
    }

    /// What the next arrival brings, or the next one of this user.
    #[inline]
    pub(crate) fn next(&mut self, user: Option<u32>) -> Brought {
        let Some(user) = user else {
            let user = if self.needs_users {
                self.work.below(self.users)
            } else {
                0
            };
            return brought(
                user,
                &mut self.work,
                [&self.network, &self.service, &self.sign_in],
                &self.operations,
            );
        };
        let mut work = self.of_user(user, 4);
        self.asked[user as usize] = self.asked[user as usize].wrapping_add(1);
        brought(
            user,
            &mut work,
            [&self.network, &self.service, &self.sign_in],
            &self.operations,
        )
    }

    /// A stream for one request of one user: lanes that fare differently still draw the same for it.
    fn of_user(&self, user: u32, purpose: u64) -> Chance {
        let request = u64::from(user) << 32 | u64::from(self.asked[user as usize]);
        Chance::new(self.seed ^ mixed(request), purpose)
    }
}

#[inline]
fn brought(
    user: u32,
    work: &mut Chance,
    [network, service, sign_in]: [&Times; 3],
    operations: &Count,
) -> Brought {
    Brought {
        user,
        network: network.draw(work),
        service: service.draw(work),
        sign_in: sign_in.draw(work),
        operations: operations.draw(work),
    }
}

/// Whether anything depends on the user. Both lanes decide alike, so that they draw alike.
fn needs_users(simulation: &Simulation) -> bool {
    let by_balancer = matches!(
        simulation.queue,
        Queue::OneEach(Balancer::StickyCookie | Balancer::HashOfId)
    );
    let by_memory = simulation
        .lanes
        .iter()
        .any(|lane| lane.records == Records::ServerMemory);
    by_balancer || by_memory || !simulation.schedule.is_empty()
}
