//! One request's way through all parties, and what the observer may see of them.

use std::fmt;

use protocol::{
    AuditEvent, AuditRow, Check, CookieEffect, Cost, Errand, Exchange, Fact, Inspection,
    InspectionOptions, KeyRow, Lane, Observation, Outcome, PageContext, Party, Presented,
    Rejection, Request, Response, Scheme, SessionRow, Site, Step, Storing, Timestamp,
};
use server::{Environment, Policy, Server};
use sessions::{KeyStore, ObserverAccess, SessionIdHash, Store, StoreError, StoredKey};
use tokens::{Algorithm, Key, Verifier};
use user_agent::{Jar, RequestContext, Source};

use crate::network::Network;
use crate::recording::without_password;
use crate::{composing, ledger};

/// How many sessions the observer is shown.
const SHOWN_SESSIONS: usize = 100;
/// How many entries of the audit log.
const SHOWN_AUDIT: usize = 20;

/// Servers, store and user agent.
pub struct Deployment<S> {
    store: S,
    jar: Jar,
    network: Network,
    stateful: Server,
    stateless: Server,
    stored_keys: Vec<StoredKey>,
    exchanges_so_far: u32,
}

/// What became of a command's requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// The exchanges, in the order of the errands.
    pub exchanges: Vec<Exchange>,
    /// What page script is to assign to `document.cookie` because a cookie's time has come.
    pub expired: Vec<String>,
    /// Whether the jar is another than before, and should be kept.
    pub jar_changed: bool,
}

/// Why a deployment could not start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartError {
    /// What the store says.
    pub message: String,
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server could not start: {}", self.message)
    }
}

impl std::error::Error for StartError {}

impl From<StoreError> for StartError {
    fn from(error: StoreError) -> Self {
        Self {
            message: error.to_string(),
        }
    }
}

impl<S: Store + KeyStore + ObserverAccess> Deployment<S> {
    /// A deployment on this store, with what the user agent kept. A store without a key gets one of 256 random bits.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn start(
        mut store: S,
        jar: Jar,
        environment: &mut Environment<'_>,
    ) -> Result<Self, StartError> {
        let stored_keys = keys_or_first_key(&mut store, environment)?;
        let (stateful, stateless) = servers(&stored_keys);
        Ok(Self {
            store,
            jar,
            network: Network::default(),
            stateful,
            stateless,
            stored_keys,
            exchanges_so_far: 0,
        })
    }

    /// What the user agent holds.
    pub const fn jar(&self) -> &Jar {
        &self.jar
    }

    /// The store.
    pub const fn store_mut(&mut self) -> &mut S {
        &mut self.store
    }

    /// What the stateless server expects of a token.
    pub const fn verifier(&self) -> &Verifier {
        self.stateless.verifier()
    }

    /// Carries the requests out, one after another, on what page script sees now.
    pub fn carry(
        &mut self,
        page: &PageContext,
        errands: &[Errand],
        environment: &mut Environment<'_>,
    ) -> Carried {
        let jar_before = self.jar.clone();
        let context = RequestContext::page(&page.site);
        let beginning = self
            .jar
            .begin(page.cookie.as_deref(), &context, environment.now);
        let exchanges = errands
            .iter()
            .map(|errand| self.exchange(page, errand, environment))
            .collect();
        Carried {
            exchanges,
            expired: beginning.expired_lines,
            jar_changed: self.jar != jar_before,
        }
    }

    fn exchange(
        &mut self,
        page: &PageContext,
        errand: &Errand,
        environment: &mut Environment<'_>,
    ) -> Exchange {
        self.exchanges_so_far += 1;
        let server = match errand.lane {
            Lane::A => &self.stateful,
            Lane::B => &self.stateless,
        };
        let now = environment.now;
        let (request, mut steps) =
            composing::compose(errand, server.scheme(), page, &self.jar, now);
        let bytes_up = octets(&request.to_string());
        steps.push(self.network.travel(Check::RequestTravelled, bytes_up));

        let handled = server.handle(&request, &page.site, &mut self.store, environment);
        steps.extend(handled.steps);

        let response = handled.response;
        let bytes_down = octets(&response.to_string());
        steps.push(self.network.travel(Check::ResponseTravelled, bytes_down));
        // What answers a copy never reaches this browser.
        let cookies = match errand.credential {
            Presented::FromBrowser => {
                self.store_cookies(&request, &response, page, now, &mut steps)
            }
            Presented::Copy(_) => Vec::new(),
        };

        Exchange {
            number: self.exchanges_so_far,
            lane: errand.lane,
            at: now,
            path: errand.path.clone(),
            ledger: ledger::sum(&steps, bytes_up, bytes_down),
            request: without_password(request),
            response: Some(response),
            steps,
            cookies,
        }
    }

    /// The user agent takes the response's cookies, or refuses them. RFC 6265bis, 5.7.
    fn store_cookies(
        &mut self,
        request: &Request,
        response: &Response,
        page: &PageContext,
        now: Timestamp,
        steps: &mut Vec<Step>,
    ) -> Vec<CookieEffect> {
        let context = RequestContext::new(&page.site, request.path(), &request.method);
        let lines = response
            .headers
            .iter()
            .filter(|header| header.name.eq_ignore_ascii_case("Set-Cookie"));
        lines
            .map(|header| {
                let effect = self.jar.store(&header.value, &context, Source::Http, now);
                let outcome = match &effect.storing {
                    Storing::Refused(rule) => Outcome::Failed(Rejection::Cookie(rule.clone())),
                    storing => Outcome::Passed(Fact::Storing(storing.clone())),
                };
                steps.push(Step {
                    party: Party::UserAgent,
                    check: Check::CookieStored,
                    outcome,
                    cost: Cost::default(),
                });
                effect
            })
            .collect()
    }

    /// What server and user agent hold, for the observer.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn observe(&self, now: Timestamp) -> Result<Observation, Rejection> {
        let (sessions, session_count) = self
            .store
            .list_sessions(SHOWN_SESSIONS)
            .map_err(store_failed)?;
        let audit = self.store.list_audit(SHOWN_AUDIT).map_err(store_failed)?;
        Ok(Observation {
            at: now,
            sessions: sessions.iter().map(SessionRow::from).collect(),
            session_count,
            keys: self.stored_keys.iter().map(KeyRow::from).collect(),
            audit: audit.iter().map(AuditRow::from).collect(),
        })
    }

    /// Ends a session, as an administrator would; whether there was one. ASVS 7.4.5.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn kill(&mut self, id_hash: &str, now: Timestamp) -> Result<bool, Rejection> {
        let Some(hash) = SessionIdHash::from_hex(id_hash) else {
            return Ok(false);
        };
        let was_there = self.store.kill_session(&hash).map_err(store_failed)?;
        if was_there {
            let subject: String = id_hash.chars().take(8).collect();
            self.store
                .record(now, AuditEvent::SessionKilled, None, Some(&subject))
                .map_err(store_failed)?;
            self.store.take_operations();
        }
        Ok(was_there)
    }

    /// A signing key's secret, for the observer's eyes.
    pub fn key_secret(&self, kid: &str) -> Option<&[u8]> {
        self.stored_keys
            .iter()
            .find(|key| key.kid == kid)
            .map(|key| key.secret.as_slice())
    }

    /// What the stateless server would say of this token now, under its own terms or these.
    pub fn inspect(&self, token: &str, options: &InspectionOptions, now: Timestamp) -> Inspection {
        let verifier = with_options(self.verifier(), options);
        tokens::inspect(token, &verifier, options.now.unwrap_or(now))
    }

    /// Ends all and starts as at the first visit. Gives the lines that page script is to assign to `document.cookie`.
    ///
    /// # Errors
    /// Where the store fails.
    pub fn reset(
        &mut self,
        site: &Site,
        environment: &mut Environment<'_>,
    ) -> Result<Vec<String>, StartError> {
        self.store.reset(&server::sample_accounts())?;
        self.stored_keys = keys_or_first_key(&mut self.store, environment)?;
        (self.stateful, self.stateless) = servers(&self.stored_keys);
        self.exchanges_so_far = 0;
        let mut lines = self.jar.clear();
        // Where the jar was lost, the browser may hold a session cookie that it knows nothing of.
        let line = format!(
            "{}=; Path={}; Max-Age=0",
            self.stateful.policy().cookie_name,
            site.base_path
        );
        if !lines.contains(&line) {
            lines.push(line);
        }
        Ok(lines)
    }

    /// A token as the stateless server issues them, for measuring alone: it is valid.
    pub(crate) fn sample_token(&self, now: Timestamp) -> Option<String> {
        self.stateless.sample_token(now)
    }

    /// A session that is in the store, for measuring.
    pub(crate) fn any_session_hash(&self) -> Option<SessionIdHash> {
        let (sessions, _) = self.store.list_sessions(1).ok()?;
        sessions.first().map(|session| session.id_hash)
    }
}

fn servers(stored_keys: &[StoredKey]) -> (Server, Server) {
    let keys: Vec<Key> = stored_keys.iter().filter_map(key).collect();
    (
        Server::new(1, Scheme::STATEFUL, Policy::default(), Vec::new()),
        Server::new(1, Scheme::STATELESS, Policy::default(), keys),
    )
}

fn keys_or_first_key<S: Store + KeyStore>(
    store: &mut S,
    environment: &mut Environment<'_>,
) -> Result<Vec<StoredKey>, StoreError> {
    let keys = store.keys()?;
    if !keys.is_empty() {
        return Ok(keys);
    }
    let key = StoredKey {
        kid: String::from("1"),
        algorithm: Algorithm::Hs256.to_string(),
        secret: environment.random_bytes::<32>().to_vec(),
        created: environment.now,
    };
    store.add_key(&key)?;
    Ok(vec![key])
}

/// A key of an algorithm that is not known is none: it is never taken for one of another algorithm. RFC 8725, 3.1.
fn key(stored: &StoredKey) -> Option<Key> {
    Some(Key {
        kid: stored.kid.clone(),
        algorithm: Algorithm::from_name(&stored.algorithm)?,
        secret: stored.secret.clone(),
    })
}

/// The server's own terms, with those that the options replace.
fn with_options(own: &Verifier, options: &InspectionOptions) -> Verifier {
    let mut verifier = own.clone();
    if let Some(allowed) = &options.algorithms {
        verifier.allowed.clone_from(allowed);
    }
    if let Some(secret) = &options.key {
        // One key for whatever `kid` the token names, of whichever kind the list allows first.
        let algorithm = verifier
            .allowed
            .iter()
            .find_map(|name| Algorithm::from_name(name))
            .unwrap_or(Algorithm::Hs256);
        verifier.keys = vec![Key {
            kid: String::new(),
            algorithm,
            secret: secret.clone().into_bytes(),
        }];
        verifier.any_kid = true;
    }
    if options.issuer.is_some() {
        verifier.issuer.clone_from(&options.issuer);
    }
    if options.audience.is_some() {
        verifier.audience.clone_from(&options.audience);
    }
    if let Some(leeway_seconds) = options.leeway_seconds {
        verifier.leeway_seconds = leeway_seconds;
    }
    verifier
}

fn store_failed(error: StoreError) -> Rejection {
    Rejection::StoreFailed {
        message: error.to_string(),
    }
}

fn octets(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
