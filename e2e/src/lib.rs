//! What the end-to-end tests stand on: the built site on a server of their own, a real browser, and a person's hands
//! and eyes. It knows the page by what it shows and by `window.playground`, never by its code.

mod accessibility;
mod artefacts;
mod browser;
mod chromedriver;
mod console;
mod fault;
mod hands;
mod headers;
mod net_log;
mod page;
mod reading;
mod run;
mod site;
mod storage;
mod token;
mod wait;
mod wire;

pub use browser::Prepared;
pub use fault::{AN_HOUR_LATER, DIE_ON_ME, DIE_ON_START, FILES_MISSING, FILES_REFUSED};
pub use hands::Colours;
pub use page::Page;
pub use reading::{Answers, LaneView, Step};
pub use run::{Failure, Setup, run};
pub use site::Site;
pub use storage::StoredCookie;
pub use token::Token;
pub use wait::{PATIENCE, until};

/// The lanes, by their headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Session ID in a cookie.
    Stateful,
    /// Access token in localStorage.
    Stateless,
}

/// The password of every sample account.
pub const SAMPLE_PASSWORD: &str = "sample-password";
