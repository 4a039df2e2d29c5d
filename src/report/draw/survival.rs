//! Survival as step curves: a share holds until the next one is known.

use super::super::figure::{Axis, Survival, SurvivalCurve};
use super::curves::{self, Arm, Curves, Key, joined, ribbons};
use super::sketch::{Point, Rect, Sketch};

/// Draws the curves into an area; gives back where they end.
pub(super) fn draw(sketch: &mut Sketch, survival: &Survival, area: Rect) -> f64 {
    let curves = Curves {
        x: &survival.x,
        y: Axis { range: Some((0.0, 1.0)), ..Axis::percent(survival.y_title.as_str()) },
        arms: survival.curves.iter().map(arm).collect(),
        guides: &[],
        keys: vec![
            Key::Line("share of runs".to_owned()),
            Key::Ribbon { text: format!("{} interval", survival.confidence), layers: 1 },
        ],
    };
    curves::draw(sketch, &curves, area)
}

fn arm(curve: &SurvivalCurve) -> Arm<'_> {
    Arm {
        number: curve.arm,
        label: &curve.label,
        lines: joined(&curve.x, &curve.share).into_iter().map(stepped).collect(),
        ribbons: ribbons(&curve.x, &curve.low, &curve.high, stepped),
    }
}

/// The same points joined by stairs.
fn stepped(line: Vec<Point>) -> Vec<Point> {
    let mut stairs: Vec<Point> = Vec::with_capacity(2 * line.len());
    for (x, y) in line {
        if let Some((_, before)) = stairs.last().copied() {
            stairs.push((x, before));
        }
        stairs.push((x, y));
    }
    stairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_holds_until_the_next_is_known() {
        let stairs = stepped(vec![(0.0, 1.0), (5.0, 0.4)]);
        assert_eq!(stairs, [(0.0, 1.0), (5.0, 1.0), (5.0, 0.4)]);
    }
}
