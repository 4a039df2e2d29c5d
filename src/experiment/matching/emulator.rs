//! Emulators: what a target comes to at points that nobody has run, guessed from those that were.
//!
//! A polynomial by weighted ridge regression: a constant, straight lines, squares, and products of the numbers that matter most,
//! as much of it as foretells points best that were left out (the residual of each without itself, from the leverages; Allen 1974,
//! Technometrics 16). The mean square of those residuals is the emulator's variance, so that one that knows nothing rules nothing
//! out. An emulator only proposes: what is left is decided by runs.

use super::linear::{cholesky, dot, solved};

/// A guess with its variance.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Emulator {
    form: Form,
    coefficients: Vec<f64>,
    /// Variance of what it foretells, by cross-validation.
    pub(super) variance: f64,
    /// Share of the variance between points that it foretells, by cross-validation: 0 is no better than the mean.
    pub(super) explained: f64,
}

/// Which powers are taken.
#[derive(Clone, Debug, PartialEq)]
struct Form {
    /// 0 a constant, 1 straight lines, 2 squares too.
    degree: usize,
    /// Numbers of which products are taken.
    pairs: Vec<usize>,
}

/// Numbers whose products are taken: those with the steepest lines.
const PAIRED: usize = 6;

/// A point needs so many others for each coefficient.
const POINTS_A_COEFFICIENT: f64 = 1.5;

/// What is added to the squares of each column against those of all points: so little that it only keeps sums solvable, and so much
/// that it does.
const RIDGES: [f64; 2] = [1e-4, 3e-2];

impl Emulator {
    /// The best that can be made of values at points of a cube, each with a weight. `None` for fewer than two points.
    pub(super) fn fitted(points: &[&[f64]], values: &[f64], weights: &[f64]) -> Option<Self> {
        let mean = weighted_mean(values, weights)?;
        let mut best = constant(values, weights, mean)?;
        let total = best.variance;
        let dimensions = points.first()?.len();
        let mut forms = vec![Form { degree: 1, pairs: Vec::new() }, Form { degree: 2, pairs: Vec::new() }];
        let mut position = 0;
        while let Some(form) = forms.get(position).cloned() {
            position += 1;
            if (form.count(dimensions) as f64) * POINTS_A_COEFFICIENT > points.len() as f64 {
                break;
            }
            let found: Vec<Self> =
                RIDGES.iter().filter_map(|ridge| ridged(&form, points, values, weights, *ridge)).collect();
            if form.degree == 2 && form.pairs.is_empty() && dimensions > 1 {
                let steepest = found.first().map(|own| steepest(own, dimensions)).unwrap_or_default();
                forms.push(Form { degree: 2, pairs: steepest });
            }
            best = found.into_iter().fold(best, |best, own| if own.variance < best.variance { own } else { best });
        }
        best.explained = if total > 0.0 { 1.0 - best.variance / total } else { 0.0 };
        Some(best)
    }

    /// What it foretells at a point.
    pub(super) fn value(&self, point: &[f64]) -> f64 {
        let mut coefficients = self.coefficients.iter();
        let mut next = || coefficients.next().copied().unwrap_or(0.0);
        let mut value = next();
        if self.form.degree > 0 {
            for share in point {
                value += next() * (2.0 * share - 1.0);
            }
        }
        if self.form.degree > 1 {
            for share in point {
                let centred = 2.0 * share - 1.0;
                value += next() * (1.5 * centred * centred - 0.5);
            }
        }
        for (position, one) in self.form.pairs.iter().enumerate() {
            let centred = 2.0 * point[*one] - 1.0;
            for other in &self.form.pairs[..position] {
                value += next() * centred * (2.0 * point[*other] - 1.0);
            }
        }
        value
    }
}

impl Form {
    fn count(&self, dimensions: usize) -> usize {
        1 + self.degree * dimensions + self.pairs.len() * self.pairs.len().saturating_sub(1) / 2
    }

    /// The powers of a point, each between −1 and 1.
    fn columns(&self, point: &[f64]) -> Vec<f64> {
        let centred: Vec<f64> = point.iter().map(|share| 2.0 * share - 1.0).collect();
        let mut columns = vec![1.0];
        if self.degree > 0 {
            columns.extend(&centred);
        }
        if self.degree > 1 {
            columns.extend(centred.iter().map(|value| (3.0 * value * value - 1.0) / 2.0));
        }
        for (position, one) in self.pairs.iter().enumerate() {
            columns.extend(self.pairs[..position].iter().map(|other| centred[*one] * centred[*other]));
        }
        columns
    }
}

/// The numbers with the largest lines and squares.
fn steepest(emulator: &Emulator, dimensions: usize) -> Vec<usize> {
    let size =
        |number: &usize| emulator.coefficients[1 + number].abs() + emulator.coefficients[1 + dimensions + number].abs();
    let mut order: Vec<usize> = (0..dimensions).collect();
    order.sort_by(|a, b| size(b).total_cmp(&size(a)));
    order.truncate(PAIRED);
    order.sort_unstable();
    order
}

fn weighted_mean(values: &[f64], weights: &[f64]) -> Option<f64> {
    let sum: f64 = weights.iter().sum();
    (values.len() > 1 && sum > 0.0).then(|| dot(values, weights) / sum)
}

fn constant(values: &[f64], weights: &[f64], mean: f64) -> Option<Emulator> {
    let squares: Vec<f64> = values.iter().map(|value| (value - mean) * (value - mean)).collect();
    let variance = weighted_mean(&squares, weights)? * values.len() as f64 / (values.len() - 1) as f64;
    Some(Emulator { form: Form { degree: 0, pairs: Vec::new() }, coefficients: vec![mean], variance, explained: 0.0 })
}

fn ridged(form: &Form, points: &[&[f64]], values: &[f64], weights: &[f64], ridge: f64) -> Option<Emulator> {
    let rows: Vec<Vec<f64>> = points.iter().map(|point| form.columns(point)).collect();
    let count = rows.first()?.len();
    let sum: f64 = weights.iter().sum();
    let mut gram = vec![vec![0.0; count]; count];
    let mut right = vec![0.0; count];
    for ((row, value), weight) in rows.iter().zip(values).zip(weights) {
        for (at, column) in row.iter().enumerate() {
            let scaled = weight * column;
            right[at] += scaled * value;
            gram[at][..=at].iter_mut().zip(row).for_each(|(sum, other)| *sum += scaled * other);
        }
    }
    // The constant is not held back.
    gram.iter_mut().enumerate().for_each(|(at, row)| row[at] += if at == 0 { 1e-9 * sum } else { ridge * sum });
    let root = cholesky(gram)?;
    let coefficients = solved(&root, &right, true);
    let mut squares = 0.0;
    for ((row, value), weight) in rows.iter().zip(values).zip(weights) {
        // How much of the point's own value is in what is foretold of it.
        let half = solved(&root, row, false);
        let own = weight * dot(&half, &half);
        let residual = (value - dot(&coefficients, row)) / (1.0 - own).max(1e-3);
        squares += weight * residual * residual;
    }
    let variance = squares / sum;
    variance.is_finite().then(|| Emulator { form: form.clone(), coefficients, variance, explained: 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::design::sobol_sequence;

    fn fitted(count: usize, of: impl Fn(&[f64]) -> f64) -> (Emulator, Vec<Vec<f64>>) {
        let points = sobol_sequence(count, 3, 5);
        let values: Vec<f64> = points.iter().map(|point| of(point)).collect();
        let rows: Vec<&[f64]> = points.iter().map(Vec::as_slice).collect();
        (Emulator::fitted(&rows, &values, &vec![1.0; count]).unwrap(), points)
    }

    #[test]
    fn a_polynomial_is_found_again_and_noise_is_not_taken_for_one() {
        let of = |point: &[f64]| 3.0 + 2.0 * point[0] - point[1] * point[1] + 4.0 * point[0] * point[2];
        let (emulator, points) = fitted(128, of);
        assert!(emulator.explained > 0.999, "{emulator:?}");
        assert!(points.iter().all(|point| (emulator.value(point) - of(point)).abs() < 0.02));
        let noise = |point: &[f64]| (point[0] * 1e7 + point[1] * 3e6).sin();
        let (emulator, _) = fitted(128, noise);
        assert!(emulator.explained < 0.1 && emulator.variance > 0.4, "{emulator:?}");
    }

    /// The variance is that of points it has not seen.
    #[test]
    fn the_variance_is_that_of_points_left_out() {
        let of = |point: &[f64]| (4.0 * point[0]).sin() + (7.0 * point[1]).cos() * point[2];
        let (emulator, _) = fitted(60, of);
        let fresh = sobol_sequence(4000, 3, 77);
        let squares: f64 = fresh.iter().map(|point| (emulator.value(point) - of(point)).powi(2)).sum();
        let ratio = squares / 4000.0 / emulator.variance;
        assert!((0.6..1.6).contains(&ratio), "{ratio} {emulator:?}");
    }

    #[test]
    fn a_value_that_never_differs_is_foretold() {
        let (emulator, _) = fitted(20, |_| 2.5);
        assert!((emulator.value(&[0.3, 0.4, 0.5]) - 2.5).abs() < 1e-6 && emulator.variance < 1e-9, "{emulator:?}");
    }
}
