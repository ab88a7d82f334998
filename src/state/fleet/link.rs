//! A link that holds a fleet, both lanes' schemes and the settings of a load, in the fragment: no server ever sees it.
//! It takes the parts apart, and never says what they mean.

use serde_json::Value;

use crate::state::share::without_settings;
use crate::state::token_link::{decoded, encoded};

/// The scene's fragment.
const SCENE: &str = "#/fleet";
/// The longest link that is read, in octets.
const LONGEST: usize = 16 * 1024;

/// What a link holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Linked {
    /// The fleet.
    pub(crate) fleet: Option<Value>,
    /// Each lane's scheme.
    pub(crate) schemes: [Option<Value>; 2],
    /// The settings of the load, as the load writes them.
    pub(crate) load: Option<String>,
    /// The names of the parts that can't be read.
    pub(crate) broken: Vec<String>,
}

/// The fragment that holds all this.
pub(crate) fn fragment(fleet: &Value, [a, b]: &[Value; 2], load: Option<&str>) -> String {
    let mut fragment = format!(
        "{SCENE}?fleet={}&a={}&b={}",
        encoded(&fleet.to_string()),
        encoded(&a.to_string()),
        encoded(&b.to_string())
    );
    if let Some(load) = load {
        fragment.push_str("&load=");
        fragment.push_str(&encoded(load));
    }
    fragment
}

/// What the fragment says, `None` where it says nothing.
pub(crate) fn read(fragment: &str) -> Option<Linked> {
    let query = fragment.strip_prefix(SCENE)?.strip_prefix('?')?;
    let query = without_settings(query, &["a", "b", "fleet"]);
    if query.is_empty() {
        return None;
    }
    let mut linked = Linked::default();
    if query.len() > LONGEST {
        linked.broken.push(String::from("all of it"));
        return Some(linked);
    }
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let text = decoded(value);
        let json = || text.as_deref().and_then(|it| serde_json::from_str(it).ok());
        let is_read = match name {
            "fleet" => put(&mut linked.fleet, json()),
            "a" => put(&mut linked.schemes[0], json()),
            "b" => put(&mut linked.schemes[1], json()),
            "load" => put(&mut linked.load, text),
            _ => false,
        };
        if !is_read {
            linked.broken.push(name.chars().take(20).collect());
        }
    }
    Some(linked)
}

/// The settings of the load, where the fragment holds some.
pub(crate) fn load_text(fragment: &str) -> Option<String> {
    read(fragment)?.load
}

fn put<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let is_read = value.is_some();
    *place = value;
    is_read
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_goes_into_a_link_comes_out_of_it() {
        let fleet = json!({ "servers": 10, "odd": "ü & =#%" });
        let schemes = [json!("stateful"), json!({ "credential": "x" })];
        for load in [None, Some("rate=100&x=%")] {
            let written = fragment(&fleet, &schemes, load);
            assert_eq!(
                read(&written),
                Some(Linked {
                    fleet: Some(fleet.clone()),
                    schemes: schemes.clone().map(Some),
                    load: load.map(str::to_owned),
                    broken: Vec::new(),
                })
            );
            assert_eq!(load_text(&written).as_deref(), load);
        }
    }

    #[test]
    fn what_is_broken_is_named_and_the_rest_is_kept() {
        let long = format!("#/fleet?load={}", "1".repeat(LONGEST));
        for (fragment, broken) in [
            ("#/fleet", None),
            ("#/fleet?", None),
            ("#/store?fleet=%7B%7D", None),
            ("#/fleet?fleet=%7B%7D", Some(vec![])),
            ("#/fleet?fleet=%7B", Some(vec!["fleet"])),
            ("#/fleet?a=&load=x", Some(vec!["a"])),
            ("#/fleet?b=%2&c=1", Some(vec!["b", "c"])),
            ("#/fleet?nonsense", Some(vec!["nonsense"])),
            (&long, Some(vec!["all of it"])),
        ] {
            let read = read(fragment).map(|linked| linked.broken);
            let expected =
                broken.map(|it: Vec<&str>| it.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(read, expected, "{fragment:.60}");
        }
        assert_eq!(load_text("#/fleet?a=%&load=x").as_deref(), Some("x"));
    }
}
