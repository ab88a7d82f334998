//! The sequence diagram of an exchange, and its playback.

mod drawing;
mod layout;
mod marking;
mod model;
mod playback;
mod timeline;

#[cfg(test)]
mod tests;

pub(crate) use drawing::SequenceDiagram;
pub(crate) use marking::Marking;
pub(crate) use model::{arrows, picked_server, unanswered};
pub(crate) use playback::{Picture, Playback, SPEEDS, Score};
