//! Lines and points in a plane.

use super::super::figure::{Plane, PlaneLine};
use super::curves::{self, Arm, Curves};
use super::scale::drawable;
use super::sketch::{Point, Rect, Sketch};

/// Draws the lines into an area; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, plane: &Plane, area: Rect) -> f64 {
    let curves = Curves {
        x: &plane.x,
        y: plane.y.clone(),
        arms: plane.lines.iter().enumerate().map(arm).collect(),
        guides: &[],
        keys: Vec::new(),
    };
    curves::draw(sketch, &curves, area)
}

/// A line is cut where a number is missing; points by themselves are lines of one point, which are drawn as dots.
fn arm((number, line): (usize, &PlaneLine)) -> Arm<'_> {
    let pieces: Vec<Vec<Point>> = if line.joined {
        line.points.split(|(x, y)| !drawable(*x) || !drawable(*y)).map(<[Point]>::to_vec).collect()
    } else {
        line.points.iter().filter(|(x, y)| drawable(*x) && drawable(*y)).map(|point| vec![*point]).collect()
    };
    Arm {
        number,
        label: &line.label,
        lines: pieces.into_iter().filter(|piece| !piece.is_empty()).collect(),
        ribbons: Vec::new(),
    }
}
