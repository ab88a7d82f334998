//! The statelessness meter: how much state a scheme needs, worked out from exchanges alone, so that whoever has them
//! exported can work it out again. It never asks a server.

use protocol::{
    Access, Check, Credential, Exchange, Fact, Outcome, Purpose, Scheme, Step, StoreOperation,
    StorePlace,
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
                    meter.ends_all = Some(outlives(exchange, scheme).is_none());
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
    match outlives(exchange, scheme) {
        Some(milliseconds) => Bite::UntilExpiry { milliseconds },
        None if scheme.store.session_cache_seconds > 0 => {
            Bite::CacheSeconds(scheme.store.session_cache_seconds)
        }
        None => Bite::AtOnce,
    }
}

/// For how long a token goes on that was signed out, in milliseconds. A list has the one token that came with the
/// sign-out: those that the same refresh tokens brought before go on, as long as one may last.
fn outlives(exchange: &Exchange, scheme: &Scheme) -> Option<i64> {
    let siblings = scheme.credential == Credential::AccessAndRefresh;
    exchange.steps.iter().find_map(|step| match step.outcome {
        Outcome::Passed(Fact::TokenOutlives { until })
        | Outcome::Noted(Fact::TokenOutlives { until }) => {
            Some((until.milliseconds() - exchange.at.milliseconds()).max(0))
        }
        Outcome::Passed(Fact::TokenDenied { .. }) if siblings => {
            Some(i64::from(scheme.lifetimes.access_token_seconds) * 1000)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests;
