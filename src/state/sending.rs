//! Requests and their answers: sent with what the browser holds at that moment, taken in before the next one is made.
//! It never decides what a request carries.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::{Command, Errand, Exchange, Lane, Presented, Reply};

use super::page_script;
use super::playground::{Playground, say_no_answer, unexpected};
use super::record::{Outcome, Recorded};
use crate::browser::{Cookies, quoted};

impl Playground {
    /// Sends requests as page script does: with a fresh token, where it keeps one that it can refresh.
    pub(crate) async fn send(self, errands: Vec<Errand>) -> Vec<Arc<Recorded>> {
        self.refresh_where_due(&errands).await;
        self.send_now(errands).await
    }

    /// Sends requests with what the browser holds at the moment when their turn comes.
    pub(super) async fn send_now(self, errands: Vec<Errand>) -> Vec<Arc<Recorded>> {
        let recorded = self.send_in_turn(errands).await;
        self.log
            .update_value(|log| log.push(self.clock(), recorded.clone()));
        // Only where it changes something: all that shows an entry listens.
        if self.selected.with_untracked(Option::is_some) {
            self.selected.set(None);
        }
        self.schedule_paint();
        recorded
    }

    pub(super) async fn send_in_turn(self, errands: Vec<Errand>) -> Vec<Arc<Recorded>> {
        let turn = self.take_turn();
        let _turn = turn.lock().await;
        let view = self.browser_view();
        let command = Command::Exchange {
            page: Self::page_context_of(view.clone()),
            errands: errands.clone(),
        };
        let answer = self.ask(command);
        // What has gone out is what someone on the way could keep.
        self.remember(&view);
        let exchanges = match answer.await {
            Ok(Reply::Exchanged { exchanges, expired }) => {
                for line in &expired {
                    Cookies::write(line);
                }
                exchanges
            }
            Ok(other) => return without_answer(errands, &unexpected(&other)),
            Err(reason) => return without_answer(errands, &say_no_answer(reason)),
        };
        errands
            .into_iter()
            .zip(exchanges)
            .map(|(errand, exchange)| {
                let recorded = take_in(errand, exchange);
                self.remember_exchange(&recorded);
                Arc::new(recorded)
            })
            .collect()
    }

    /// Signs in to both lanes.
    pub(crate) async fn sign_in(self, account: &str, password: &str) -> Vec<Arc<Recorded>> {
        let [account, password] = [account, password].map(quoted);
        let content = format!("{{\"account\":{account},\"password\":{password}}}");
        self.send(both("POST", "/login", &content)).await
    }

    /// Signs out of both lanes.
    pub(crate) async fn sign_out(self) -> Vec<Arc<Recorded>> {
        self.send(both("POST", "/logout", "")).await
    }
}

/// The same errand for both lanes.
fn both(method: &str, path: &str, body: &str) -> Vec<Errand> {
    Lane::BOTH
        .into_iter()
        .map(|lane| Errand {
            lane,
            method: method.to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            body: body.to_owned(),
            credential: Presented::FromBrowser,
        })
        .collect()
}

/// Takes an answer in, where it is this browser's.
pub(super) fn take_in(errand: Errand, exchange: Exchange) -> Recorded {
    let readbacks = page_script::write_cookies(&exchange.cookies);
    if errand.credential == Presented::FromBrowser {
        page_script::take_bearer(&exchange);
    }
    Recorded {
        errand: without_password(errand, &exchange),
        outcome: Outcome::Answered {
            exchange: Box::new(exchange),
            readbacks,
        },
    }
}

/// What is recorded keeps no password: the exchange's own content has none.
fn without_password(errand: Errand, exchange: &Exchange) -> Errand {
    Errand {
        body: exchange.request.body.clone(),
        ..errand
    }
}

fn without_answer(errands: Vec<Errand>, reason: &str) -> Vec<Arc<Recorded>> {
    errands
        .into_iter()
        .map(|errand| {
            Arc::new(Recorded {
                errand: Errand {
                    body: String::new(),
                    ..errand
                },
                outcome: Outcome::NoAnswer {
                    reason: reason.to_owned(),
                },
            })
        })
        .collect()
}
