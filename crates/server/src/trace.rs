//! Where the server writes down what it does, while it does it.

use protocol::{Check, Cost, Fact, Header, Outcome, Party, Purpose, Rejection, Step, StorePlace};
use sessions::{Store, StoreError};

use crate::Environment;

/// What a check saw when it did not refuse.
pub(crate) enum Found {
    /// The check held.
    Passed(Fact),
    /// Neither good nor bad.
    Noted(Fact),
}

/// The steps of one request, and what a step may use.
pub(crate) struct Trace<'a, 'e> {
    pub(crate) store: &'a mut dyn Store,
    pub(crate) environment: &'a mut Environment<'e>,
    party: Party,
    round_trip_microseconds: u32,
    steps: Vec<Step>,
    cost: Cost,
    headers: Vec<Header>,
    claimed: Claimed,
}

/// What a token that held says of itself: by it the audit log tells whom an event is about.
#[derive(Default)]
pub(crate) struct Claimed {
    pub(crate) user: Option<u32>,
    pub(crate) token_id: Option<String>,
}

impl<'a, 'e> Trace<'a, 'e> {
    pub(crate) fn new(
        party: Party,
        round_trip_microseconds: u32,
        store: &'a mut dyn Store,
        environment: &'a mut Environment<'e>,
    ) -> Self {
        store.take_operations();
        Self {
            store,
            environment,
            party,
            round_trip_microseconds,
            steps: Vec::with_capacity(24),
            cost: Cost::default(),
            headers: Vec::new(),
            claimed: Claimed::default(),
        }
    }

    /// Runs one check, and writes down what came of it and what it cost.
    pub(crate) fn step<T>(
        &mut self,
        check: Check,
        work: impl FnOnce(&mut Self) -> Result<(T, Found), Rejection>,
    ) -> Result<T, Rejection> {
        self.store.set_purpose(Purpose::Authentication);
        let started = (self.environment.stopwatch)();
        let result = work(self);
        let microseconds = (self.environment.stopwatch)() - started;

        let mut cost = Cost {
            microseconds,
            store: self.store.take_operations(),
            ..std::mem::take(&mut self.cost)
        };
        let asked = cost.store.iter();
        let round_trips = asked.filter(|it| it.place == StorePlace::Database).count();
        cost.network_milliseconds =
            round_trips as f64 * f64::from(self.round_trip_microseconds) / 1000.0;
        let (outcome, result) = match result {
            Ok((value, Found::Passed(fact))) => (Outcome::Passed(fact), Ok(value)),
            Ok((value, Found::Noted(fact))) => (Outcome::Noted(fact), Ok(value)),
            Err(rejection) => (Outcome::Failed(rejection.clone()), Err(rejection)),
        };
        self.push(check, outcome, cost);
        result
    }

    /// Writes down a step whose work was done elsewhere.
    pub(crate) fn push(&mut self, check: Check, outcome: Outcome, cost: Cost) {
        self.steps.push(Step {
            party: self.party,
            check,
            outcome,
            cost,
        });
    }

    /// Lists those checks of the plan that were not reached. The steps so far, from `start` on, follow the plan.
    pub(crate) fn not_reached(&mut self, start: usize, plan: &[Check]) {
        let done = self.steps.len() - start;
        for check in plan.iter().skip(done) {
            self.push(*check, Outcome::NotReached, Cost::default());
        }
    }

    pub(crate) fn steps_from(&self, start: usize) -> &[Step] {
        self.steps.get(start..).unwrap_or_default()
    }

    pub(crate) fn len(&self) -> usize {
        self.steps.len()
    }

    pub(crate) fn count_password_hash(&mut self) {
        self.cost.password_hashes += 1;
    }

    pub(crate) fn count_signature_made(&mut self) {
        self.cost.signatures_made += 1;
    }

    /// The answer gets these, however it ends: what the store did already, the client must learn.
    pub(crate) fn answer_with(&mut self, headers: impl IntoIterator<Item = Header>) {
        self.headers.extend(headers);
    }

    pub(crate) fn take_headers(&mut self) -> Vec<Header> {
        std::mem::take(&mut self.headers)
    }

    pub(crate) fn claim(&mut self, claimed: Claimed) {
        self.claimed = claimed;
    }

    pub(crate) const fn claimed(&self) -> &Claimed {
        &self.claimed
    }

    pub(crate) fn into_steps(self) -> Vec<Step> {
        self.steps
    }
}

/// What the client is told of a store that fails, and the observer reads in full.
pub(crate) fn store_failed(error: StoreError) -> Rejection {
    match error {
        StoreError::Unreachable => Rejection::StoreUnreachable,
        error => Rejection::StoreFailed {
            message: error.to_string(),
        },
    }
}

/// At most 200 characters of what a request supplied.
pub(crate) fn cut(text: &str) -> String {
    text.chars().take(200).collect()
}

/// How many octets a text has.
pub(crate) fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

/// How many there are.
pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
