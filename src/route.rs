//! Which scene the URL's fragment asks for. Fragments never reach a server, so the site works in any folder.

mod stop;

pub(crate) use stop::Stop;

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
    /// The tour through the others.
    Guide,
    /// Which of the two, for a system of one's own.
    Advice,
}

impl Scene {
    /// All of them, in the order of the header.
    pub(crate) const ALL: [Self; 7] = [
        Self::Compare,
        Self::Token,
        Self::Cookie,
        Self::Store,
        Self::Fleet,
        Self::Guide,
        Self::Advice,
    ];

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Compare => "Compare",
            Self::Token => "Token",
            Self::Cookie => "Cookie",
            Self::Store => "Store",
            Self::Fleet => "Fleet",
            Self::Guide => "Guide",
            Self::Advice => "Advice",
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
            Self::Guide => "#/guide",
            Self::Advice => "#/advice",
        }
    }

    /// The scene of a fragment (`#/compare?x=y`); `None` where there is no such scene. No fragment asks for the first, and
    /// a stop of the tour for the scene where it takes place.
    pub(crate) fn of_fragment(fragment: &str) -> Option<Self> {
        let path = fragment.split('?').next().unwrap_or_default();
        if matches!(path, "" | "#" | "#/") {
            return Some(Self::Compare);
        }
        let named = Self::ALL.into_iter().find(|scene| scene.link() == path);
        named.or_else(|| Stop::of_fragment(path).map(Stop::scene))
    }
}

#[cfg(test)]
mod tests {
    use super::{Scene, Stop};

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
            ("#/guide", Some(Scene::Guide)),
            ("#/guide/kill", Some(Scene::Compare)),
            ("#/guide/restart?embed", Some(Scene::Store)),
            ("#/advice?q=121", Some(Scene::Advice)),
            ("#/guide/", None),
            ("#/guide/nowhere", None),
            ("#/compare/", None),
            ("#/Compare", None),
            ("#/nowhere", None),
            ("#compare", None),
        ] {
            assert_eq!(Scene::of_fragment(fragment), scene, "{fragment:?}");
        }
    }

    #[test]
    fn each_stop_has_a_link_that_leads_to_it_and_neighbours() {
        for (place, stop) in Stop::ALL.into_iter().enumerate() {
            assert_eq!(stop.place(), place);
            assert_eq!(Stop::of_fragment(&stop.link()), Some(stop));
            assert_eq!(
                stop.moved(1).and_then(|next| next.moved(-1)),
                stop.moved(1).map(|_| stop)
            );
        }
        assert_eq!(Stop::TicketHandshake.moved(-1), None);
        assert_eq!(Stop::Cure.moved(1), None);
        assert_eq!(Stop::of_fragment("#/compare"), None);
    }
}
