//! One folder a scene.

pub(crate) mod compare;
pub(crate) mod token;
pub(crate) mod cookie;
