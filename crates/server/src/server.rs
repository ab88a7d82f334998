//! One server: takes a request, gives a response, and says all that it did in between.

use std::sync::Arc;

use protocol::{
    Check, CookieSettings, Cost, Credential, Fact, Lane, Outcome, Party, Purpose, Rejection,
    Request, Response, Scheme, Service, Site, Step, Timestamp,
};
use sessions::{AuditRecord, Store};
use tokens::{Algorithm, Key, Verifier};

use crate::extent::{Entry, Extent, Whole};
use crate::origin::{self, check_origin};
use crate::policy::TOKEN_TYPE;
use crate::routes::{self, Route};
use crate::trace::{Found, Trace, count, store_failed};
use crate::{Environment, Policy, answer, audit, issuing, session_login, token_login};

/// One server of a deployment. Servers of the same make share what they are made of, so that a thousand cost little more
/// than one.
#[derive(Clone, Debug)]
pub struct Server {
    lane: Lane,
    service: Service,
    number: u32,
    troubles: Troubles,
    scheme: Scheme,
    policy: Arc<Policy>,
    algorithm: Algorithm,
    verifier: Arc<Verifier>,
}

/// What is wrong with one server, so that it handles requests all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Troubles {
    /// By how many seconds its clock is off: ahead where it is positive.
    pub clock_off_seconds: i32,
    /// By how many milliseconds each of its operations on the database takes longer. Modelled: nothing waits for it.
    pub store_slow_milliseconds: u32,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Handled {
    /// The answer.
    pub response: Response,
    /// What the server did, in order.
    pub steps: Vec<Step>,
}

/// What every request meets first.
const PLAN_ENTRY: [Check; 2] = [Check::SizeLimited, Check::RouteFound];

impl Server {
    /// A server of this lane that knows its users by this scheme. Tokens are of this one algorithm: the first key signs,
    /// if it can, and all verify. Its number is that of its service's server where there is one for each.
    pub fn new(
        lane: Lane,
        service: Service,
        scheme: Scheme,
        policy: Policy,
        algorithm: Algorithm,
        keys: Vec<Key>,
    ) -> Self {
        let verifier = Verifier {
            allowed: allowed_names(algorithm),
            issuer: Some(policy.issuer.clone()),
            audience: Some(lane.audience().to_owned()),
            token_type: Some(String::from(TOKEN_TYPE)),
            leeway_seconds: scheme.lifetimes.leeway_seconds,
            any_kid: false,
            left_out: Vec::new(),
            keys,
        };
        Self {
            lane,
            service,
            number: service.server_number(),
            troubles: Troubles::default(),
            scheme,
            policy: Arc::new(policy),
            algorithm,
            verifier: Arc::new(verifier),
        }
    }

    /// Another server of the same make, with a number and troubles of its own.
    #[must_use]
    pub fn numbered(&self, number: u32, troubles: Troubles) -> Self {
        Self {
            number,
            troubles,
            ..self.clone()
        }
    }

    /// Its number.
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// What this server reads from its own clock at this moment.
    pub const fn clock(&self, now: Timestamp) -> Timestamp {
        now.plus_seconds(self.troubles.clock_off_seconds as i64)
    }

    /// What the store's clock reads while this server's own reads so.
    pub(crate) const fn store_clock(&self, own: Timestamp) -> Timestamp {
        own.plus_seconds(-(self.troubles.clock_off_seconds as i64))
    }

    /// In which lane it is.
    pub const fn lane(&self) -> Lane {
        self.lane
    }

    /// By what it knows its users.
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Its settings.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Sets its session cookies so from now on.
    pub fn set_cookie(&mut self, cookie: CookieSettings) {
        Arc::make_mut(&mut self.policy).cookie = cookie;
    }

    /// What it expects of a token. Whoever asks what this server would say of one uses this very verifier.
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// Whether both trust the very same keys, on the same terms, as servers of one make do.
    pub fn verifies_like(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.verifier, &other.verifier)
    }

    /// With what its tokens are signed.
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The key that signs; `None` where it holds none, or public halves alone.
    pub fn signing_key(&self) -> Option<&Key> {
        self.verifier.keys.first().filter(|key| key.can_sign())
    }

    /// A member's token as this server would issue it now, for measuring what its checks cost; `None` without a key. It
    /// is valid: it is never to be shown or handed out.
    pub fn sample_token(&self, now: Timestamp) -> Option<String> {
        issuing::sample_token(self, now)
    }

    /// Answers a request. It always does: a store that fails is a 500.
    pub fn handle(
        &self,
        request: &Request,
        site: &Site,
        store: &mut dyn Store,
        environment: &mut Environment<'_>,
    ) -> Handled {
        self.handle_up_to::<Whole>(request, site, store, environment)
    }

    /// The same before there are records and keys. What needs one is noted with the store, and then the answer is none to
    /// be given.
    pub fn handle_unopened(
        &self,
        request: &Request,
        site: &Site,
        store: &mut dyn Store,
        environment: &mut Environment<'_>,
    ) -> Handled {
        self.handle_up_to::<Entry>(request, site, store, environment)
    }

    fn handle_up_to<E: Extent>(
        &self,
        request: &Request,
        site: &Site,
        store: &mut dyn Store,
        environment: &mut Environment<'_>,
    ) -> Handled {
        let mut own_environment = Environment {
            now: self.clock(environment.now),
            random: &mut *environment.random,
            stopwatch: environment.stopwatch,
        };
        let slower = self.troubles.store_slow_milliseconds.saturating_mul(1_000);
        let mut trace = Trace::new(
            Party::Server(self.number),
            self.scheme
                .store
                .round_trip_microseconds
                .saturating_add(slower),
            store,
            &mut own_environment,
        );
        if self.troubles.clock_off_seconds != 0 {
            let off = Fact::ClockOff(self.troubles.clock_off_seconds);
            trace.push(Check::ClockRead, Outcome::Noted(off), Cost::default());
        }
        let mut response = self
            .enter(request, site, &mut trace)
            .and_then(|route| self.carry_out::<E>(route, request, site, &mut trace))
            .unwrap_or_else(|rejection| answer::refusal(&rejection, self.scheme.carrier));
        response.headers.extend(trace.take_headers());
        response
            .headers
            .extend(E::closing_headers(self, request, site));
        if routes::is_head(request) {
            // The fields stay those of the content that is left out, its length among them. RFC 9110, 8.6.
            response.body.clear();
        }
        trace.push(
            Check::Answered,
            Outcome::Passed(Fact::Status(response.status)),
            Cost::default(),
        );
        Handled {
            response,
            steps: trace.into_steps(),
        }
    }

    fn enter(
        &self,
        request: &Request,
        site: &Site,
        trace: &mut Trace<'_, '_>,
    ) -> Result<Route, Rejection> {
        let start = trace.len();
        let entered = self.check_entry(request, site, trace);
        if entered.is_err() {
            trace.not_reached(start, &PLAN_ENTRY);
        }
        entered
    }

    fn check_entry(
        &self,
        request: &Request,
        site: &Site,
        trace: &mut Trace<'_, '_>,
    ) -> Result<Route, Rejection> {
        trace.step(Check::SizeLimited, |_| self.check_size(request))?;
        trace.step(Check::RouteFound, |_| {
            let (route, path) = self.route(request, site)?;
            let fact = Fact::Route {
                method: request.method.clone(),
                path: path.to_owned(),
            };
            Ok((route, Found::Passed(fact)))
        })
    }

    pub(crate) fn route(
        &self,
        request: &Request,
        site: &Site,
    ) -> Result<(Route, &'static str), Rejection> {
        routes::find(request, site, self.service, &self.scheme)
    }

    fn check_size(&self, request: &Request) -> Result<((), Found), Rejection> {
        // With what stands between and behind them: the sum is what went over the wire. RFC 9112, 2.1, 3 and 5.
        let line = request.method.len() + request.target.len() + "  HTTP/1.1\r\n".len();
        let fields: usize = request
            .headers
            .iter()
            .map(|header| header.name.len() + header.value.len() + ": \r\n".len())
            .sum();
        let octets = count(line + fields + "\r\n".len());
        if octets > self.policy.field_octets_limit {
            return Err(Rejection::FieldsTooLarge {
                octets,
                limit: self.policy.field_octets_limit,
            });
        }
        let content = count(request.body.len());
        if content > self.policy.content_octets_limit {
            return Err(Rejection::ContentTooLarge {
                octets: content,
                limit: self.policy.content_octets_limit,
            });
        }
        Ok(((), Found::Passed(Fact::Octets(octets + content))))
    }

    fn carry_out<E: Extent>(
        &self,
        route: Route,
        request: &Request,
        site: &Site,
        trace: &mut Trace<'_, '_>,
    ) -> Result<Response, Rejection> {
        let start = trace.len();
        let result = self.run::<E>(route, request, site, trace);
        if result.is_err() {
            trace.not_reached(start, &self.plan(route));
        }
        if self.scheme.writes_audit_log() {
            self.record(route, start, trace)?;
        }
        result
    }

    /// All that the route does, in order.
    fn plan(&self, route: Route) -> Vec<Check> {
        let plan = match self.scheme.credential {
            Credential::SessionId => session_login::plan(route, &self.scheme),
            Credential::AccessToken | Credential::AccessAndRefresh => {
                token_login::plan(route, &self.scheme)
            }
        };
        [origin::plan(route, &self.scheme), plan.as_slice()].concat()
    }

    fn run<E: Extent>(
        &self,
        route: Route,
        request: &Request,
        site: &Site,
        trace: &mut Trace<'_, '_>,
    ) -> Result<Response, Rejection> {
        if origin::is_asked(route, &self.scheme) {
            trace.step(Check::OriginAllowed, |_| check_origin(request, site))?;
        }
        E::carry_out(self, route, request, site, trace)
    }

    /// Writes into the audit log what is worth an entry.
    fn record(
        &self,
        route: Route,
        start: usize,
        trace: &mut Trace<'_, '_>,
    ) -> Result<(), Rejection> {
        for entry in audit::entries(route, trace.steps_from(start), trace.claimed()) {
            trace.step(Check::EventRecorded, |trace| {
                trace.store.set_purpose(Purpose::Application);
                let record = AuditRecord {
                    at: trace.environment.now,
                    event: entry.event,
                    lane: Some(self.lane),
                    user: entry.user,
                    subject: entry.subject.as_deref(),
                };
                trace.store.record(&record).map_err(store_failed)?;
                Ok(((), Found::Passed(Fact::Recorded(entry.event))))
            })?;
        }
        Ok(())
    }
}

/// The name of the algorithm, and where it has two, both: `EdDSA`, and `Ed25519` as RFC 9864 prefers it.
fn allowed_names(algorithm: Algorithm) -> Vec<String> {
    let names = match algorithm {
        Algorithm::EdDsa => &["EdDSA", "Ed25519"][..],
        _ => &[algorithm.name()],
    };
    names.iter().map(ToString::to_string).collect()
}
