//! What the token studio says: of terms, checks, lifetime, size, and of two verdicts that should be one.

use protocol::{Check, Inspection, Timestamp, TokenFact, TokenOutcome, TokenRejection, TokenStep};

use super::claim::moment;
use super::number::grouped;
use super::reference::reference;
use super::said::Said;
use super::token::{rejection, token_step};
use super::verdict::{Tone, Verdict};
use crate::state::terms::LeewayProblem;
use crate::state::token_size::{COOKIE_NAME, COOKIE_OCTETS, TokenSize};
use crate::state::{Agreement, Sent, refusal};

/// What one check says. Under terms that are not the server's it is a verifier that speaks.
pub(crate) fn verifier_step(step: &TokenStep, by_server: bool) -> Said {
    let said = token_step(step);
    if by_server { said } else { of_a_verifier(said) }
}

fn of_a_verifier(said: Said) -> Said {
    let replaced = |text: String| {
        text.replace("server", "verifier")
            .replace("This verifier issued it", "The expected issuer issued it")
    };
    Said {
        sentence: replaced(said.sentence),
        detail: said.detail,
    }
}

/// Where the check's rule stands, and whether it ran.
pub(crate) fn token_source(step: &TokenStep) -> String {
    let place = reference(Check::Token(step.check));
    match &step.outcome {
        TokenOutcome::NotReached => format!("{place} · not reached"),
        TokenOutcome::LeftOut => format!("{place} · left out"),
        // The standard lets a token live for ever.
        TokenOutcome::Failed(TokenRejection::Missing { name }) if name == "exp" => {
            String::from("policy")
        }
        TokenOutcome::Passed(TokenFact::NotExpected) => String::from("policy"),
        TokenOutcome::Passed(_) | TokenOutcome::Failed(_) => place.to_owned(),
    }
}

/// The verdict in one line: accepted, or the first check that failed.
pub(crate) fn verifier_verdict(
    inspection: &Result<Inspection, String>,
    by_server: bool,
) -> Verdict {
    let inspection = match inspection {
        Ok(inspection) => inspection,
        Err(reason) => return Verdict::silent(reason.clone()),
    };
    match refusal(inspection) {
        Some(reason) => {
            let said = rejection(reason);
            let said = if by_server { said } else { of_a_verifier(said) };
            Verdict {
                tone: Tone::Refused,
                status: String::from("refused"),
                sentence: said.sentence,
            }
        }
        None => Verdict {
            tone: Tone::Accepted,
            status: String::from("accepted"),
            sentence: String::from(if by_server {
                "All checks held: the server takes this token’s word."
            } else {
                "All checks held that these terms ask for."
            }),
        },
    }
}

/// What there is to say of the right signature: `None` where there is none to tell, and empty where it is there already.
pub(crate) fn right_signature(right: Option<&str>) -> String {
    match right {
        None => String::from("The signature that would be right can’t be told here."),
        Some("") => String::from("The signature is the one that this key gives."),
        Some(right) => format!("The signature that would be right: `{right}`"),
    }
}

/// Whose terms they are.
pub(crate) const fn terms_state(by_server: bool) -> &'static str {
    if by_server {
        "These are the server’s own terms: it would say the same."
    } else {
        "These are your own terms: the server has others, and may say something else."
    }
}

/// What is wrong with a leeway as it was typed.
pub(crate) const fn leeway_problem(problem: LeewayProblem) -> &'static str {
    match problem {
        LeewayProblem::Empty => "No number: the checks run without leeway.",
        LeewayProblem::Negative => "A leeway is not below zero: the checks run without.",
        LeewayProblem::TooLarge => "That is more than 136 years: the checks run without leeway.",
        LeewayProblem::NotANumber => {
            "Not a whole number of seconds: the checks run without leeway."
        }
    }
}

/// How studio and server stand to each other.
pub(crate) fn agreement(sent: &Sent) -> &'static str {
    match (sent.agreement(), sent.own_terms) {
        (Agreement::Agree, false) => {
            "Studio and server agree: the same function gave both verdicts, on the same token."
        }
        (Agreement::Agree, true) => {
            "Studio and server say the same of this token, each under its own terms."
        }
        (Agreement::Differ, true) => {
            "They differ, as the terms do: the studio judged under yours, the server under its own."
        }
        (Agreement::Differ, false) => {
            "They differ, and should not. Something changed between the two questions: a key, or the clock."
        }
        (Agreement::NotAsked, _) => {
            "The server decided before it looked at the token, so there is nothing to compare."
        }
    }
}

/// When it was issued, from when and until when it is valid, as the token itself says.
pub(crate) fn lifetime(
    issued: Option<Timestamp>,
    not_before: Option<Timestamp>,
    expires: Option<Timestamp>,
    clock: Timestamp,
) -> String {
    let said: Vec<String> = [
        ("issued", "issued", issued),
        ("valid since", "valid from", not_before),
        ("expired", "expires", expires),
    ]
    .into_iter()
    .filter_map(|(past, to_come, at)| {
        let at = at?;
        let word = if at > clock { to_come } else { past };
        Some(format!("{word} {}", moment(at, clock)))
    })
    .collect();
    if said.is_empty() {
        return String::from("No moment can be read in it: neither `iat`, `nbf` nor `exp`.");
    }
    format!("By its own words: {}.", said.join(", "))
}

/// What it weighs.
pub(crate) fn size(size: &TokenSize) -> String {
    let [octets, field] = [size.octets, size.field].map(|it| grouped(it as u64));
    // A thousand of them, in thousands of octets.
    format!(
        "{octets} octets; {field} as an `Authorization` field, which is {field} kB on 1,000 requests. Counted."
    )
}

/// Whether a cookie could hold it.
pub(crate) fn cookie_room(room: isize, passes_at: Option<&str>) -> String {
    let limit = grouped(COOKIE_OCTETS as u64);
    let limit = format!("A cookie named `{COOKIE_NAME}` has {limit} octets for name and value");
    let count = grouped(room.unsigned_abs() as u64);
    if room >= 0 {
        return format!("{limit}: room for {count} more.");
    }
    let place = match passes_at {
        Some(claim) => format!("passed in the claim `{claim}`"),
        None => String::from("passed after the claims"),
    };
    format!("{limit}: {count} too many, {place}. Browsers refuse it.")
}

/// What an edit changed.
pub(crate) fn blast_radius(
    payload: usize,
    signing_input: usize,
    bits: Option<(u32, usize)>,
) -> String {
    let changed = |count: usize, of: &str| {
        format!(
            "{count} {} {of}",
            if count == 1 { "octet of" } else { "octets of" }
        )
    };
    let text = format!(
        "The edit changed {} and {}.",
        changed(payload, "the payload"),
        changed(signing_input, "the signing input")
    );
    match bits {
        Some((bits, of)) => {
            format!("{text} Of the right signature it changed {bits} of {of} bits.")
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use protocol::TokenCheck;

    use super::*;

    #[test]
    fn under_own_terms_no_server_speaks() {
        for check in [
            TokenCheck::AlgorithmAllowed,
            TokenCheck::KeyFound,
            TokenCheck::Signature,
            TokenCheck::Issuer,
            TokenCheck::Audience,
        ] {
            let step = TokenStep {
                check,
                outcome: TokenOutcome::NotReached,
            };
            assert!(verifier_step(&step, true).sentence.contains("server"));
            let own = verifier_step(&step, false).sentence;
            assert!(!own.contains("server"), "{own}");
        }
    }

    #[test]
    fn a_lifetime_reads_as_one_sentence() {
        let at = |seconds| Some(Timestamp::from_seconds(seconds));
        let clock = Timestamp::from_seconds(100);
        for (moments, said) in [
            (
                [at(70), None, at(160)],
                "By its own words: issued 30 s ago, expires in 1:00 min.",
            ),
            (
                [None, at(90), at(95)],
                "By its own words: valid since 10 s ago, expired 5 s ago.",
            ),
            (
                [None, None, None],
                "No moment can be read in it: neither `iat`, `nbf` nor `exp`.",
            ),
        ] {
            let [issued, not_before, expires] = moments;
            assert_eq!(lifetime(issued, not_before, expires, clock), said);
        }
    }
}
