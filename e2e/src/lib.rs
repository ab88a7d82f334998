//! What the end-to-end tests stand on: the built site on a server of their own, a real browser, and a person's hands
//! and eyes. It knows the page by what it shows and by `window.playground`, never by its code.

mod accessibility;
mod artefacts;
mod browser;
pub mod compact;
mod console;
mod cookie_studio;
mod cookie_switches;
mod diagram;
mod display;
mod driver_program;
mod editor;
mod elsewhere;
mod engine;
mod failure;
mod fault;
mod files;
mod fleet;
mod folder;
mod forms;
mod hands;
mod headers;
mod keyboard;
mod links;
mod load;
mod media;
mod net_log;
mod next_build;
mod offline;
mod other_site;
mod page;
mod part;
mod passages;
mod past;
mod prepared;
mod reading;
mod run;
mod scheme;
mod second_try;
mod site;
mod storage;
mod store;
mod time;
mod token;
mod token_studio;
mod wait;
mod wire;
mod wish;

pub use cookie_studio::Cookies;
pub use cookie_switches::CookieWay;
pub use diagram::{Arrow, Diagram, MarkedStep};
pub use editor::NextRequest;
pub use engine::Engine;
pub use failure::Failure;
pub use fault::{
    AN_HOUR_LATER, DIE_IN_LAB, DIE_ON_CALL, DIE_ON_ORDERS, DIE_ON_START, FILES_MISSING,
    FILES_REFUSED,
};
pub use folder::Folder;
pub use headers::{content_type, of_the_server as headers_of_the_server};
pub use keyboard::Focus;
pub use load::{Load, figure};
pub use other_site::OtherSite;
pub use page::Page;
pub use part::{FieldView, OptionView, Part, PartView, RowView, TableView};
pub use past::{Past, Row};
pub use prepared::Prepared;
pub use reading::{Answers, LaneView, Step};
pub use run::{Setup, run};
pub use scheme::Kept;
pub use site::Site;
pub use storage::StoredCookie;
pub use time::seconds_between;
pub use token::Token;
pub use token_studio::TokenStudio;
pub use wait::{PATIENCE, until};
pub use wish::Colours;

/// The lanes, by the schemes that they start with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The left one: session ID in a cookie.
    Stateful,
    /// The right one: access token in localStorage.
    Stateless,
}

impl Lane {
    /// Both, from left to right.
    pub const BOTH: [Self; 2] = [Self::Stateful, Self::Stateless];

    /// The word that its heading begins with at first.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Stateful => "Stateful",
            Self::Stateless => "Stateless",
        }
    }
}

/// The password of every sample account.
pub const SAMPLE_PASSWORD: &str = "sample-password";
