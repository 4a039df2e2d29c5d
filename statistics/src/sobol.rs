//! Sobol indices: how much of the variance of an output each input accounts for (Sobol 1993; Saltelli et al. 2010).

use super::design::sobol_sequence;
use super::interval::{Interval, upper_probability};
use super::summary::{mean, quantile};
use super::uniform::Uniform;

/// How much one input accounts for.
#[derive(Clone, Debug, PartialEq)]
pub struct SobolIndices {
    /// First order: the share of the variance that would go if this input alone were known.
    pub first: Estimate,
    /// Total: the share that would stay if all but this input were known. Above the first order by what it does together
    /// with others.
    pub total: Estimate,
}

/// A number estimated from a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate. By the luck of the sample it may lie somewhat below 0 or above 1.
    pub value: f64,
    /// Its percentile bootstrap interval.
    pub interval: Interval,
}

/// The design of Saltelli et al. 2010: from two samples A and B, `base` times the row of A, that row with one input after the
/// other taken from B, and the row of B. That is `base` · (`inputs` + 2) points.
///
/// A and B are the two halves of a scrambled Sobol sequence of 2 · `inputs` dimensions, for which `base` should be a power of
/// two.
pub fn saltelli_design(base: usize, inputs: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut points = Vec::with_capacity(base * (inputs + 2));
    for row in sobol_sequence(base, 2 * inputs, seed) {
        let (a, b) = row.split_at(row.len() / 2);
        points.push(a.to_vec());
        for input in 0..a.len() {
            let mut mixed = a.to_vec();
            mixed[input] = b[input];
            points.push(mixed);
        }
        points.push(b.to_vec());
    }
    points
}

/// The indices of every input, from the outputs at the points of [`saltelli_design`]; the bootstrap resamples rows.
///
/// First order by Saltelli's estimator mean(B (AB − A)) / V, total by Jansen's mean((A − AB)²) / 2V, V the variance of A and B
/// together (Saltelli et al. 2010, table 2, (b) and (f)), of outputs less their mean, as in SALib. `None` unless the
/// design is complete, with at least two rows and a finite output at every point, and the output varies.
pub fn sobol_indices(
    outputs: &[f64],
    inputs: usize,
    resamples: usize,
    level: f64,
    seed: u64,
) -> Option<Vec<SobolIndices>> {
    let rows = outputs.len() / (inputs + 2);
    let complete = outputs.len() == rows * (inputs + 2) && outputs.iter().all(|output| output.is_finite());
    if !complete || rows < 2 {
        return None;
    }
    let centre = mean(outputs);
    let centred: Vec<f64> = outputs.iter().map(|output| output - centre).collect();
    let rows: Vec<&[f64]> = centred.chunks(inputs + 2).collect();
    let values = estimated(&rows, inputs)?;
    let mut uniform = Uniform::new(seed);
    let mut bootstrap: Vec<Vec<f64>> = vec![Vec::new(); 2 * inputs];
    for _ in 0..resamples {
        let again: Vec<&[f64]> = rows.iter().map(|_| rows[uniform.below(rows.len())]).collect();
        for (list, value) in bootstrap.iter_mut().zip(estimated(&again, inputs).into_iter().flatten()) {
            list.push(value);
        }
    }
    let mut estimates = values.iter().zip(&mut bootstrap).map(|(value, resampled)| {
        resampled.sort_by(f64::total_cmp);
        let upper = upper_probability(level);
        let interval = Interval { low: quantile(resampled, 1.0 - upper), high: quantile(resampled, upper) };
        Estimate { value: *value, interval }
    });
    let pair = |_| Some(SobolIndices { first: estimates.next()?, total: estimates.next()? });
    (0..inputs).map(pair).collect()
}

/// First order and total of one input after the other; `None` where the output does not vary.
fn estimated(rows: &[&[f64]], inputs: usize) -> Option<Vec<f64>> {
    let count = rows.len() as f64;
    let ends = || rows.iter().flat_map(|row| [row[0], row[inputs + 1]]);
    let centre = ends().sum::<f64>() / (2.0 * count);
    let variance = ends().map(|output| (output - centre) * (output - centre)).sum::<f64>() / (2.0 * count);
    let scale = ends().fold(0.0, |largest: f64, output| largest.max(output.abs()));
    if variance <= NO_VARIANCE * scale * scale {
        return None;
    }
    let of_input = |input: usize| {
        let (mut first, mut total) = (0.0, 0.0);
        for row in rows {
            let (a, mixed, b) = (row[0], row[input + 1], row[inputs + 1]);
            first += b * (mixed - a);
            total += (a - mixed) * (a - mixed);
        }
        [first / count / variance, total / (2.0 * count) / variance]
    };
    Some((0..inputs).flat_map(of_input).collect())
}

/// Variance below this, against the square of the largest output, is rounding.
const NO_VARIANCE: f64 = 1e-24;

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    /// a and b of the test function of Ishigami & Homma 1990.
    const ISHIGAMI: (f64, f64) = (7.0, 0.1);

    fn ishigami(point: &[f64]) -> f64 {
        let at = |input: usize| 2.0 * PI * point[input] - PI;
        at(0).sin() + ISHIGAMI.0 * at(1).sin().powi(2) + ISHIGAMI.1 * at(2).powi(4) * at(0).sin()
    }

    fn indices(base: usize, inputs: usize, function: impl Fn(&[f64]) -> f64) -> Vec<SobolIndices> {
        let outputs: Vec<f64> = saltelli_design(base, inputs, 11).iter().map(|point| function(point)).collect();
        sobol_indices(&outputs, inputs, 200, 0.95, 1).unwrap()
    }

    /// Analytic: V = a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2; V₁ = (1 + bπ⁴/5)²/2; V₂ = a²/8; V₁₃ = 8b²π⁸/225.
    #[test]
    fn ishigami_has_its_analytic_indices() {
        let (a, b) = ISHIGAMI;
        let (four, eight) = (PI.powi(4), PI.powi(8));
        let variance = a * a / 8.0 + b * four / 5.0 + b * b * eight / 18.0 + 0.5;
        let first = [(1.0 + b * four / 5.0).powi(2) / 2.0, a * a / 8.0, 0.0].map(|part| part / variance);
        let together = 8.0 * b * b * eight / 225.0 / variance;
        let total = [first[0] + together, first[1], together];
        for (number, found) in indices(4096, 3, ishigami).iter().enumerate() {
            assert!((found.first.value - first[number]).abs() < 0.01, "{number}: {found:?}");
            assert!((found.total.value - total[number]).abs() < 0.01, "{number}: {found:?}");
            assert!(found.first.interval.contains(first[number]) && found.total.interval.contains(total[number]));
        }
    }

    /// y = 4a + 2b + c on the unit cube: variances 16 : 4 : 1, so shares 16/21, 4/21, 1/21, and nothing together.
    #[test]
    fn a_linear_function_has_the_shares_of_its_squared_factors() {
        let found = indices(1024, 3, |point| 4.0 * point[0] + 2.0 * point[1] + point[2]);
        for (found, share) in found.iter().zip([16.0 / 21.0, 4.0 / 21.0, 1.0 / 21.0]) {
            assert!((found.first.value - share).abs() < 0.01, "{found:?}");
            assert!((found.total.value - share).abs() < 0.01, "{found:?}");
        }
    }

    /// A constant added to the output changes no index, however large it is beside the spread.
    #[test]
    fn a_level_does_not_matter() {
        let plain = indices(256, 2, |point| point[0] + point[0] * point[1]);
        let raised = indices(256, 2, |point| 1e6 + point[0] + point[0] * point[1]);
        for (plain, raised) in plain.iter().zip(&raised) {
            assert!((plain.first.value - raised.first.value).abs() < 1e-6);
            assert!((plain.total.value - raised.total.value).abs() < 1e-6);
        }
    }

    #[test]
    fn an_incomplete_design_and_a_constant_have_no_indices() {
        let outputs: Vec<f64> = saltelli_design(8, 2, 1).iter().map(|point| point[0]).collect();
        assert_eq!(outputs.len(), 32);
        assert!(sobol_indices(&outputs, 2, 10, 0.95, 1).is_some());
        assert_eq!(sobol_indices(&outputs[..31], 2, 10, 0.95, 1), None);
        let mut broken = outputs.clone();
        broken[5] = f64::INFINITY;
        assert_eq!(sobol_indices(&broken, 2, 10, 0.95, 1), None);
        assert_eq!(sobol_indices(&[0.1; 32], 2, 10, 0.95, 1), None);
    }
}
