//! From an exchange to the arrows between browser, server and database. An arrow stands for steps that happened; it
//! never stands for one that was not reached.

use std::ops::Range;

use protocol::{
    Calibration, Check, Errand, Exchange, Fact, Outcome, Rejection, Step, StorePlace, TokenCheck,
    TokenFact,
};

use crate::components::step_time;
use crate::wording::arrow as say;

/// What an arrow takes at least, in microseconds: less can't be told apart from nothing.
const LEAST_MICROSECONDS: f64 = 1.0;

/// A party with a lifeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// Page script and user agent.
    Browser,
    /// The server.
    Server,
    /// The session store.
    Database,
}

impl Node {
    /// All of them, from left to right.
    pub(crate) const ALL: [Self; 3] = [Self::Browser, Self::Server, Self::Database];
}

/// What kind of arrow it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One party asks another.
    Message,
    /// The other answers: dashed.
    Reply,
    /// A party does something by itself.
    Alone,
}

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Well, or neither way.
    Plain,
    /// It is, or brings, the refusal.
    Refused,
}

/// One arrow.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Arrow {
    /// Where it starts.
    pub(crate) from: Node,
    /// Where it ends.
    pub(crate) to: Node,
    /// What kind it is.
    pub(crate) kind: Kind,
    /// How it went.
    pub(crate) tone: Tone,
    /// What stands at it.
    pub(crate) label: String,
    /// The steps that it stands for, by their places in the exchange.
    pub(crate) steps: Range<usize>,
    /// How much time passed since the arrow before it, in microseconds.
    pub(crate) wait_microseconds: f64,
    /// How long it took, in microseconds.
    pub(crate) microseconds: f64,
}

/// The arrows of an exchange, in the order in which they happened.
pub(crate) fn arrows(exchange: &Exchange, calibration: Option<&Calibration>) -> Vec<Arrow> {
    let mut pen = Pen {
        calibration,
        algorithm: None,
        arrows: Vec::new(),
        unclaimed_from: 0,
        waited: 0.0,
    };
    for (index, step) in exchange.steps.iter().enumerate() {
        if step.outcome != Outcome::NotReached {
            pen.take(exchange, index, step);
        }
    }
    if exchange.response.is_none() {
        pen.no_answer(exchange.steps.len());
    }
    pen.arrows
}

/// Which server answered, where the balancer chose among several.
pub(crate) fn picked_server(exchange: &Exchange) -> Option<u32> {
    exchange.steps.iter().find_map(|step| match step.outcome {
        Outcome::Passed(Fact::ServerPicked { server, .. }) => Some(server),
        _ => None,
    })
}

/// What is known of a request that got no answer: that it left.
pub(crate) fn unanswered(errand: &Errand) -> Vec<Arrow> {
    let mut pen = Pen {
        calibration: None,
        algorithm: None,
        arrows: Vec::new(),
        unclaimed_from: 0,
        waited: 0.0,
    };
    let label = say::asked(&errand.method, &errand.path);
    pen.message(Node::Browser, Node::Server, label, 0..0, LEAST_MICROSECONDS);
    pen.no_answer(0);
    pen.arrows
}

/// Whether both have the same picture, whatever time they took.
pub(crate) fn is_drawn_alike(some: &[Arrow], others: &[Arrow]) -> bool {
    let picture = |arrow: &Arrow| (arrow.from, arrow.to, arrow.kind, arrow.tone);
    some.len() == others.len()
        && some.iter().zip(others).all(|(one, other)| {
            picture(one) == picture(other) && one.label == other.label && one.steps == other.steps
        })
}

/// Whether the database has a part in it.
pub(crate) fn asks_database(arrows: &[Arrow]) -> bool {
    arrows.iter().any(|arrow| arrow.to == Node::Database)
}

/// Draws arrow after arrow.
struct Pen<'a> {
    calibration: Option<&'a Calibration>,
    /// The algorithm that the token names.
    algorithm: Option<&'a str>,
    arrows: Vec<Arrow>,
    /// The first step that no arrow stands for yet.
    unclaimed_from: usize,
    /// Time of steps without an arrow, in microseconds.
    waited: f64,
}

impl<'a> Pen<'a> {
    fn take(&mut self, exchange: &'a Exchange, index: usize, step: &'a Step) {
        let microseconds = step_time::microseconds(step, self.calibration);
        let steps = self.unclaimed_from..index + 1;
        if !step.cost.store.is_empty() {
            self.use_store(index, step, microseconds);
            return;
        }
        match (step.check, &step.outcome) {
            (Check::RequestTravelled, _) => {
                let label = say::request(&exchange.path, &exchange.request);
                self.message(Node::Browser, Node::Server, label, steps, microseconds);
            }
            (Check::ResponseTravelled, _) => {
                if let Some(response) = &exchange.response {
                    let tone = tone(response.status >= 400);
                    let label = say::response(response);
                    self.reply(
                        Node::Server,
                        Node::Browser,
                        label,
                        tone,
                        steps,
                        microseconds,
                    );
                }
            }
            (Check::CookieStored, Outcome::Passed(Fact::Storing(storing))) => {
                let label = say::storing(storing);
                self.alone(Node::Browser, label, Tone::Plain, steps, microseconds);
            }
            (Check::CookieStored, _) => {
                let label = String::from(say::COOKIE_REFUSED);
                self.alone(Node::Browser, label, Tone::Refused, steps, microseconds);
            }
            (Check::Token(TokenCheck::Signature), Outcome::Passed(_)) => {
                let label = say::signature(self.algorithm, true);
                self.alone(Node::Server, label, Tone::Plain, steps, microseconds);
            }
            (
                Check::Token(TokenCheck::Signature),
                Outcome::Failed(Rejection::Token(protocol::TokenRejection::SignatureMismatch {
                    ..
                })),
            ) => {
                let label = say::signature(self.algorithm, false);
                self.alone(Node::Server, label, Tone::Refused, steps, microseconds);
            }
            (check, outcome) => {
                if let Outcome::Passed(Fact::Token(TokenFact::Algorithm(name))) = outcome {
                    self.algorithm = Some(name);
                }
                if let Some(label) = say::on_server(step).filter(|_| is_servers(step)) {
                    let tone = tone(matches!(outcome, Outcome::Failed(_)));
                    let way = match outcome {
                        // It was asked, and failed before it had anything to log.
                        Outcome::Failed(Rejection::StoreFailed { .. }) => {
                            ((Node::Server, Node::Database), Kind::Message)
                        }
                        _ => ((Node::Server, Node::Server), Kind::Alone),
                    };
                    self.push(way.0, way.1, tone, label, steps, microseconds);
                } else {
                    self.waited += microseconds;
                    if !leads_to_next(check) {
                        self.claim_for_last(index + 1);
                    }
                }
            }
        }
    }

    /// A question and an answer for each operation on the database; what needs none is the server's own.
    fn use_store(&mut self, index: usize, step: &Step, microseconds: f64) {
        let failed = matches!(step.outcome, Outcome::Failed(_));
        let operations = &step.cost.store;
        let halves = |place| if place == StorePlace::Database { 2 } else { 1 };
        let parts: u32 = operations.iter().map(|it| halves(it.place)).sum();
        let each = microseconds / f64::from(parts);
        let first = self.unclaimed_from;
        let last = operations.len() - 1;
        for (number, operation) in operations.iter().enumerate() {
            let tone = tone(failed && number == last);
            if operation.place != StorePlace::Database {
                let label = say::at_hand(operation);
                self.alone(Node::Server, label, tone, first..index + 1, each);
                continue;
            }
            let label = say::query(operation);
            self.message(Node::Server, Node::Database, label, first..index + 1, each);
            let label = say::rows(operation);
            self.reply(
                Node::Database,
                Node::Server,
                label,
                tone,
                index..index + 1,
                each,
            );
        }
    }

    fn no_answer(&mut self, steps: usize) {
        let label = String::from(say::NO_ANSWER);
        let steps = self.unclaimed_from..steps;
        self.alone(
            Node::Server,
            label,
            Tone::Refused,
            steps,
            LEAST_MICROSECONDS,
        );
    }

    /// The steps up to there belong to what the last arrow brought.
    fn claim_for_last(&mut self, end: usize) {
        if let Some(last) = self.arrows.last_mut() {
            last.steps.end = end;
            self.unclaimed_from = end;
        }
    }

    fn message(&mut self, from: Node, to: Node, label: String, steps: Range<usize>, time: f64) {
        self.push((from, to), Kind::Message, Tone::Plain, label, steps, time);
    }

    fn reply(
        &mut self,
        from: Node,
        to: Node,
        label: String,
        tone: Tone,
        steps: Range<usize>,
        time: f64,
    ) {
        self.push((from, to), Kind::Reply, tone, label, steps, time);
    }

    fn alone(&mut self, node: Node, label: String, tone: Tone, steps: Range<usize>, time: f64) {
        self.push((node, node), Kind::Alone, tone, label, steps, time);
    }

    fn push(
        &mut self,
        (from, to): (Node, Node),
        kind: Kind,
        tone: Tone,
        label: String,
        steps: Range<usize>,
        microseconds: f64,
    ) {
        self.unclaimed_from = self.unclaimed_from.max(steps.end);
        self.arrows.push(Arrow {
            from,
            to,
            kind,
            tone,
            label,
            steps,
            wait_microseconds: std::mem::take(&mut self.waited),
            microseconds: microseconds.max(LEAST_MICROSECONDS),
        });
    }
}

const fn tone(refused: bool) -> Tone {
    if refused { Tone::Refused } else { Tone::Plain }
}

const fn is_servers(step: &Step) -> bool {
    matches!(step.party, protocol::Party::Server(_))
}

/// Steps that prepare the next arrow; all others look at what the last one brought.
const fn leads_to_next(check: Check) -> bool {
    matches!(
        check,
        Check::BearerAttached
            | Check::CookieSelected
            | Check::OtherDeviceAsked
            | Check::Answered
            | Check::Token(
                TokenCheck::Parts
                    | TokenCheck::Base64url
                    | TokenCheck::HeaderJson
                    | TokenCheck::HeaderNamesUnique
                    | TokenCheck::CriticalUnderstood
                    | TokenCheck::AlgorithmAllowed
                    | TokenCheck::KeyFound
                    | TokenCheck::KeyFits
                    | TokenCheck::KeyLongEnough
            )
    )
}
