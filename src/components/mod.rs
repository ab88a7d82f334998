//! What scenes share. They get signals and data, and ask for nothing themselves.

mod ledger;
mod prose;
mod raw_http;
mod step_list;
mod token_text;
mod verdict_line;

pub(crate) use ledger::LedgerView;
pub(crate) use prose::Prose;
pub(crate) use raw_http::RawHttp;
pub(crate) use step_list::StepList;
pub(crate) use token_text::TokenText;
pub(crate) use verdict_line::VerdictLine;
