//! The stops of the guide's tour, each at the scene where it takes place. A link to one is `#/guide/` and its name.

use super::Scene;

/// What stands before a stop's name in a link.
const BEFORE: &str = "#/guide/";

/// A stop of the tour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// After sign-in there is a record.
    TicketHandshake,
    /// Without the cookie there is no session.
    Ticket,
    /// Each request is looked up.
    Lookup,
    /// After sign-in there is a token, and no record.
    PassportHandshake,
    /// Without the token nobody is known.
    Passport,
    /// Each request's signature is checked.
    Signature,
    /// A session is killed.
    Kill,
    /// A server that keeps sessions in its memory starts anew.
    Restart,
    /// Ten servers, each with its own memory.
    TenServers,
    /// A thousand servers, one key.
    ThousandServers,
    /// A token is changed.
    Tamper,
    /// Copies are sent after the sign-out.
    Logout,
    /// A denylist, and what it costs.
    Cure,
}

impl Stop {
    /// All of them, in the order of the tour.
    pub(crate) const ALL: [Self; 13] = [
        Self::TicketHandshake,
        Self::Ticket,
        Self::Lookup,
        Self::PassportHandshake,
        Self::Passport,
        Self::Signature,
        Self::Kill,
        Self::Restart,
        Self::TenServers,
        Self::ThousandServers,
        Self::Tamper,
        Self::Logout,
        Self::Cure,
    ];

    /// Its name in links.
    pub(crate) const fn slug(self) -> &'static str {
        match self {
            Self::TicketHandshake => "ticket-handshake",
            Self::Ticket => "ticket",
            Self::Lookup => "lookup",
            Self::PassportHandshake => "passport-handshake",
            Self::Passport => "passport",
            Self::Signature => "signature",
            Self::Kill => "kill",
            Self::Restart => "restart",
            Self::TenServers => "ten-servers",
            Self::ThousandServers => "thousand-servers",
            Self::Tamper => "tamper",
            Self::Logout => "logout",
            Self::Cure => "cure",
        }
    }

    /// The scene where it takes place.
    pub(crate) const fn scene(self) -> Scene {
        match self {
            Self::Restart => Scene::Store,
            Self::TenServers | Self::ThousandServers => Scene::Fleet,
            _ => Scene::Compare,
        }
    }

    /// The link to it.
    pub(crate) fn link(self) -> String {
        format!("{BEFORE}{}", self.slug())
    }

    /// The stop that a fragment asks for.
    pub(crate) fn of_fragment(fragment: &str) -> Option<Self> {
        let path = fragment.split('?').next().unwrap_or_default();
        Self::of_slug(path.strip_prefix(BEFORE)?)
    }

    /// The stop of that name.
    pub(crate) fn of_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stop| stop.slug() == slug)
    }

    /// Its place in the tour, from 0.
    pub(crate) const fn place(self) -> usize {
        self as usize
    }

    /// The one so many stops further on.
    pub(crate) fn moved(self, by: isize) -> Option<Self> {
        let place = self.place().checked_add_signed(by)?;
        Self::ALL.get(place).copied()
    }
}
