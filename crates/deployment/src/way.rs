//! One request's way through all parties: the same for one that is carried out and one that is only tried. It keeps
//! nothing: jar and store are handed in.

use protocol::{
    Check, CookieEffect, Cost, Errand, Exchange, Fact, Lane, Outcome, PageContext, Party,
    Presented, Rejection, Request, Response, Service, Step, Storing, Timestamp,
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
    pub(crate) stateful: Servers,
    pub(crate) stateless: Servers,
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

impl Way {
    /// One request, all the way. Its number is 0: it has none of its own.
    pub(crate) fn exchange(
        &self,
        page: &PageContext,
        errand: &Errand,
        jar: &mut Jar,
        store: &mut dyn Store,
        environment: &mut Environment<'_>,
    ) -> Exchange {
        let servers = match errand.lane {
            Lane::A => &self.stateful,
            Lane::B => &self.stateless,
        };
        let service = server::service_of(&errand.path);
        let server = servers.of(service);
        let now = environment.now;
        let (request, mut steps) = composing::compose(errand, server.scheme(), page, jar, now);
        let bytes_up = octets(&request.to_string());
        steps.push(self.network.travel(Check::RequestTravelled, bytes_up));

        if service != Service::Main {
            steps.push(chosen(service));
        }
        let handled = server.handle(&request, &page.site, store, environment);
        steps.extend(handled.steps);

        let response = handled.response;
        let bytes_down = octets(&response.to_string());
        steps.push(self.network.travel(Check::ResponseTravelled, bytes_down));
        // What answers a copy never reaches this browser.
        let cookies = match errand.credential {
            Presented::FromBrowser => {
                store_cookies(jar, &request, &response, page, now, &mut steps)
            }
            Presented::Copy(_) => Vec::new(),
        };

        Exchange {
            number: 0,
            lane: errand.lane,
            at: now,
            path: errand.path.clone(),
            ledger: ledger::sum(&steps, bytes_up, bytes_down),
            request: without_password(request),
            response: Some(response),
            steps,
            cookies,
        }
    }
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
    request: &Request,
    response: &Response,
    page: &PageContext,
    now: Timestamp,
    steps: &mut Vec<Step>,
) -> Vec<CookieEffect> {
    let context = RequestContext::new(&page.site, request.path(), &request.method);
    let lines = response
        .headers
        .iter()
        .filter(|header| header.name.eq_ignore_ascii_case("Set-Cookie"));
    lines
        .map(|header| {
            let effect = jar.store(&header.value, &context, Source::Http, now);
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
