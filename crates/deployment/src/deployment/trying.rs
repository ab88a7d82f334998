//! What would come of a request or of a cookie's line. All is as before afterwards.

use protocol::{CookieEffect, Errand, Exchange, PageContext, Timestamp};
use server::Environment;
use sessions::{KeyStore, ObserverAccess, Store};
use user_agent::{RequestContext, Source};

use super::Deployment;
use super::answering::Keeping;
use crate::recording::{cut, without_long_texts};

impl<S: Store + KeyStore + ObserverAccess> Deployment<S> {
    /// What this request would meet now, on what page script would see. It goes the way of any other, with a copy of the
    /// jar, past a copy of the balancer, and on a store that keeps nothing: all is as before afterwards. Its number is 0, and of what it carries long
    /// texts are cut.
    pub fn preview(
        &mut self,
        page: &PageContext,
        errand: &Errand,
        environment: &mut Environment<'_>,
    ) -> Exchange {
        let mut jar = self.jar.clone();
        let context = RequestContext::page(&page.site);
        jar.begin(page.cookie.as_deref(), &context, environment.now);
        let now = environment.now;
        let mut flight = self.way.depart(page, errand, &jar, now);
        let mut balancer = errand.lane.of(&self.balancers).clone();
        self.answer_by(&mut balancer, &mut flight, Keeping::Nothing, environment);
        let exchange = Self::arrive_at_browser(flight, &mut jar, now);
        Exchange {
            path: cut(exchange.path),
            request: without_long_texts(exchange.request),
            ..exchange
        }
    }

    /// What would become of a line that page script assigned to `document.cookie` now.
    pub fn assign_cookie(&self, page: &PageContext, line: &str, now: Timestamp) -> CookieEffect {
        let mut jar = self.jar.clone();
        let context = RequestContext::page(&page.site);
        jar.begin(page.cookie.as_deref(), &context, now);
        jar.store(line, &context, Source::Script, now)
    }
}
