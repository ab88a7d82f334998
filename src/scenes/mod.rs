//! One folder a scene.

mod advice;
pub(crate) mod compare;
mod controls;
mod cookie;
mod fleet;
mod guide;
mod guide_part;
mod keys_sheet;
mod keys_switch;
mod part_view;
mod saving;
mod scene_view;
mod share;
mod share_part;
mod store;
mod token;

pub(crate) use guide_part::{KeysSheet, TourPanel};
pub(crate) use keys_switch::KeysSwitch;
pub(crate) use scene_view::{SceneView, load_ahead};
pub(crate) use share_part::{LinkOpened, SharePanel, Sharing};
