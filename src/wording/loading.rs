//! What is said while a scene is loaded, and where it can't be.

/// While it is on its way.
pub(crate) const SCENE_LOADING: &str = "Loading the scene …";

/// It did not come.
pub(crate) const SCENE_NOT_LOADED: &str = "The scene could not be loaded. Check the connection, and try again. If that does not help, reload the page: there may be a newer one.";
