//! Faults, met by users of a fleet of their own: real servers answer each request, and it is counted who notices. Nothing
//! of it is kept, and nothing of the user's own fleet has a part in it.

mod schedule;
mod user;

use protocol::{
    FaultOutcome, FaultTrial, Fleet, FleetProblem, Lane, LaneOutcome, PageContext, Rejection,
    RoundOutcome, Site, Timestamp,
};
use server::Environment;
use sessions::MemoryStore;
use tokens::Key;
use user_agent::Jar;

use self::schedule::Course;
use self::user::{Met, TrialUser};
use crate::{Deployment, StartError};

/// Lets the users sign in, lets what is scheduled happen round by round, and counts what each user meets.
///
/// # Errors
/// Where no token could be signed, as a store in memory never fails; inside, where the trial makes no sense.
pub fn try_faults(
    trial: &FaultTrial,
    environment: &mut Environment<'_>,
) -> Result<Result<FaultOutcome, FleetProblem>, Rejection> {
    if let Some(problem) = schedule::problem(trial) {
        return Ok(Err(problem));
    }
    let mut run = Run::start(trial, environment)?;
    let first_come = trial.users as usize;
    let mut users = Lane::BOTH.map(|lane| {
        let all = 1..=trial.users + trial.newcomers;
        all.map(|number| TrialUser::new(lane, number))
            .collect::<Vec<_>>()
    });
    for user in users.iter_mut().flat_map(|all| &mut all[..first_come]) {
        user.sign_in(&mut run, environment);
    }
    let start = environment.now;
    let mut rounds = [Vec::new(), Vec::new()];
    for round in 0..trial.rounds {
        let seconds = i64::from(round) * i64::from(trial.round_seconds);
        run.go_on_to(start, seconds, environment)?;
        let have_come = first_come + newcomers_by(trial, round);
        let order = any_order(have_come, environment);
        for lane in Lane::BOTH {
            let mut counted = RoundOutcome::default();
            for place in &order {
                match lane.of_mut(&mut users)[*place].ask(&mut run, environment) {
                    Met::Served => counted.served += 1,
                    Met::Refused => counted.refused += 1,
                    Met::Failed => counted.failed += 1,
                }
            }
            lane.of_mut(&mut rounds).push(counted);
        }
    }
    run.end_all_faults();
    let mut lanes = Lane::BOTH.map(|lane| LaneOutcome {
        rounds: std::mem::take(lane.of_mut(&mut rounds)),
        ..LaneOutcome::default()
    });
    for lane in Lane::BOTH {
        for user in lane.of_mut(&mut users) {
            user.count(&mut run, lane.of_mut(&mut lanes), environment);
        }
        lane.of_mut(&mut lanes).first_trouble = lane.of_mut(&mut run.first_troubles).take();
    }
    Ok(Ok(FaultOutcome { lanes }))
}

/// How many newcomers have come when a round begins.
fn newcomers_by(trial: &FaultTrial, round: u32) -> usize {
    (u64::from(trial.newcomers) * u64::from(round + 1)).div_ceil(u64::from(trial.rounds)) as usize
}

/// So many places in an order that chance decides.
fn any_order(count: usize, environment: &mut Environment<'_>) -> Vec<usize> {
    let mut drawn: Vec<(u64, usize)> = (0..count)
        .map(|place| (u64::from_le_bytes(environment.random_bytes()), place))
        .collect();
    drawn.sort_unstable();
    drawn.into_iter().map(|(_, place)| place).collect()
}

/// A trial that is going on.
struct Run {
    deployment: Deployment<MemoryStore>,
    page: PageContext,
    course: Course,
    /// What is wrong at present, and how many servers there are.
    fleet: Fleet,
    first_troubles: [Option<Rejection>; 2],
}

impl Run {
    fn start(trial: &FaultTrial, environment: &mut Environment<'_>) -> Result<Self, Rejection> {
        let store = MemoryStore::new(server::trial_accounts(trial.users + trial.newcomers));
        let mut deployment =
            Deployment::start(store, Jar::default(), environment).map_err(failed)?;
        let fleet = Fleet {
            faults: Vec::new(),
            ..trial.fleet.clone()
        };
        deployment.set_schemes(&trial.schemes);
        deployment.set_fleet(&fleet);
        Ok(Self {
            deployment,
            page: page(),
            course: Course::new(&trial.schedule),
            fleet,
            first_troubles: [None, None],
        })
    }

    /// Lets all happen whose time has come by then, in its order. Between two rounds nobody sees when.
    fn go_on_to(
        &mut self,
        start: Timestamp,
        seconds: i64,
        environment: &mut Environment<'_>,
    ) -> Result<(), Rejection> {
        environment.now = start.plus_seconds(seconds);
        while let Some(turn) = self.course.next_until(seconds as f64) {
            for _ in 0..turn.rotations {
                let secret = Key::secret(environment.random_bytes::<32>());
                self.deployment
                    .rotate_key(&secret.to_given(), true, environment.now)?;
            }
            self.fleet.servers += turn.servers_added;
            self.fleet.faults = turn.faults;
            self.deployment.set_fleet(&self.fleet);
        }
        Ok(())
    }

    fn end_all_faults(&mut self) {
        self.fleet.faults.clear();
        self.deployment.set_fleet(&self.fleet);
    }
}

fn page() -> PageContext {
    PageContext {
        site: Site {
            origin: String::from("https://example.org"),
            base_path: String::from("/"),
        },
        cookie: Some(String::new()),
        bearers: [None, None],
        user_agent: None,
    }
}

fn failed(error: StartError) -> Rejection {
    Rejection::StoreFailed {
        message: error.message,
    }
}
