//! One panel of differences: its axis, a marker and an interval for each row, and what they say in words.

use super::super::figure::{DotPanel, DotRow, Tone};
use super::super::phrase::is_nothing;
use super::axes::{self, Numbers};
use super::curves::given;
use super::numerals::Numerals;
use super::scale::{Scale, Ticks, apart, drawable, extent};
use super::sketch::{Anchor, BLACK, GREY, PALE, Rect, Sketch, Stroke, Type};
use super::tone;

/// Room beyond the outermost numbers, as a share of the axis.
const ROOM: f64 = 0.05;

/// Draws rows, axis and the numbers in words; gives back where the panel ends.
pub(super) fn draw(sketch: &mut Sketch, panel: &DotPanel, cell: Rect, row: f64) -> f64 {
    let bottom = cell.top + row * panel.rows.len() as f64;
    let values = panel.rows.iter().flat_map(|row| [row.value, row.low, row.high]);
    let Some((low, high)) = extent(values) else {
        let rect = Rect { bottom, ..cell };
        sketch.centred(&["no data".to_owned()], rect.middle(), Anchor::Middle, Type::BODY, GREY);
        return bottom;
    };
    let range = given(&panel.axis).unwrap_or_else(|| around(low, high));
    let numerals = numerals(panel, range);
    let column = verdict_width(sketch, panel, numerals);
    let rect = Rect { right: cell.right - column - 12.0, bottom, ..cell };
    let ticks = Ticks::new(range, axes::steps_across(rect.width()), panel.axis.format);
    let scale = Scale::new(range, rect.left + 8.0, rect.right - 8.0);
    grid(sketch, rect, scale, &ticks, row);
    for (number, entry) in panel.rows.iter().enumerate() {
        let middle = rect.top + (number as f64 + 0.5) * row;
        draw_row(sketch, entry, scale, middle);
        verdict(sketch, entry, numerals, (rect.right + 12.0, middle));
    }
    axes::across(sketch, rect, scale, &ticks, Numbers::Written);
    axes::title_below(sketch, &panel.axis.title, rect, bottom + axes::TICK_ROW)
}

/// As few digits as will do, and more where a clear difference would read as nothing beside a large one.
fn numerals(panel: &DotPanel, range: (f64, f64)) -> Numerals {
    let within = |steps: usize| Ticks::new(range, steps, panel.axis.format).finer();
    let plain = within(5);
    let is_lost =
        |row: &DotRow| row.tone != Tone::Unclear && drawable(row.value) && is_nothing(&plain.write(row.value));
    if panel.rows.iter().any(is_lost) { within(20) } else { plain }
}

/// Zero and all numbers, with a little room on the sides that hold numbers.
pub(super) fn around(low: f64, high: f64) -> (f64, f64) {
    let (low, high) = apart((low.min(0.0), high.max(0.0)));
    let room = ROOM * (high - low);
    let low = if low < 0.0 { low - room } else { low };
    let high = if high > 0.0 { high + room } else { high };
    (low, high)
}

fn grid(sketch: &mut Sketch, rect: Rect, scale: Scale, ticks: &Ticks, row: f64) {
    for value in &ticks.values {
        let x = scale.at(*value);
        sketch.line(vec![(x, rect.top), (x, rect.bottom)], Stroke::solid(PALE, 1.0));
    }
    let mut y = rect.top;
    while y < rect.bottom - 1.0 {
        sketch.line(vec![(rect.left, y), (rect.right, y)], Stroke::solid(PALE, 1.0));
        y += row;
    }
    if scale.low <= 0.0 && scale.high >= 0.0 {
        let zero = scale.at(0.0);
        sketch.line(vec![(zero, rect.top), (zero, rect.bottom)], Stroke::solid(BLACK, 1.6));
    }
}

fn draw_row(sketch: &mut Sketch, row: &DotRow, scale: Scale, middle: f64) {
    if !drawable(row.value) {
        return;
    }
    if drawable(row.low) && drawable(row.high) {
        let ends = vec![(scale.at(row.low), middle), (scale.at(row.high), middle)];
        sketch.line(ends, Stroke::solid(tone::ink(row.tone), 2.4));
    }
    tone::marker(sketch, (scale.at(row.value), middle), row.tone);
}

/// The difference and what it means, in words beside the row.
fn verdict(sketch: &mut Sketch, row: &DotRow, numerals: Numerals, at: (f64, f64)) {
    let ink = if drawable(row.value) { tone::ink(row.tone) } else { GREY };
    sketch.centred(&[verdict_words(row, numerals)], at, Anchor::Start, Type::BODY, ink);
}

fn verdict_words(row: &DotRow, numerals: Numerals) -> String {
    if drawable(row.value) {
        format!("{} {}", numerals.signed(row.value), tone::word(row.tone))
    } else {
        "no data".to_owned()
    }
}

fn verdict_width(sketch: &Sketch, panel: &DotPanel, numerals: Numerals) -> f64 {
    let words: Vec<String> = panel.rows.iter().map(|row| verdict_words(row, numerals)).collect();
    sketch.lettering.widest(&words, Type::BODY)
}
