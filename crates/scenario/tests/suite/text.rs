//! The text of a link: it gives the same run again, and hostile text gives an error that names the part.

use proptest::prelude::*;
use protocol::{Arrivals, SimulationProblem};
use scenario::{LONGEST_TEXT, LoadPreset, TextProblem, default_run, from_text, to_text};

use crate::strategies::{changed, simulations};

#[test]
fn the_default_run_needs_no_text() {
    assert_eq!(to_text(&default_run()), "");
    assert_eq!(from_text(""), Ok(default_run()));
}

#[test]
fn only_what_differs_is_written() {
    let run = changed(|run| {
        run.requests = 5_000_000;
        run.arrivals = Arrivals::Poisson { rate: 0.000_000_1 };
    });
    assert_eq!(to_text(&run), "requests:5000000,arrivals:poisson~1e-7");
}

#[test]
fn presets_come_back_from_their_text() {
    for preset in LoadPreset::ALL {
        let run = preset.simulation();
        assert_eq!(from_text(&to_text(&run)), Ok(run), "{preset:?}");
    }
}

proptest! {
    #[test]
    fn any_run_comes_back_from_its_text(run in simulations()) {
        let text = to_text(&run);
        prop_assert!(text.len() <= LONGEST_TEXT, "{} octets", text.len());
        let is_plain = |c: char| c.is_ascii_alphanumeric() || ":,~.-".contains(c);
        prop_assert!(text.chars().all(is_plain), "{text}");
        prop_assert_eq!(from_text(&text), Ok(run));
    }

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,200}") {
        let _ = from_text(&text);
    }

    #[test]
    fn no_value_is_too_strange(
        key in "(seed|requests|arrivals|queue|store|lane|event|prices)",
        value in "(poisson|constant|exponential|users|bursty|server-down|-|~|NaN|inf|1e999|-1|9){1,9}",
    ) {
        let _ = from_text(&format!("{key}:{value}"));
    }
}

#[track_caller]
fn check(text: &str, problem: TextProblem) {
    assert_eq!(from_text(text), Err(problem), "{text}");
}

/// The limit counts the text's octets, and the last of them may still be there.
#[test]
fn a_text_may_be_as_long_as_the_limit() {
    let text = ",".repeat(LONGEST_TEXT);
    assert_eq!(from_text(&text), Ok(default_run()));
}

#[test]
fn what_cannot_be_read_is_named() {
    use TextProblem::{Senseless, TooLong, Twice, Unknown, Value};
    let unknown = |name: &str| Unknown {
        name: name.to_owned(),
    };
    check("speed:3", unknown("speed"));
    check("<script>", unknown("<script>"));
    check(&"x".repeat(100), unknown(&"x".repeat(40)));
    check(&"x".repeat(LONGEST_TEXT + 1), TooLong);
    check("seed:1,seed:2", Twice { name: "seed" });
    check("seed:-1", Value { name: "seed" });
    check("seed", Value { name: "seed" });
    check("requests:1e6", Value { name: "requests" });
    check("arrivals:200", Value { name: "arrivals" });
    check("arrivals:poisson~1~2", Value { name: "arrivals" });
    check("queue:any", Value { name: "queue" });
    check("lane:constant~1", Value { name: "lane" });
    check("event:1~2~store-slow~1~1", Value { name: "event" });
    check("event:1~2~store-slow~1~1~-5", Value { name: "event" });
    check("requests:0", Senseless(SimulationProblem::Requests));
    check("servers:0", Senseless(SimulationProblem::Servers));
    check("servers:4000000000", Senseless(SimulationProblem::Servers));
    check(
        "arrivals:poisson~NaN",
        Senseless(SimulationProblem::Arrivals),
    );
    check(
        "arrivals:poisson~inf",
        Senseless(SimulationProblem::Arrivals),
    );
    check("patience:-1", Senseless(SimulationProblem::Patience));
    check(
        "event:1~2~server-down~40~50",
        Senseless(SimulationProblem::Schedule),
    );
}

#[test]
fn an_error_says_which_part() {
    let says = |text: &str| from_text(text).expect_err(text).to_string();
    assert_eq!(says("speed:3"), "there is no setting “speed”");
    assert_eq!(says("queue:any"), "the value of “queue” can’t be read");
    assert_eq!(says("servers:0"), "the value of “servers” is out of range");
    assert_eq!(
        says("seed:1,seed:2"),
        "the setting “seed” stands there twice"
    );
    assert_eq!(
        says(&"x".repeat(LONGEST_TEXT + 1)),
        "the settings are longer than 8192 octets"
    );
}
