//! The browser engines that the page is tested in, and how much of the tests runs in which.

use anyhow::Context;

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    WebKit,
}

/// Which engines run the end-to-end tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engines {
    /// Chromium runs all of them, the others a few.
    Usual,
    /// Each runs all of them.
    All,
    /// One runs all of them.
    Only(Engine),
}

/// How much of the tests an engine runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    Everything,
    Smoke,
}

/// What shows soonest that an engine is not served: one way through each scene, and what a browser decides itself.
pub(crate) const SMOKE: [&str; 12] = [
    "cookie_studio::a_request_carries_what_the_rules_let_through",
    "cookie_switches::a_cookie_for_a_path_alone_goes_there_alone",
    "edits::an_edited_cookie_counts_at_the_next_request",
    "edits::an_edited_token_counts_at_the_next_request",
    "fleet_servers::a_thousand_servers_verify_one_token",
    "load_runs::a_load_runs_on_one_server_on_ten_and_on_a_thousand",
    "main_path::a_request_shows_what_it_cost_and_why_it_was_answered",
    "main_path::after_sign_out_the_session_is_dead_and_a_copied_token_lives",
    "main_path::the_first_click_signs_in_to_both",
    "store_sql::deleting_the_sessions_really_signs_everyone_out",
    "token_studio::a_change_in_one_field_shows_in_the_others_and_in_the_verdict",
    "watches::an_error_in_the_console_fails_a_test",
];

/// A test that an engine does not run, and why.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub(crate) test: String,
    pub(crate) reason: String,
}

impl Engine {
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// As one writes it.
    pub(crate) const fn in_words(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        }
    }

    /// As it is typed, and as the tests know it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The tests that it does not run.
    pub(crate) fn left_out(self) -> anyhow::Result<Vec<LeftOut>> {
        read_left_out(match self {
            Self::Chromium => "",
            Self::Firefox => include_str!("../../e2e/left-out/firefox.txt"),
            Self::WebKit => include_str!("../../e2e/left-out/webkit.txt"),
        })
    }
}

impl Engines {
    /// Read from what stands after `--engine`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        if name == "all" {
            return Some(Self::All);
        }
        let named = Engine::ALL.into_iter().find(|engine| engine.name() == name);
        named.map(Self::Only)
    }

    /// Those that run any, in the order of their runs.
    pub(crate) fn each(self) -> impl Iterator<Item = (Engine, Extent)> {
        let extent = move |engine| Some((engine, self.extent(engine)?));
        Engine::ALL.into_iter().filter_map(extent)
    }

    /// How much an engine runs; `None` for nothing.
    fn extent(self, engine: Engine) -> Option<Extent> {
        match self {
            Self::All => Some(Extent::Everything),
            Self::Only(only) => (engine == only).then_some(Extent::Everything),
            Self::Usual if engine == Engine::Chromium => Some(Extent::Everything),
            Self::Usual => Some(Extent::Smoke),
        }
    }
}

/// Lines of `test: reason`; `#` begins a comment.
fn read_left_out(text: &str) -> anyhow::Result<Vec<LeftOut>> {
    let lines = text.lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (test, reason) = line
                .split_once(": ")
                .with_context(|| format!("no reason stands behind the test: {line}"))?;
            Ok(LeftOut {
                test: test.to_owned(),
                reason: reason.to_owned(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chromium_runs_everything_and_the_others_a_few_unless_asked() {
        use Engine::{Chromium, Firefox, WebKit};
        use Extent::{Everything, Smoke};
        let check = |engines: Engines, expected: &[(Engine, Extent)]| {
            assert_eq!(engines.each().collect::<Vec<_>>(), expected, "{engines:?}");
        };
        let few = [(Chromium, Everything), (Firefox, Smoke), (WebKit, Smoke)];
        check(Engines::Usual, &few);
        check(
            Engines::All,
            &Engine::ALL.map(|engine| (engine, Everything)),
        );
        let webkit = Engines::named("webkit").expect("an engine");
        check(webkit, &[(WebKit, Everything)]);
        assert_eq!(Engines::named("all"), Some(Engines::All));
        assert_eq!(Engines::named("Trident"), None);
    }

    #[test]
    fn what_is_left_out_has_a_reason() {
        let read = read_left_out("# why\n\na::b: it can't: really\n").expect("good lines");
        let (test, reason) = ("a::b".to_owned(), "it can't: really".to_owned());
        assert_eq!(read, [LeftOut { test, reason }]);
        assert!(read_left_out("a::b\n").is_err());
        for engine in Engine::ALL {
            assert!(engine.left_out().is_ok(), "{engine:?}");
        }
    }
}
