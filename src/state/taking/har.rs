//! The history as a HAR, version 1.2: what developer tools and proxies read and write. What is not in the standard has a
//! name that begins with an underscore, as the standard asks.

use protocol::{Check, Exchange, Header, Request, Response, Site, Timestamp};
use serde_json::{Value, json};

use super::cookies;
use super::credentials::Credentials;
use super::moment::iso_8601;
use crate::state::export::{lane_name, step_json};
use crate::state::record::{Entry, Recorded};
use crate::state::scheme_json::scheme_to_json;
use crate::wording;

const HTTP: &str = "HTTP/1.1";
/// What browsers write where no media type is known.
const NO_TYPE: &str = "x-unknown";
const ALL_IS_THERE: &str = "The servers ran in this browser. Credentials are as they were carried: whoever has this file can use those that still count. Passwords are asterisks.";
const LEFT_OUT: &str = "The servers ran in this browser. Credentials are left out, here and wherever else they stood. Sizes are those of what was sent. Passwords are asterisks.";
const TIMES: &str = "send and receive: modelled network time. wait: the server's measured time, with modelled time on the way to its database.";

/// Writes a HAR entry by entry, so that a long one needn't be written at one go.
pub(crate) struct HarWriter {
    site: Site,
    /// What is left out; `None` where all is kept.
    credentials: Option<Credentials>,
    text: String,
    has_entries: bool,
}

impl HarWriter {
    /// Of what happened on this site. `kept` is all of it, so that what one entry carried is left out of the others too.
    pub(crate) fn new<'a>(
        site: Site,
        with_credentials: bool,
        kept: impl Iterator<Item = &'a Entry>,
    ) -> Self {
        let credentials = (!with_credentials).then(|| Credentials::of(kept.flat_map(recorded)));
        let comment = if with_credentials {
            ALL_IS_THERE
        } else {
            LEFT_OUT
        };
        let creator = json!({ "name": "Ticket or Passport", "version": env!("CARGO_PKG_VERSION") });
        let text = format!(
            "{{\"log\":{{\"version\":\"1.2\",\"creator\":{creator},\"comment\":{},\"entries\":[",
            json!(comment)
        );
        Self {
            site,
            credentials,
            text,
            has_entries: false,
        }
    }

    /// Adds the requests of what happened at one time.
    pub(crate) fn add(&mut self, entry: &Entry) {
        for recorded in recorded(entry) {
            self.text
                .push_str(if self.has_entries { ",\n" } else { "\n" });
            self.has_entries = true;
            let written = self.written(entry.at, recorded);
            self.text.push_str(&written.to_string());
        }
    }

    /// The file's content.
    pub(crate) fn finish(mut self) -> String {
        self.text.push_str("\n]}}\n");
        self.text
    }

    fn written(&self, at: Timestamp, recorded: &Recorded) -> Value {
        let exchange = recorded.exchange();
        let sent = exchange.map_or_else(|| self.asked_for(recorded), |it| it.request.clone());
        let answer = exchange.and_then(|exchange| exchange.response.as_ref());
        let at = exchange.map_or(at, |exchange| exchange.at);
        let [send, wait, receive] = exchange.map_or([0.0; 3], times);
        let verdict = wording::verdict(recorded).sentence;
        let mut entry = json!({
            "startedDateTime": iso_8601(at),
            "time": send + wait + receive,
            "request": self.request(&sent),
            "response": match answer {
                Some(answer) => self.response(answer, at),
                None => no_response(&verdict),
            },
            "cache": {},
            "timings": {
                "blocked": -1, "dns": -1, "connect": -1, "ssl": -1,
                "send": send, "wait": wait, "receive": receive, "comment": TIMES,
            },
            "comment": verdict,
            "_lane": lane_name(recorded.errand.lane),
        });
        if let Some(exchange) = exchange {
            entry["_scheme"] = scheme_to_json(&exchange.scheme);
            entry["_steps"] = exchange.steps.iter().map(step_json).collect();
        }
        if let Some(credentials) = &self.credentials {
            for member in ["response", "comment", "_steps"] {
                if let Some(value) = entry.get_mut(member) {
                    credentials.out_of_json(value);
                }
            }
        }
        entry
    }

    /// What would have been sent, where nothing says what was.
    fn asked_for(&self, recorded: &Recorded) -> Request {
        let errand = &recorded.errand;
        Request {
            method: errand.method.clone(),
            target: format!(
                "{}{}",
                self.site.base_path.trim_end_matches('/'),
                errand.path
            ),
            headers: errand.headers.clone(),
            body: errand.body.clone(),
        }
    }

    fn request(&self, sent: &Request) -> Value {
        let shown = match &self.credentials {
            Some(credentials) => credentials.out_of_request(sent),
            None => sent.clone(),
        };
        let field = shown.header("Cookie").unwrap_or_default();
        let target = as_uri(&shown.target);
        let mut request = json!({
            "method": shown.method,
            "url": format!("{}{target}", self.site.origin),
            "httpVersion": HTTP,
            "cookies": cookies::sent_json(field),
            "headers": headers_json(&shown.headers),
            "queryString": query(&target),
            "headersSize": sent.to_string().len() - sent.body.len(),
            "bodySize": sent.body.len(),
        });
        if !shown.body.is_empty() {
            request["postData"] = json!({
                "mimeType": shown.header("Content-Type").unwrap_or(NO_TYPE),
                "text": shown.body,
            });
        }
        request
    }

    fn response(&self, came: &Response, at: Timestamp) -> Value {
        let shown = match &self.credentials {
            Some(credentials) => credentials.out_of_response(came),
            None => came.clone(),
        };
        let lines = shown
            .headers
            .iter()
            .filter(|header| header.name.eq_ignore_ascii_case("Set-Cookie"));
        json!({
            "status": came.status,
            "statusText": came.reason(),
            "httpVersion": HTTP,
            "cookies": lines.map(|line| cookies::set_json(&line.value, at)).collect::<Value>(),
            "headers": headers_json(&shown.headers),
            "content": {
                "size": came.body.len(),
                "mimeType": shown.header("Content-Type").unwrap_or(NO_TYPE),
                "text": shown.body,
            },
            "redirectURL": shown.header("Location").unwrap_or_default(),
            "headersSize": came.to_string().len() - came.body.len(),
            "bodySize": came.body.len(),
        })
    }
}

/// What was recorded at one time, left lane first.
fn recorded(entry: &Entry) -> impl Iterator<Item = &Recorded> {
    protocol::Lane::BOTH
        .into_iter()
        .filter_map(|lane| entry.lane(lane).map(|recorded| &**recorded))
}

/// As browsers write that none came.
fn no_response(why: &str) -> Value {
    json!({
        "status": 0,
        "statusText": "",
        "httpVersion": "",
        "cookies": [],
        "headers": [],
        "content": { "size": 0, "mimeType": NO_TYPE },
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": -1,
        "_error": why,
    })
}

fn headers_json(headers: &[Header]) -> Value {
    headers
        .iter()
        .map(|header| json!({ "name": header.name, "value": header.value }))
        .collect()
}

/// The target with each octet encoded that may not stand there. RFC 3986, 2.
fn as_uri(target: &str) -> String {
    let octets = target.as_bytes();
    let mut uri = String::with_capacity(target.len());
    for (place, octet) in octets.iter().enumerate() {
        let is_encoding = || {
            let digits = octets.get(place + 1..place + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        let may_stand = match octet {
            b'%' => is_encoding(),
            _ => octet.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(octet),
        };
        if may_stand {
            uri.push(char::from(*octet));
        } else {
            uri.push_str(&format!("%{octet:02X}"));
        }
    }
    uri
}

/// Names and values as they stand in the target.
fn query(target: &str) -> Value {
    let (_, query) = target.split_once('?').unwrap_or_default();
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect()
}

/// Milliseconds of the way there, of the server, and of the way back.
fn times(exchange: &Exchange) -> [f64; 3] {
    let on_the_way = |check: Check| -> f64 {
        exchange
            .steps
            .iter()
            .filter(|step| step.check == check)
            .map(|step| step.cost.network_milliseconds)
            .sum()
    };
    let [send, receive] = [Check::RequestTravelled, Check::ResponseTravelled].map(on_the_way);
    let ledger = &exchange.ledger;
    let between = (ledger.network_milliseconds - send - receive).max(0.0);
    [send, between + ledger.server_microseconds / 1000.0, receive]
}
