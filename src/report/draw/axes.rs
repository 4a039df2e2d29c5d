//! Axes: grid lines, ticks and their words, and the words of an axis as a whole.

use super::scale::{Scale, Ticks};
use super::sketch::{Anchor, BLACK, GREY, PALE, Rect, Sketch, Stroke, Type};

/// From a tick to its word.
const TICK: f64 = 6.0;
/// Room below a plot for the words of its ticks.
pub(super) const TICK_ROW: f64 = 26.0;
/// Ticks side by side stand at least this far apart.
const SPACE_ACROSS: f64 = 66.0;
/// Ticks above each other stand at least this far apart.
const SPACE_UP: f64 = 36.0;
/// No axis needs more steps than this.
const MOST_STEPS: usize = 5;

/// How many steps a horizontal axis of this length has room for.
pub(super) fn steps_across(length: f64) -> usize {
    ((length / SPACE_ACROSS) as usize).clamp(2, MOST_STEPS)
}

/// How many steps a vertical axis of this length has room for.
pub(super) fn steps_up(length: f64) -> usize {
    ((length / SPACE_UP) as usize).clamp(2, MOST_STEPS)
}

/// Whether an axis carries the words of its ticks, or leaves them to a neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    Written,
    Left,
}

/// A horizontal axis at the foot of a plot; a number without room beside the one before is left out.
pub(super) fn across(sketch: &mut Sketch, plot: Rect, scale: Scale, ticks: &Ticks, numbers: Numbers) {
    sketch.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], Stroke::solid(BLACK, 1.2));
    let mut free_from = f64::NEG_INFINITY;
    for (value, label) in ticks.values.iter().zip(ticks.labels()) {
        let x = scale.at(*value);
        let label = if ticks.has_names() {
            let slot = (scale.at(value + 1.0) - x).max(x - scale.at(value - 1.0));
            sketch.lettering.wrap(&label, Type::BODY, (slot - 6.0).max(24.0), 1).concat()
        } else {
            label
        };
        sketch.line(vec![(x, plot.bottom), (x, plot.bottom + TICK)], Stroke::solid(BLACK, 1.2));
        let half = sketch.lettering.width(&label, Type::BODY) / 2.0;
        if numbers == Numbers::Written && x - half >= free_from {
            let base = plot.bottom + TICK + 4.0 + Type::BODY.capital();
            sketch.words(&label, (x, base), Anchor::Middle, Type::BODY, GREY);
            free_from = x + half;
        }
    }
}

/// Horizontal grid lines with the words of the vertical axis on their left.
pub(super) fn up(sketch: &mut Sketch, plot: Rect, scale: Scale, ticks: &Ticks, numbers: Numbers) {
    for (value, label) in ticks.values.iter().zip(ticks.labels()) {
        let y = scale.at(*value);
        sketch.line(vec![(plot.left, y), (plot.right, y)], Stroke::solid(PALE, 1.0));
        if numbers == Numbers::Written {
            let at = (plot.left - TICK - 2.0, y);
            sketch.centred(&[label], at, Anchor::End, Type::BODY, GREY);
        }
    }
}

/// Room a vertical axis needs on its left for the words of its ticks.
pub(super) fn room(sketch: &Sketch, ticks: &Ticks) -> f64 {
    sketch.lettering.widest(&ticks.labels(), Type::BODY) + TICK + 2.0
}

/// Words under a horizontal axis, centred; gives back where they end.
pub(super) fn title_below(sketch: &mut Sketch, title: &str, plot: Rect, top: f64) -> f64 {
    let lines = sketch.lettering.wrap(title, Type::BODY, plot.width(), 3);
    let at = (plot.middle().0, top + Type::BODY.capital() + 4.0);
    sketch.paragraph(&lines, at, Anchor::Middle, Type::BODY, BLACK);
    top + 4.0 + lines.len() as f64 * Type::BODY.leading()
}

/// Words over a vertical axis, where they can be read without turning the head; gives back where they end.
pub(super) fn title_above(sketch: &mut Sketch, title: &str, area: Rect) -> f64 {
    let lines = sketch.lettering.wrap(title, Type::BODY, area.width(), 2);
    let at = (area.left, area.top + Type::BODY.capital());
    sketch.paragraph(&lines, at, Anchor::Start, Type::BODY, BLACK);
    area.top + lines.len() as f64 * Type::BODY.leading() + 12.0
}
