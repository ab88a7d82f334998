//! One request's way through all parties: the same for one that is carried out, one that is only tried, and one that is
//! held on its way. It keeps nothing: jar and store are handed in.

use protocol::{
    Check, CookieEffect, Cost, Errand, Exchange, Fact, Lane, Outcome, PageContext, Party,
    Presented, Rejection, Request, Response, Scheme, Service, Site, Step, Storing, Timestamp,
};
use server::{Environment, Server};
use sessions::Store;
use user_agent::{Jar, RequestContext, Source};

use crate::network::Network;
use crate::recording::without_password;
use crate::{composing, ledger};

/// What lies on the way of a request.
pub(crate) struct Way {
    pub(crate) network: Network,
    /// By lane.
    pub(crate) lanes: [Servers; 2],
}

/// One server a service, in the order of [`Service::ALL`].
pub(crate) struct Servers(pub(crate) [Server; Service::ALL.len()]);

impl Servers {
    /// One server a service.
    pub(crate) fn new(server: impl Fn(Service) -> Server) -> Self {
        Self(Service::ALL.map(server))
    }

    /// The server of this service.
    pub(crate) const fn of(&self, service: Service) -> &Server {
        let [main, orders, billing] = &self.0;
        match service {
            Service::Main => main,
            Service::Orders => orders,
            Service::Billing => billing,
        }
    }
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

    /// What has happened so far.
    pub(crate) fn so_far(&self) -> Exchange {
        self.clone().into_exchange(Vec::new())
    }

    /// All that happened. Its number is 0: it has none of its own.
    fn into_exchange(self, cookies: Vec<CookieEffect>) -> Exchange {
        Exchange {
            number: 0,
            lane: self.errand.lane,
            scheme: self.scheme,
            at: self.departed,
            path: self.errand.path,
            ledger: ledger::sum(&self.steps, self.bytes_up, self.bytes_down),
            request: without_password(self.request),
            response: self.response,
            steps: self.steps,
            cookies,
        }
    }
}

impl Way {
    /// One request, all the way.
    pub(crate) fn exchange(
        &self,
        page: &PageContext,
        errand: &Errand,
        jar: &mut Jar,
        store: &mut dyn Store,
        environment: &mut Environment<'_>,
    ) -> Exchange {
        let mut flight = self.depart(page, errand, jar, environment.now);
        self.arrive(&mut flight, store, environment);
        deliver(flight, jar, environment.now)
    }

    /// The request leaves the browser, with what that holds now.
    pub(crate) fn depart(
        &self,
        page: &PageContext,
        errand: &Errand,
        jar: &Jar,
        now: Timestamp,
    ) -> Flight {
        let scheme = errand.lane.of(&self.lanes).of(Service::Main).scheme();
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
            bytes_up,
            bytes_down: 0,
            steps,
        }
    }

    /// The request arrives at a server, which answers as it is by now.
    pub(crate) fn arrive(
        &self,
        flight: &mut Flight,
        store: &mut dyn Store,
        environment: &mut Environment<'_>,
    ) {
        let service = flight.service();
        let server = flight.lane().of(&self.lanes).of(service);
        flight.scheme = server.scheme();
        if service != Service::Main {
            flight.steps.push(chosen(service));
        }
        let handled = server.handle(&flight.request, &flight.site, store, environment);
        flight.steps.extend(handled.steps);
        flight.bytes_down = octets(&handled.response.to_string());
        let travelled = self
            .network
            .travel(Check::ResponseTravelled, flight.bytes_down);
        flight.steps.push(travelled);
        flight.response = Some(handled.response);
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

/// The path leads to another server than the one that signs users in.
fn chosen(service: Service) -> Step {
    Step {
        party: Party::Balancer,
        check: Check::ServerChosen,
        outcome: Outcome::Passed(Fact::ServerChosen(service.server_number())),
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
            steps.push(Step {
                party: Party::UserAgent,
                check: Check::CookieStored,
                outcome,
                cost: Cost::default(),
            });
            effect
        })
        .collect()
}

fn octets(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}
