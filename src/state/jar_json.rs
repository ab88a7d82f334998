//! What the console gets of a trial of cookies. Times are in seconds since 1970.

use protocol::{Cookie, Initiator, JarOutcome, SameSite, Storing};
use serde_json::{Value, json};

use crate::wording::{self, cookie_studio};

/// Who causes a request, by the console's names.
const INITIATORS: [(&str, Initiator); 8] = [
    ("this-site", Initiator::ThisSite),
    (
        "this-site-fetch-without-credentials",
        Initiator::ThisSiteFetchWithoutCredentials,
    ),
    ("link", Initiator::ForeignLink),
    ("form", Initiator::ForeignForm),
    ("image", Initiator::ForeignSubresource),
    ("fetch", Initiator::ForeignFetch),
    (
        "fetch-without-credentials",
        Initiator::ForeignFetchWithoutCredentials,
    ),
    ("frame", Initiator::ForeignFrame),
];

/// The name of who causes a request.
pub(super) fn initiator_name(initiator: Initiator) -> &'static str {
    let named = INITIATORS.iter().find(|(_, known)| *known == initiator);
    named.map_or("this-site", |(name, _)| name)
}

/// Who is meant by a name; the names that there are, where nobody is.
pub(crate) fn initiator_of(name: &str) -> Result<Initiator, String> {
    INITIATORS
        .into_iter()
        .find(|(known, _)| *known == name)
        .map(|(_, initiator)| initiator)
        .ok_or_else(|| INITIATORS.map(|(known, _)| known).join(", "))
}

/// A trial's outcome.
pub(crate) fn jar_json(outcome: &JarOutcome) -> Value {
    let refused: Vec<Value> = outcome
        .lines
        .iter()
        .filter_map(|line| match &line.storing {
            Storing::Refused(rule) => Some(json!({
                "line": line.line.text,
                "rule": plain(wording::rule_against(rule)),
                "reference": cookie_studio::rule_reference(rule),
            })),
            _ => None,
        })
        .collect();
    let (mut sent, mut held) = (Vec::new(), Vec::new());
    for decision in &outcome.decisions {
        let Some(cookie) = usize::try_from(decision.cookie)
            .ok()
            .and_then(|position| outcome.jar.get(position))
        else {
            continue;
        };
        match &decision.held {
            None => sent.push(cookie_json(cookie)),
            Some(rule) => held.push(json!({
                "name": cookie.name,
                "rule": plain(wording::held(rule)),
                "reference": cookie_studio::held_reference(rule),
            })),
        }
    }
    json!({
        "stored": outcome.jar.iter().map(cookie_json).collect::<Vec<_>>(),
        "refused": refused,
        "sent": sent,
        "held": held,
        "cookie": outcome.header,
        "leftOut": outcome.left_out,
    })
}

fn cookie_json(cookie: &Cookie) -> Value {
    json!({
        "name": cookie.name,
        "value": cookie.value,
        "domain": cookie.domain,
        "hostOnly": cookie.host_only,
        "path": cookie.path,
        "expires": cookie.expires.map(|at| at.milliseconds() as f64 / 1000.0),
        "secure": cookie.secure,
        "httpOnly": cookie.http_only,
        "sameSite": match cookie.same_site {
            SameSite::Strict => Some("Strict"),
            SameSite::Lax => Some("Lax"),
            SameSite::None => Some("None"),
            SameSite::Default => None,
        },
    })
}

/// A sentence without the marks around its code.
fn plain(sentence: String) -> String {
    sentence.replace('`', "")
}
