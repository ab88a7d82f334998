//! All parties, and the requests that are carried out among them.

mod observer;

use std::fmt;

use protocol::{
    CookieEffect, CookieSettings, Errand, Exchange, GivenKey, PageContext, Rejection, Scheme,
    ServerAlgorithm, Service, Site, Timestamp,
};
use server::{Environment, Policy, Server};
use sessions::{KeyStore, ObserverAccess, Rehearsal, SessionIdHash, Store, StoreError, StoredKey};
use tokens::{Algorithm, Key, Verifier};
use user_agent::{Jar, RequestContext, Source};

use crate::keys;
use crate::network::Network;
use crate::recording::{cut, without_long_texts};
use crate::way::{Servers, Way};

/// Servers, store and user agent.
pub struct Deployment<S> {
    store: S,
    jar: Jar,
    way: Way,
    stored_keys: Vec<StoredKey>,
    algorithm: ServerAlgorithm,
    exchanges_so_far: u32,
}

/// What became of a command's requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// The exchanges, in the order of the errands.
    pub exchanges: Vec<Exchange>,
    /// What page script is to assign to `document.cookie`, to remove what the real browser should not hold.
    pub removal_lines: Vec<String>,
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
        let way = way(
            &stored_keys,
            ServerAlgorithm::default(),
            CookieSettings::default(),
        );
        Ok(Self {
            store,
            jar,
            way,
            stored_keys,
            algorithm: ServerAlgorithm::default(),
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
        self.way.stateless.of(Service::Main).verifier()
    }

    /// With what the stateless server signs.
    pub(crate) const fn algorithm(&self) -> Algorithm {
        keys::algorithm(self.algorithm)
    }

    /// From now on the stateful server sets its session cookie so.
    pub fn set_session_cookie(&mut self, settings: &CookieSettings) {
        for server in &mut self.way.stateful.0 {
            if server.policy().cookie != *settings {
                server.set_cookie(settings.clone());
            }
        }
    }

    /// From now on the stateless server signs with this. Without a key for it, all stays as it is.
    pub fn set_token_algorithm(&mut self, algorithm: ServerAlgorithm) {
        let has_key = self
            .stored_keys
            .iter()
            .any(|key| key.algorithm == algorithm.name());
        if has_key && algorithm != self.algorithm {
            self.algorithm = algorithm;
            self.deploy();
        }
    }

    /// Keeps a key for signing tokens; the store holds one for each algorithm, and the first stays.
    ///
    /// # Errors
    /// Where the text is no key that could sign with this algorithm, or the store fails.
    pub fn adopt_key(
        &mut self,
        algorithm: ServerAlgorithm,
        given: &GivenKey,
        now: Timestamp,
    ) -> Result<(), Rejection> {
        if self
            .stored_keys
            .iter()
            .any(|key| key.algorithm == algorithm.name())
        {
            return Ok(());
        }
        let key = keys::adoptable(algorithm, given)
            .map_err(|problem| Rejection::SigningFailed { problem })?;
        let stored = keys::stored(&key, algorithm, self.stored_keys.len() + 1, now);
        self.store
            .add_key(&stored)
            .map_err(|error| Rejection::StoreFailed {
                message: error.to_string(),
            })?;
        self.stored_keys.push(stored);
        self.deploy();
        Ok(())
    }

    /// Gives each server its keys anew.
    fn deploy(&mut self) {
        let cookie = self.way.stateful.of(Service::Main).policy().cookie.clone();
        self.way = way(&self.stored_keys, self.algorithm, cookie);
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
            .map(|errand| {
                self.exchanges_so_far += 1;
                Exchange {
                    number: self.exchanges_so_far,
                    ..self
                        .way
                        .exchange(page, errand, &mut self.jar, &mut self.store, environment)
                }
            })
            .collect();
        Carried {
            exchanges,
            removal_lines: beginning.removal_lines,
            jar_changed: self.jar != jar_before,
        }
    }

    /// What this request would meet now, on what page script would see. It goes the way of any other, with a copy of the
    /// jar and on a store that keeps nothing: all is as before afterwards. Its number is 0, and of what it carries long
    /// texts are cut.
    pub fn preview(
        &mut self,
        page: &PageContext,
        errand: &Errand,
        environment: &mut Environment<'_>,
    ) -> Exchange {
        let mut jar = self.jar.clone();
        let context = RequestContext::page(&page.site);
        jar.begin(page.cookie.as_deref(), &context, environment.now);
        let mut store = Rehearsal::new(&mut self.store);
        let exchange = self
            .way
            .exchange(page, errand, &mut jar, &mut store, environment);
        Exchange {
            path: cut(exchange.path),
            request: without_long_texts(exchange.request),
            ..exchange
        }
    }

    /// What would become of a line that page script assigned to `document.cookie` now.
    pub fn assign_cookie(&self, page: &PageContext, line: &str, now: Timestamp) -> CookieEffect {
        let mut jar = self.jar.clone();
        let context = RequestContext::page(&page.site);
        jar.begin(page.cookie.as_deref(), &context, now);
        jar.store(line, &context, Source::Script, now)
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
        self.algorithm = ServerAlgorithm::default();
        self.deploy();
        self.exchanges_so_far = 0;
        let mut lines = self.jar.clear();
        // Where the jar was lost, the browser may hold a session cookie that it knows nothing of.
        for line in server::removal_lines(site) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        Ok(lines)
    }

    /// A token as the stateless server issues them, for measuring alone: it is valid.
    pub(crate) fn sample_token(&self, now: Timestamp) -> Option<String> {
        self.way.stateless.of(Service::Main).sample_token(now)
    }

    /// A session that is in the store, for measuring.
    pub(crate) fn any_session_hash(&self) -> Option<SessionIdHash> {
        let (sessions, _) = self.store.list_sessions(1).ok()?;
        sessions.first().map(|session| session.id_hash)
    }
}

fn way(stored_keys: &[StoredKey], algorithm: ServerAlgorithm, cookie: CookieSettings) -> Way {
    let policy = Policy {
        cookie,
        ..Policy::default()
    };
    Way {
        network: Network::default(),
        stateful: Servers::new(|service| {
            let none = Vec::new();
            Server::new(
                service,
                Scheme::STATEFUL,
                policy.clone(),
                Algorithm::Hs256,
                none,
            )
        }),
        stateless: Servers::new(|service| {
            Server::new(
                service,
                Scheme::STATELESS,
                Policy::default(),
                keys::algorithm(algorithm),
                keys::held_by(service, stored_keys, algorithm),
            )
        }),
    }
}

fn keys_or_first_key<S: Store + KeyStore>(
    store: &mut S,
    environment: &mut Environment<'_>,
) -> Result<Vec<StoredKey>, StoreError> {
    let keys = store.keys()?;
    if !keys.is_empty() {
        return Ok(keys);
    }
    let secret = Key::secret(environment.random_bytes::<32>());
    let key = keys::stored(&secret, ServerAlgorithm::Hs256, 1, environment.now);
    store.add_key(&key)?;
    Ok(vec![key])
}
