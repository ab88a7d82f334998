//! Where things stand in the drawing. Heights are in CSS pixels and known before anything moves; widths are shares of
//! the drawing's own, so that text keeps its size at any width. `sequence.css` has the rows' heights once more.

use super::model::{Arrow, Kind, Node};

/// Where the lifelines begin.
pub(super) const HEAD: f64 = 32.0;
/// Between the parties and the first row.
const HEAD_GAP: f64 = 4.0;
/// Below the last row.
const FOOT: f64 = 8.0;
/// A row with an arrow from one party to another.
const MESSAGE_ROW: f64 = 34.0;
/// A row with an arrow from a party to itself.
const ALONE_ROW: f64 = 44.0;
/// Room is kept for this much, so that little jumps from one request to the next.
const LEAST_HEIGHT: f64 = 224.0;
/// The height where nothing happened yet.
const EMPTY_HEIGHT: f64 = 128.0;

/// Where the arrow is below its row's top.
const MESSAGE_LINE: f64 = 25.0;
/// Where the loop of an arrow to itself begins below its row's top.
const LOOP_TOP: f64 = 18.0;
/// How wide the loop is.
pub(super) const LOOP_WIDTH: f64 = 22.0;
/// How high the loop is.
pub(super) const LOOP_HEIGHT: f64 = 18.0;

/// How high each arrow stands (an arrow to itself: where its loop begins), and the height of all.
pub(super) fn lines(arrows: &[Arrow]) -> (Vec<f64>, f64) {
    if arrows.is_empty() {
        return (Vec::new(), EMPTY_HEIGHT);
    }
    let mut top = HEAD + HEAD_GAP;
    let lines = arrows
        .iter()
        .map(|arrow| {
            let (height, line) = match arrow.kind {
                Kind::Message | Kind::Reply => (MESSAGE_ROW, MESSAGE_LINE),
                Kind::Alone => (ALONE_ROW, LOOP_TOP),
            };
            let line = top + line;
            top += height;
            line
        })
        .collect();
    (lines, (top + FOOT).max(LEAST_HEIGHT))
}

/// A party's lifeline, in percent of the width.
pub(super) const fn lifeline(node: Node) -> f64 {
    match node {
        Node::Browser => 0.0,
        Node::Server => 52.0,
        Node::Database => 100.0,
    }
}

/// Where the tip is on a loop after that part of its way, from the loop's beginning, and its direction in degrees.
pub(super) fn loop_tip(progress: f64) -> (f64, f64, f64) {
    let way = progress * (2.0 * LOOP_WIDTH + LOOP_HEIGHT);
    if way < LOOP_WIDTH {
        (way, 0.0, 0.0)
    } else if way < LOOP_WIDTH + LOOP_HEIGHT {
        (LOOP_WIDTH, way - LOOP_WIDTH, 90.0)
    } else {
        (2.0 * LOOP_WIDTH + LOOP_HEIGHT - way, LOOP_HEIGHT, 180.0)
    }
}
