//! Sequential Monte Carlo held against posteriors that are known in closed form.

use super::*;
use crate::normal_quantile;

const PARTICLES: usize = 2000;

/// Twelve rounds after the tolerance is 1.
fn posterior(dimensions: usize, misfit: impl Fn(&[f64]) -> f64) -> Population {
    let search = Search { particles: PARTICLES, dimensions, seed: 20 };
    let points = search.first();
    let misfits = points.iter().map(|point| misfit(point)).collect();
    let mut population = Population { points, misfits, tolerance: f64::INFINITY };
    let mut settled = 0;
    for round in 1..60 {
        settled += u64::from(population.tolerance <= 1.0);
        if settled > 12 {
            break;
        }
        let proposal = search.propose(round, &population, 1.0).unwrap();
        let tried = |point: &Option<Vec<f64>>| point.as_ref().map_or(f64::INFINITY, |point| misfit(point));
        let misfits: Vec<f64> = proposal.points.iter().map(tried).collect();
        population = search.accept(round, &population, proposal, &misfits).0;
    }
    assert!(settled > 12, "a tolerance of {} after 60 rounds", population.tolerance);
    population
}

/// Quantiles of an axis at 5%, 50% and 95%.
fn told(population: &Population, axis: usize) -> [f64; 3] {
    quantiles(population.points.iter().map(|point| point[axis]).collect())
}

fn quantiles(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    [0.05, 0.5, 0.95].map(|probability| values[(probability * values.len() as f64) as usize])
}

fn square(value: f64) -> f64 {
    value * value
}

/// One datum 0.3 with a standard error of 0.02 and an even prior: the posterior is normal, 0.3 ± 1.645 · 0.02.
#[test]
fn the_mean_of_a_normal_distribution_has_the_posterior_of_the_formula() {
    let found = told(&posterior(1, |point| square((point[0] - 0.3) / 0.02)), 0);
    let expected = [0.05, 0.5, 0.95].map(|probability| 0.3 + 0.02 * normal_quantile(probability));
    // Of 2,000 points the median has a standard error of 0.0006, the ends of the interval one of 0.0009.
    assert!(found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 0.003), "{found:?}");
}

/// Data on a sum (0.9 ± 0.01) and a difference (0.1 ± 0.1) of two numbers: each has a variance of (0.01² + 0.1²)/4, and they
/// are correlated by (0.01² − 0.1²)/(0.01² + 0.1²) = −0.98.
#[test]
fn numbers_that_only_their_sum_pins_down_keep_their_correlation() {
    let population =
        posterior(2, |point| square((point[0] + point[1] - 0.9) / 0.01) + square((point[0] - point[1] - 0.1) / 0.1));
    let spread = ((0.01_f64 * 0.01 + 0.1 * 0.1) / 4.0).sqrt();
    for (axis, middle) in [(0, 0.5), (1, 0.4)] {
        let [low, median, high] = told(&population, axis);
        assert!((median - middle).abs() < 0.15 * spread, "{median}");
        assert!(((high - low) / (2.0 * 1.645 * spread) - 1.0).abs() < 0.1, "{low} {high}");
    }
    let [low, _, high] = quantiles(population.points.iter().map(|point| point[0] + point[1]).collect());
    assert!(((high - low) / (2.0 * 1.645 * 0.01) - 1.0).abs() < 0.1, "{low} {high}");
}

/// Six numbers, each with a datum of its own: every interval is that of its own error.
#[test]
fn six_numbers_at_once_have_the_intervals_of_their_errors() {
    let errors = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06];
    let population =
        posterior(6, |point| point.iter().zip(errors).map(|(value, error)| square((value - 0.5) / error)).sum());
    for (axis, error) in errors.iter().enumerate() {
        let [low, median, high] = told(&population, axis);
        assert!((median - 0.5).abs() < 0.2 * error, "{axis}: {median}");
        assert!(((high - low) / (2.0 * 1.645 * error) - 1.0).abs() < 0.15, "{axis}: {low} {high}");
    }
}

/// A number that the misfit does not feel keeps the prior's interval, 0.05 to 0.95.
#[test]
fn a_number_that_the_data_do_not_feel_keeps_its_prior() {
    let [low, median, high] = told(&posterior(2, |point| square((point[0] - 0.7) / 0.01)), 1);
    assert!((low - 0.05).abs() < 0.03 && (median - 0.5).abs() < 0.06 && (high - 0.95).abs() < 0.03);
}

/// Two places that fit alike, 0.2 and 0.8, share the points.
#[test]
fn two_places_that_fit_alike_are_both_kept() {
    let population = posterior(1, |point| square(((point[0] - 0.5).abs() - 0.3) / 0.01));
    let low = population.points.iter().filter(|point| point[0] < 0.5).count() as f64 / PARTICLES as f64;
    assert!((low - 0.5).abs() < 0.1, "{low}");
}

#[test]
fn impossible_points_leave_no_children_and_a_search_with_no_other_ends() {
    let search = Search { particles: 4, dimensions: 1, seed: 1 };
    let of =
        |misfits: [f64; 4]| Population { points: search.first(), misfits: misfits.to_vec(), tolerance: f64::INFINITY };
    let proposal = search.propose(1, &of([f64::INFINITY, 1.0, 1.5, f64::INFINITY]), 1.0).unwrap();
    assert_eq!(proposal.parents, [1, 1, 2, 2]);
    assert_eq!(search.propose(1, &of([f64::INFINITY; 4]), 1.0), None);
}

#[test]
fn points_are_drawn_as_often_as_they_count() {
    assert_eq!(systematic(&[0.5, 0.25, 0.0, 0.25], 0.5), [0, 0, 1, 3]);
    assert_eq!(systematic(&[0.0, 0.0, 0.0, 1.0], 0.99), [3, 3, 3, 3]);
}

/// [[4, 2], [2, 10]] is the square of [[2, 0], [1, 3]].
#[test]
fn the_root_of_a_covariance_is_a_triangle() {
    assert_eq!(cholesky(&[vec![4.0, 2.0], vec![2.0, 10.0]]), [[2.0, 0.0], [1.0, 3.0]]);
}
