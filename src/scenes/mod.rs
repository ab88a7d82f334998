//! One folder a scene.

pub(crate) mod compare;
mod controls;
mod cookie;
mod fleet;
mod scene_view;
mod store;
mod token;

pub(crate) use scene_view::{SceneView, load_ahead};
