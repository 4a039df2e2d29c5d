//! Lines over time with ribbons around them: overlaid where there are few, a panel each where there are many.

use super::super::figure::{Axis, Guide};
use super::scale::{Scale, Ticks, apart, drawable, extent, rounded};
use super::sketch::{DASHES, Ink, PALETTE, Point, Rect, SHADE, Sketch, Stroke};
use super::{axes, key, no_data, overlay, panels};

pub(super) use super::key::Key;

/// Arms that can share one plot and still be told apart.
const MOST_OVERLAID: usize = 3;
/// How strongly a ribbon colours the ground; ribbons inside each other add up.
pub(super) const RIBBON: f64 = 0.17;
/// Width of a line of data, in points.
pub(super) const LINE: f64 = 2.6;
/// Radius of a point that stands by itself, in points.
pub(super) const DOT: f64 = 5.0;
/// How the arms of other panels are drawn behind.
pub(super) const SHADOW: Stroke = Stroke::solid(SHADE, 1.3);

/// What the plots of one chart have in common, and their arms.
pub(super) struct Curves<'a> {
    pub(super) x: &'a Axis,
    pub(super) y: Axis,
    pub(super) arms: Vec<Arm<'a>>,
    pub(super) guides: &'a [Guide],
    pub(super) keys: Vec<Key>,
}

/// The lines of one arm in numbers of the axes, without missing places.
pub(super) struct Arm<'a> {
    /// Position among all arms of the experiment, which decides colour and dash.
    pub(super) number: usize,
    pub(super) label: &'a str,
    pub(super) lines: Vec<Vec<Point>>,
    /// Closed outlines, widest first.
    pub(super) ribbons: Vec<Vec<Point>>,
}

impl Arm<'_> {
    /// The last point of the line.
    pub(super) fn end(&self) -> Option<Point> {
        self.lines.last().and_then(|line| line.last()).copied()
    }

    /// Whether the line is a row of points that are not joined.
    pub(super) fn is_dotted(&self) -> bool {
        self.lines.iter().all(|line| line.len() == 1)
    }

    fn points(&self) -> impl Iterator<Item = &Point> {
        self.lines.iter().chain(&self.ribbons).flatten()
    }
}

/// Draws the chart into an area; gives back where it ends.
pub(super) fn draw(sketch: &mut Sketch, curves: &Curves, area: Rect) -> f64 {
    let Some(ranges) = Ranges::of(curves) else {
        return no_data(sketch, area);
    };
    let overlaid = curves.arms.len() <= MOST_OVERLAID;
    let more = if overlaid { Vec::new() } else { panel_keys(curves, ranges) };
    let keys = || curves.keys.iter().chain(&more);
    let top = if keys().next().is_some() { key::draw(sketch, keys(), area) + 12.0 } else { area.top };
    let top = axes::title_above(sketch, &curves.y.title, Rect { top, ..area });
    let area = Rect { top, ..area };
    if overlaid { overlay::draw(sketch, curves, ranges, area) } else { panels::draw(sketch, curves, ranges, area) }
}

/// What the key says of panels, which have no room for words: the grey lines, and the levels across.
fn panel_keys(curves: &Curves, ranges: Ranges) -> Vec<Key> {
    let numerals = Ticks::new(ranges.y, 5, curves.y.format).finer();
    let guides = curves.guides.iter().filter(|guide| drawable(guide.value));
    let level = |guide: &Guide| match curves.guides {
        [_] => guide.label.clone(),
        _ => format!("{} ({})", guide.label, numerals.write(guide.value)),
    };
    std::iter::once(Key::Shadow("the other arms".to_owned()))
        .chain(guides.map(|guide| Key::Guide(level(guide))))
        .collect()
}

/// The ends of both axes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranges {
    pub(super) x: (f64, f64),
    pub(super) y: (f64, f64),
}

impl Ranges {
    fn of(curves: &Curves) -> Option<Self> {
        let points = || curves.arms.iter().flat_map(Arm::points);
        let x = extent(points().map(|point| point.0))?;
        let levels = curves.guides.iter().map(|guide| guide.value);
        let (low, high) = extent(points().map(|point| point.1).chain(levels))?;
        Some(Self {
            x: given(curves.x).unwrap_or(apart(x)),
            y: given(&curves.y).unwrap_or_else(|| rounded((low.min(0.0), high.max(0.0)), 5)),
        })
    }
}

/// The range an axis asks for, if it is one.
pub(super) fn given(axis: &Axis) -> Option<(f64, f64)> {
    axis.range.filter(|(low, high)| drawable(*low) && drawable(*high)).map(apart)
}

/// Colour and dash of an arm by its number; neighbours differ in both.
pub(super) fn stroke(number: usize) -> Stroke {
    Stroke { ink: ink(number), width: LINE, dash: DASHES[number % DASHES.len()] }
}

/// Colour of an arm by its number.
pub(super) fn ink(number: usize) -> Ink {
    PALETTE[number % PALETTE.len()]
}

/// Where numbers of both axes stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    pub(super) x: Scale,
    pub(super) y: Scale,
}

impl Plot {
    pub(super) fn new(ranges: Ranges, rect: Rect) -> Self {
        Self { x: Scale::new(ranges.x, rect.left, rect.right), y: Scale::new(ranges.y, rect.bottom, rect.top) }
    }

    pub(super) fn at(&self, (x, y): Point) -> Point {
        (self.x.at(x), self.y.at(y))
    }

    pub(super) fn ribbons(&self, sketch: &mut Sketch, arm: &Arm, ink: Ink) {
        for outline in &arm.ribbons {
            sketch.area(outline.iter().map(|point| self.at(*point)).collect(), ink, RIBBON);
        }
    }

    /// The lines of an arm; a point between two gaps is drawn as a dot, and a larger one where all are points.
    pub(super) fn lines(&self, sketch: &mut Sketch, arm: &Arm, stroke: Stroke) {
        let radius = if arm.is_dotted() { DOT } else { stroke.width * 1.4 };
        for line in &arm.lines {
            let places: Vec<Point> = line.iter().map(|point| self.at(*point)).collect();
            match places.as_slice() {
                [only] => sketch.disc(*only, radius, stroke.ink),
                _ => sketch.line(places, stroke),
            }
        }
    }

    /// The lines of another arm, for comparison.
    pub(super) fn shadow(&self, sketch: &mut Sketch, arm: &Arm) {
        self.lines(sketch, arm, SHADOW);
    }
}

/// The points of a line, cut where a number is missing.
pub(super) fn joined(x: &[f64], y: &[f64]) -> Vec<Vec<Point>> {
    let points: Vec<Point> = x.iter().copied().zip(y.iter().copied()).collect();
    points
        .split(|(x, y)| !drawable(*x) || !drawable(*y))
        .filter(|line| !line.is_empty())
        .map(<[Point]>::to_vec)
        .collect()
}

/// Outlines between two lines, cut where a number is missing; `shape` is how points are joined to a line.
pub(super) fn ribbons(
    x: &[f64],
    low: &[f64],
    high: &[f64],
    shape: impl Fn(Vec<Point>) -> Vec<Point>,
) -> Vec<Vec<Point>> {
    let rows: Vec<(f64, f64, f64)> = x.iter().zip(low).zip(high).map(|((x, low), high)| (*x, *low, *high)).collect();
    rows.split(|(x, low, high)| [x, low, high].into_iter().any(|number| !drawable(*number)))
        .filter(|rows| rows.len() > 1)
        .map(|rows| {
            let mut outline = shape(rows.iter().map(|(x, low, _)| (*x, *low)).collect());
            let back = shape(rows.iter().map(|(x, _, high)| (*x, *high)).collect());
            outline.extend(back.into_iter().rev());
            outline
        })
        .collect()
}

/// A share as the digits of a percentage: `0.975` as `97.5`.
pub(super) fn percent(share: f64) -> String {
    format!("{}", (share * 1000.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_number_cuts_the_line() {
        let lines = joined(&[0.0, 1.0, 2.0, 3.0], &[5.0, f64::NAN, 7.0, 8.0]);
        assert_eq!(lines, [vec![(0.0, 5.0)], vec![(2.0, 7.0), (3.0, 8.0)]]);
    }

    #[test]
    fn a_ribbon_goes_out_on_the_low_side_and_back_on_the_high() {
        let outlines = ribbons(&[0.0, 1.0], &[1.0, 2.0], &[3.0, 4.0], |line| line);
        assert_eq!(outlines, [vec![(0.0, 1.0), (1.0, 2.0), (1.0, 4.0), (0.0, 3.0)]]);
    }
}
