//! One user of a trial, with a browser of its own: what it keeps of answers, and what it met. It decides nothing that a
//! server decides.

use std::collections::BTreeMap;

use protocol::{Credential, Errand, Exchange, Lane, LaneOutcome, Presented, Response, Timestamp};
use serde::Deserialize;
use server::{Environment, SAMPLE_PASSWORD};

use super::Run;

/// What came of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// It was answered as asked.
    Served,
    /// It was refused: the user must prove who it is.
    Refused,
    /// A server or the store failed, or there was none.
    Failed,
}

/// One user.
pub(super) struct TrialUser {
    lane: Lane,
    number: u32,
    has_signed_in: bool,
    /// The browser's cookies, by name: the value, and when it expires where it does.
    cookies: BTreeMap<String, (String, Option<Timestamp>)>,
    /// What page script keeps.
    bearer: Option<String>,
    /// When that expires, where it is a token that can be exchanged.
    bearer_expires: Option<Timestamp>,
    was_refused: bool,
    had_failure: bool,
}

/// What page script takes from an answer's content.
#[derive(Deserialize)]
struct Content {
    access_token: Option<String>,
    session_id: Option<String>,
    expires_in: Option<i64>,
}

impl TrialUser {
    /// The user of that number, who has not signed in.
    pub(super) const fn new(lane: Lane, number: u32) -> Self {
        Self {
            lane,
            number,
            has_signed_in: false,
            cookies: BTreeMap::new(),
            bearer: None,
            bearer_expires: None,
            was_refused: false,
            had_failure: false,
        }
    }

    /// Signs in.
    pub(super) fn sign_in(&mut self, run: &mut Run, environment: &mut Environment<'_>) -> Met {
        let account = format!("user-{}", self.number);
        let body = serde_json::json!({ "account": account, "password": SAMPLE_PASSWORD });
        let credential = Presented::OtherDevice;
        let body = body.to_string();
        let met = self.send(run, "POST", "/login", body, credential, environment);
        self.has_signed_in = met == Met::Served;
        met
    }

    /// One request for what is the user's own, after the sign-in where there was none yet.
    pub(super) fn ask(&mut self, run: &mut Run, environment: &mut Environment<'_>) -> Met {
        let mut met = Met::Served;
        if !self.has_signed_in {
            met = self.sign_in(run, environment);
        }
        if met == Met::Served {
            met = self.ask_signed_in(run, environment);
        }
        self.was_refused |= met == Met::Refused;
        self.had_failure |= met == Met::Failed;
        met
    }

    /// As the site's page script does, it exchanges the refresh token before, where the access token has expired or is
    /// missing.
    fn ask_signed_in(&mut self, run: &mut Run, environment: &mut Environment<'_>) -> Met {
        let scheme = run.deployment.main_server(self.lane).scheme();
        self.cookies
            .retain(|_, (_, expires)| expires.is_none_or(|expires| environment.now < expires));
        let has_token =
            self.bearer.is_some() || self.cookies.contains_key(self.lane.names().access_token);
        let is_over = self
            .bearer_expires
            .is_some_and(|expires| expires <= environment.now);
        let mut met = Met::Served;
        if scheme.credential == Credential::AccessAndRefresh && (is_over || !has_token) {
            let credential = presented(self.cookie_field());
            met = self.send(
                run,
                "POST",
                "/refresh",
                String::new(),
                credential,
                environment,
            );
        }
        if met == Met::Served {
            let credential = presented(if scheme.carrier.is_bearer() {
                self.bearer.clone()
            } else {
                self.cookie_field()
            });
            met = self.send(run, "GET", "/me", String::new(), credential, environment);
        }
        met
    }

    /// Asks once more, now that all faults are over, and is counted.
    pub(super) fn count(
        &mut self,
        run: &mut Run,
        outcome: &mut LaneOutcome,
        environment: &mut Environment<'_>,
    ) {
        let (was_refused, had_failure) = (self.was_refused, self.had_failure);
        let counted = match self.ask(run, environment) {
            Met::Refused => &mut outcome.signed_out,
            _ if was_refused => &mut outcome.refused,
            Met::Failed => &mut outcome.failed,
            Met::Served if had_failure => &mut outcome.failed,
            Met::Served => &mut outcome.unaware,
        };
        *counted += 1;
    }

    /// The cookies as the browser sends them, if it has any. All paths are those of the site: what a server does not look
    /// for, it does not see.
    fn cookie_field(&self) -> Option<String> {
        let pairs = self.cookies.iter();
        let pairs: Vec<String> = pairs
            .map(|(name, (value, _))| format!("{name}={value}"))
            .collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn send(
        &mut self,
        run: &mut Run,
        method: &str,
        path: &str,
        body: String,
        credential: Presented,
        environment: &mut Environment<'_>,
    ) -> Met {
        let errand = Errand {
            lane: self.lane,
            method: method.to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            body,
            credential,
        };
        let carried = run.deployment.carry(&run.page, &[errand], environment);
        let Some(exchange) = carried.exchanges.into_iter().next() else {
            return Met::Failed;
        };
        let met = met(&exchange);
        let first_trouble = self.lane.of_mut(&mut run.first_troubles);
        if met != Met::Served && first_trouble.is_none() {
            *first_trouble = exchange.rejection().cloned();
        }
        if let Some(response) = &exchange.response {
            self.take(response, environment.now);
        }
        met
    }

    /// The browser takes the cookies, and page script what it is to keep.
    fn take(&mut self, response: &Response, now: Timestamp) {
        let lines = response
            .headers
            .iter()
            .filter(|header| header.name.eq_ignore_ascii_case("Set-Cookie"));
        for line in lines {
            let mut parts = line.value.split("; ");
            let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            let max_age = parts.find_map(|part| part.strip_prefix("Max-Age=")?.parse().ok());
            if max_age == Some(0) {
                self.cookies.remove(name);
            } else {
                let expires = max_age.map(|seconds| now.plus_seconds(seconds));
                self.cookies
                    .insert(name.to_owned(), (value.to_owned(), expires));
            }
        }
        if response.status != 200 {
            return;
        }
        let Ok(content) = serde_json::from_str::<Content>(&response.body) else {
            return;
        };
        if let Some(bearer) = content.access_token.or(content.session_id) {
            self.bearer = Some(bearer);
            self.bearer_expires = content.expires_in.map(|seconds| now.plus_seconds(seconds));
        }
    }
}

fn presented(credential: Option<String>) -> Presented {
    credential.map_or(Presented::OtherDevice, Presented::Copy)
}

fn met(exchange: &Exchange) -> Met {
    match exchange.response.as_ref().map(|response| response.status) {
        Some(200..=299) => Met::Served,
        Some(400..=499) => Met::Refused,
        _ => Met::Failed,
    }
}
