//! What the page remembers, and the one place where it changes.

mod browser_view;
mod cookie_probe;
mod cookie_settings;
mod cookie_studio;
mod credentials;
mod curl;
mod draft;
mod editing;
mod export;
mod history;
mod jar_json;
mod keys;
mod live_question;
mod page_script;
mod painting;
mod playground;
mod progress;
mod record;
#[cfg(test)]
mod sample;
pub(crate) mod token_parts;

pub(crate) use browser_view::CookieSet;
pub(crate) use cookie_settings::{assigning_line, cookie_name};
pub(crate) use cookie_studio::{CookieStudio, DEFAULTS, Field as CookieField, INITIATORS, METHODS};
pub(crate) use curl::curl;
pub(crate) use draft::Draft;
pub(crate) use export::{exchange_json, inspection_json, lane_name, session_json};
pub(crate) use history::{History, LIMIT as HISTORY_LIMIT, Page as HistoryPage};
pub(crate) use jar_json::{initiator_of, jar_json};
pub(crate) use keys::KeyMaking;
pub(crate) use live_question::LiveQuestion;
pub(crate) use page_script::scheme;
pub(crate) use playground::Playground;
pub(crate) use progress::{Progress, Stage};
pub(crate) use record::{Entry, Event, Happening, Outcome, Readback, Recorded};
