//! Pairs as a triangle of cells: each has its number, its colour says the direction and how strong it is. Names stand at the
//! end of their row and at the head of their column at once.

use super::super::figure::{Matrix, MatrixCell};
use super::key::{self, Key};
use super::no_data;
use super::numerals::Numerals;
use super::scale::{Ticks, drawable, extent};
use super::sketch::{Anchor, BLACK, GREY, Ink, PALE, PALETTE, Rect, Sketch, Type, WHITE};

/// The widest a name may be.
const NAMES: f64 = 260.0;
const GAP: f64 = 10.0;
const LEAST_ROW: f64 = 28.0;
const MOST_ROW: f64 = 62.0;
const MOST_COLUMN: f64 = 180.0;
/// White between cells.
const SEAM: f64 = 1.5;
/// Opacity of the faintest cell that is clear, and of the strongest.
const FAINTEST: f64 = 0.18;
const STRONGEST: f64 = 1.0;
/// From this opacity on words are white.
const DARK: f64 = 0.55;
const POSITIVE: Ink = PALETTE[0];
const NEGATIVE: Ink = PALETTE[2];

/// Draws the triangle into an area; gives back where it ends.
pub(super) fn draw(sketch: &mut Sketch, matrix: &Matrix, area: Rect) -> f64 {
    let Some((low, high)) = extent(matrix.cells.iter().map(|cell| cell.value)) else {
        return no_data(sketch, area);
    };
    let top = key::draw(sketch, &keys(matrix), area) + 16.0;
    let count = matrix.labels.len().max(1) as f64;
    let height = ((area.bottom - top) / count).clamp(LEAST_ROW, MOST_ROW);
    let lines = if height >= 2.0 * Type::LABEL.leading() + 4.0 { 2 } else { 1 };
    let labels: Vec<Vec<String>> =
        matrix.labels.iter().map(|label| sketch.lettering.wrap(label, Type::LABEL, NAMES, lines)).collect();
    let names = sketch.lettering.widest(labels.iter().flatten(), Type::LABEL) + GAP;
    // The name of the last row stands to the right of all cells, as each name does of its row.
    let width = ((area.width() - names) / (count - 1.0).max(1.0)).min(MOST_COLUMN);
    let numerals = Ticks::new((low.min(0.0), high.max(0.0)), 5, matrix.format).finer();
    let most = low.abs().max(high.abs());
    for (number, label) in labels.iter().enumerate() {
        let at = (area.left + number as f64 * width + GAP, top + (number as f64 + 0.5) * height);
        sketch.centred(label, at, Anchor::Start, Type::LABEL, BLACK);
    }
    for cell in matrix.cells.iter().filter(|cell| drawable(cell.value)) {
        let (left, top) = (area.left + cell.column as f64 * width, top + cell.row as f64 * height);
        let rect = Rect { left, top, right: left + width - SEAM, bottom: top + height - SEAM };
        draw_cell(sketch, cell, rect, most, numerals);
    }
    top + count * height
}

fn draw_cell(sketch: &mut Sketch, cell: &MatrixCell, rect: Rect, most: f64, numerals: Numerals) {
    let (ink, opacity) = match cell {
        MatrixCell { clear: false, .. } => (PALE, 0.5),
        MatrixCell { value, .. } => {
            let strength = if most > 0.0 { value.abs() / most } else { 0.0 };
            let ink = if *value > 0.0 { POSITIVE } else { NEGATIVE };
            (ink, FAINTEST + (STRONGEST - FAINTEST) * strength)
        }
    };
    sketch.rectangle(rect, ink, opacity);
    let words = match (cell.clear, opacity > DARK) {
        (false, _) => GREY,
        (true, true) => WHITE,
        (true, false) => BLACK,
    };
    let font = if rect.width() < 70.0 { Type::NOTE } else { Type::BODY };
    sketch.centred(&[numerals.signed(cell.value)], rect.middle(), Anchor::Middle, font, words);
}

fn keys(matrix: &Matrix) -> Vec<Key> {
    let occurs =
        |test: &dyn Fn(&MatrixCell) -> bool| matrix.cells.iter().any(|cell| drawable(cell.value) && test(cell));
    let mut keys = Vec::new();
    if occurs(&|cell| cell.clear && cell.value > 0.0) {
        keys.push(Key::Block { text: matrix.positive.clone(), ink: POSITIVE });
    }
    if occurs(&|cell| cell.clear && cell.value <= 0.0) {
        keys.push(Key::Block { text: matrix.negative.clone(), ink: NEGATIVE });
    }
    if occurs(&|cell| !cell.clear) {
        keys.push(Key::Block { text: "unclear: the interval spans zero".to_owned(), ink: PALE });
    }
    keys
}
