//! Plays a race: each event of the agenda is really carried out, at its moment of virtual time. What came of it is what
//! the servers wrote down.

use leptos::prelude::*;
use protocol::{
    Credential, Errand, Exchange, Fact, Lane, Outcome, Presented, Scheme, Step, StorePlace,
    Timestamp,
};

use super::race::{Act, Agenda, Moment, Scenario, Who};
use crate::state::{History, Playground, Recorded};
use crate::wording;

/// The path at which refresh tokens are exchanged.
const REFRESH: &str = "/refresh";

/// A race and how far it is. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Race {
    playground: Playground,
    /// The agenda.
    pub(crate) agenda: RwSignal<Agenda>,
    /// What each event that was played came to.
    pub(crate) played: RwSignal<Vec<Played>>,
    /// Whether one is being played.
    pub(crate) is_busy: RwSignal<bool>,
    course: StoredValue<Course>,
}

/// What an event came to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Played {
    /// When it took place, by virtual time.
    pub(crate) at: Timestamp,
    /// The steps that were new.
    pub(crate) steps: Vec<Step>,
    /// The answer's status, where there is one by then.
    pub(crate) status: Option<u16>,
    /// What else there is to say.
    pub(crate) note: Option<Note>,
}

/// What there is to say of an event besides its steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    /// A session was killed.
    Killed {
        /// SHA-256 of its ID, hex.
        id_hash: String,
    },
    /// There was no session to kill.
    NoSession,
    /// The servers restarted.
    Restarted {
        /// How many sessions and refresh tokens are gone.
        lost: u32,
    },
    /// It could not be played.
    Failed(String),
}

/// What is under way.
#[derive(Clone, Debug, Default)]
struct Course {
    /// How often it was begun anew before.
    round: u32,
    start: Option<Timestamp>,
    lane: Option<Lane>,
    flights: Vec<Flight>,
}

#[derive(Clone, Debug)]
struct Flight {
    who: Who,
    number: u32,
    errand: Errand,
    /// How many steps were shown.
    shown: usize,
}

/// The lane that a scenario is played in; `None` where neither will do.
pub(crate) fn lane_for(scenario: Scenario, schemes: &[Scheme; 2]) -> Option<Lane> {
    let fits = |scheme: &Scheme, strictly: bool| match scenario {
        Scenario::TwoTabs | Scenario::Thief => scheme.credential == Credential::AccessAndRefresh,
        Scenario::Kill => scheme.credential == Credential::SessionId,
        Scenario::Restart => !strictly || scheme.store.place == StorePlace::ServerMemory,
    };
    let lane = |strictly| {
        Lane::BOTH
            .into_iter()
            .find(|lane| fits(lane.of(schemes), strictly))
    };
    lane(true).or_else(|| lane(false))
}

impl Race {
    pub(super) fn new(playground: Playground) -> Self {
        Self {
            playground,
            agenda: RwSignal::new(Agenda::of(Scenario::TwoTabs)),
            played: RwSignal::new(Vec::new()),
            is_busy: RwSignal::new(false),
            course: StoredValue::new(Course::default()),
        }
    }

    /// Begins anew with this scenario.
    pub(crate) fn choose(self, scenario: Scenario) {
        self.agenda.set(Agenda::of(scenario));
        self.rewind();
    }

    /// Begins anew with the same agenda.
    pub(crate) fn rewind(self) {
        self.agenda.update(|agenda| agenda.played = 0);
        self.played.set(Vec::new());
        self.course.update_value(|course| {
            *course = Course {
                round: course.round + 1,
                ..Course::default()
            };
        });
    }

    /// Signs the sample member in, in that lane; what came of it, in a sentence.
    pub(crate) async fn sign_in(self, lane: Lane, password: &str) -> Option<String> {
        let content = serde_json::json!({ "account": "member", "password": password });
        let errand = Errand {
            lane,
            method: String::from("POST"),
            path: String::from("/login"),
            headers: Vec::new(),
            body: content.to_string(),
            credential: Presented::FromBrowser,
        };
        let recorded = self.playground.send(vec![errand]).await.pop()?;
        Some(wording::verdict(&recorded).sentence)
    }

    /// Plays the next event.
    pub(crate) async fn step(self) {
        if self.is_busy.get_untracked() {
            return;
        }
        let Some(moment) = self.agenda.with_untracked(Agenda::next) else {
            return;
        };
        let scenario = self.agenda.with_untracked(|agenda| agenda.scenario);
        let (round, known) = self.course.with_value(|course| (course.round, course.lane));
        let schemes = Lane::BOTH.map(|lane| self.playground.scheme_now(lane));
        let Some(lane) = known.or_else(|| lane_for(scenario, &schemes)) else {
            return;
        };
        self.is_busy.set(true);
        let start = self.course.with_value(|course| course.start);
        let start = start.unwrap_or_else(|| self.playground.clock());
        self.course.update_value(|course| {
            course.start = Some(start);
            course.lane = Some(lane);
        });
        let at = Timestamp::from_milliseconds(start.milliseconds() + moment.offset);
        let played = match self.play(scenario, lane, moment, at).await {
            Ok(played) => played,
            Err(why) => Played {
                at,
                steps: Vec::new(),
                status: None,
                note: Some(Note::Failed(why)),
            },
        };
        self.is_busy.set(false);
        if self.course.with_value(|course| course.round) != round {
            // It was begun anew meanwhile: what has just left belongs to no course.
            self.rewind();
            return;
        }
        self.played.update(|all| all.push(played));
        self.agenda.update(|agenda| agenda.played += 1);
    }

    async fn play(
        self,
        scenario: Scenario,
        lane: Lane,
        moment: Moment,
        at: Timestamp,
    ) -> Result<Played, String> {
        match moment.act {
            Act::Depart => {
                let errand = self.errand(scenario, lane, moment.who).await?;
                let (number, so_far) = self.playground.depart(errand.clone(), at).await?;
                let flight = Flight {
                    who: moment.who,
                    number,
                    errand,
                    shown: 0,
                };
                self.course
                    .update_value(|course| course.flights.push(flight));
                self.shown(moment.who, &so_far, at)
            }
            Act::Arrive => {
                let flight = self.flight(moment.who)?;
                let so_far = self.playground.arrive(flight.number, at).await?;
                self.shown(moment.who, &so_far, at)
            }
            Act::Deliver => {
                let flight = self.flight(moment.who)?;
                let recorded = self
                    .playground
                    .deliver(flight.errand, flight.number, at)
                    .await?;
                let exchange = recorded.exchange().ok_or("No answer came.")?;
                self.shown(moment.who, exchange, at)
            }
            Act::Kill => {
                let note = match self.session_to_kill(lane) {
                    Some(id_hash) => {
                        self.playground.kill(id_hash.clone()).await;
                        Note::Killed { id_hash }
                    }
                    None => Note::NoSession,
                };
                Ok(beside(at, note))
            }
            Act::Restart => {
                let lost = self.playground.restart_servers().await?;
                Ok(beside(at, Note::Restarted { lost }))
            }
        }
    }

    fn flight(self, who: Who) -> Result<Flight, String> {
        let find = |course: &Course| course.flights.iter().find(|it| it.who == who).cloned();
        self.course
            .with_value(find)
            .ok_or_else(|| String::from("Its request never left."))
    }

    /// What is new of an exchange since it was shown last.
    fn shown(self, who: Who, exchange: &Exchange, at: Timestamp) -> Result<Played, String> {
        let before = self.flight(who)?.shown;
        self.course.update_value(|course| {
            let flight = course.flights.iter_mut().find(|it| it.who == who);
            if let Some(flight) = flight {
                flight.shown = exchange.steps.len();
            }
        });
        let new = exchange.steps.iter().skip(before);
        let reached = new.filter(|step| step.outcome != Outcome::NotReached);
        Ok(Played {
            at,
            steps: reached.cloned().collect(),
            status: exchange.response.as_ref().map(|response| response.status),
            note: None,
        })
    }

    async fn errand(self, scenario: Scenario, lane: Lane, who: Who) -> Result<Errand, String> {
        let (method, path) = if scenario.needs_refresh() {
            ("POST", REFRESH)
        } else {
            ("GET", "/me")
        };
        let credential = if who == Who::Thief {
            Presented::Copy(self.copy_of_refresh_cookie(lane).await?)
        } else {
            Presented::FromBrowser
        };
        Ok(Errand {
            lane,
            method: String::from(method),
            path: String::from(path),
            headers: Vec::new(),
            body: String::new(),
            credential,
        })
    }

    /// What whoever has broken into the browser has: page script can't see it, the observer can.
    async fn copy_of_refresh_cookie(self, lane: Lane) -> Result<String, String> {
        let name = lane.names().refresh_cookie;
        let seen = self.playground.observe().await?;
        let cookie = seen.jar.iter().find(|cookie| cookie.name == name);
        cookie
            .map(|cookie| format!("{name}={}", cookie.value))
            .ok_or_else(|| String::from("The browser has no refresh token: sign in first."))
    }

    /// The session that this browser is signed in with, as far as the history tells, else the newest one.
    fn session_to_kill(self, lane: Lane) -> Option<String> {
        let log: History = self.playground.log();
        let of_browser = log
            .entries()
            .rev()
            .filter_map(|entry| entry.lane(lane))
            .filter(|recorded| recorded.errand.credential == Presented::FromBrowser)
            .find_map(|recorded| session_made(recorded));
        self.playground.observation.with_untracked(|seen| {
            let sessions = &seen.as_ref()?.sessions;
            let mut of_lane = sessions.iter().filter(|row| row.lane == lane);
            let is_there = of_lane
                .clone()
                .any(|row| Some(&row.id_hash) == of_browser.as_ref());
            if is_there {
                of_browser
            } else {
                of_lane.next().map(|row| row.id_hash.clone())
            }
        })
    }
}

fn session_made(recorded: &Recorded) -> Option<String> {
    let steps = &recorded.exchange()?.steps;
    steps.iter().rev().find_map(|step| match &step.outcome {
        Outcome::Passed(
            Fact::SessionCreated { id_hash, .. } | Fact::SessionRenewed { id_hash, .. },
        )
        | Outcome::Noted(
            Fact::SessionCreated { id_hash, .. } | Fact::SessionRenewed { id_hash, .. },
        ) => Some(id_hash.clone()),
        _ => None,
    })
}

const fn beside(at: Timestamp, note: Note) -> Played {
    Played {
        at,
        steps: Vec::new(),
        status: None,
        note: Some(note),
    }
}

#[cfg(test)]
mod tests {
    use protocol::Preset;

    use super::*;

    #[test]
    fn a_scenario_is_played_where_it_can_take_place() {
        let hybrid = Preset::Hybrid.scheme();
        let mut in_memory = Scheme::STATELESS;
        in_memory.store.place = StorePlace::ServerMemory;
        let extremes = [Scheme::STATEFUL, Scheme::STATELESS];
        for (scenario, schemes, expected) in [
            (Scenario::TwoTabs, extremes, None),
            (Scenario::TwoTabs, [Scheme::STATEFUL, hybrid], Some(Lane::B)),
            (Scenario::Thief, [hybrid, hybrid], Some(Lane::A)),
            (Scenario::Kill, extremes, Some(Lane::A)),
            (Scenario::Kill, [hybrid, hybrid], None),
            (Scenario::Restart, extremes, Some(Lane::A)),
            (
                Scenario::Restart,
                [Scheme::STATEFUL, in_memory],
                Some(Lane::B),
            ),
        ] {
            assert_eq!(lane_for(scenario, &schemes), expected, "{scenario:?}");
        }
    }
}
