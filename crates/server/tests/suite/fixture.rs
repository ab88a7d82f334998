//! Servers on both stores, and the one helper that says what a request meets.

use std::cell::Cell;

use protocol::{
    AuditEvent, Check, Fact, Header, Lane, Outcome, Party, Rejection, Request, Response, Scheme,
    Service, Site, Step, StoreOperation, Timestamp,
};
use rusqlite::Connection;
use server::{Environment, Handled, Policy, SAMPLE_PASSWORD, Server, sample_accounts};
use sessions::{
    AuditEntry, MemoryStore, ObserverAccess, Role, Session, SessionId, SqliteStore, Store, User,
};
use tokens::{Algorithm, Key};

pub(crate) const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
pub(crate) const ORIGIN: &str = "http://localhost:8080";
pub(crate) const SECRET: &[u8; 32] = b"0123456789abcdef0123456789ABCDEF";
pub(crate) const MEMBER: u32 = 42;

/// All that the tests need of a store.
pub(crate) trait WholeStore: Store + ObserverAccess {}

impl<S: Store + ObserverAccess> WholeStore for S {}

/// One server a lane on one store, a clock, and chance that repeats itself.
pub(crate) struct World {
    pub(crate) name: &'static str,
    pub(crate) store: Box<dyn WholeStore>,
    pub(crate) site: Site,
    pub(crate) now: Timestamp,
    pub(crate) policy: Policy,
    pub(crate) schemes: [Scheme; 2],
    random: u8,
}

/// One world a store.
pub(crate) fn worlds() -> [World; 2] {
    let connection = Connection::open_in_memory().expect("memory is there");
    let sqlite = SqliteStore::open(connection, &sample_accounts()).expect("it is empty");
    [
        World::new("memory", Box::new(MemoryStore::new(sample_accounts()))),
        World::new("SQLite", Box::new(sqlite)),
    ]
}

impl World {
    fn new(name: &'static str, store: Box<dyn WholeStore>) -> Self {
        Self {
            name,
            store,
            site: site(ORIGIN, "/sub/"),
            now: NOW,
            policy: Policy::default(),
            schemes: [Scheme::STATEFUL, Scheme::STATELESS],
            random: 0,
        }
    }

    pub(crate) fn send(&mut self, lane: Lane, request: &Request) -> Handled {
        let server = Server::new(
            lane,
            Service::Main,
            *lane.of(&self.schemes),
            self.policy.clone(),
            Algorithm::Hs256,
            vec![key()],
        );
        let random = &mut self.random;
        let ticks = Cell::new(0.0);
        let mut environment = Environment {
            now: self.now,
            random: &mut |bytes| {
                *random += 1;
                bytes.fill(*random);
            },
            stopwatch: &|| {
                ticks.set(ticks.get() + 1.0);
                ticks.get()
            },
        };
        server.handle(request, &self.site, &mut *self.store, &mut environment)
    }

    /// What a real sign-in gives in this lane.
    pub(crate) fn credential(&mut self, lane: Lane, account: &str) -> Held {
        let response = self.send(lane, &sign_in(account, SAMPLE_PASSWORD)).response;
        let value = match lane {
            Lane::A => {
                let line = response.header("Set-Cookie");
                let value = line.and_then(|line| line.strip_prefix("sid=")?.split(';').next());
                value.map(str::to_owned)
            }
            Lane::B => json(&response)["access_token"].as_str().map(str::to_owned),
        };
        Held {
            lane,
            value: value.expect("it signs in"),
        }
    }

    /// A session of the member's that began at this moment; its ID.
    pub(crate) fn session(&mut self, number: u8, created: Timestamp) -> SessionId {
        self.begin_session([number; SessionId::RANDOM_BYTES], created)
    }

    pub(crate) fn begin_session(&mut self, bytes: [u8; 32], created: Timestamp) -> SessionId {
        let id = SessionId::from_random(bytes);
        let lifetimes = self.schemes[0].lifetimes;
        let session = Session {
            id_hash: id.hash(),
            user: MEMBER,
            lane: Lane::A,
            device: String::new(),
            role: Role::Member,
            created,
            last_seen: created,
            idle_expires: created.plus_seconds(i64::from(lifetimes.idle_timeout_seconds)),
            absolute_expires: created.plus_seconds(i64::from(lifetimes.absolute_timeout_seconds)),
        };
        self.store.create(&session).expect("it is new");
        id
    }

    /// The request with the cookie of a session that has just begun.
    pub(crate) fn signed_in(&mut self, request: Request) -> Request {
        let id = self.session(200, self.now);
        cookie(request, id.as_str())
    }

    pub(crate) fn change_member(&mut self, change: impl FnOnce(&mut User)) {
        self.change("member", change);
    }

    pub(crate) fn change(&mut self, account: &str, change: impl FnOnce(&mut User)) {
        let found = self.store.find_by_account(account).expect("it works");
        let mut user = found.expect("it is a sample account");
        change(&mut user);
        assert_eq!(self.store.update_user(&user), Ok(true));
    }

    pub(crate) fn sessions(&self) -> Vec<Session> {
        self.store.list_sessions(100).expect("it lists").0
    }

    /// The audit log, newest first.
    pub(crate) fn audit(&self) -> Vec<AuditEntry> {
        self.store.list_audit(1000).expect("it lists")
    }
}

/// A session ID or a token.
pub(crate) struct Held {
    lane: Lane,
    pub(crate) value: String,
}

impl Held {
    /// The request with it.
    pub(crate) fn on(&self, request: Request) -> Request {
        match self.lane {
            Lane::A => cookie(request, &self.value),
            Lane::B => bearer(request, &self.value),
        }
    }
}

pub(crate) fn key() -> Key {
    Key::secret(SECRET).with_kid("k1")
}

pub(crate) fn site(origin: &str, base_path: &str) -> Site {
    Site {
        origin: origin.to_owned(),
        base_path: base_path.to_owned(),
    }
}

/// A request below `/sub/`, from the site's own page.
pub(crate) fn request(method: &str, path: &str, body: &str) -> Request {
    Request {
        method: method.to_owned(),
        target: format!("/sub{path}"),
        headers: vec![
            Header::new("Host", "localhost:8080"),
            Header::new("Origin", ORIGIN),
        ],
        body: body.to_owned(),
    }
}

pub(crate) fn get(path: &str) -> Request {
    request("GET", path, "")
}

pub(crate) fn sign_in(account: &str, password: &str) -> Request {
    let body = serde_json::json!({ "account": account, "password": password }).to_string();
    request("POST", "/login", &body)
}

pub(crate) fn member_signs_in() -> Request {
    sign_in("member", SAMPLE_PASSWORD)
}

pub(crate) fn with(mut request: Request, name: &str, value: &str) -> Request {
    request.headers.push(Header::new(name, value));
    request
}

pub(crate) fn without(mut request: Request, name: &str) -> Request {
    request.headers.retain(|header| header.name != name);
    request
}

pub(crate) fn cookie(request: Request, session_id: &str) -> Request {
    with(request, "Cookie", &format!("theme=dark; sid={session_id}"))
}

pub(crate) fn bearer(request: Request, token: &str) -> Request {
    with(request, "Authorization", &format!("Bearer {token}"))
}

/// How a request ends.
pub(crate) enum Verdict {
    /// Every check holds.
    Done(u16),
    /// This check is the first that does not, for this reason.
    Refused(u16, Check, Rejection),
    /// As this says, and the audit log gets an entry of it. Without this it gets none.
    Recorded(AuditEvent, Box<Verdict>),
}

impl Verdict {
    /// How it ends, and the entries that the audit log gets, in order.
    fn taken_apart(&self) -> (&Self, Vec<AuditEvent>) {
        let (mut verdict, mut events) = (self, Vec::new());
        while let Self::Recorded(event, inner) = verdict {
            events.insert(0, *event);
            verdict = inner;
        }
        (verdict, events)
    }

    /// The same, and the audit log gets this entry, after those that it gets already.
    pub(crate) fn recorded(self, event: AuditEvent) -> Self {
        Self::Recorded(event, Box::new(self))
    }

    /// The stateful server keeps an audit log, and the stateless one none.
    pub(crate) fn recorded_if_stateful(self, lane: Lane, event: AuditEvent) -> Self {
        match lane {
            Lane::A => self.recorded(event),
            Lane::B => self,
        }
    }
}

/// On either store, the prepared request meets exactly these checks, and ends so.
#[track_caller]
pub(crate) fn check(
    lane: Lane,
    prepare: impl Fn(&mut World) -> Request,
    plan: &[Check],
    verdict: &Verdict,
) {
    for mut world in worlds() {
        let request = prepare(&mut world);
        let handled = world.send(lane, &request);
        assert_verdict(world.name, &handled, plan, verdict);
    }
}

#[track_caller]
pub(crate) fn assert_verdict(name: &str, handled: &Handled, plan: &[Check], verdict: &Verdict) {
    let (verdict, recorded) = verdict.taken_apart();
    let mut steps: Vec<&Step> = handled.steps.iter().collect();
    for event in recorded {
        // Behind the plan, and before the answer.
        let step = steps.remove(plan.len() - 1);
        assert_eq!(step.check, Check::EventRecorded, "on {name}");
        let expected = Outcome::Passed(Fact::Recorded(event));
        assert_eq!(step.outcome, expected, "on {name}");
    }
    let checks: Vec<Check> = steps.iter().map(|step| step.check).collect();
    assert_eq!(checks, plan, "on {name}");
    let (status, refused_at) = match verdict {
        Verdict::Done(status) => (*status, None),
        Verdict::Refused(status, check, _) => (*status, Some(*check)),
        Verdict::Recorded(..) => unreachable!("it was taken apart"),
    };
    assert_eq!(handled.response.status, status, "on {name}");
    let end = plan.len() - 1;
    let refused_at = refused_at.map_or(end, |check| position(plan, check));
    assert!(handled.steps.iter().all(|it| it.party == Party::Server(1)));
    for (place, step) in steps.into_iter().enumerate() {
        let as_it_should = match &step.outcome {
            Outcome::Passed(Fact::Status(said)) => place == end && *said == status,
            Outcome::Passed(_) | Outcome::Noted(_) => place < refused_at,
            Outcome::Failed(rejection) => {
                place == refused_at
                    && matches!(verdict, Verdict::Refused(_, _, expected) if expected == rejection)
            }
            Outcome::NotReached => place > refused_at && place < end,
        };
        assert!(as_it_should, "on {name}: {step:#?}");
        if step.outcome == Outcome::NotReached {
            assert_eq!(step.cost, protocol::Cost::default(), "{step:#?}");
        }
    }
    assert_well_formed(&handled.response);
}

#[track_caller]
fn position(plan: &[Check], check: Check) -> usize {
    plan.iter()
        .position(|planned| *planned == check)
        .expect("the check is in the plan")
}

/// What holds of every answer.
#[track_caller]
pub(crate) fn assert_well_formed(response: &Response) {
    let status = response.status;
    assert_eq!(response.header("Cache-Control"), Some("no-store"));
    // RFC 9110, 15.5.2 and 15.5.6.
    let challenged = response.header("WWW-Authenticate").is_some();
    assert_eq!(challenged, status == 401, "{response}");
    assert_eq!(
        response.header("Allow").is_some(),
        status == 405,
        "{response}"
    );
    // RFC 9110, 8.6: none with 204, the right one otherwise.
    let length = (status != 204).then(|| response.body.len().to_string());
    assert_eq!(response.header("Content-Length"), length.as_deref());
    let json = (status != 204).then_some("application/json");
    assert_eq!(response.header("Content-Type"), json);
    assert_eq!(response.body.is_empty(), status == 204);
}

/// The operations on the store that the steps cost.
pub(crate) fn operations(steps: &[Step]) -> Vec<&StoreOperation> {
    steps.iter().flat_map(|step| &step.cost.store).collect()
}

/// The outcome of the first step of this check.
#[track_caller]
pub(crate) fn outcome(handled: &Handled, check: Check) -> &Outcome {
    let step = handled.steps.iter().find(|step| step.check == check);
    &step.expect("the check ran").outcome
}

#[track_caller]
pub(crate) fn json(response: &Response) -> serde_json::Value {
    serde_json::from_str(&response.body).expect("it is JSON")
}
