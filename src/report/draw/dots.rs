//! Differences from zero with their intervals, a row each.

use super::super::figure::{DotPanel, DotRow, Dots, Tone};
use super::key::{self, Key};
use super::scale::drawable;
use super::sketch::{Anchor, BLACK, Rect, Sketch, Type};
use super::{axes, no_data, rows, tone};

/// Panels with the same rows that can stand side by side.
const MOST_BESIDE: usize = 3;
/// The widest the names of rows may be beside one panel, and beside more.
const NAMES: f64 = 400.0;
const NAMES_OF_MANY: f64 = 250.0;
const GAP: f64 = 22.0;
const LEAST_ROW: f64 = 24.0;
const MOST_ROW: f64 = 54.0;

/// Draws the panels into an area; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, dots: &Dots, area: Rect) -> f64 {
    if !dots.panels.iter().flat_map(|panel| &panel.rows).any(|row| drawable(row.value)) {
        return no_data(sketch, area);
    }
    let top = key::draw(sketch, &keys(dots), area) + 16.0;
    let names = Names::new(sketch, dots);
    let area = Rect { top, ..area };
    if beside(dots) { side_by_side(sketch, dots, &names, area) } else { stacked(sketch, dots, &names, area) }
}

/// The tones that occur, in words.
fn keys(dots: &Dots) -> Vec<Key> {
    let rows = || dots.panels.iter().flat_map(|panel| &panel.rows);
    [Tone::Better, Tone::Worse, Tone::Unclear]
        .into_iter()
        .filter(|tone| rows().any(|row| row.tone == *tone && drawable(row.value)))
        .map(|tone| Key::Marker {
            text: match tone {
                Tone::Unclear => "unclear: the interval spans zero".to_owned(),
                Tone::Better | Tone::Worse => tone::word(tone).to_owned(),
            },
            tone,
        })
        .collect()
}

/// Whether the panels share their rows and are few enough to stand side by side.
fn beside(dots: &Dots) -> bool {
    let labels = |panel: &DotPanel| panel.rows.iter().map(|row| row.label.clone()).collect::<Vec<_>>();
    let same = dots.panels.windows(2).all(|pair| labels(&pair[0]) == labels(&pair[1]));
    same && dots.panels.len() <= MOST_BESIDE
}

/// The names of all rows in lines, and the room they need.
struct Names {
    panels: Vec<Vec<Vec<String>>>,
    width: f64,
    height: f64,
}

impl Names {
    fn new(sketch: &Sketch, dots: &Dots) -> Self {
        let most = if beside(dots) && dots.panels.len() > 1 { NAMES_OF_MANY } else { NAMES };
        let wrap = |row: &DotRow| sketch.lettering.wrap(&row.label, Type::BODY, most, 3);
        let panels: Vec<Vec<Vec<String>>> =
            dots.panels.iter().map(|panel| panel.rows.iter().map(wrap).collect()).collect();
        let lines = panels.iter().flatten().map(Vec::len).max().unwrap_or(0);
        Self {
            width: sketch.lettering.widest(panels.iter().flatten().flatten(), Type::BODY),
            height: lines as f64 * Type::BODY.leading() + 6.0,
            panels,
        }
    }

    /// Height of a row if the rows are to fill the space.
    fn row(&self, space: f64, rows: usize) -> f64 {
        (space / rows.max(1) as f64).clamp(LEAST_ROW, MOST_ROW).max(self.height)
    }
}

fn side_by_side(sketch: &mut Sketch, dots: &Dots, names: &Names, area: Rect) -> f64 {
    let count = dots.panels.len().max(1);
    let left = area.left + names.width + GAP;
    let width = (area.right - left - GAP * (count - 1) as f64) / count as f64;
    let cell = |number: usize| {
        let left = left + number as f64 * (width + GAP);
        Rect { left, right: left + width, ..area }
    };
    let heading = dots.panels.iter().map(|panel| heading_lines(sketch, panel, width).len()).max().unwrap_or(0) as f64
        * Type::LABEL.leading();
    let top = area.top + heading + 6.0;
    let count = dots.panels.first().map_or(0, |panel| panel.rows.len());
    let row = names.row(area.bottom - top - foot(), count);
    if let Some(lines) = names.panels.first() {
        write_names(sketch, lines, area.left, top, row);
    }
    let mut bottom = top;
    for (number, panel) in dots.panels.iter().enumerate() {
        let lines = heading_lines(sketch, panel, width);
        let cell = Rect { top, ..cell(number) };
        let first = top - 8.0 - (lines.len().saturating_sub(1)) as f64 * Type::LABEL.leading();
        sketch.paragraph(&lines, (cell.left, first), Anchor::Start, Type::LABEL, BLACK);
        bottom = f64::max(bottom, rows::draw(sketch, panel, cell, row));
    }
    bottom
}

fn stacked(sketch: &mut Sketch, dots: &Dots, names: &Names, area: Rect) -> f64 {
    let total: usize = dots.panels.iter().map(|panel| panel.rows.len()).sum();
    let fixed = (Type::LABEL.leading() + 6.0 + foot() + GAP) * dots.panels.len() as f64;
    let row = names.row(area.height() - fixed, total);
    let mut top = area.top;
    for (panel, lines) in dots.panels.iter().zip(&names.panels) {
        let heading = heading_lines(sketch, panel, area.width());
        sketch.paragraph(&heading, (area.left, top + Type::LABEL.capital()), Anchor::Start, Type::LABEL, BLACK);
        top += heading.len() as f64 * Type::LABEL.leading() + 6.0;
        write_names(sketch, lines, area.left, top, row);
        let cell = Rect { left: area.left + names.width + GAP, top, ..area };
        top = rows::draw(sketch, panel, cell, row) + GAP;
    }
    top - GAP
}

fn heading_lines(sketch: &Sketch, panel: &DotPanel, width: f64) -> Vec<String> {
    sketch.lettering.wrap(&panel.title, Type::LABEL, width, 3)
}

/// Room for the words below a panel.
fn foot() -> f64 {
    axes::TICK_ROW + Type::BODY.leading() + 4.0
}

fn write_names(sketch: &mut Sketch, names: &[Vec<String>], left: f64, top: f64, row: f64) {
    for (number, lines) in names.iter().enumerate() {
        let middle = top + (number as f64 + 0.5) * row;
        sketch.centred(lines, (left, middle), Anchor::Start, Type::BODY, BLACK);
    }
}
