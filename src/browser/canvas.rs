//! A grid of cells on a canvas, in the colours of the page. It never decides what a cell means.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, CssStyleDeclaration, HtmlCanvasElement};

use leptos::prelude::window;

/// What a cell shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell {
    /// So full: from 0 to 1.
    Filled(f64),
    /// Crossed out.
    Crossed,
}

/// How the cells lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    /// How many stand in a row.
    pub(crate) columns: usize,
    /// How many rows there are.
    pub(crate) rows: usize,
}

/// How large a cell is, with the gap after it, in pixels.
const CELL: f64 = 12.0;
const GAP: f64 = 2.0;

/// Draws the cells, and marks one of them. Colours come from the canvas: its text is what fills, its border what frames,
/// its outline what crosses out.
pub(crate) fn draw_cells(
    canvas: &HtmlCanvasElement,
    grid: Grid,
    cells: &[Cell],
    marked: Option<usize>,
) {
    // A picture that can't be drawn has its text beside it.
    let _ = draw(canvas, grid, cells, marked);
}

fn draw(
    canvas: &HtmlCanvasElement,
    grid: Grid,
    cells: &[Cell],
    marked: Option<usize>,
) -> Result<(), JsValue> {
    let ratio = window().device_pixel_ratio().clamp(1.0, 3.0);
    let size = |count: usize| (count as f64 * CELL * ratio).ceil() as u32;
    let (width, height) = (size(grid.columns), size(grid.rows));
    if canvas.width() != width || canvas.height() != height {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    let Some(context) = canvas.get_context("2d")? else {
        return Ok(());
    };
    let context: CanvasRenderingContext2d = context.unchecked_into();
    let Some(style) = window().get_computed_style(canvas)? else {
        return Ok(());
    };
    let [ink, frame, cross] =
        ["color", "border-top-color", "outline-color"].map(|property| colour(&style, property));
    context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0)?;
    context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
    context.set_line_width(1.0);
    let side = CELL - GAP;
    for (place, cell) in cells.iter().enumerate() {
        let x = (place % grid.columns.max(1)) as f64 * CELL + 1.0;
        let y = (place / grid.columns.max(1)) as f64 * CELL + 1.0;
        context.set_stroke_style_str(&frame);
        context.stroke_rect(x, y, side, side);
        match cell {
            Cell::Filled(share) => {
                context.set_fill_style_str(&ink);
                let filled = side * share.clamp(0.0, 1.0);
                context.fill_rect(x, y + side - filled, side, filled);
            }
            Cell::Crossed => {
                context.set_stroke_style_str(&cross);
                context.begin_path();
                context.move_to(x, y);
                context.line_to(x + side, y + side);
                context.move_to(x + side, y);
                context.line_to(x, y + side);
                context.stroke();
            }
        }
        if marked == Some(place) {
            context.set_stroke_style_str(&ink);
            context.set_line_width(2.0);
            context.stroke_rect(x - 0.5, y - 0.5, side + 1.0, side + 1.0);
            context.set_line_width(1.0);
        }
    }
    Ok(())
}

fn colour(style: &CssStyleDeclaration, property: &str) -> String {
    style.get_property_value(property).unwrap_or_default()
}

/// Which cell lies at a place of an element that shows the grid, where one does.
pub(crate) fn cell_at(grid: Grid, width: f64, x: f64, y: f64) -> Option<usize> {
    if grid.columns == 0 || width <= 0.0 {
        return None;
    }
    let side = width / grid.columns as f64;
    let (column, row) = ((x / side) as usize, (y / side) as usize);
    (x >= 0.0 && y >= 0.0 && column < grid.columns && row < grid.rows)
        .then_some(row * grid.columns + column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_leads_to_the_cell_that_lies_there() {
        let grid = Grid {
            columns: 10,
            rows: 3,
        };
        for (x, y, expected) in [
            (0.0, 0.0, Some(0)),
            (19.9, 0.0, Some(0)),
            (20.0, 0.0, Some(1)),
            (199.0, 59.0, Some(29)),
            (200.0, 0.0, None),
            (0.0, 60.0, None),
            (-1.0, 0.0, None),
        ] {
            assert_eq!(cell_at(grid, 200.0, x, y), expected, "{x}, {y}");
        }
        assert_eq!(cell_at(grid, 0.0, 0.0, 0.0), None);
    }
}
