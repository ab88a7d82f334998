//! A link to what is on the screen: the scene with its own, and the settings that all scenes share. Credentials, keys and
//! passwords have no place in it.

mod link;
mod opening;

pub(crate) use link::{has_settings, is_embedded, of_whole_page, pairs, without_settings};
pub(crate) use opening::{Opened, Opening, open, settings};
