//! One request, its response, and the steps between.

use serde::{Deserialize, Serialize};

use crate::{
    CookieEffect, Header, Lane, Ledger, Outcome, Rejection, Request, Response, Scheme, Step,
    Timestamp,
};

/// Where the page, and with it the server, is at home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Scheme, host and port, such as `https://example.org`.
    pub origin: String,
    /// The folder of the page, with a slash at both ends: the path below which the server's routes stand and its
    /// cookies are valid.
    pub base_path: String,
}

/// What page script sees at the moment at which a request is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageContext {
    /// Where the page is at home.
    pub site: Site,
    /// `document.cookie`; `None` where the browser has cookies disabled.
    pub cookie: Option<String>,
    /// What page script keeps for each lane and would send as `Authorization: Bearer`, in the place that the lane's
    /// carrier names; `None` where there is nothing, or it is blocked.
    pub bearers: [Option<String>; 2],
    /// The browser's `User-Agent`; `None` where it is not to be sent.
    pub user_agent: Option<String>,
}

/// A request that the page asks for, before the user agent has added what it carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Errand {
    /// In which lane.
    pub lane: Lane,
    /// The method.
    pub method: String,
    /// The path below the site's own, with a slash at its start, and the query.
    pub path: String,
    /// Field lines that the page sets itself.
    pub headers: Vec<Header>,
    /// The content, empty where there is none.
    pub body: String,
    /// Where the credential comes from.
    pub credential: Presented,
}

/// Where an errand's credential comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Presented {
    /// From this browser, as it holds it when the request is made.
    FromBrowser,
    /// A copy that was kept: the `Cookie` field's value, or the token. It is sent as it is, by whoever has it, and not
    /// by this browser.
    Copy(String),
    /// None, from another device: a sign-in there. What answers it never reaches this browser.
    OtherDevice,
}

/// One request, its response and the steps between: all that is needed to show it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// Its number in this worker's life, counted from 1.
    pub number: u32,
    /// Its lane.
    pub lane: Lane,
    /// By which scheme the server knew its users.
    pub scheme: Scheme,
    /// When it was sent, by the one clock.
    pub at: Timestamp,
    /// The route as the page asked for it: the path below the site's own.
    pub path: String,
    /// What was sent. A password in the content of a sign-in is replaced by asterisks, octet for octet, here alone.
    pub request: Request,
    /// What came back; `None` where no answer came.
    pub response: Option<Response>,
    /// What happened, in order.
    pub steps: Vec<Step>,
    /// What the response's `Set-Cookie` lines did.
    pub cookies: Vec<CookieEffect>,
    /// What it cost.
    pub ledger: Ledger,
}

impl Exchange {
    /// Why the server refused it: the first check that did not hold. A cookie that the browser refused afterwards is
    /// not a refusal by the server.
    pub fn rejection(&self) -> Option<&Rejection> {
        self.steps.iter().find_map(|step| match &step.outcome {
            Outcome::Failed(Rejection::Cookie(_)) => None,
            Outcome::Failed(rejection) => Some(rejection),
            _ => None,
        })
    }
}
