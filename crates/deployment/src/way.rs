//! One request's way through all parties: the same for one that is carried out, one that is only tried, and one that is
//! held on its way. It keeps nothing: jar and store are handed in.

use protocol::{
    Check, ChosenBy, CookieEffect, Cost, Errand, Exchange, Fact, Fleet, Lane, Outcome, PageContext,
    Party, Presented, Rejection, Request, Response, Scheme, Service, Site, Step, Storing,
    Timestamp,
};
use server::Handled;
use user_agent::{Jar, RequestContext, Source};

use crate::balancer::{BalancerState, reading};
use crate::condition::Condition;
use crate::lane_servers::LaneServers;
use crate::network::Network;
use crate::recording::without_password;
use crate::{composing, ledger};

/// Of a long row of dead servers that were tried, how many are told one by one.
const TOLD_TRIES: usize = 8;

/// What lies on the way of a request.
#[derive(Clone)]
pub(crate) struct Way {
    pub(crate) network: Network,
    pub(crate) fleet: Fleet,
    /// Whether the algorithm's keys have a half that verifies alone.
    pub(crate) has_public_halves: bool,
    /// What is wrong with each server, by its number: the same in both lanes.
    pub(crate) conditions: Vec<Condition>,
    /// By lane.
    pub(crate) lanes: [LaneServers; 2],
}

/// A request that has left the browser.
#[derive(Clone)]
pub(crate) struct Flight {
    errand: Errand,
    site: Site,
    scheme: Scheme,
    departed: Timestamp,
    request: Request,
    response: Option<Response>,
    /// The server that the balancer chose among several.
    picked: Option<u32>,
    /// The server that the balancer's cookie is to name.
    pinned: Option<u32>,
    bytes_up: u32,
    bytes_down: u32,
    steps: Vec<Step>,
}

impl Flight {
    /// Where it is going.
    pub(crate) const fn lane(&self) -> Lane {
        self.errand.lane
    }

    /// Which server is to answer.
    pub(crate) fn service(&self) -> Service {
        server::service_of(&self.errand.path)
    }

    /// Whether a server has answered it.
    pub(crate) const fn is_answered(&self) -> bool {
        self.response.is_some()
    }

    /// The server that the balancer chose among several.
    pub(crate) const fn picked(&self) -> Option<u32> {
        self.picked
    }

    /// Whether the balancer's cookie is to name its server.
    pub(crate) const fn is_to_be_pinned(&self) -> bool {
        self.pinned.is_some()
    }

    /// The access token that it carries.
    pub(crate) fn token(&self) -> Option<&str> {
        reading::token(&self.request, self.lane(), &self.scheme)
    }

    /// Why a server refused it, where one has.
    pub(crate) fn refusal(&self) -> Option<&Rejection> {
        self.steps.iter().find_map(|step| match &step.outcome {
            Outcome::Failed(rejection) => Some(rejection),
            _ => None,
        })
    }

    fn by_balancer(&mut self, check: Check, outcome: Outcome) {
        self.steps.push(step(Party::Balancer, check, outcome));
    }

    /// The observer's line about it.
    pub(crate) fn note(&mut self, check: Check, fact: Fact) {
        let outcome = Outcome::Noted(fact);
        self.steps.push(step(Party::Observer, check, outcome));
    }

    /// What has happened so far.
    pub(crate) fn so_far(&self) -> Exchange {
        self.clone().into_exchange(Vec::new())
    }

    /// A server handles the request.
    pub(crate) fn handled(&mut self, handle: impl FnOnce(&Request, &Site) -> Handled) -> Response {
        let handled = handle(&self.request, &self.site);
        self.steps.extend(handled.steps);
        handled.response
    }

    /// Whether its request has content.
    pub(crate) const fn has_content(&self) -> bool {
        !self.request.body.is_empty()
    }

    /// All that happened, without a password that the content may hold. Its number is 0: it has none of its own.
    fn into_exchange(self, cookies: Vec<CookieEffect>) -> Exchange {
        Self {
            request: without_password(self.request),
            ..self
        }
        .told(cookies)
    }

    /// The same of a request without content that brought no cookie.
    pub(crate) fn into_plain_exchange(self) -> Exchange {
        self.told(Vec::new())
    }

    fn told(self, cookies: Vec<CookieEffect>) -> Exchange {
        Exchange {
            number: 0,
            lane: self.errand.lane,
            scheme: self.scheme,
            at: self.departed,
            path: self.errand.path,
            ledger: ledger::sum(&self.steps, self.bytes_up, self.bytes_down),
            request: self.request,
            response: self.response,
            steps: self.steps,
            cookies,
        }
    }
}

impl Way {
    /// The number of the server that this service has for itself.
    fn number_of(&self, service: Service) -> u32 {
        self.fleet.servers.saturating_sub(1) + service.server_number()
    }

    /// What is wrong with the server of that number.
    pub(crate) fn condition(&self, server: u32) -> Condition {
        let index = server.checked_sub(1).map(|index| index as usize);
        let condition = index.and_then(|index| self.conditions.get(index));
        condition.copied().unwrap_or_default()
    }

    /// The request leaves the browser, with what that holds now.
    pub(crate) fn depart(
        &self,
        page: &PageContext,
        errand: &Errand,
        jar: &Jar,
        now: Timestamp,
    ) -> Flight {
        let scheme = errand.lane.of(&self.lanes).sound(Service::Main).scheme();
        let (request, mut steps) = composing::compose(errand, scheme, page, jar, now);
        let bytes_up = octets(&request.to_string());
        steps.push(self.network.travel(Check::RequestTravelled, bytes_up));
        Flight {
            errand: errand.clone(),
            site: page.site.clone(),
            scheme,
            departed: now,
            request,
            response: None,
            picked: None,
            pinned: None,
            bytes_up,
            bytes_down: 0,
            steps,
        }
    }

    /// The request arrives at the balancer, which finds a server for it; where none answers, the balancer does. Tells the
    /// number of the server.
    pub(crate) fn route(&self, flight: &mut Flight, balancer: &mut BalancerState) -> Option<u32> {
        flight.scheme = flight.lane().of(&self.lanes).sound(Service::Main).scheme();
        let service = flight.service();
        if service != Service::Main {
            let number = self.number_of(service);
            flight.by_balancer(
                Check::ServerChosen,
                Outcome::Passed(Fact::ServerChosen(number)),
            );
            return Some(number);
        }
        let (servers, is_down) = (self.fleet.servers, |server| self.condition(server).is_down);
        // Where there is one server, nothing stands before it that could choose.
        if servers == 1 && !is_down(1) {
            return Some(1);
        }
        let asked = reading::read(
            &flight.request,
            &flight.errand.path,
            flight.lane(),
            &flight.scheme,
            &self.fleet,
            self.has_public_halves,
        );
        let choice = balancer.choose(self.fleet.balancer, servers, &asked, is_down);
        for server in choice.tried.iter().take(TOLD_TRIES) {
            flight.by_balancer(
                Check::ServerTried,
                Outcome::Noted(Fact::ServerDown(*server)),
            );
        }
        let Some((server, by)) = choice.chosen else {
            self.refuse(flight, choice.tried.len());
            return None;
        };
        let fact = Fact::ServerPicked {
            server,
            of: servers,
            by,
        };
        flight.by_balancer(Check::ServerChosen, Outcome::Passed(fact));
        flight.picked = Some(server);
        let is_new = matches!(
            by,
            ChosenBy::TurnWithoutCookie | ChosenBy::TurnAsPinnedIsDown { .. }
        );
        let comes_back = reading::can_come_back(&flight.scheme, &flight.errand.path);
        flight.pinned = (is_new && comes_back).then_some(server);
        Some(server)
    }

    /// None of the servers answers: the balancer does.
    fn refuse(&self, flight: &mut Flight, servers: usize) {
        let servers = u32::try_from(servers).unwrap_or(u32::MAX);
        let rejection = Rejection::NoServer { servers };
        let response = server::refusal(&rejection, flight.scheme.carrier);
        flight.by_balancer(Check::ServerChosen, Outcome::Failed(rejection));
        let status = Fact::Status(response.status);
        flight.by_balancer(Check::Answered, Outcome::Passed(status));
        self.send_back(flight, response);
    }

    /// The answer leaves, past the balancer.
    pub(crate) fn send_back(&self, flight: &mut Flight, response: Response) {
        flight.bytes_down = octets(&response.to_string());
        let travelled = self
            .network
            .travel(Check::ResponseTravelled, flight.bytes_down);
        flight.steps.push(travelled);
        flight.response = Some(response);
    }
}

/// The balancer lets the browser name the server from now on, where it is to.
pub(crate) fn pin(flight: &mut Flight, response: &mut Response) {
    if let Some(server) = flight.pinned {
        let header = reading::pinning_header(flight.lane(), &flight.site, server);
        response.headers.push(header);
        let fact = Fact::Pinned { server };
        flight.by_balancer(Check::ServerPinned, Outcome::Passed(fact));
    }
}

/// The answer arrives in the browser; what answers a copy, or another device, never does.
pub(crate) fn deliver(mut flight: Flight, jar: &mut Jar, now: Timestamp) -> Exchange {
    let cookies = match (&flight.errand.credential, &flight.response) {
        (Presented::FromBrowser, Some(response)) => {
            let context =
                RequestContext::new(&flight.site, flight.request.path(), &flight.request.method);
            store_cookies(jar, response, &context, now, &mut flight.steps)
        }
        _ => Vec::new(),
    };
    flight.into_exchange(cookies)
}

fn step(party: Party, check: Check, outcome: Outcome) -> Step {
    Step {
        party,
        check,
        outcome,
        cost: Cost::default(),
    }
}

/// The user agent takes the response's cookies, or refuses them. RFC 6265bis, 5.7.
fn store_cookies(
    jar: &mut Jar,
    response: &Response,
    context: &RequestContext,
    now: Timestamp,
    steps: &mut Vec<Step>,
) -> Vec<CookieEffect> {
    let lines = response
        .headers
        .iter()
        .filter(|header| header.name.eq_ignore_ascii_case("Set-Cookie"));
    lines
        .map(|header| {
            let effect = jar.store(&header.value, context, Source::Http, now);
            let outcome = match &effect.storing {
                Storing::Refused(rule) => Outcome::Failed(Rejection::Cookie(rule.clone())),
                storing => Outcome::Passed(Fact::Storing(storing.clone())),
            };
            steps.push(step(Party::UserAgent, Check::CookieStored, outcome));
            effect
        })
        .collect()
}

fn octets(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
