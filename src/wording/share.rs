//! What is said of links to what is on the screen, and of a page in another site's frame.

use crate::state::share::{Opened, Opening};

/// Why a moved clock in a link can't be used.
pub(crate) const TOO_FAR: &str = "a clock can be moved by 400 days at most";
/// Why a name in a link can't be used.
pub(crate) const UNKNOWN: &str = "this version knows nothing of that name";
/// Why the request in a link can't be used.
pub(crate) const NO_SUCH_REQUEST: &str = "there is no such request to choose from";
/// What a link leaves out.
pub(crate) const LEFT_OUT: &str = "What is in it: the scene, both lanes’ schemes, the servers, how the session cookie is set, the algorithm, the clock, and the request, cookie lines or example token that the scene is about. What is not: cookies’ values, signatures, text that has not a token’s three parts, keys, passwords, and what is wrong with servers. All of it stands after the `#`, which no server ever sees.";
/// Said where the link would be too long.
pub(crate) const TOO_LONG: &str = "No link: it would be longer than 16 KiB.";
/// Said in a frame where the browser gives the page no cookies.
pub(crate) const JAR_ALONE: &str = "In another site’s frame this browser gives the page no cookies. A jar of the page’s own stands for `document.cookie`, and the lanes use that: developer tools show nothing of it, and it is gone when the frame is left.";

/// A setting that a link changed.
const fn opened(opened: Opened) -> &'static str {
    match opened {
        Opened::Scheme(protocol::Lane::A) => "lane A’s scheme",
        Opened::Scheme(protocol::Lane::B) => "lane B’s scheme",
        Opened::Fleet => "the servers",
        Opened::Cookie => "how the session cookie is set",
        Opened::Algorithm => "the algorithm",
        Opened::Clock => "the clock",
        Opened::Request => "the request",
    }
}

/// How many of the parts that were not used are named.
const MOST_NAMED: usize = 8;

/// What came of a link, as one sentence for each thing; nothing where it changed nothing and nothing was left.
pub(crate) fn opening(opening: &Opening) -> Vec<String> {
    let mut said = Vec::new();
    if opening.is_too_long {
        said.push(String::from(
            "The link is longer than any that is made here. Nothing of it was used.",
        ));
    }
    if !opening.opened.is_empty() {
        let all: Vec<_> = opening.opened.iter().copied().map(opened).collect();
        said.push(format!("The link changed: {}.", all.join(", ")));
    }
    for (name, why) in opening.left.iter().take(MOST_NAMED) {
        said.push(match why {
            Some(why) => {
                format!(
                    "The link’s part `{name}` was not used: {}.",
                    why.trim_end_matches('.')
                )
            }
            None => unread(name),
        });
    }
    let others = opening.left.len().saturating_sub(MOST_NAMED);
    if others > 0 {
        said.push(format!("Of the link’s parts, {others} more were not used."));
    }
    said
}

/// Of a part that can't be read.
pub(crate) fn unread(name: &str) -> String {
    format!("The link’s part `{name}` can’t be read, and was not used.")
}

#[cfg(test)]
mod tests {
    use protocol::Lane;

    use super::*;

    #[test]
    fn what_came_of_a_link_is_told() {
        assert!(opening(&Opening::default()).is_empty());
        let came = Opening {
            opened: vec![Opened::Scheme(Lane::A), Opened::Clock],
            request: None,
            left: vec![
                (String::from("b"), None),
                (String::from("new"), Some(UNKNOWN.to_owned())),
            ],
            is_too_long: false,
        };
        assert_eq!(
            opening(&came),
            [
                "The link changed: lane A’s scheme, the clock.",
                "The link’s part `b` can’t be read, and was not used.",
                "The link’s part `new` was not used: this version knows nothing of that name.",
            ]
        );
        let long = Opening {
            is_too_long: true,
            ..Opening::default()
        };
        assert_eq!(opening(&long).len(), 1);
        let hostile = Opening {
            left: (0..5000).map(|name| (name.to_string(), None)).collect(),
            ..Opening::default()
        };
        let said = opening(&hostile);
        assert_eq!(said.len(), MOST_NAMED + 1);
        assert!(said.concat().contains("4992 more"), "{said:?}");
    }
}
