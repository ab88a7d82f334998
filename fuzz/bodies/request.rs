//! Requests, one after the other, to one server. The first octet chooses its scheme and its service; `{held}` stands for
//! a credential that it gave. Each request gets an answer in order, and without a credential nobody is known.

use protocol::{
    Check, Credential, Header, Lane, Outcome, Preset, Request, Response, Service, Site, Timestamp,
};
use server::{Environment, Handled, Policy, Server, sample_accounts};
use sessions::{MemoryStore, Session, SessionId, SessionStore};
use tokens::{Algorithm, Key};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
const HELD: &str = "{held}";
/// What anyone may ask for.
const OPEN: [&str; 3] = ["/login", "/logout", "/.well-known/jwks.json"];

pub fn run(octets: &[u8]) {
    let Some((choice, rest)) = octets.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    let server = server(*choice);
    let mut store = MemoryStore::new(sample_accounts());
    let held = hold(&server, &mut store);
    let mut is_known = false;
    let mut drawn = 0_u8;
    for part in text.split("\n===\n") {
        is_known |= part.contains(HELD);
        let request = request(&part.replace(HELD, &held));
        let mut environment = Environment {
            now: NOW,
            random: &mut |bytes| {
                drawn = drawn.wrapping_add(1);
                bytes.fill(drawn);
            },
            stopwatch: &|| 0.0,
        };
        let handled = server.handle(&request, &site(), &mut store, &mut environment);
        assert_answer(&request, &handled.response);
        assert_order(&handled);
        is_known |= passed(&handled, Check::PasswordVerified);
        let is_open = OPEN.iter().any(|open| request.path().ends_with(open));
        assert!(is_known || is_open || handled.response.status >= 300);
    }
}

fn site() -> Site {
    Site {
        origin: String::from("https://www.example.org"),
        base_path: String::from("/app/"),
    }
}

fn server(choice: u8) -> Server {
    let scheme = Preset::ALL[usize::from(choice) % Preset::ALL.len()].scheme();
    let lane = Lane::BOTH[usize::from(scheme.credential.is_token())];
    let services = [Service::Main, Service::Orders, Service::Billing];
    let service = services[usize::from(choice) / Preset::ALL.len() % services.len()];
    let key = Key::secret(b"0123456789abcdef0123456789ABCDEF").with_kid("k1");
    Server::new(
        lane,
        service,
        scheme,
        Policy::default(),
        Algorithm::Hs256,
        vec![key],
    )
}

/// A member's credential.
fn hold(server: &Server, store: &mut MemoryStore) -> String {
    if server.scheme().credential != Credential::SessionId {
        return server.sample_token(NOW).expect("it has a key");
    }
    let id = SessionId::from_random([200; SessionId::RANDOM_BYTES]);
    let member = &sample_accounts()[0];
    let session = Session {
        id_hash: id.hash(),
        user: member.id,
        lane: server.lane(),
        device: String::new(),
        role: member.role,
        created: NOW,
        last_seen: NOW,
        idle_expires: NOW.plus_seconds(60),
        absolute_expires: NOW.plus_seconds(60),
    };
    store.create(&session).expect("it is new");
    id.as_str().to_owned()
}

/// A request as RFC 9112 writes it, or as much of one as there is.
fn request(text: &str) -> Request {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.split('\n');
    let line = lines.next().unwrap_or_default();
    let (method, target) = line.split_once(' ').unwrap_or((line, ""));
    Request {
        method: method.to_owned(),
        target: target.to_owned(),
        headers: lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| Header::new(name, value))
            .collect(),
        body: body.to_owned(),
    }
}

/// RFC 9110, 8.6 and 15.5.2; and no field that could be taken for two. RFC 9112, 11.1.
fn assert_answer(request: &Request, response: &Response) {
    for header in &response.headers {
        let octets = header.name.bytes().chain(header.value.bytes());
        assert!(
            octets
                .into_iter()
                .all(|octet| octet >= b' ' && octet != 127)
        );
    }
    let challenged = response.header("WWW-Authenticate").is_some();
    assert_eq!(challenged, response.status == 401);
    let length = response.body.len().to_string();
    let told = response.header("Content-Length");
    assert!(request.method == "HEAD" || told.is_none_or(|told| told == length));
    assert!(told.is_some() || response.body.is_empty());
}

/// After the first check that fails none has run, but for what is written into the audit log; the last step is the
/// answer.
fn assert_order(handled: &Handled) {
    let (last, steps) = handled.steps.split_last().expect("there are steps");
    assert_eq!(last.check, Check::Answered);
    let failed = |outcome: &Outcome| matches!(outcome, Outcome::Failed(_));
    let first = steps.iter().position(|step| failed(&step.outcome));
    assert_eq!(first.is_some(), handled.response.status >= 400);
    for step in first.map_or(&[][..], |first| &steps[first + 1..]) {
        let is_logged = step.check == Check::EventRecorded;
        assert!(is_logged || step.outcome == Outcome::NotReached);
    }
}

fn passed(handled: &Handled, check: Check) -> bool {
    let passes = |outcome: &Outcome| matches!(outcome, Outcome::Passed(_));
    handled
        .steps
        .iter()
        .any(|step| step.check == check && passes(&step.outcome))
}
