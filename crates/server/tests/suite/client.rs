//! A client that keeps what a lane's server gives it, as browser and page script would: cookies by name, and a bearer
//! credential. The refresh token goes to the one path that exchanges it.

use std::collections::BTreeMap;

use protocol::{Header, Lane, Request, Response};
use server::{Handled, SAMPLE_PASSWORD};

use crate::fixture::{World, bearer, json, request, sign_in, with};

/// What a client holds of a lane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Client {
    pub(crate) bearer: Option<String>,
    pub(crate) cookies: BTreeMap<String, String>,
}

impl Client {
    /// A client that has just signed in to the member's account.
    #[track_caller]
    pub(crate) fn signed_in(world: &mut World, lane: Lane) -> Self {
        Self::signed_in_to(world, lane, "member")
    }

    #[track_caller]
    pub(crate) fn signed_in_to(world: &mut World, lane: Lane, account: &str) -> Self {
        let mut client = Self::default();
        let handled = client.send(world, lane, &sign_in(account, SAMPLE_PASSWORD));
        assert_eq!(handled.response.status, 200, "on {}", world.name);
        client
    }

    /// The request with all that goes to its path.
    pub(crate) fn on(&self, lane: Lane, request: Request) -> Request {
        let refreshes = request.path().ends_with("/refresh");
        let cookies = self
            .cookies
            .iter()
            .filter(|(name, _)| refreshes || **name != lane.names().refresh_cookie);
        let cookies: Vec<_> = cookies
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = if cookies.is_empty() {
            request
        } else {
            with(request, "Cookie", &cookies.join("; "))
        };
        match &self.bearer {
            Some(text) => bearer(request, text),
            None => request,
        }
    }

    /// Sends it, and keeps what the answer brings.
    pub(crate) fn send(&mut self, world: &mut World, lane: Lane, request: &Request) -> Handled {
        let handled = world.send(lane, &self.on(lane, request.clone()));
        self.take(&handled.response);
        handled
    }

    pub(crate) fn refresh(&mut self, world: &mut World, lane: Lane) -> Handled {
        self.send(world, lane, &refresh())
    }

    /// Keeps what an answer brings.
    pub(crate) fn take(&mut self, response: &Response) {
        for line in set_cookies(&response.headers) {
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').expect("it has a name");
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if response.status == 200 {
            let content = json(response);
            for name in ["access_token", "session_id"] {
                if let Some(text) = content[name].as_str() {
                    self.bearer = Some(text.to_owned());
                }
            }
        }
    }
}

pub(crate) fn refresh() -> Request {
    request("POST", "/refresh", "")
}

pub(crate) fn sign_out() -> Request {
    request("POST", "/logout", "")
}

pub(crate) fn set_cookies(headers: &[Header]) -> Vec<&str> {
    let set = headers.iter().filter(|header| header.name == "Set-Cookie");
    set.map(|header| header.value.as_str()).collect()
}
