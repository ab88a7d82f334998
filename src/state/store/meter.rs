//! The statelessness meter: how much state a scheme needs, worked out from exchanges alone, so that whoever has them
//! exported can work it out again. It never asks a server.

use protocol::{
    Access, Check, Exchange, Fact, Outcome, Purpose, Scheme, Step, StoreOperation, StorePlace,
};

/// Over how many requests the mean goes, at most.
pub(crate) const LATEST: usize = 20;

/// What the exchanges of one scheme say of it. What they don't say is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Meter {
    /// How many requests were counted: the latest whose user the server knew, sign-ins and sign-outs apart.
    pub(crate) requests: u32,
    /// Store reads of such a request, to know who the user is: the mean. Counted.
    pub(crate) reads: Option<f64>,
    /// How many of them a cache or the server's memory answered, or nobody had to: no database was asked who it is.
    pub(crate) without_database: u32,
    /// Rows that a sign-in wrote to know the user again. Counted.
    pub(crate) rows_kept: Option<u32>,
    /// What a refresh costs beside, where there was one. Counted.
    pub(crate) refresh: Option<Operations>,
    /// What the latest sign-out did to end what was signed in. Counted.
    pub(crate) revocation: Option<Operations>,
    /// How long it takes to bite.
    pub(crate) bites: Option<Bite>,
    /// Whether a sign-out left nothing that works. ASVS 7.4.1.
    pub(crate) ends_all: Option<bool>,
}

/// Store operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Operations {
    /// Those that read.
    pub(crate) reads: u32,
    /// Those that write.
    pub(crate) writes: u32,
}

/// How long a revocation takes to bite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bite {
    /// The next request is refused.
    AtOnce,
    /// Up to so many seconds: as long as a server believes a session that it has looked up.
    CacheSeconds(u32),
    /// Until the token expires: so many milliseconds after the sign-out that was seen.
    UntilExpiry {
        /// From the sign-out to `exp`.
        milliseconds: i64,
    },
}

impl Meter {
    /// Whether there is all that it takes to say something of each line.
    pub(crate) const fn is_complete(&self) -> bool {
        self.reads.is_some() && self.rows_kept.is_some() && self.ends_all.is_some()
    }
}

/// What these exchanges say of the scheme; those of another scheme say nothing of it. They stand oldest first.
pub(crate) fn meter<'a, I>(exchanges: I, scheme: &Scheme) -> Meter
where
    I: IntoIterator<Item = &'a Exchange>,
    I::IntoIter: DoubleEndedIterator,
{
    let mut meter = Meter::default();
    let mut reads = 0;
    for exchange in exchanges.into_iter().rev() {
        if exchange.scheme != *scheme || !is_answered_well(exchange) {
            continue;
        }
        match exchange.path.as_str() {
            "/login" => {
                meter.rows_kept.get_or_insert_with(|| rows_kept(exchange));
            }
            "/refresh" => {
                meter
                    .refresh
                    .get_or_insert_with(|| operations(&exchange.steps));
            }
            "/logout" => {
                if meter.revocation.is_none()
                    && let Some(ended) = ending(exchange)
                {
                    meter.revocation = Some(ended);
                    meter.bites = Some(bite(exchange, scheme));
                    meter.ends_all = Some(outlives(exchange).is_none());
                }
            }
            _ => {
                if (meter.requests as usize) < LATEST && knew_the_user(exchange) {
                    meter.requests += 1;
                    reads += operations(&exchange.steps).reads;
                    let asked = authentication(&exchange.steps)
                        .any(|operation| operation.place == StorePlace::Database);
                    meter.without_database += u32::from(!asked);
                }
            }
        }
    }
    if meter.requests > 0 {
        meter.reads = Some(f64::from(reads) / f64::from(meter.requests));
    }
    meter
}

fn is_answered_well(exchange: &Exchange) -> bool {
    let status = exchange.response.as_ref().map(|response| response.status);
    status.is_some_and(|status| status < 400)
}

fn knew_the_user(exchange: &Exchange) -> bool {
    exchange.steps.iter().any(|step| {
        step.check == Check::UserIdentified && matches!(step.outcome, Outcome::Passed(_))
    })
}

/// The operations that were to know who the user is.
fn authentication(steps: &[Step]) -> impl Iterator<Item = &StoreOperation> {
    steps
        .iter()
        .flat_map(|step| &step.cost.store)
        .filter(|operation| operation.purpose == Purpose::Authentication)
}

/// How many of them there were; what the server remembers of an earlier lookup asks no store.
fn operations<'a>(steps: impl IntoIterator<Item = &'a Step>) -> Operations {
    let mut counted = Operations::default();
    for step in steps {
        for operation in authentication(std::slice::from_ref(step)) {
            match operation.access {
                _ if operation.place == StorePlace::SessionCache => {}
                Access::Read => counted.reads += 1,
                Access::Write => counted.writes += 1,
            }
        }
    }
    counted
}

/// What a sign-in wrote that a later request is held against.
fn rows_kept(exchange: &Exchange) -> u32 {
    exchange
        .steps
        .iter()
        .filter(|step| {
            matches!(
                step.check,
                Check::SessionCreated | Check::TokenIssued | Check::RefreshTokenIssued
            )
        })
        .flat_map(|step| authentication(std::slice::from_ref(step)))
        .filter(|operation| operation.access == Access::Write)
        .map(|operation| operation.rows)
        .sum()
}

/// What a sign-out did to end what was signed in; `None` where it had nothing before it that could end, or outlive it.
fn ending(exchange: &Exchange) -> Option<Operations> {
    let ends = |step: &&Step| {
        matches!(
            step.check,
            Check::SessionEnded
                | Check::TokenDenied
                | Check::TokenVersionRaised
                | Check::RefreshFamilyEnded
                | Check::TokenOutlivesSignOut
        ) && matches!(step.outcome, Outcome::Passed(_) | Outcome::Noted(_))
            && !matches!(
                step.outcome,
                Outcome::Passed(Fact::SessionEnded {
                    was_there: false,
                    ..
                }) | Outcome::Noted(Fact::SessionEnded {
                    was_there: false,
                    ..
                })
            )
    };
    let steps: Vec<&Step> = exchange.steps.iter().filter(ends).collect();
    (!steps.is_empty()).then(|| operations(steps))
}

fn bite(exchange: &Exchange, scheme: &Scheme) -> Bite {
    match outlives(exchange) {
        Some(milliseconds) => Bite::UntilExpiry { milliseconds },
        None if scheme.store.session_cache_seconds > 0 => {
            Bite::CacheSeconds(scheme.store.session_cache_seconds)
        }
        None => Bite::AtOnce,
    }
}

/// For how long a token goes on that was signed out, in milliseconds.
fn outlives(exchange: &Exchange) -> Option<i64> {
    exchange.steps.iter().find_map(|step| match step.outcome {
        Outcome::Passed(Fact::TokenOutlives { until })
        | Outcome::Noted(Fact::TokenOutlives { until }) => {
            Some((until.milliseconds() - exchange.at.milliseconds()).max(0))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use protocol::{Cost, Lane, Ledger, Party, Preset, Request, Response, Timestamp};

    use super::*;

    fn operation(access: Access, place: StorePlace, rows: u32) -> StoreOperation {
        StoreOperation {
            access,
            place,
            purpose: Purpose::Authentication,
            statement: String::new(),
            rows,
            full_scan_steps: 0,
            vm_steps: 0,
        }
    }

    fn step(check: Check, fact: Fact, store: Vec<StoreOperation>) -> Step {
        Step {
            party: Party::Server(1),
            check,
            outcome: Outcome::Passed(fact),
            cost: Cost {
                store,
                ..Cost::default()
            },
        }
    }

    fn exchange(path: &str, scheme: Scheme, status: u16, steps: Vec<Step>) -> Exchange {
        Exchange {
            number: 1,
            lane: Lane::A,
            scheme,
            at: Timestamp::from_seconds(100),
            path: path.to_owned(),
            request: Request {
                method: String::from("GET"),
                target: path.to_owned(),
                headers: Vec::new(),
                body: String::new(),
            },
            response: Some(Response {
                status,
                headers: Vec::new(),
                body: String::new(),
            }),
            steps,
            cookies: Vec::new(),
            ledger: Ledger::default(),
        }
    }

    const READ: Access = Access::Read;
    const WRITE: Access = Access::Write;
    const DATABASE: StorePlace = StorePlace::Database;

    /// A sign-in, two requests and a sign-out of a session.
    fn session_life(scheme: Scheme, second: StorePlace) -> Vec<Exchange> {
        let looked_up = |place| {
            vec![
                step(
                    Check::SessionFound,
                    Fact::Done,
                    vec![operation(READ, place, 1)],
                ),
                step(Check::UserIdentified, Fact::Done, Vec::new()),
            ]
        };
        let ended = Fact::SessionEnded {
            id_hash: String::new(),
            was_there: true,
        };
        vec![
            exchange(
                "/login",
                scheme,
                200,
                vec![
                    step(
                        Check::AccountLookedUp,
                        Fact::Done,
                        vec![operation(READ, DATABASE, 1)],
                    ),
                    step(
                        Check::OldSessionEnded,
                        Fact::Done,
                        vec![operation(WRITE, DATABASE, 1)],
                    ),
                    step(
                        Check::SessionCreated,
                        Fact::Done,
                        vec![operation(WRITE, DATABASE, 1)],
                    ),
                ],
            ),
            exchange("/me", scheme, 200, looked_up(DATABASE)),
            exchange("/me", scheme, 200, looked_up(second)),
            exchange(
                "/logout",
                scheme,
                204,
                vec![step(
                    Check::SessionEnded,
                    ended,
                    vec![operation(WRITE, DATABASE, 1)],
                )],
            ),
        ]
    }

    fn token_life(scheme: Scheme, at_sign_out: Vec<Step>) -> Vec<Exchange> {
        let known = || vec![step(Check::UserIdentified, Fact::Done, Vec::new())];
        vec![
            exchange(
                "/login",
                scheme,
                200,
                vec![step(Check::TokenIssued, Fact::Done, Vec::new())],
            ),
            exchange("/orders", scheme, 200, known()),
            exchange("/me", scheme, 200, known()),
            exchange("/logout", scheme, 204, at_sign_out),
        ]
    }

    fn lives_on() -> Step {
        let until = Timestamp::from_seconds(1000);
        step(
            Check::TokenOutlivesSignOut,
            Fact::TokenOutlives { until },
            Vec::new(),
        )
    }

    #[test]
    fn each_scheme_is_told_by_what_its_exchanges_did() {
        let stateful = Scheme::STATEFUL;
        let mut cached = stateful;
        cached.store.session_cache_seconds = 30;
        let denylist = Preset::Denylist.scheme();
        let denied = step(
            Check::TokenDenied,
            Fact::Done,
            vec![operation(WRITE, DATABASE, 1)],
        );
        let one_write = Operations {
            reads: 0,
            writes: 1,
        };
        let until = Bite::UntilExpiry {
            milliseconds: 900_000,
        };
        for (scheme, life, expected) in [
            (
                stateful,
                session_life(stateful, DATABASE),
                (1.0, 0, 1, one_write, Bite::AtOnce, true),
            ),
            (
                cached,
                session_life(cached, StorePlace::SessionCache),
                (0.5, 1, 1, one_write, Bite::CacheSeconds(30), true),
            ),
            (
                Scheme::STATELESS,
                token_life(Scheme::STATELESS, vec![lives_on()]),
                (0.0, 2, 0, Operations::default(), until, false),
            ),
            (
                denylist,
                token_life(denylist, vec![denied]),
                (0.0, 2, 0, one_write, Bite::AtOnce, true),
            ),
        ] {
            let found = meter(&life, &scheme);
            let (reads, without, rows, revocation, bites, ends_all) = expected;
            assert_eq!(found.requests, 2);
            assert_eq!(found.reads, Some(reads));
            assert_eq!(found.without_database, without);
            assert_eq!(found.rows_kept, Some(rows));
            assert_eq!(found.revocation, Some(revocation));
            assert_eq!(found.bites, Some(bites));
            assert_eq!(found.ends_all, Some(ends_all));
            assert!(found.is_complete());
        }
    }

    #[test]
    fn what_says_nothing_of_the_scheme_is_left_out() {
        let other = session_life(Scheme::STATEFUL, DATABASE);
        assert_eq!(meter(&other, &Scheme::STATELESS), Meter::default());

        let mut refused = session_life(Scheme::STATEFUL, DATABASE);
        for exchange in &mut refused {
            if let Some(response) = &mut exchange.response {
                response.status = 401;
            }
        }
        assert_eq!(meter(&refused, &Scheme::STATEFUL), Meter::default());

        let nothing_to_end = token_life(Scheme::STATELESS, Vec::new());
        let found = meter(&nothing_to_end, &Scheme::STATELESS);
        assert_eq!((found.revocation, found.ends_all), (None, None));
        assert!(!found.is_complete());
    }

    #[test]
    fn the_latest_requests_count() {
        let life = session_life(Scheme::STATEFUL, StorePlace::ServerMemory);
        let many: Vec<_> = std::iter::repeat_n(&life[1], 5)
            .chain(std::iter::repeat_n(&life[2], LATEST))
            .collect();
        let found = meter(many, &Scheme::STATEFUL);
        assert_eq!(found.requests as usize, LATEST);
        assert_eq!(found.without_database as usize, LATEST);
        assert_eq!(found.reads, Some(1.0));
    }
}
