//! What the page remembers, and the one place where it changes.

mod browser_view;
pub(crate) mod claim_spans;
mod cookie_settings;
mod credentials;
mod curl;
pub(crate) mod difference;
mod draft;
mod editing;
pub(crate) mod examples;
mod export;
mod history;
mod live_question;
mod page_script;
mod painting;
pub(crate) mod pasted;
mod playground;
mod progress;
mod record;
#[cfg(test)]
mod sample;
mod sent;
mod signing;
mod studio;
pub(crate) mod terms;
mod token_history;
pub(crate) mod token_link;
pub(crate) mod token_parts;
pub(crate) mod token_size;
pub(crate) mod token_trouble;

pub(crate) use browser_view::CookieSet;
pub(crate) use cookie_settings::{assigning_line, cookie_name};
pub(crate) use curl::curl;
pub(crate) use draft::Draft;
pub(crate) use export::{exchange_json, inspection_json, lane_name, session_json};
pub(crate) use history::{History, LIMIT as HISTORY_LIMIT, Page as HistoryPage};
pub(crate) use live_question::LiveQuestion;
pub(crate) use page_script::scheme;
pub(crate) use playground::Playground;
pub(crate) use progress::{Progress, Stage};
pub(crate) use record::{Entry, Event, Happening, Outcome, Readback, Recorded};
pub(crate) use sent::{Agreement, Sent, refusal};
pub(crate) use studio::{DETAILED_OCTETS, Marked, Notice, Studio};
