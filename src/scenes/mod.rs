//! One folder a scene.

pub(crate) mod compare;
