//! Cookies of a HAR that are handed to the cookie studio.

use protocol::HarCookie;

/// What goes into the studio's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct GivenCookies {
    /// The lines.
    pub(crate) lines: String,
    /// The URL that answered, or that was asked.
    pub(crate) url: String,
    /// Which line was chosen, counted from 0.
    pub(crate) at_hand: u32,
}

impl GivenCookies {
    /// The cookie at that place, and those that were seen in the same way with the same URL.
    pub(crate) fn of(cookies: &[HarCookie], place: usize) -> Self {
        let Some(chosen) = cookies.get(place) else {
            return Self::default();
        };
        let others = cookies
            .iter()
            .filter(|it| it.was_set == chosen.was_set && it.url == chosen.url);
        let lines: Vec<&str> = others.map(|it| it.line.as_str()).collect();
        let position = lines.iter().position(|line| *line == chosen.line);
        let lines = if chosen.was_set {
            let lines = lines.into_iter().map(|line| format!("Set-Cookie: {line}"));
            lines.collect::<Vec<_>>().join("\n")
        } else {
            format!("Cookie: {}", lines.join("; "))
        };
        Self {
            lines,
            url: chosen.url.clone(),
            at_hand: position
                .and_then(|place| u32::try_from(place).ok())
                .unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_of_one_answer_go_together() {
        let cookie = |line: &str, was_set: bool, url: &str| HarCookie {
            line: line.to_owned(),
            was_set,
            url: url.to_owned(),
            times: 1,
        };
        let all = [
            cookie("a=1; Path=/", true, "https://a"),
            cookie("x=1", false, "https://a"),
            cookie("b=2; Path=/", true, "https://a"),
            cookie("c=3; Path=/", true, "https://b"),
            cookie("y=2", false, "https://a"),
        ];
        for (place, lines, url, at_hand) in [
            (
                2,
                "Set-Cookie: a=1; Path=/\nSet-Cookie: b=2; Path=/",
                "https://a",
                1,
            ),
            (3, "Set-Cookie: c=3; Path=/", "https://b", 0),
            (4, "Cookie: x=1; y=2", "https://a", 1),
        ] {
            let expected = GivenCookies {
                lines: lines.to_owned(),
                url: url.to_owned(),
                at_hand,
            };
            assert_eq!(GivenCookies::of(&all, place), expected);
        }
        assert_eq!(GivenCookies::of(&all, 9), GivenCookies::default());
    }
}
