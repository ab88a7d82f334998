//! What is said of how a token came into the studio, and of what a link holds.

use super::key::signing_problem;
use crate::state::examples::Example;
use crate::state::pasted::Taken;
use crate::state::token_link::{LinkProblem, NoLink};
use crate::state::{LinkMade, Notice};

/// The example's name.
pub(crate) const fn example_name(example: Example) -> &'static str {
    match example {
        Example::Valid => "Valid",
        Example::Expired => "Expired",
        Example::NotYetValid => "Not yet valid",
        Example::WrongSignature => "Wrong signature",
        Example::WrongAudience => "Wrong audience",
        Example::Unsigned => "Unsigned: none",
        Example::KeyConfusion => "Key confusion",
        Example::Broken => "Broken",
    }
}

/// What there is to say of how the token came here.
pub(crate) fn studio_notice(notice: &Notice) -> String {
    match notice {
        Notice::TakenOff(taken) => {
            let what: Vec<_> = taken.iter().map(taken_off).collect();
            format!("Taken off what was pasted: {}.", what.join(", "))
        }
        Notice::Linked {
            without_signature,
            key_left_out,
        } => {
            let mut said = String::from("Opened from a link.");
            if *without_signature {
                said.push_str(" The signature is not in it: a token with one is a credential.");
            }
            if *key_left_out {
                said.push_str(" Nor is the key that was used: keys never go into links.");
            }
            said
        }
        Notice::BadLink(LinkProblem::TooLong) => {
            String::from("The link is longer than any that is made here. Nothing of it was taken.")
        }
        Notice::BadLink(LinkProblem::Malformed) => String::from(
            "The link can’t be read: it was cut or changed, or comes from another version. Nothing of it was taken.",
        ),
        Notice::LinkMade(made) => String::from(link_made(*made)),
        Notice::NotSigned(problem) => {
            let said = signing_problem(problem);
            let detail = said.detail.unwrap_or_default();
            format!("Not signed. {} {detail}", said.sentence)
        }
        Notice::NoAnswer(reason) => reason.clone(),
    }
}

fn taken_off(taken: &Taken) -> String {
    String::from(match taken {
        Taken::Field => "the name of the `Authorization` field",
        Taken::Scheme => "the scheme `Bearer`",
        Taken::Quotes => "quotation marks",
        Taken::Spaces => "spaces and line breaks",
        Taken::PercentEncoding => "percent-encoding",
        Taken::Cookies(name) => return format!("all but the cookie `{name}`"),
        Taken::Json(name) => return format!("the JSON around `{name}`"),
        Taken::Serialization => "the JSON serialisation (RFC 7515, 7.2)",
    })
}

/// What a link that was made holds, and what not.
const fn link_made(made: LinkMade) -> &'static str {
    match made {
        LinkMade::Copied { signed: true } => {
            "Copied: token and terms. The signature is in it, as everyone could have made it with the sample key. A key of your own never is."
        }
        LinkMade::Copied { signed: false } => {
            "Copied: token and terms. The signature is left out, as a token with one is a credential; so are keys."
        }
        LinkMade::Refused => "The browser did not let the page copy.",
        LinkMade::None(NoLink::TooLong) => "No link: it would be longer than 16 KiB.",
        LinkMade::None(NoLink::NotThreeParts) => {
            "No link: this text has not the three parts of a signed token, so all of it may be a credential."
        }
    }
}

/// What the empty studio says.
pub(crate) const NO_TOKEN_YET: &str = "Paste any token, with whatever stands around it; or start from an example. After sign-in the browser’s own token is here too.";
