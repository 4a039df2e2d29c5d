//! What a grid compares, run by run: two values of one thing that varies, over the combinations of the others that have both.

use crate::experiment::cells::Cells;
use crate::experiment::field::Weights;
use crate::experiment::vary::Parameter;

/// Two values of a parameter that a sweep compares, run by run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Position of the parameter.
    pub parameter: usize,
    /// The value that it is compared with: the smallest number, or the level that was named first.
    pub from: f64,
    /// The largest number, or another level.
    pub to: f64,
}

/// What a grid compares: the largest with the smallest value of each number, and every other level with the first.
pub fn comparisons(parameters: &[Parameter]) -> Vec<Comparison> {
    let of = |(number, parameter): (usize, &Parameter)| -> Vec<Comparison> {
        let (from, to) = parameter.ends();
        let to = if parameter.is_levels() { parameter.values.iter().skip(1).copied().collect() } else { vec![to] };
        to.into_iter().map(|to| Comparison { parameter: number, from, to }).collect()
    };
    parameters.iter().enumerate().flat_map(of).collect()
}

/// The mean of the cells at one value less that of the cells at another, over the combinations of the others that have both; and
/// how many those are.
pub(super) fn weights(cells: &Cells, Comparison { parameter, from, to }: Comparison) -> (Weights, usize) {
    let other = |value: f64| match value {
        value if same(from, to) || !(same(value, from) || same(value, to)) => None,
        value => Some(if same(value, from) { to } else { from }),
    };
    let has_partner = |point: &Vec<f64>| {
        let Some(other) = other(point[parameter]) else { return false };
        let mut partner = point.clone();
        partner[parameter] = other;
        cells.find(&partner).is_some()
    };
    let paired: Vec<bool> = cells.points.iter().map(has_partner).collect();
    let pairs = paired.iter().filter(|paired| **paired).count() / 2;
    let weight = |(point, paired): (&Vec<f64>, &bool)| match point[parameter] {
        value if *paired && same(value, to) => 1.0 / pairs as f64,
        _ if *paired => -1.0 / pairs as f64,
        _ => 0.0,
    };
    (cells.points.iter().zip(&paired).map(weight).collect(), pairs)
}

/// Whether two values of a grid are the very same.
fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits()
}
