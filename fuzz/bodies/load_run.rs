//! A load run as the text of a link, or as JSON: what is read makes sense, and comes back from what is written of it.

use protocol::Simulation;
use scenario::{LONGEST_TEXT, from_json, from_text, problem, to_json, to_text};

pub fn run(octets: &[u8]) {
    let text = String::from_utf8_lossy(octets);
    if let Ok(run) = from_text(&text) {
        assert_sound(&run);
    }
    if let Ok(run) = serde_json::from_str(&text).map(|value| from_json(&value)) {
        run.iter().for_each(assert_sound);
    }
}

fn assert_sound(run: &Simulation) {
    assert_eq!(problem(run), None);
    let text = to_text(run);
    assert!(text.len() <= LONGEST_TEXT, "{} octets", text.len());
    assert_eq!(from_text(&text).as_ref(), Ok(run));
    assert_eq!(from_json(&to_json(run)).as_ref(), Ok(run));
}
