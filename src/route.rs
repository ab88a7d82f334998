//! Which scene the URL's fragment asks for. Fragments never reach a server, so the site works in any folder.

/// A scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scene {
    /// Both designs side by side.
    Compare,
    /// One token, to see, to change and to send.
    Token,
    /// Cookie lines, and what becomes of them.
    Cookie,
    /// What the servers keep, and what ends it.
    Store,
    /// Many servers, what goes wrong with them, and their load.
    Fleet,
}

impl Scene {
    /// All of them, in the order of the header.
    pub(crate) const ALL: [Self; 5] = [
        Self::Compare,
        Self::Token,
        Self::Cookie,
        Self::Store,
        Self::Fleet,
    ];

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Compare => "Compare",
            Self::Token => "Token",
            Self::Cookie => "Cookie",
            Self::Store => "Store",
            Self::Fleet => "Fleet",
        }
    }

    /// The link to it.
    pub(crate) const fn link(self) -> &'static str {
        match self {
            Self::Compare => "#/compare",
            Self::Token => "#/token",
            Self::Cookie => "#/cookie",
            Self::Store => "#/store",
            Self::Fleet => "#/fleet",
        }
    }

    /// The scene of a fragment (`#/compare?x=y`); `None` where there is no such scene. No fragment asks for the first.
    pub(crate) fn of_fragment(fragment: &str) -> Option<Self> {
        let path = fragment.split('?').next().unwrap_or_default();
        if matches!(path, "" | "#" | "#/") {
            return Some(Self::Compare);
        }
        Self::ALL.into_iter().find(|scene| scene.link() == path)
    }
}

#[cfg(test)]
mod tests {
    use super::Scene;

    #[test]
    fn a_fragment_asks_for_a_scene_or_for_none() {
        for (fragment, scene) in [
            ("", Some(Scene::Compare)),
            ("#", Some(Scene::Compare)),
            ("#/", Some(Scene::Compare)),
            ("#/compare", Some(Scene::Compare)),
            ("#/compare?embed", Some(Scene::Compare)),
            ("#/token", Some(Scene::Token)),
            ("#/token?token=a%3F", Some(Scene::Token)),
            ("#/cookie", Some(Scene::Cookie)),
            ("#/store?a=%22hybrid%22", Some(Scene::Store)),
            ("#/fleet?fleet=%7B%7D&load=x", Some(Scene::Fleet)),
            ("#/compare/", None),
            ("#/Compare", None),
            ("#/nowhere", None),
            ("#compare", None),
        ] {
            assert_eq!(Scene::of_fragment(fragment), scene, "{fragment:?}");
        }
    }
}
