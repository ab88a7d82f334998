//! One folder a scene.

pub(crate) mod compare;
pub(crate) mod cookie;
pub(crate) mod token;
