//! Levels across a plot, named where no line of data runs.

use super::super::figure::Guide;
use super::curves::{Curves, Plot};
use super::scale::drawable;
use super::sketch::{Anchor, Dash, GREY, Point, Rect, Sketch, Stroke, Type, WHITE};

/// How a level is drawn.
pub(super) const STROKE: Stroke = Stroke { ink: GREY, width: 1.3, dash: Dash::Broken { mark: 5.0, gap: 4.0 } };
/// From a level to its words.
const GAP: f64 = 5.0;

/// The levels as lines, behind the data.
pub(super) fn lines(sketch: &mut Sketch, guides: &[Guide], rect: Rect, plot: Plot) {
    for guide in guides.iter().filter(|guide| drawable(guide.value)) {
        let y = plot.y.at(guide.value);
        sketch.line(vec![(rect.left, y), (rect.right, y)], STROKE);
    }
}

/// The words of the levels, on a thin ground of white.
pub(super) fn labels(sketch: &mut Sketch, curves: &Curves, rect: Rect, plot: Plot) {
    let mut busy: Vec<Point> = curves
        .arms
        .iter()
        .flat_map(|arm| arm.lines.iter())
        .flat_map(|line| along(&line.iter().map(|point| plot.at(*point)).collect::<Vec<_>>()))
        .collect();
    for guide in curves.guides.iter().filter(|guide| drawable(guide.value)) {
        let y = plot.y.at(guide.value);
        let text = sketch.lettering.wrap(&guide.label, Type::NOTE, rect.width() - 20.0, 1);
        let width = sketch.lettering.widest(&text, Type::NOTE);
        let Some(free) = freest(&candidates(rect, y, width), rect, &busy) else {
            continue;
        };
        sketch.rectangle(free, WHITE, 0.8);
        sketch.centred(&text, (free.left + 3.0, free.middle().1), Anchor::Start, Type::NOTE, GREY);
        busy.extend(along(&[(free.left, free.middle().1), (free.right, free.middle().1)]));
    }
}

/// Places above and below a level, from left to right.
fn candidates(rect: Rect, y: f64, width: f64) -> Vec<Rect> {
    let height = Type::NOTE.size + 3.0;
    let room = (rect.width() - width - 20.0).max(0.0);
    let place = |part: f64, top: f64| {
        let left = rect.left + 10.0 + part * room;
        Rect { left, top, right: left + width + 6.0, bottom: top + height }
    };
    let sides = [y - GAP - height, y + GAP];
    [0.0, 1.0, 0.25, 0.5, 0.75].into_iter().flat_map(|part| sides.map(|top| place(part, top))).collect()
}

/// The first place that keeps well away from the lines, or the one that keeps furthest away.
fn freest(places: &[Rect], rect: Rect, busy: &[Point]) -> Option<Rect> {
    let inside = || places.iter().filter(|place| place.top >= rect.top - 12.0 && place.bottom <= rect.bottom);
    let clear = |place: &Rect| clearance(place, busy);
    inside()
        .find(|place| clear(place) > 12.0)
        .or_else(|| inside().max_by(|a, b| clear(a).total_cmp(&clear(b))))
        .copied()
}

/// Distance up or down from a place to the nearest line that passes it.
fn clearance(place: &Rect, busy: &[Point]) -> f64 {
    busy.iter()
        .filter(|(x, _)| (place.left - 6.0..=place.right + 6.0).contains(x))
        .map(|(_, y)| (y - place.middle().1).abs() - place.height() / 2.0)
        .fold(f64::INFINITY, f64::min)
}

/// Points along a line, close enough that none of it slips between them.
fn along(line: &[Point]) -> Vec<Point> {
    let mut points = Vec::new();
    for pair in line.windows(2) {
        let [(x, y), (to_x, to_y)] = [pair[0], pair[1]];
        let parts = ((to_x - x).abs().max((to_y - y).abs()) / 6.0).ceil().clamp(1.0, 400.0);
        for part in 0..=parts as usize {
            let share = part as f64 / parts;
            points.push((x + share * (to_x - x), y + share * (to_y - y)));
        }
    }
    points
}
