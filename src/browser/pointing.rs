//! Where in an element the pointer is.

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// A place in an element, in pixels from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PointedAt {
    /// To the right.
    pub(crate) x: f64,
    /// Down.
    pub(crate) y: f64,
    /// How wide the element is.
    pub(crate) width: f64,
}

/// Where in the element that listens the pointer is.
pub(crate) fn pointed_at(event: &PointerEvent) -> Option<PointedAt> {
    let element: Element = event.current_target()?.dyn_into().ok()?;
    let place = element.get_bounding_client_rect();
    Some(PointedAt {
        x: f64::from(event.client_x()) - place.left(),
        y: f64::from(event.client_y()) - place.top(),
        width: place.width(),
    })
}

/// Whether the pointer has moved at all. WebKit tells of a mouse that rests, too, whenever anything below it is laid out
/// anew: that must not undo what a key did. A finger always moves, and not every engine says how far.
pub(crate) fn has_moved(event: &PointerEvent) -> bool {
    event.pointer_type() != "mouse" || (event.movement_x(), event.movement_y()) != (0, 0)
}
