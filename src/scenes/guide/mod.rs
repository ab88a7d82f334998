//! The guide: a tour through the real scenes, and the list of its stops.

mod overview;
mod panel;
mod predicting;

pub(super) use overview::overview;
pub(super) use panel::panel;
