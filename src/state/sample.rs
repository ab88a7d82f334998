//! What tests take for an exchange that took place.

use std::sync::Arc;

use protocol::{
    Errand, Exchange, Header, Lane, Ledger, Presented, Request, Response, Settings, Timestamp,
};

use super::record::{Outcome, Recorded};

/// A `GET` that was answered with that status.
pub(super) fn answered(
    lane: Lane,
    path: &str,
    status: u16,
    credential: Presented,
) -> Arc<Recorded> {
    let errand = Errand {
        lane,
        method: String::from("GET"),
        path: path.to_owned(),
        headers: Vec::new(),
        body: String::new(),
        credential,
    };
    let exchange = Exchange {
        number: 1,
        lane,
        scheme: Settings::default().schemes[usize::from(lane == Lane::B)],
        at: Timestamp::from_seconds(1),
        path: path.to_owned(),
        request: Request {
            method: errand.method.clone(),
            target: path.to_owned(),
            headers: Vec::new(),
            body: String::new(),
        },
        response: Some(Response {
            status,
            headers: Vec::new(),
            body: String::new(),
        }),
        steps: Vec::new(),
        cookies: Vec::new(),
        ledger: Ledger::default(),
    };
    Arc::new(Recorded {
        errand,
        outcome: Outcome::Answered {
            exchange: Box::new(exchange),
            readbacks: Vec::new(),
        },
    })
}

/// A request with these fields and that content.
pub(super) fn request(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Request {
    let header = |(name, value): &(&str, &str)| Header::new(*name, *value);
    Request {
        method: method.to_owned(),
        target: target.to_owned(),
        headers: headers.iter().map(header).collect(),
        body: body.to_owned(),
    }
}
