//! What a trial says of lines and a request. The rules themselves are tested where they stand; here it is that each of
//! them is told, with what else there is to see.

use protocol::{
    CookieRule, CookieText, Defaults, Initiator, JarOutcome, JarTrial, Pasted, Place, Storing,
    Timestamp, TrialRequest,
};
use user_agent::try_jar;

mod attributes;
mod matrix;
mod pasted;
mod properties;
mod requests;

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

fn place(origin: &str, path: &str) -> Place {
    Place {
        origin: origin.to_owned(),
        path: path.to_owned(),
    }
}

fn here() -> Place {
    place("https://www.example.org", "/app/login")
}

/// What is tried where a test says nothing else: the text as pasted, and a request of the site itself to the same URL.
fn trial(text: &str) -> JarTrial {
    JarTrial {
        pasted: Pasted::Text {
            text: text.to_owned(),
            kind: None,
        },
        set_by: here(),
        set_for: Initiator::ThisSite,
        set_at: NOW,
        request: Some(TrialRequest {
            to: here(),
            method: String::from("GET"),
            initiator: Initiator::ThisSite,
            at: NOW,
        }),
        defaults: Defaults::Chromium,
        at_hand: None,
        most_lines: 200,
    }
}

fn tried(text: &str) -> JarOutcome {
    try_jar(&trial(text))
}

/// What became of each line: the name and value that are stored, or the rule against it.
fn fates(outcome: &JarOutcome) -> Vec<Result<String, CookieRule>> {
    outcome
        .lines
        .iter()
        .map(|line| match &line.storing {
            Storing::Stored(cookie) => Ok(format!("{}={}", cookie.name, cookie.value)),
            Storing::Removed { name, .. } => Ok(format!("-{name}")),
            Storing::Refused(rule) => Err(rule.clone()),
        })
        .collect()
}

fn kept(pairs: &[&str]) -> Vec<Result<String, CookieRule>> {
    pairs.iter().map(|pair| Ok((*pair).to_owned())).collect()
}

#[test]
fn lines_are_tried_one_after_another_on_one_jar() {
    let outcome = tried("a=1\nb=2; Max-Age=0\na=3\nc=4; Secure; Domain=x.org\nb=5\nb=; Max-Age=-1");
    let foreign = CookieRule::ForeignDomain {
        domain: String::from("x.org"),
    };
    let mut expected = kept(&["a=1", "-b", "a=3", "c", "b=5", "-b"]);
    expected[3] = Err(foreign);
    assert_eq!(fates(&outcome), expected);
    let replaced: Vec<bool> = outcome.lines.iter().map(|line| line.replaced).collect();
    assert_eq!(replaced, [true, false, false, false, true, false]);
    assert_eq!(outcome.jar.len(), 1);
    assert_eq!(outcome.header.as_deref(), Some("a=3"));
    assert_eq!(
        outcome.at_hand,
        Some(2),
        "the first whose cookie is in the jar"
    );
}

#[test]
fn nothing_comes_of_nothing() {
    for text in ["", "\n \r\n\t"] {
        assert_eq!(tried(text), JarOutcome::default());
    }
    let nothing = JarTrial {
        pasted: Pasted::Lines(Vec::new()),
        ..trial("")
    };
    assert_eq!(try_jar(&nothing), JarOutcome::default());
}

#[test]
fn lines_of_a_program_are_taken_as_they_are() {
    let lines = ["Set-Cookie: a=1", "", "b=2\n", "c=3"].map(str::to_owned);
    let outcome = try_jar(&JarTrial {
        pasted: Pasted::Lines(lines.to_vec()),
        ..trial("")
    });
    let expected = vec![
        Ok(String::from("Set-Cookie: a=1")),
        Err(CookieRule::Empty),
        Err(CookieRule::ControlCharacter),
        Ok(String::from("c=3")),
    ];
    assert_eq!(fates(&outcome), expected);
    assert_eq!(outcome.kind, Some(CookieText::SetCookie));
}

#[test]
fn too_many_lines_are_counted_and_not_tried() {
    let few = JarTrial {
        most_lines: 2,
        ..trial("a=1\nb=2\nc=3\nd=4")
    };
    let outcome = try_jar(&few);
    assert_eq!(fates(&outcome), kept(&["a=1", "b=2"]));
    assert_eq!(outcome.left_out, 2);
}
