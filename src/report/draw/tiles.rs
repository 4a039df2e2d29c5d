//! Numbers on their colours, in panels with the same rows; up to three panels side by side.

use super::super::figure::{TilePanel, Tiles};
use super::heat::Colours;
use super::no_data;
use super::numerals::Numerals;
use super::scale::{drawable, extent};
use super::sketch::{Anchor, BLACK, GREY, PALE, Rect, Sketch, Type};

/// The widest the names of rows may be.
const NAMES: f64 = 230.0;
const GAP: f64 = 26.0;
/// Panels side by side.
const MOST_BESIDE: usize = 3;
const LEAST_ROW: f64 = 28.0;
const MOST_ROW: f64 = 58.0;
const MOST_COLUMN: f64 = 190.0;
/// White between tiles.
const SEAM: f64 = 2.0;
/// Lines of the name of a column.
const LINES: usize = 3;

/// Where everything stands.
struct Layout {
    names: Vec<Vec<String>>,
    left: f64,
    /// Width of a column, and of a panel with its gap.
    column: f64,
    panel: f64,
    row: f64,
    beside: usize,
    heading: f64,
}

/// Draws the panels into an area; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, tiles: &Tiles, area: Rect) -> f64 {
    let values = tiles.panels.iter().flat_map(|panel| panel.cells.iter().flatten().copied());
    let Some(found) = extent(values) else {
        return no_data(sketch, area);
    };
    let colours = Colours::new(&tiles.value, found);
    let numerals = Numerals::new(tiles.value.format, found.0.abs().max(found.1.abs()), 0.01);
    let layout = Layout::new(sketch, tiles, area);
    let mut top = area.top;
    for panels in tiles.panels.chunks(layout.beside) {
        let heads = panels.iter().map(|panel| lines(sketch, panel, &layout)).max().unwrap_or(1) as f64;
        let first = top + layout.heading + heads * Type::NOTE.leading() + 8.0;
        for (number, name) in layout.names.iter().enumerate() {
            let middle = first + (number as f64 + 0.5) * layout.row;
            sketch.centred(name, (area.left, middle), Anchor::Start, Type::BODY, BLACK);
        }
        for (number, panel) in panels.iter().enumerate() {
            let left = layout.left + number as f64 * layout.panel;
            let title = sketch.lettering.wrap(&panel.title, Type::LABEL, layout.panel - GAP, 1);
            sketch.paragraph(&title, (left, top + Type::LABEL.capital()), Anchor::Start, Type::LABEL, BLACK);
            draw_panel(sketch, panel, &layout, (left, first), |sketch, value, rect| {
                tile(sketch, value, rect, &colours, numerals);
            });
        }
        top = first + tiles.rows.len() as f64 * layout.row + GAP;
    }
    top - GAP
}

impl Layout {
    fn new(sketch: &Sketch, tiles: &Tiles, area: Rect) -> Self {
        let names: Vec<Vec<String>> =
            tiles.rows.iter().map(|name| sketch.lettering.wrap(name, Type::BODY, NAMES, 2)).collect();
        let left = area.left + sketch.lettering.widest(names.iter().flatten(), Type::BODY) + GAP / 2.0;
        let beside = tiles.panels.len().clamp(1, MOST_BESIDE);
        let columns = tiles.panels.iter().map(|panel| panel.columns.len()).max().unwrap_or(1).max(1) as f64;
        let room = (area.right - left + GAP) / beside as f64 - GAP;
        let column = (room / columns).min(MOST_COLUMN);
        let has_titles = tiles.panels.iter().any(|panel| !panel.title.is_empty());
        let heading = if has_titles { Type::LABEL.leading() + 6.0 } else { 0.0 };
        let stacks = tiles.panels.len().div_ceil(beside) as f64;
        let words = heading + LINES as f64 * Type::NOTE.leading() + 8.0 + GAP;
        let row = (area.height() / stacks - words) / tiles.rows.len().max(1) as f64;
        let lines = names.iter().map(Vec::len).max().unwrap_or(0) as f64;
        let row = row.clamp(LEAST_ROW, MOST_ROW).max(lines * Type::BODY.leading() + 6.0);
        let panel = column * columns + GAP;
        Self { names, left, column, panel, row, beside, heading }
    }
}

/// The names of a panel's columns in lines.
fn heads(sketch: &Sketch, panel: &TilePanel, layout: &Layout) -> Vec<Vec<String>> {
    let wrap = |name: &String| sketch.lettering.wrap(name, Type::NOTE, layout.column - 4.0, LINES);
    panel.columns.iter().map(wrap).collect()
}

/// Lines of the longest of them.
fn lines(sketch: &Sketch, panel: &TilePanel, layout: &Layout) -> usize {
    heads(sketch, panel, layout).iter().map(Vec::len).max().unwrap_or(1)
}

fn draw_panel(
    sketch: &mut Sketch,
    panel: &TilePanel,
    layout: &Layout,
    (left, top): (f64, f64),
    tile: impl Fn(&mut Sketch, f64, Rect),
) {
    for (number, head) in heads(sketch, panel, layout).iter().enumerate() {
        let middle = left + (number as f64 + 0.5) * layout.column;
        let above = (head.len().saturating_sub(1)) as f64 * Type::NOTE.leading();
        sketch.paragraph(head, (middle, top - 6.0 - above), Anchor::Middle, Type::NOTE, GREY);
    }
    for (row, values) in panel.cells.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            let (left, top) = (left + column as f64 * layout.column, top + row as f64 * layout.row);
            let (right, bottom) = (left + layout.column - SEAM, top + layout.row - SEAM);
            tile(sketch, *value, Rect { left, top, right, bottom });
        }
    }
}

fn tile(sketch: &mut Sketch, value: f64, rect: Rect, colours: &Colours, numerals: Numerals) {
    let (ink, words, text) = if drawable(value) {
        (colours.ink(value), colours.words(value), numerals.write(value))
    } else {
        (PALE, GREY, "–".to_owned())
    };
    sketch.rectangle(rect, ink, 1.0);
    let font = if rect.width() < 70.0 { Type::NOTE } else { Type::BODY };
    let text = sketch.lettering.wrap(&text, font, rect.width(), 1);
    sketch.centred(&text, rect.middle(), Anchor::Middle, font, words);
}
