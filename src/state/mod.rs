//! What the page remembers, and the one place where it changes.

mod export;
mod history;
mod page_script;
mod playground;

pub(crate) use export::{exchange_json, inspection_json, lane_name, session_json};
pub(crate) use history::{Entry, Outcome, Readback, Recorded};
pub(crate) use page_script::scheme;
pub(crate) use playground::{Playground, both};
