//! What happened: one errand with what became of it, a pair of them, or an event.

use std::sync::Arc;

use protocol::{
    AdminAct, Balancer, Carrier, Credential, Errand, Exchange, Fault, FleetKeys, Header, Lane,
    Presented, Scheme, ServerAlgorithm, Timestamp,
};

/// What a step weighs, about.
const STEP_OCTETS: usize = 256;

/// One errand and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Recorded {
    /// What was asked for.
    pub(crate) errand: Errand,
    /// What became of it.
    pub(crate) outcome: Outcome,
}

/// What became of an errand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// It was answered.
    Answered {
        /// The exchange.
        exchange: Box<Exchange>,
        /// What the real browser made of each of the exchange's cookies.
        readbacks: Vec<Readback>,
    },
    /// No answer came.
    NoAnswer {
        /// Why.
        reason: String,
    },
}

/// What the real browser shows after a line was assigned to `document.cookie`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Readback {
    /// Nothing was written: the model refused the cookie.
    NotWritten,
    /// It is HttpOnly: the line was assigned all the same, and the browser did not take it from page script.
    RefusedFromScript,
    /// It shows what the model expects.
    AsModelled,
    /// It was written, for a path whose cookies page script on this page is not shown.
    OutOfSight,
    /// The browser did not take the cookie.
    NotTaken,
    /// The browser still shows a cookie that should be gone.
    StillThere,
}

impl Recorded {
    /// The exchange, if there was an answer.
    pub(crate) fn exchange(&self) -> Option<&Exchange> {
        match &self.outcome {
            Outcome::Answered { exchange, .. } => Some(exchange),
            Outcome::NoAnswer { .. } => None,
        }
    }

    /// The answer's status, if there was one.
    pub(crate) fn status(&self) -> Option<u16> {
        self.exchange()?
            .response
            .as_ref()
            .map(|response| response.status)
    }
}

/// Something that happened besides requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// The user moved the one clock.
    ClockMoved {
        /// Where it is now, in seconds from real time.
        offset_seconds: i64,
    },
    /// The user ended a session on the server.
    SessionKilled {
        /// SHA-256 of its ID, hex.
        id_hash: String,
    },
    /// The user put another credential into the browser.
    Edited {
        /// Of which kind.
        held: Held,
    },
    /// The user deleted a credential from the browser.
    Deleted {
        /// Of which kind.
        held: Held,
    },
    /// The user gave a lane another scheme.
    SchemeChanged {
        /// Which lane.
        lane: Lane,
        /// Its scheme from now on.
        scheme: Scheme,
    },
    /// The user ended the servers and started them anew.
    ServersRestarted {
        /// How many sessions and refresh tokens were in their memory.
        lost: u32,
    },
    /// The user did what an administrator does.
    Administered {
        /// What.
        act: AdminAct,
    },
    /// The user let another key sign.
    KeyRotated {
        /// Whether those that signed before go on to verify.
        overlap: bool,
    },
    /// The user put a file in the database's place.
    DatabaseReplaced,
    /// The user changed how the server sets its session cookie.
    CookieSettingsChanged,
    /// The user changed with what the stateless server signs.
    TokenAlgorithmChanged {
        /// With what from now on.
        algorithm: ServerAlgorithm,
    },
    /// The user deployed the servers otherwise.
    Deployed {
        /// How many there are from now on.
        servers: u32,
        /// What chooses among them.
        balancer: Balancer,
        /// Who holds which half of the key.
        keys: FleetKeys,
    },
    /// The user ended one server and started it anew.
    ServerBegunAnew {
        /// Its number.
        server: u32,
        /// How many records were in its memory.
        lost: u32,
    },
    /// The user let something go wrong.
    FaultBegan {
        /// What.
        fault: Fault,
    },
    /// The user put it right again.
    FaultEnded {
        /// What.
        fault: Fault,
    },
    /// The user put all right again.
    AllWell,
    /// The worker died, and another one took its place.
    ServerRestarted,
}

/// What the browser holds of a lane's credential, as its user would call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// A cookie, whatever is in it.
    Cookie,
    /// A token that page script keeps.
    Token,
    /// A session ID that page script keeps.
    SessionId,
}

impl Held {
    /// What a lane of that scheme has in the browser.
    pub(crate) const fn by(scheme: &Scheme) -> Self {
        match (scheme.carrier, scheme.credential) {
            (Carrier::Cookie, _) => Self::Cookie,
            (_, Credential::SessionId) => Self::SessionId,
            (_, Credential::AccessToken | Credential::AccessAndRefresh) => Self::Token,
        }
    }
}

/// What happened at one time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    /// Counted from 1, since the page was opened.
    pub(crate) number: u32,
    /// When, by the one clock.
    pub(crate) at: Timestamp,
    /// What.
    pub(crate) what: Happening,
}

/// What happened: the same errand in one lane or in both, or something else.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Happening {
    /// Requests, by lane: left, right.
    Exchanges([Option<Arc<Recorded>>; 2]),
    /// Something else.
    Event(Event),
}

impl Entry {
    /// What happened in that lane.
    pub(crate) const fn lane(&self, lane: Lane) -> Option<&Arc<Recorded>> {
        match (&self.what, lane) {
            (Happening::Exchanges([a, _]), Lane::A) => a.as_ref(),
            (Happening::Exchanges([_, b]), Lane::B) => b.as_ref(),
            (Happening::Event(_), _) => None,
        }
    }

    /// Whether both lanes were asked, and answered with different statuses.
    pub(crate) fn differs(&self) -> bool {
        match (self.lane(Lane::A), self.lane(Lane::B)) {
            (Some(a), Some(b)) => a.status() != b.status(),
            _ => false,
        }
    }

    /// What was asked for, in the lanes that were asked: the first of them.
    pub(crate) fn errand(&self) -> Option<&Errand> {
        self.lane(Lane::A)
            .or_else(|| self.lane(Lane::B))
            .map(|recorded| &recorded.errand)
    }
}

/// What an entry weighs, about: its texts, and a fixed weight a step.
pub(super) fn octets(what: &Happening) -> usize {
    let Happening::Exchanges(lanes) = what else {
        return 0;
    };
    lanes.iter().flatten().map(|it| recorded_octets(it)).sum()
}

fn recorded_octets(recorded: &Recorded) -> usize {
    let of_headers = |headers: &[Header]| -> usize {
        headers
            .iter()
            .map(|header| header.name.len() + header.value.len())
            .sum()
    };
    let errand = &recorded.errand;
    let asked = errand.path.len() + errand.body.len() + of_headers(&errand.headers);
    let copied = match &errand.credential {
        Presented::FromBrowser | Presented::OtherDevice => 0,
        Presented::Copy(copy) => copy.len(),
    };
    let exchanged = recorded.exchange().map_or(0, |exchange| {
        let request = &exchange.request;
        let response = exchange.response.as_ref();
        request.target.len()
            + request.body.len()
            + of_headers(&request.headers)
            + response.map_or(0, |it| it.body.len() + of_headers(&it.headers))
            + exchange.steps.len() * STEP_OCTETS
    });
    asked + copied + exchanged
}
