//! A link that holds both lanes' schemes, in the fragment: no server ever sees it. It reads JSON, and never says what
//! the JSON means.

use serde_json::Value;

use crate::state::share::without_settings;
use crate::state::token_link::{decoded, encoded};

/// The scene's fragment.
const SCENE: &str = "#/store";
/// The longest link that is read, in octets.
const LONGEST: usize = 16 * 1024;

/// That a link can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

/// The fragment that holds these schemes.
pub(crate) fn fragment([a, b]: &[Value; 2]) -> String {
    format!(
        "{SCENE}?a={}&b={}",
        encoded(&a.to_string()),
        encoded(&b.to_string())
    )
}

/// What the fragment says of each lane, `None` where it says nothing of schemes.
pub(crate) fn read(fragment: &str) -> Option<Result<[Option<Value>; 2], Broken>> {
    let query = fragment.strip_prefix(SCENE)?.strip_prefix('?')?;
    let query = without_settings(query, &["a", "b"]);
    (!query.is_empty()).then(|| read_query(&query).ok_or(Broken))
}

fn read_query(query: &str) -> Option<[Option<Value>; 2]> {
    if query.len() > LONGEST {
        return None;
    }
    let mut schemes = [None, None];
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=')?;
        let lane = match name {
            "a" => 0,
            "b" => 1,
            _ => return None,
        };
        schemes[lane] = Some(serde_json::from_str(&decoded(value)?).ok()?);
    }
    Some(schemes)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_goes_into_a_link_comes_out_of_it() {
        let schemes = [json!("stateful"), json!({ "credential": "ü & =#%" })];
        let read = read(&fragment(&schemes));
        assert_eq!(read, Some(Ok(schemes.map(Some))));
    }

    #[test]
    fn what_is_no_link_is_said_to_be_none() {
        let long = format!("#/store?a={}", "1".repeat(LONGEST));
        for (fragment, expected) in [
            ("", None),
            ("#/store", None),
            ("#/store?", None),
            ("#/compare?a=1", None),
            (
                "#/store?a=%22hybrid%22",
                Some(Ok([Some(json!("hybrid")), None])),
            ),
            ("#/store?b=%7B%7D", Some(Ok([None, Some(json!({}))]))),
            ("#/store?a", Some(Err(Broken))),
            ("#/store?a=", Some(Err(Broken))),
            ("#/store?a=%22hyb", Some(Err(Broken))),
            ("#/store?a=%2", Some(Err(Broken))),
            ("#/store?c=1", Some(Err(Broken))),
            ("#/store?embed&clock=60", None),
            (&long, Some(Err(Broken))),
        ] {
            assert_eq!(read(fragment), expected, "{fragment:.60}");
        }
    }
}
