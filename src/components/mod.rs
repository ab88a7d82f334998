//! What scenes share. They get signals and data, and ask for nothing themselves.

mod copy_button;
mod draft_field;
mod ledger;
mod part_field;
mod pick;
mod prose;
mod raw_http;
mod sequence;
mod step_list;
mod step_time;
mod token_text;
mod tool_button;
mod verdict_line;

pub(crate) use copy_button::CopyButton;
pub(crate) use draft_field::DraftField;
pub(crate) use ledger::LedgerView;
pub(crate) use part_field::PartField;
pub(crate) use pick::Pick;
pub(crate) use prose::Prose;
pub(crate) use raw_http::{RawHttp, Wire};
pub(crate) use sequence::{
    Marking, Picture, Playback, SPEEDS, Score, SequenceDiagram, arrows, picked_server, unanswered,
};
pub(crate) use step_list::{StepList, lines, token_lines};
pub(crate) use token_text::{Mark, TokenText};
pub(crate) use tool_button::ToolButton;
pub(crate) use verdict_line::VerdictLine;
