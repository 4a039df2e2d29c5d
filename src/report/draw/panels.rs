//! Many arms, a small panel each on the same axes, with the other arms behind in grey.

use super::axes::{self, Numbers};
use super::curves::{Curves, Plot, Ranges, ink};
use super::guides;
use super::scale::Ticks;
use super::sketch::{Anchor, BLACK, GREY, Rect, Sketch, Stroke, Type};

const GAP: f64 = 30.0;
const HEADING_LINES: usize = 3;
const LEAST_HEIGHT: f64 = 120.0;

/// Where the panels stand.
struct Grid {
    columns: usize,
    /// The names of the arms, in lines.
    headings: Vec<Vec<String>>,
    /// The plots of the first column.
    first: Vec<Rect>,
}

impl Grid {
    fn new(sketch: &Sketch, curves: &Curves, y_ticks: &Ticks, area: Rect) -> Self {
        let columns = columns(curves.arms.len());
        let left = area.left + axes::room(sketch, y_ticks);
        let width = (area.right - left - GAP * (columns - 1) as f64) / columns as f64;
        let headings: Vec<Vec<String>> = curves
            .arms
            .iter()
            .map(|arm| sketch.lettering.wrap(arm.label, Type::LABEL, width - 10.0, HEADING_LINES))
            .collect();
        let heights: Vec<f64> = headings.chunks(columns).map(heading_height).collect();
        let foot = axes::TICK_ROW + Type::BODY.leading() + 4.0;
        let words = heights.iter().sum::<f64>() + GAP * heights.len().saturating_sub(1) as f64 + foot;
        let height = ((area.height() - words) / heights.len() as f64).max(LEAST_HEIGHT);
        let mut top = area.top;
        let mut first = Vec::new();
        for heading in heights {
            top += heading;
            first.push(Rect { left, top, right: left + width, bottom: top + height });
            top += height + GAP;
        }
        Self { columns, headings, first }
    }

    /// Every arm with its heading and plot.
    fn cells(&self) -> impl Iterator<Item = (usize, &[String], Rect)> {
        self.headings.iter().enumerate().filter_map(|(number, heading)| {
            let first = self.first.get(number / self.columns)?;
            let right = (number % self.columns) as f64 * (first.width() + GAP);
            let plot = Rect { left: first.left + right, right: first.right + right, ..*first };
            Some((number, heading.as_slice(), plot))
        })
    }
}

/// Room for the names of a row of panels.
fn heading_height(row: &[Vec<String>]) -> f64 {
    let lines = row.iter().map(Vec::len).max().unwrap_or(0);
    lines as f64 * Type::LABEL.leading() + 6.0
}

/// Draws the panels; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, curves: &Curves, ranges: Ranges, area: Rect) -> f64 {
    let count = curves.arms.len();
    let y_ticks = Ticks::new(ranges.y, 4, curves.y.format);
    let grid = Grid::new(sketch, curves, &y_ticks, area);
    let mut bottom = area.top;
    for (number, heading, rect) in grid.cells() {
        let plot = Plot::new(ranges, rect);
        let x_ticks = Ticks::new(ranges.x, axes::steps_across(rect.width()), curves.x.format);
        let top = rect.top - 10.0 - heading.len().saturating_sub(1) as f64 * Type::LABEL.leading();
        sketch.paragraph(heading, (rect.left, top), Anchor::Start, Type::LABEL, BLACK);
        axes::up(sketch, rect, plot.y, &y_ticks, written(number % grid.columns == 0));
        panel(sketch, curves, number, rect, plot);
        axes::across(sketch, rect, plot.x, &x_ticks, written(number + grid.columns >= count));
        bottom = rect.bottom;
    }
    let whole = Rect { bottom, ..area };
    axes::title_below(sketch, &curves.x.title, whole, bottom + axes::TICK_ROW)
}

/// Only panels at the edge carry numbers.
fn written(at_the_edge: bool) -> Numbers {
    if at_the_edge { Numbers::Written } else { Numbers::Left }
}

/// The data of one panel.
fn panel(sketch: &mut Sketch, curves: &Curves, number: usize, rect: Rect, plot: Plot) {
    let Some(arm) = curves.arms.get(number) else {
        return;
    };
    for (_, other) in curves.arms.iter().enumerate().filter(|(other, _)| *other != number) {
        plot.shadow(sketch, other);
    }
    plot.ribbons(sketch, arm, ink(arm.number));
    guides::lines(sketch, curves.guides, rect, plot);
    plot.lines(sketch, arm, Stroke::solid(ink(arm.number), 2.8));
    if arm.end().is_none() {
        sketch.centred(&["no data".to_owned()], rect.middle(), Anchor::Middle, Type::LABEL, GREY);
    }
}

/// Columns that make panels of about the shape of a page.
fn columns(count: usize) -> usize {
    match count {
        0..=4 => 2,
        5 | 6 | 9 => 3,
        _ => 4,
    }
}
