//! Which of the two, for a system of one's own: questions, and an answer with its reasons. It knows nothing but what was
//! answered.

mod answers;
mod checklist;
mod recommending;

pub(crate) use answers::{Answers, Question};
pub(crate) use checklist::{Item, checklist};
pub(crate) use recommending::{Advice, Ground, Warning, recommend};
