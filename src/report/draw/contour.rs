//! Lines of equal level through numbers on a grid (marching squares).

use super::scale::drawable;
use super::sketch::Point;

/// Two ends of a piece of line within one square.
type Piece = (Point, Point);

/// The lines along which the numbers, straight between the places of the grid, reach a level; in numbers of the axes.
///
/// `values` has a list for each row, in it a number for each column. A square with a missing number is left out. Where a square
/// could be cut in two ways, its middle decides.
pub(super) fn lines(columns: &[f64], rows: &[f64], values: &[Vec<f64>], level: f64) -> Vec<Vec<Point>> {
    let mut pieces = Vec::new();
    for row in 0..rows.len().min(values.len()).saturating_sub(1) {
        for column in 0..columns.len().saturating_sub(1) {
            let corner = |right: usize, up: usize| {
                let value = values[row + up].get(column + right).copied().unwrap_or(f64::NAN);
                (columns[column + right], rows[row + up], value - level)
            };
            // Round the square: lower left, lower right, upper right, upper left.
            square([corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)], &mut pieces);
        }
    }
    chained(pieces)
}

/// The pieces of one square, whose corners are given as place across, place up, number above the level.
fn square(corners: [(f64, f64, f64); 4], pieces: &mut Vec<Piece>) {
    if !corners.iter().all(|corner| drawable(corner.2)) {
        return;
    }
    let crossings: Vec<Point> = (0..4).filter_map(|side| crossing(corners[side], corners[(side + 1) % 4])).collect();
    match crossings.as_slice() {
        [a, b] => pieces.push((*a, *b)),
        [a, b, c, d] => {
            let middle = corners.iter().map(|corner| corner.2).sum::<f64>() / 4.0;
            // The sides follow each other: a and b meet at the corner between them, and so on.
            if (middle < 0.0) == (corners[1].2 < 0.0) {
                pieces.extend([(*d, *a), (*b, *c)]);
            } else {
                pieces.extend([(*a, *b), (*c, *d)]);
            }
        }
        _ => {}
    }
}

/// Where the level is crossed between two corners, to the same bits from either.
fn crossing(one: (f64, f64, f64), other: (f64, f64, f64)) -> Option<Point> {
    if (one.2 < 0.0) == (other.2 < 0.0) {
        return None;
    }
    let (low, high) = if one.2 < 0.0 { (one, other) } else { (other, one) };
    let share = low.2 / (low.2 - high.2);
    Some((low.0 + share * (high.0 - low.0), low.1 + share * (high.1 - low.1)))
}

/// Pieces that share an end as one line, each of them as long as it can be.
fn chained(mut pieces: Vec<Piece>) -> Vec<Vec<Point>> {
    let mut lines = Vec::new();
    while let Some((start, end)) = pieces.pop() {
        let mut line = vec![start, end];
        for _ in 0..2 {
            while let Some(next) = line.last().copied().and_then(|end| take_next(&mut pieces, end)) {
                line.push(next);
            }
            line.reverse();
        }
        lines.push(line);
    }
    lines
}

/// The other end of a piece that has this end.
fn take_next(pieces: &mut Vec<Piece>, end: Point) -> Option<Point> {
    let meets = |point: Point| point.0.to_bits() == end.0.to_bits() && point.1.to_bits() == end.1.to_bits();
    let found = pieces.iter().position(|(one, other)| meets(*one) || meets(*other))?;
    let (one, other) = pieces.swap_remove(found);
    Some(if meets(one) { other } else { one })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that rise across only: the level 0.5 runs straight up, as one line.
    #[test]
    fn a_slope_has_one_straight_line() {
        let values = vec![vec![0.0, 1.0]; 4];
        let found = lines(&[0.0, 2.0], &[0.0, 1.0, 2.0, 3.0], &values, 0.5);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].len(), 4);
        assert!(found[0].iter().all(|point| (point.0 - 1.0).abs() < 1e-12));
    }

    #[test]
    fn a_peak_has_a_closed_ring_around_it() {
        let values = vec![vec![0.0; 3], vec![0.0, 1.0, 0.0], vec![0.0; 3]];
        let found = lines(&[0.0, 1.0, 2.0], &[0.0, 1.0, 2.0], &values, 0.5);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].first(), found[0].last());
        assert_eq!(found[0].len(), 5);
    }

    #[test]
    fn a_saddle_is_cut_twice_and_a_missing_number_not_at_all() {
        let saddle = vec![vec![1.0, 0.0], vec![0.0, 1.0]];
        assert_eq!(lines(&[0.0, 1.0], &[0.0, 1.0], &saddle, 0.4).len(), 2);
        let missing = vec![vec![1.0, 0.0], vec![0.0, f64::NAN]];
        assert!(lines(&[0.0, 1.0], &[0.0, 1.0], &missing, 0.4).is_empty());
    }
}
