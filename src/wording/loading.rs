//! What is said while a scene is loaded, and where it can't be.

/// While it is on its way.
pub(crate) const SCENE_LOADING: &str = "Loading the scene …";

/// It did not come.
pub(crate) const SCENE_NOT_LOADED: &str = "The scene could not be loaded. Check the connection, and try again. If that does not help, reload the page: there may be a newer one.";

/// What stands below the answers is on its way.
pub(crate) const HOLDINGS_LOADING: &str = "Loading what browser and server hold …";

/// It did not come.
pub(crate) const HOLDINGS_NOT_LOADED: &str = "What browser and server hold could not be loaded. Check the connection, and try again. If that does not help, reload the page: there may be a newer one.";
