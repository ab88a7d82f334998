//! What a fragment holds besides its scene, as names and texts: no server ever sees it. It never says what they mean.

use crate::route::{Scene, Stop};
use crate::state::token_link::decoded;

/// The longest link that is read, in octets.
const LONGEST: usize = 16 * 1024;
/// The name that asks for the scene alone, as it stands in another site's frame.
const EMBED: &str = "embed";

/// The settings that any scene's link may hold.
const GENERAL: [&str; 8] = [
    "a", "b", "fleet", "cookie", "sign", "clock", "request", EMBED,
];

/// The names that a scene's own reader takes; `None` where it reads all that is left, and says itself what it can't.
const fn own(scene: Scene) -> Option<&'static [&'static str]> {
    match scene {
        Scene::Token => None,
        Scene::Store => Some(&["a", "b"]),
        Scene::Fleet => Some(&["a", "b", "fleet", "load"]),
        Scene::Cookie => Some(&[
            "url", "to", "after", "lines", "as", "for", "method", "by", "in", "without",
        ]),
        Scene::Advice => Some(&["q"]),
        Scene::Compare | Scene::Guide => Some(&[]),
    }
}

/// What is left of a query for the reader of a scene's own part, where it takes these names: without the settings that
/// any link may hold.
pub(crate) fn without_settings(query: &str, own: &[&str]) -> String {
    let is_left = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        own.contains(&name) || !GENERAL.contains(&name)
    };
    let left: Vec<&str> = query.split('&').filter(is_left).collect();
    left.join("&")
}

/// A name in a link, and its text; `None` where the text can't be read.
pub(crate) type Pair = (String, Option<String>);

/// All that a fragment holds, in its order; nothing where it is longer than any link that is made here.
pub(crate) fn pairs(fragment: &str) -> Result<Vec<Pair>, TooLong> {
    let Some((_, query)) = fragment.split_once('?') else {
        return Ok(Vec::new());
    };
    if query.len() > LONGEST {
        return Err(TooLong);
    }
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    Ok(pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (name.chars().take(20).collect(), decoded(value))
        })
        .collect())
}

/// That a link is longer than any that is made here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

/// Those that are not the scene's own. A scene's reader knows its own links alone, and none of a stop that takes place there.
pub(super) fn general(scene: Scene, fragment: &str) -> Result<Vec<Pair>, TooLong> {
    let pairs = pairs(fragment)?.into_iter();
    let own = match Stop::of_fragment(fragment) {
        Some(_) => Some(&[][..]),
        None => own(scene),
    };
    Ok(pairs
        .filter(|(name, _)| match own {
            None => GENERAL.contains(&name.as_str()),
            Some(own) => !own.contains(&name.as_str()),
        })
        .collect())
}

/// Whether a fragment holds settings to be opened, or something that can't be read.
pub(crate) fn has_settings(scene: Scene, fragment: &str) -> bool {
    match general(scene, fragment) {
        Err(TooLong) => !matches!(scene, Scene::Token | Scene::Store | Scene::Fleet),
        Ok(pairs) => pairs.iter().any(|(name, _)| name != EMBED),
    }
}

/// Whether a fragment asks for the scene alone.
pub(crate) fn is_embedded(fragment: &str) -> bool {
    let query = fragment.split_once('?').map(|(_, query)| query);
    query.is_some_and(|query| query.split('&').any(|pair| pair == EMBED))
}

/// The same link, for the whole page.
pub(crate) fn of_whole_page(fragment: &str) -> String {
    let Some((scene, query)) = fragment.split_once('?') else {
        return fragment.to_owned();
    };
    let left: Vec<&str> = query.split('&').filter(|pair| *pair != EMBED).collect();
    if left.is_empty() {
        scene.to_owned()
    } else {
        format!("{scene}?{}", left.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenes_own_part_and_the_settings_are_told_apart() {
        for (scene, fragment, expected) in [
            (Scene::Compare, "#/compare", vec![]),
            (Scene::Compare, "#/compare?embed", vec!["embed"]),
            (
                Scene::Compare,
                "#/compare?a=1&new=2&&clock=60",
                vec!["a", "new", "clock"],
            ),
            (Scene::Store, "#/store?a=1&b=2&sign=x", vec!["sign"]),
            (
                Scene::Fleet,
                "#/fleet?fleet=1&load=2&cookie=3",
                vec!["cookie"],
            ),
            (Scene::Token, "#/token?token=1&new=2&a=3", vec!["a"]),
            (Scene::Advice, "#/advice?q=1&b=2", vec!["b"]),
            (
                Scene::Fleet,
                "#/guide/ten-servers?a=1&b=2&fleet=3",
                vec!["a", "b", "fleet"],
            ),
        ] {
            let names: Vec<String> = general(scene, fragment)
                .expect("short")
                .into_iter()
                .map(|(name, _)| name)
                .collect();
            assert_eq!(names, expected, "{fragment}");
            let has = names.iter().any(|name| name != "embed");
            assert_eq!(has_settings(scene, fragment), has, "{fragment}");
        }
    }

    #[test]
    fn a_scenes_own_reader_is_spared_the_settings() {
        for (query, own, left) in [
            ("", &[][..], ""),
            ("a=1&b=2&token=3", &[], "token=3"),
            ("a=1&embed&sign=2", &["a", "b"], "a=1"),
            ("embed", &["a"], ""),
            ("new=1&a", &[], "new=1"),
        ] {
            assert_eq!(without_settings(query, own), left, "{query}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_kept_apart_and_a_huge_link_is_refused() {
        assert_eq!(
            pairs("#/compare?a=%22x%22&b=%2&c"),
            Ok(vec![
                (String::from("a"), Some(String::from("\"x\""))),
                (String::from("b"), None),
                (String::from("c"), Some(String::new())),
            ])
        );
        let long = format!("#/compare?a={}", "1".repeat(LONGEST));
        assert_eq!(pairs(&long), Err(TooLong));
        assert!(has_settings(Scene::Compare, &long));
        assert!(!has_settings(Scene::Token, &long));
    }

    #[test]
    fn a_frame_asks_for_the_scene_alone() {
        assert!(is_embedded("#/compare?embed"));
        assert!(is_embedded("#/store?a=1&embed"));
        assert!(!is_embedded("#/compare"));
        assert!(!is_embedded("#/compare?embedded"));
        assert!(!is_embedded("#embed"));
        for (fragment, whole) in [
            ("#/compare?embed", "#/compare"),
            (
                "#/guide/kill?a=1&embed&clock=60",
                "#/guide/kill?a=1&clock=60",
            ),
            ("#/compare", "#/compare"),
        ] {
            assert_eq!(of_whole_page(fragment), whole);
        }
    }
}
