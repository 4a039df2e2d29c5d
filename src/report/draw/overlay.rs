//! Few arms in one plot, each named at the end of its line.

use super::axes::{self, Numbers};
use super::curves::{Curves, DOT, Plot, Ranges, stroke};
use super::guides;
use super::place::{self, Wish};
use super::scale::Ticks;
use super::sketch::{Anchor, BLACK, Point, Rect, Sketch, Stroke, Type};

/// The widest a label may be.
const LABEL: f64 = 210.0;
/// From the plot to the labels: the lead from the end of the line, and a piece of the line itself.
const LEAD: f64 = 16.0;
const SAMPLE: f64 = 26.0;
const GAP: f64 = 7.0;
/// Free space between labels below each other.
const BETWEEN: f64 = 8.0;
const LEAST_HEIGHT: f64 = 260.0;

/// Draws the plot; gives back where it ends.
pub(super) fn draw(sketch: &mut Sketch, curves: &Curves, ranges: Ranges, area: Rect) -> f64 {
    let labels: Vec<Vec<String>> = curves.arms.iter().map(|arm| name(sketch, arm.label, arm.end())).collect();
    let column = sketch.lettering.widest(labels.iter().flatten(), Type::LABEL);
    let title_lines = sketch.lettering.wrap(&curves.x.title, Type::BODY, area.width() / 2.0, 3).len();
    let foot = axes::TICK_ROW + title_lines as f64 * Type::BODY.leading() + 4.0;
    let bottom = (area.bottom - foot).max(area.top + LEAST_HEIGHT);
    let y_ticks = Ticks::new(ranges.y, axes::steps_up(bottom - area.top), curves.y.format);
    let rect = Rect {
        left: area.left + axes::room(sketch, &y_ticks),
        top: area.top,
        right: area.right - column - LEAD - SAMPLE - GAP,
        bottom,
    };
    let x_ticks = Ticks::new(ranges.x, axes::steps_across(rect.width()), curves.x.format);
    let plot = Plot::new(ranges, rect);
    axes::up(sketch, rect, plot.y, &y_ticks, Numbers::Written);
    for arm in &curves.arms {
        plot.ribbons(sketch, arm, stroke(arm.number).ink);
    }
    guides::lines(sketch, curves.guides, rect, plot);
    for dotted in [false, true] {
        for arm in curves.arms.iter().rev().filter(|arm| arm.is_dotted() == dotted) {
            plot.lines(sketch, arm, stroke(arm.number));
        }
    }
    axes::across(sketch, rect, plot.x, &x_ticks, Numbers::Written);
    guides::labels(sketch, curves, rect, plot);
    names(sketch, curves, &labels, rect, plot);
    axes::title_below(sketch, &curves.x.title, rect, rect.bottom + axes::TICK_ROW)
}

fn name(sketch: &Sketch, label: &str, end: Option<Point>) -> Vec<String> {
    let mut lines = sketch.lettering.wrap(label, Type::LABEL, LABEL, 4);
    if end.is_none() {
        lines.push("(no data)".to_owned());
    }
    lines
}

/// The names of the arms beside the plot, each led to from the end of its line.
fn names(sketch: &mut Sketch, curves: &Curves, labels: &[Vec<String>], rect: Rect, plot: Plot) {
    let ends: Vec<Option<Point>> = curves.arms.iter().map(|arm| arm.end().map(|end| plot.at(end))).collect();
    let wishes: Vec<Wish> = labels
        .iter()
        .zip(&ends)
        .map(|(lines, end)| Wish {
            wish: end.map_or(rect.bottom, |(_, y)| y),
            height: lines.len() as f64 * Type::LABEL.leading() + BETWEEN,
        })
        .collect();
    let middles = place::apart(&wishes, rect.top - 10.0, rect.bottom + 10.0);
    for ((arm, end), (lines, y)) in curves.arms.iter().zip(ends).zip(labels.iter().zip(middles)) {
        let (sample, stroke) = (rect.right + LEAD, stroke(arm.number));
        if let Some(end) = end {
            sketch.line(vec![end, (sample, y)], Stroke::solid(stroke.ink, 1.0));
            if arm.is_dotted() {
                sketch.disc((sample + SAMPLE / 2.0, y), DOT, stroke.ink);
            } else {
                sketch.line(vec![(sample, y), (sample + SAMPLE, y)], stroke);
            }
        }
        sketch.centred(lines, (sample + SAMPLE + GAP, y), Anchor::Start, Type::LABEL, BLACK);
    }
}
