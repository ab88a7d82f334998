//! A browser as far as page script sees it, and a deployment that it speaks to.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use deployment::{Carried, Deployment};
use protocol::{
    Balancer, CookieSettings, Errand, Exchange, Fact, Fleet, Lane, Outcome, PageContext, Presented,
    Scheme, Site, StoreSettings, Timestamp,
};
use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};
use server::{Environment, SAMPLE_PASSWORD, sample_accounts};
use sessions::{ObserverAccess, SqliteStore};
use user_agent::Jar;

pub(crate) const START: Timestamp = Timestamp::from_seconds(1_700_000_000);

/// The statements that SQLite itself says it ran.
#[derive(Clone, Default)]
pub(crate) struct Traced(Arc<Mutex<Vec<String>>>);

impl Traced {
    /// How many there were since the last call: reads, then writes.
    pub(crate) fn take(&self) -> (u32, u32) {
        let statements =
            std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        statements
            .iter()
            .fold((0, 0), |(reads, writes), statement| {
                if statement.starts_with("SELECT") {
                    (reads + 1, writes)
                } else {
                    (reads, writes + 1)
                }
            })
    }

    pub(crate) fn store(&self) -> SqliteStore {
        let mut connection = Connection::open_in_memory().expect("memory is there");
        let traced = Arc::clone(&self.0);
        let hook = move |event: TraceEvent<'_>| {
            if let TraceEvent::Stmt(_, sql) = event {
                let mut traced = traced.lock().unwrap_or_else(PoisonError::into_inner);
                traced.push(sql.to_owned());
            }
        };
        connection
            .trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(hook))
            .expect("SQLite can trace");
        SqliteStore::open(connection, &sample_accounts()).expect("an empty database opens")
    }
}

/// A stopwatch that advances by some microseconds each time it is read.
pub(crate) fn ticking(microseconds: f64) -> impl Fn() -> f64 {
    let now = Cell::new(0.0);
    move || {
        now.set(now.get() + microseconds);
        now.get()
    }
}

/// The tab, the real browser's cookies and localStorage, and the worker behind it.
pub(crate) struct Browser {
    pub(crate) deployment: Deployment<SqliteStore>,
    pub(crate) traced: Traced,
    pub(crate) site: Site,
    pub(crate) now: Timestamp,
    /// What `document.cookie` shows, by name; `None` where cookies are disabled.
    pub(crate) cookies: Option<BTreeMap<String, String>>,
    /// What page script keeps in the right lane.
    pub(crate) token: Option<String>,
    /// What page script keeps in the left lane, where its scheme lets it keep something.
    pub(crate) left_bearer: Option<String>,
    random: u64,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let traced = Traced::default();
        let mut random = 0;
        let deployment = in_environment(START, &mut random, |environment| {
            Deployment::start(traced.store(), Jar::default(), environment)
        });
        traced.take();
        Self {
            deployment: deployment.expect("the store works"),
            traced,
            site: Site {
                origin: String::from("http://localhost:8080"),
                base_path: String::from("/sub/"),
            },
            now: START,
            cookies: Some(BTreeMap::new()),
            token: None,
            left_bearer: None,
            random,
        }
    }

    /// `document.cookie`.
    pub(crate) fn document_cookie(&self) -> Option<String> {
        let pairs = self.cookies.as_ref()?.iter();
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        Some(pairs.join("; "))
    }

    /// What page script sees.
    pub(crate) fn page(&self) -> PageContext {
        PageContext {
            site: self.site.clone(),
            cookie: self.document_cookie(),
            bearers: [self.left_bearer.clone(), self.token.clone()],
            user_agent: None,
        }
    }

    /// What this errand would meet.
    pub(crate) fn preview(&mut self, errand: &Errand) -> Exchange {
        let page = self.page();
        let mut random = self.random;
        in_environment(self.now, &mut random, |environment| {
            self.deployment.preview(&page, errand, environment)
        })
    }

    /// From now on the stateful server sets its cookie as these say.
    pub(crate) fn set_cookie(&mut self, change: impl FnOnce(&mut CookieSettings)) {
        let mut settings = CookieSettings::default();
        change(&mut settings);
        self.deployment.set_session_cookie(&settings);
    }

    /// A browser whose left lane keeps its sessions so.
    pub(crate) fn with_sessions_in(store: StoreSettings) -> Self {
        let mut browser = Self::new();
        let stateful = Scheme {
            store,
            ..Scheme::STATEFUL
        };
        browser
            .deployment
            .set_schemes(&[stateful, Scheme::STATELESS]);
        browser
    }

    /// From now on so many servers stand behind this balancer.
    pub(crate) fn deploy(&mut self, servers: u32, balancer: Balancer) {
        self.deployment.set_fleet(&Fleet {
            servers,
            balancer,
            ..Fleet::default()
        });
    }

    /// Carries errands out as the page does, and heeds what it is told to do.
    pub(crate) fn carry(&mut self, errands: &[Errand]) -> Carried {
        let page = self.page();
        let carried = in_environment(self.now, &mut self.random, |environment| {
            self.deployment.carry(&page, errands, environment)
        });
        for line in &carried.removal_lines {
            self.assign(line);
        }
        for (errand, exchange) in errands.iter().zip(&carried.exchanges) {
            // What answers a copy is not for this browser.
            if errand.credential != Presented::FromBrowser {
                continue;
            }
            for line in exchange
                .cookies
                .iter()
                .filter_map(|it| it.script_line.as_ref())
            {
                self.assign(line);
            }
            if let Some(bearer) = issued_bearer(exchange) {
                let kept = match exchange.lane {
                    Lane::A => &mut self.left_bearer,
                    Lane::B => &mut self.token,
                };
                *kept = Some(bearer);
            }
        }
        carried
    }

    /// What someone could copy from this browser: the `Cookie` field's value, or the token.
    pub(crate) fn copy(&self, lane: Lane) -> String {
        match lane {
            Lane::A => format!("sid={}", self.session_id()),
            Lane::B => self.token.clone().expect("it is signed in"),
        }
    }

    /// One errand.
    pub(crate) fn send(&mut self, lane: Lane, method: &str, path: &str) -> Exchange {
        self.send_errand(errand(lane, method, path, ""))
    }

    pub(crate) fn send_errand(&mut self, errand: Errand) -> Exchange {
        let mut exchanges = self.carry(&[errand]).exchanges;
        assert_eq!(exchanges.len(), 1);
        exchanges.remove(0)
    }

    /// Signs the member in.
    pub(crate) fn sign_in(&mut self, lane: Lane) -> Exchange {
        let exchange = self.send_errand(errand(
            lane,
            "POST",
            "/login",
            &credentials(SAMPLE_PASSWORD),
        ));
        assert_eq!(status(&exchange), 200);
        exchange
    }

    pub(crate) fn reset(&mut self) -> Vec<String> {
        let lines = in_environment(self.now, &mut self.random, |environment| {
            self.deployment.reset(&self.site, environment)
        });
        let lines = lines.expect("the store works");
        for line in &lines {
            self.assign(line);
        }
        lines
    }

    /// `document.cookie = line`, as far as names, values and `Max-Age=0` go.
    fn assign(&mut self, line: &str) {
        let Some(cookies) = &mut self.cookies else {
            return;
        };
        let pair = line.split(';').next().unwrap_or_default();
        let (name, value) = pair.split_once('=').expect("the line names a cookie");
        let path = line.split("; ").find_map(|part| part.strip_prefix("Path="));
        if path.is_some_and(|path| !self.site.base_path.starts_with(path)) {
            // Out of the page's sight.
            return;
        }
        if line.contains("; Max-Age=0") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    pub(crate) fn session_id(&self) -> String {
        let cookies = self.cookies.as_ref().expect("cookies are enabled");
        cookies.get("sid").expect("the browser has it").clone()
    }

    pub(crate) fn set_session_id(&mut self, value: &str) {
        let cookies = self.cookies.as_mut().expect("cookies are enabled");
        cookies.insert(String::from("sid"), value.to_owned());
    }

    /// Ends all sessions behind the server's back, as an administrator would.
    pub(crate) fn end_all_sessions(&mut self) {
        let store = self.deployment.store_mut();
        for session in store.list_sessions(1000).expect("it lists").0 {
            assert_eq!(store.kill_session(&session.id_hash), Ok(true));
        }
        self.traced.take();
    }
}

/// Runs with this clock, and chance that repeats itself.
pub(crate) fn in_environment<T>(
    now: Timestamp,
    random: &mut u64,
    work: impl FnOnce(&mut Environment<'_>) -> T,
) -> T {
    work(&mut Environment {
        now,
        random: &mut |bytes| {
            *random = random.wrapping_add(1);
            // No two numbers give the same octets.
            for (octet, of_number) in bytes.iter_mut().zip(random.to_le_bytes().iter().cycle()) {
                *octet = *of_number;
            }
        },
        stopwatch: &ticking(1.0),
    })
}

pub(crate) fn errand(lane: Lane, method: &str, path: &str, body: &str) -> Errand {
    Errand {
        lane,
        method: method.to_owned(),
        path: path.to_owned(),
        headers: Vec::new(),
        body: body.to_owned(),
        credential: Presented::FromBrowser,
    }
}

/// The same, from whoever kept this copy of a credential.
pub(crate) fn with_copy(errand: Errand, copy: &str) -> Errand {
    Errand {
        credential: Presented::Copy(copy.to_owned()),
        ..errand
    }
}

/// What signs the member in with this password.
pub(crate) fn credentials(password: &str) -> String {
    serde_json::json!({ "account": "member", "password": password }).to_string()
}

pub(crate) fn status(exchange: &Exchange) -> u16 {
    exchange.response.as_ref().expect("it answered").status
}

/// The number of the server that the balancer chose, where it chose among several.
pub(crate) fn picked(exchange: &Exchange) -> Option<u32> {
    exchange.steps.iter().find_map(|step| match step.outcome {
        Outcome::Passed(Fact::ServerPicked { server, .. }) => Some(server),
        _ => None,
    })
}

/// What page script keeps of an answer: an access token, or a session ID that it is to carry.
fn issued_bearer(exchange: &Exchange) -> Option<String> {
    let response = exchange.response.as_ref()?;
    let content: serde_json::Value = serde_json::from_str(&response.body).ok()?;
    let issued = ["access_token", "session_id"]
        .into_iter()
        .find_map(|name| content.get(name))?;
    Some(issued.as_str()?.to_owned())
}
